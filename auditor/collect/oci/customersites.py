"""Racks that Oracle puts up in its customers' own buildings, and Mac computers at another's.

They answer from a region of Oracle Cloud, and no answer states where they stand. What is on a
rack of Compute Cloud@Customer is answered by the rack itself, which is not asked.

https://docs.oracle.com/en-us/iaas/compute-cloud-at-customer/home.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.service_rows import compartment_listing, is_gone, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Store

_API = "https://docs.oracle.com/en-us/iaas/api/#/en"
_OWN = Unknown("it stands where its owner had it put up, and the API does not say where")
_NOT_ASKED = Unknown("what is on it is answered by itself, and is not asked by this version")
_MACS = Unknown("the API does not say where its computers stand")


def _rack(found: Found) -> Iterator[Store]:
    if not is_gone(found):
        yield store_of(found, "computecloud", "rack", region=_OWN, country=_OWN, public=_NOT_ASKED)


def _database_rack(found: Found) -> Iterator[Store]:
    if not is_gone(found):
        yield store_of(found, "databasecloud", "rack", region=_OWN, country=_OWN)


def _macs(found: Found) -> Iterator[Store]:
    """Yield an order of Mac computers; whether their disks are encrypted, their users decide."""
    if not is_gone(found):
        disks = Unknown("whether their disks are encrypted is set on the computers themselves")
        yield store_of(
            found,
            "managedmac",
            "order",
            region=_MACS,
            country=_MACS,
            encrypted=disks,
            tagged=False,
        )


RACKS = Collector(
    kind="oci.computecloud.rack",
    service="compute_cloud_at_customer.ComputeCloudAtCustomerClient",
    title="Racks of Compute Cloud@Customer",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_ccc_infrastructures", "inspect ccc-infrastructure"),
    tables=(Store,),
    rows=_rack,
    source=f"{_API}/compute-cloud-at-customer/20221208/CccInfrastructureCollection/ListCccInfrastructures",
)

DATABASE_RACKS = Collector(
    kind="oci.databasecloud.rack",
    service="datacc.BaseinfraClient",
    title="Racks of databases in their owner's building",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_infrastructures", "inspect datacc-infrastructures", "contacts"
    ),
    tables=(Store,),
    rows=_database_rack,
    source="https://docs.oracle.com/en/cloud/cloud-at-customer/base-database/admin/policy-details.html",
)

MACS = Collector(
    kind="oci.managedmac.order",
    service="mngdmac.MacOrderClient",
    title="Orders of Mac computers",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_mac_orders", "inspect mac-orders"),
    tables=(Store,),
    rows=_macs,
    source=f"{_API}/mngdmac/",
)
