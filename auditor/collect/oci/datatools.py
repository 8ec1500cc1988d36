"""Tools that read data of others: connections to databases, data lakes, jobs, and registers.

A connection names the database that it leads to. A client's address alone does not say where that
database is, and what comes from there comes in.

https://docs.oracle.com/en-us/iaas/database-tools/index.html
"""

from collections.abc import Iterator

from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.plain_rows import keeps, works
from auditor.collect.oci.reading import text
from auditor.collect.oci.service_rows import compartment_listing, is_gone, processor_of, runs
from auditor.spec import Collector, Found
from auditor.tables import Flow, Processor, Store

_API = "https://docs.oracle.com/en-us/iaas/api/#/en"


def _connection(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    connection = processor_of(found, "databasetools", "connection")
    yield connection
    database = text(found, "item.relatedResource.identifier")
    if database:
        yield arrival(connection, database, "mount", runs(found))


CONNECTIONS = Collector(
    kind="oci.databasetools.connection",
    service="database_tools.DatabaseToolsClient",
    title="Connections through which databases are queried",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_database_tools_connections",
        "inspect database-tools-connections",
        "advancedProperties",
        "connectionString",
        "url",
    ),
    tables=(Processor, Flow),
    rows=_connection,
    source=f"{_API}/database-tools/20201005/DatabaseToolsConnectionSummary/ListDatabaseToolsConnections",
)

LAKES = Collector(
    kind="oci.aidataplatform.platform",
    service="ai_data_platform.AiDataPlatformClient",
    title="AI data platforms, with their catalogs and clusters",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_ai_data_platforms", "inspect ai-data-platforms"),
    tables=(Store,),
    rows=keeps("aidataplatform", "platform"),
    source=f"{_API}/ai-data-platform/",
)

CONTEXTS = Collector(
    kind="oci.batch.context",
    service="batch.BatchComputingClient",
    title="Contexts in which batch jobs work",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_batch_contexts", "inspect batch-contexts"),
    tables=(Processor,),
    rows=works("batch", "context"),
    source=f"{_API}/batch/",
)

REGISTERS = Collector(
    kind="oci.resourceanalytics.instance",
    service="resource_analytics.ResourceAnalyticsInstanceClient",
    title="Registers of resources of many regions",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_resource_analytics_instances", "inspect resource-analytics-instance"
    ),
    tables=(Store,),
    rows=keeps("resourceanalytics", "instance"),
    source=f"{_API}/resource-analytics/",
)

GOVERNANCE = Collector(
    kind="oci.accessgovernance.instance",
    service="access_governance_cp.AccessGovernanceCPClient",
    title="Access Governance, with copies of identities and their grants",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_governance_instances", "inspect agcs-instance"),
    tables=(Store,),
    rows=keeps("accessgovernance", "instance"),
    source=f"{_API}/access-governance-cp/20220518/GovernanceInstanceCollection/ListGovernanceInstances",
)

HISTORIES = Collector(
    kind="oci.opsinsights.emwarehouse",
    service="em_warehouse.EmWarehouseClient",
    title="What Enterprise Manager collected of databases and hosts",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_em_warehouses", "inspect em-warehouses"),
    tables=(Store,),
    rows=keeps("opsinsights", "Enterprise Manager warehouse"),
    source=f"{_API}/em-warehouse/20180828/EmWarehouseCollection/ListEmWarehouses",
)

INVENTORIES = Collector(
    kind="oci.cloudbridge.inventory",
    service="cloud_bridge.InventoryClient",
    title="What is known of machines outside that are to be moved into Oracle Cloud",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_inventories", "inspect ocb-inventory"),
    tables=(Store,),
    rows=keeps("cloudbridge", "inventory"),
    source=f"{_API}/cloud-bridge/20220509/InventoryCollection/ListInventories",
)
