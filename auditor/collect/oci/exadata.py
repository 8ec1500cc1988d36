"""OCI Exadata: the racks that databases run on, at Oracle's, at its partners' and at customers'.

A rack is listed as what works on data: what rests on its disks are databases, which have rows of
their own. A rack at a customer's answers from a region of Oracle Cloud, and its address is not in
the API (serial number, time zone and a proxy are; none of them is a place):
https://docs.oracle.com/en-us/iaas/exadata/doc/ecc-overview-of-exadata-database-service.html
"""

from collections.abc import Iterator

from auditor.collect.oci.hardware import held_on
from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import NEVER_PUBLIC, held_by, text
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Processor

_SERVICE = "database.DatabaseClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/database/20160918"
_SOMEWHERE = Unknown("the rack stands where its owner had it put up; the API does not say where")


def _rack_rows(found: Found) -> Iterator[Processor]:
    if is_gone(found):
        return
    yield Processor(
        **held_by(found) | {"region": _SOMEWHERE, "country": _SOMEWHERE},
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="database",
        kind="rack",
        public=NEVER_PUBLIC,
    )


def _cloud_rows(found: Found) -> Iterator[Processor]:
    if is_gone(found):
        return
    yield Processor(
        **held_on(found, subscription="item.subscriptionId"),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="database",
        kind="rack",
        public=NEVER_PUBLIC,
    )


RACKS = Collector(
    kind="oci.database.customerrack",
    service=_SERVICE,
    title="Exadata racks at customers' sites",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_exadata_infrastructures", "inspect exadata-infrastructures"),
    tables=(Processor,),
    rows=_rack_rows,
    types=("ExadataInfrastructure",),
    source=f"{_API}/ExadataInfrastructure/ListExadataInfrastructures",
)

CLOUD_RACKS = Collector(
    kind="oci.database.cloudrack",
    service=_SERVICE,
    title="Exadata racks in data centres of Oracle and of other clouds",
    per=PER_COMPARTMENT,
    listing=in_compartment(
        "list_cloud_exadata_infrastructures", "inspect cloud-exadata-infrastructures"
    ),
    tables=(Processor,),
    rows=_cloud_rows,
    types=("CloudExadataInfrastructure",),
    source=f"{_API}/CloudExadataInfrastructure/ListCloudExadataInfrastructures",
)
