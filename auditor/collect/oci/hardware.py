"""Where the machines behind a database stand, if not in the region that answers for it.

Oracle runs Exadata racks in its customers' data centres (Cloud@Customer) and in those of Amazon,
Google and Microsoft (Oracle Database@AWS and the like). Both answer from a region of Oracle Cloud,
and the API does not state their address:
https://docs.oracle.com/en-us/iaas/Content/database-at-azure/overview.htm
https://docs.oracle.com/en-us/iaas/exadata/doc/ecc-overview-of-exadata-database-service.html
"""

from typing import Any

from auditor.collect.oci.reading import entries, held_by, text
from auditor.collect.oci.regions import ORACLE
from auditor.model import Unknown
from auditor.spec import Detail, Found

_AT_CUSTOMER = ("CLOUD_AT_CUSTOMER", "vmcluster", "autonomousvmcluster")
_HOSTS = {
    "ORACLEDBATAWS": "Amazon Web Services",
    "ORACLEDBATAZURE": "Microsoft Azure",
    "ORACLEDBATGOOGLE": "Google Cloud",
}
_IN_THE_CLOUD = "cloudvmcluster"


def subscriptions(when: str) -> Detail:
    """Return the call that says which of a tenancy's subscriptions are of another cloud.

    Args:
        when: path of the subscription of a resource; most have none, and are Oracle's own.
    """
    return Detail(
        name="subscriptions",
        service="multicloud.MulticloudsubscriptionsClient",
        operation="list_multicloud_subscriptions",
        permission="inspect multicloud-subscriptions",
        parameters={"limit": 1000},
        bind={"compartment_id": "place.account"},
        items="items",
        when=when,
    )


def cluster(path: str) -> Detail:
    """Return the call that describes the VM cluster that a path names.

    It knows clusters in data centres of Oracle's and of its partners. Where Oracle refuses, it may
    be because the cluster is at a customer's.
    """
    return Detail(
        name="cluster",
        operation="get_cloud_vm_cluster",
        permission="inspect cloud-vmclusters",
        bind={"cloud_vm_cluster_id": path},
        when=path,
    )


def held_on(
    found: Found, *, subscription: str = "", infrastructure: str = "", **options: Any
) -> dict[str, Any]:
    """Return the columns of ``reading.held_by``, for what may stand in others' data centres.

    Args:
        subscription: path of the subscription that the resource belongs to.
        infrastructure: path of its type of infrastructure.
        options: passed on.
    """
    columns = held_by(found, **options)
    if infrastructure:
        kind = found.read(infrastructure, absent="CLOUD")
        if isinstance(kind, Unknown):
            return columns | _elsewhere(kind)
        if kind != "CLOUD":
            return columns | _elsewhere(_customers(kind))
    return columns | (_host(found, subscription) if subscription else {})


def held_on_cluster(found: Found, path: str, **options: Any) -> dict[str, Any]:
    """Return the columns of a database by the VM cluster that it runs on, if it runs on one."""
    columns = held_by(found, **options)
    name = text(found, path)
    if not name:
        return columns
    kind = kind_in(name)
    if kind in _AT_CUSTOMER:
        return columns | _elsewhere(_customers(kind))
    if kind != _IN_THE_CLOUD:
        why = Unknown(f"this version does not know where clusters of the kind {kind} stand")
        return columns | _elsewhere(why)
    described = found.read("cluster.id")
    if isinstance(described, Unknown):
        return columns | _elsewhere(described)
    return columns | _host(found, "cluster.subscriptionId")


def kind_in(ocid: str) -> str:
    """Return the kind of resource that an OCID names, such as 'cloudvmcluster'."""
    parts = ocid.split(".")
    return parts[1] if len(parts) > 1 else ""


def _host(found: Found, subscription: str) -> dict[str, Any]:
    mine = text(found, subscription)
    if not mine:
        return {}
    listed = found.read("subscriptions")
    if isinstance(listed, Unknown):
        return _elsewhere(listed)
    for each in entries(listed):
        if mine in (each.get("subscriptionId"), each.get("classicSubscriptionId")):
            name = each.get("serviceName")
            host = _HOSTS.get(str(name), f"the cloud that {name} names")
            why = f"it stands in a data centre of {host}, whose place the API does not state"
            return _elsewhere(Unknown(why)) | {"operator": f"{ORACLE} at {host}"}
    return {}


def _customers(kind: object) -> Unknown:
    return Unknown(f"it stands where its owner had it put up ({kind}); the API does not say where")


def _elsewhere(why: Unknown) -> dict[str, Any]:
    return {"region": why, "country": why}
