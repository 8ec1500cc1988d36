"""OCI Data Safe: what it keeps of the databases that are registered with it.

It copies audit records, user lists and samples of sensitive columns out of a database to where it
is registered, which need not be the database's region. What it keeps is encrypted at rest:
https://docs.oracle.com/en/cloud/paas/data-safe/udscs/oracle-data-safe-overview.html
"""

from collections.abc import Iterator

from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.hardware import kind_in
from auditor.collect.oci.reading import text
from auditor.collect.oci.service_rows import BARE, is_gone, runs, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Store

# Kinds of resource that hold a database; others that a target names are its ways of connection.
_DATABASES = ("autonomousdatabase", "database", "pluggabledatabase", "dbsystem")


def _rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    databases = _databases(found)
    where = text(found, "item.infrastructureType") or "a place that is not stated"
    store = store_of(
        found,
        "datasafe",
        "target",
        source_id=databases[0]
        if len(databases) == 1
        else Unknown(f"the API names {len(databases)} databases; the target's is in {where}"),
    )
    yield store
    for database in databases:
        yield arrival(store, database, "sync", runs(found))


def _databases(found: Found) -> list[str]:
    named = found.read("item.associatedResourceIds", absent=())
    ids = [each for each in named if isinstance(each, str)] if isinstance(named, list) else []
    return [each for each in dict.fromkeys(ids) if kind_in(each) in _DATABASES]


TARGETS = Collector(
    kind="oci.datasafe.target",
    service="data_safe.DataSafeClient",
    title="Databases registered with Data Safe, and what it keeps of them",
    per=("account", "region"),
    listing=Listing(
        operation="list_target_databases",
        permission="inspect target-databases",
        # Refused as a whole rather than answered in part: no gap goes unnoticed.
        parameters={"compartment_id_in_subtree": True, "access_level": "RESTRICTED", "limit": 1000},
        bind={"compartment_id": "place.account"},
        items=BARE,
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("DataSafeTargetDatabase",),
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/data-safe/20181201"
        "/TargetDatabaseSummary/ListTargetDatabases"
    ),
)
