"""OCI Exadata: the clusters of virtual machines that databases run on.

A cluster is listed as what works on data: what rests on its disks are databases, which have rows of
their own. It can send Oracle's operations traces of what went wrong.
"""

from collections.abc import Iterator

from auditor.collect.oci.flows import to_outside
from auditor.collect.oci.hardware import held_on
from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import NEVER_PUBLIC, held_by, maybe_flag, text
from auditor.collect.oci.regions import ORACLE
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Processor, Store

_SERVICE = "database.DatabaseClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/database/20160918"
_SOMEWHERE = Unknown("its rack stands where its owner had it put up; the API does not say where")
# Traces of a failed query may hold its data.
_OPERATIONS = Unknown("incident logs go to Oracle's operations, and nobody states where those are")


def _cloud_rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    row = Processor(
        **held_on(found, subscription="item.subscriptionId"),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="database",
        kind="cluster",
        public=NEVER_PUBLIC,
    )
    yield row
    yield from incident_logs(found, row)


def _autonomous_rows(found: Found) -> Iterator[Processor]:
    """Yield a cluster that only Oracle's own people run: its owner settles no traces."""
    if not is_gone(found):
        yield Processor(
            **held_on(found, subscription="item.subscriptionId"),
            id=text(found, "item.id"),
            name=text(found, "item.displayName"),
            service="database",
            kind="cluster",
            public=NEVER_PUBLIC,
        )


def _customer_rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    row = Processor(
        **held_by(found) | {"region": _SOMEWHERE, "country": _SOMEWHERE},
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="database",
        kind="cluster",
        public=NEVER_PUBLIC,
    )
    yield row
    yield from incident_logs(found, row)


def incident_logs(found: Found, row: Store | Processor) -> Iterator[Flow]:
    """Yield the flow to Oracle's operations of a cluster or DB system whose owner allows it."""
    # Left out where the owner never let Oracle collect anything.
    sent = maybe_flag(found, "item.dataCollectionOptions.isIncidentLogsEnabled", absent=False)
    if sent is not False:
        yield to_outside(row, "export", "incident-logs", _OPERATIONS, sent, target_operator=ORACLE)


CLOUD_CLUSTERS = Collector(
    kind="oci.database.cloudcluster",
    service=_SERVICE,
    title="VM clusters on racks of Oracle's and in other clouds",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_cloud_vm_clusters", "inspect cloud-vmclusters"),
    tables=(Processor, Flow),
    rows=_cloud_rows,
    types=("CloudVmCluster",),
    source=f"{_API}/CloudVmCluster/ListCloudVmClusters",
)

AUTONOMOUS_CLUSTERS = Collector(
    kind="oci.database.autonomouscluster",
    service=_SERVICE,
    title="VM clusters of autonomous databases",
    per=PER_COMPARTMENT,
    listing=in_compartment(
        "list_cloud_autonomous_vm_clusters", "inspect cloud-autonomous-vmclusters"
    ),
    tables=(Processor,),
    rows=_autonomous_rows,
    types=("CloudAutonomousVmCluster",),
    source=f"{_API}/CloudAutonomousVmCluster/ListCloudAutonomousVmClusters",
)

CUSTOMER_CLUSTERS = Collector(
    kind="oci.database.customercluster",
    service=_SERVICE,
    title="VM clusters on racks at customers' sites",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_vm_clusters", "inspect vmclusters"),
    tables=(Processor, Flow),
    rows=_customer_rows,
    types=("VmCluster",),
    source=f"{_API}/VmCluster/ListVmClusters",
)
