"""OCI NoSQL Database: tables, and the regions that global active tables are replicated to.

A table of the regional service is encrypted with Oracle's key and can have no other. Environments
that Oracle hosts for one tenancy can, and they answer at addresses of their own, which are not
asked: https://docs.oracle.com/iaas/tools/terraform-provider-oci/latest/docs/r/nosql_configuration
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.reading import entries, maybe_flag, odd, text
from auditor.collect.oci.service_rows import compartment_listing, is_gone, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Store


def _rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    store = store_of(found, "nosql", "table", name=text(found, "item.name"), key_id="")
    yield store
    spread = maybe_flag(found, "item.isMultiRegion")
    if spread is False:
        return
    replicas = found.read("table.replicas", absent=())
    if isinstance(spread, Unknown) or isinstance(replicas, Unknown):
        yield possible(store, "replication", replicas if spread is True else spread)
        return
    for replica in entries(replicas):
        target, region = str(replica.get("tableId", "")), replica.get("region")
        stated = region if isinstance(region, str) else odd("region", "text")
        yield to_region(store, "replication", target, stated, name=target or str(region))


TABLES = Collector(
    kind="oci.nosql.table",
    service="nosql.NosqlClient",
    title="NoSQL tables and their replicas",
    per=("account", "region", "compartment"),
    # Which states are listed without this, the reference does not say.
    listing=compartment_listing("list_tables", "inspect nosql-tables", lifecycle_state="ALL"),
    details=(
        Detail(
            name="table",
            operation="get_table",
            permission="read nosql-tables",
            bind={"table_name_or_id": "item.id"},
            when="item.isMultiRegion",
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("NoSQLTable",),
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/nosql-database/20190828"
        "/TableSummary/ListTables"
    ),
)
