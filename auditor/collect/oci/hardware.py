"""Where the machines behind a database stand, if not in the region that answers for it.

Oracle runs Exadata racks in its customers' data centres (Cloud@Customer) and in those of Amazon,
Google and Microsoft (Oracle Database@AWS and the like). Both answer from a region of Oracle Cloud,
and the API does not state their address. What is in another cloud belongs to a subscription; one
that belongs to none is Oracle's own:
https://docs.oracle.com/en-us/iaas/Content/database-at-azure/overview.htm
https://docs.oracle.com/en-us/iaas/exadata/doc/ecc-overview-of-exadata-database-service.html
"""

from dataclasses import replace
from typing import Any

from auditor.collect.oci.reading import held_by, maybe_text, text
from auditor.model import Unknown
from auditor.spec import Detail, Found

_AT_CUSTOMER = ("vmcluster", "autonomousvmcluster")
CONTAINER_SECRETS = (
    "encryptionKeyLocationDetails.hsmPassword",
    "backupConfig.backupDestinationDetails.vpcPassword",
    "associatedBackupConfigurationDetails.vpcPassword",
)
_IN_THE_CLOUD = "cloudvmcluster"


def cluster(path: str) -> Detail:
    """Return the call that describes the VM cluster that a path names.

    It knows clusters in data centres of Oracle's and of its partners. Where Oracle refuses, it may
    be because the cluster is at a customer's.
    """
    return _described("cluster", "cloud_vm_cluster", "inspect cloud-vmclusters", path)


def autonomous_cluster(path: str) -> Detail:
    """Return the call that describes the VM cluster of container databases that a path names."""
    permission = "inspect cloud-autonomous-vmclusters"
    return _described("cluster", "cloud_autonomous_vm_cluster", permission, path)


def container(path: str) -> Detail:
    """Return the call that describes the container database that a path names."""
    permission = "inspect autonomous-container-databases"
    detail = _described("container", "autonomous_container_database", permission, path)
    return replace(detail, secrets=CONTAINER_SECRETS)


def system(path: str) -> Detail:
    """Return the call that describes the DB system that a path names."""
    return _described("system", "db_system", "inspect db-systems", path)


def _described(name: str, thing: str, permission: str, path: str) -> Detail:
    return Detail(
        name=name,
        operation=f"get_{thing}",
        shared=True,
        permission=permission,
        bind={f"{thing}_id": path},
        when=path,
    )


def held_on(
    found: Found, *, subscription: str = "", infrastructure: str = "", **options: Any
) -> dict[str, Any]:
    """Return the columns of ``reading.held_by``, for what may stand in others' data centres.

    Args:
        subscription: path of the subscription that the resource belongs to.
        infrastructure: path of its type of infrastructure, left out for Oracle Cloud.
        options: passed on.
    """
    columns = held_by(found, **options)
    if infrastructure:
        kind = maybe_text(found, infrastructure, absent="CLOUD")
        if isinstance(kind, Unknown):
            return columns | _elsewhere(kind)
        if kind != "CLOUD":
            return columns | _elsewhere(_customers(kind))
    return columns | (_housed(found, subscription) if subscription else {})


def held_on_cluster(found: Found, path: str, **options: Any) -> dict[str, Any]:
    """Return the columns of a database by what it runs on: a VM cluster or the DB system.

    Args:
        path: of the VM cluster, left out for a database of a DB system.
    """
    columns = held_by(found, **options)
    name = text(found, path)
    if not name:
        return columns | _housed(found, "system.subscriptionId")
    kind = kind_in(name)
    if kind in _AT_CUSTOMER:
        return columns | _elsewhere(_customers(kind))
    if kind != _IN_THE_CLOUD:
        why = Unknown(f"this version does not know where clusters of the kind {kind} stand")
        return columns | _elsewhere(why)
    described = found.read("cluster.id")
    if isinstance(described, Unknown):
        return columns | _elsewhere(described)
    return columns | _housed(found, "cluster.subscriptionId")


def held_in_container(found: Found, **options: Any) -> dict[str, Any]:
    """Return the columns of ``held_on`` of a database by its container, if it is in one."""
    columns = held_on(found, **options)
    if not text(found, "item.autonomousContainerDatabaseId"):
        return columns
    described = found.read("container.id")
    if isinstance(described, Unknown):
        return columns | _elsewhere(described)
    return columns | _housed(found, "cluster.subscriptionId")


def kind_in(ocid: str) -> str:
    """Return the kind of resource that an OCID names, such as 'cloudvmcluster'."""
    parts = ocid.split(".")
    return parts[1] if len(parts) > 1 else ""


def _housed(found: Found, subscription: str) -> dict[str, Any]:
    """Return the columns of what a subscription may have put into another cloud's data centre."""
    name = maybe_text(found, subscription, absent="")
    if isinstance(name, Unknown):
        return _elsewhere(name)
    why = f"it belongs to subscription {name}, which may have it in another cloud's data centre"
    return _elsewhere(Unknown(why)) if name else {}


def _customers(kind: str) -> Unknown:
    return Unknown(f"it stands where its owner had it put up ({kind}); the API does not say where")


def _elsewhere(why: Unknown) -> dict[str, Any]:
    return {"region": why, "country": why}
