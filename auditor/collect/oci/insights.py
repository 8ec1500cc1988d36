"""What watches others, and keeps what it saw: traces, statements, messages of devices.

https://docs.oracle.com/en-us/iaas/application-performance-monitoring/home.htm
https://docs.oracle.com/en-us/iaas/operations-insights/home.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.plain_rows import keeps
from auditor.collect.oci.reading import GIBIBYTE, size_of
from auditor.collect.oci.service_rows import BARE, compartment_listing, is_gone, store_of
from auditor.spec import Collector, Found
from auditor.tables import Store

_API = "https://docs.oracle.com/en-us/iaas/api/#/en"


def _warehouse(found: Found) -> Iterator[Store]:
    if not is_gone(found):
        size = size_of(found, "item.storageUsedInGBs", GIBIBYTE)
        yield store_of(found, "opsinsights", "warehouse", size_bytes=size)


DOMAINS = Collector(
    kind="oci.apm.domain",
    service="apm_control_plane.ApmDomainClient",
    title="Domains that keep traces of users' requests",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_apm_domains", "inspect apm-domains", items=BARE),
    tables=(Store,),
    rows=keeps("apm", "domain"),
    source=f"{_API}/apm-control-plane/20200630/ApmDomainSummary/ListApmDomains",
)

WAREHOUSES = Collector(
    kind="oci.opsinsights.warehouse",
    service="opsi.OperationsInsightsClient",
    title="Warehouses of what databases and hosts did",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_operations_insights_warehouses", "inspect opsi-warehouses", limit=50
    ),
    tables=(Store,),
    rows=_warehouse,
    source=f"{_API}/operations-insights/20200630/OperationsInsightsWarehouseSummary/ListOperationsInsightsWarehouses",
)

DEVICES = Collector(
    kind="oci.iot.domain",
    service="iot.IotClient",
    title="Domains that keep messages of devices",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_iot_domains", "inspect iot-domain"),
    tables=(Store,),
    rows=keeps("iot", "domain"),
    source=f"{_API}/iot/20250531/IotDomainSummary/ListIotDomains",
)
