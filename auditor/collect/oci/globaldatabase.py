"""OCI Globally Distributed Database: one database whose shards may be in several regions.

Shards, replicas and catalogs are databases with rows of their own, and data rests in them only. A
distributed database spreads data over them, so it is listed as what works on data, and each of
them is the end of a flow; backups are settled for all at once:
https://docs.oracle.com/en-us/iaas/Content/globally-distributed-database/overview.htm
"""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import possible
from auditor.collect.oci.backupdestinations import to_destination
from auditor.collect.oci.flows import to_region, to_store
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, odd
from auditor.collect.oci.service_rows import compartment_listing, get_detail, is_gone, processor_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Processor

_API = "https://docs.oracle.com/en-us/iaas/api/#/en/globally-distributed-database/20250101"
_SPREADING = (
    "catalogDetails",
    "userShardSpaces",
    "systemDataGuardDatabases",
    "systemRaftClusters",
    "compositeDataGuardShardSpaces",
    "compositeRaftShardSpaces",
)
_UNNAMED = Unknown("a shard or replica does not say which database it is")
_HOLDERS = ("originalReplica", "dataGuardReplicas", "raftClusters")
_HELD = ("database", "databases")


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    spreader = processor_of(found, "globaldatabase", "database")
    yield spreader
    state = found.read("database.id")
    if isinstance(state, Unknown):
        yield possible(spreader, "replication", state)
        yield possible(spreader, "backup", state)
        return
    shards = [shard for each in _SPREADING for shard in _shards(found.read(f"database.{each}"))]
    for shard in dict.fromkeys(shards):
        if shard:
            yield to_store(spreader, "replication", shard)
        else:
            yield possible(spreader, "replication", _UNNAMED, "unnamed")
    yield from _backups(found, spreader)


def _shards(value: Json) -> Iterator[str]:
    """Yield the databases of one way of sharding, '' for one that has no id.

    Spaces, clusters and replicas hold each other.
    """
    for each in entries(value if isinstance(value, list) else [value]):
        for name, inner in each.items():
            if name in _HOLDERS:
                yield from _shards(inner)
            elif name in _HELD:
                for shard in entries(inner if isinstance(inner, list) else [inner]):
                    yield _of_shard(shard)


def _of_shard(shard: Mapping[str, Json]) -> str:
    # The database that holds the shard, or else what runs it.
    for name in ("containerDatabaseId", "supportingResourceId"):
        value = shard.get(name)
        if isinstance(value, str) and value:
            return value
    return ""


def _backups(found: Found, spreader: Processor) -> Iterator[Flow]:
    place = found.place["region"]
    listed = found.read("database.dbBackupConfig.backupDestinationDetails", absent=())
    for position, destination in enumerate(entries(listed)):
        yield from to_destination(spreader, destination, str(position), place)


def _plain_rows(found: Found) -> Iterator[Processor | Flow]:
    for row in _rows(found):
        yield row
        if isinstance(row, Processor):
            yield from _remote_backups(found, row)


def _remote_backups(found: Found, spreader: Processor) -> Iterator[Flow]:
    """Yield the flow of a switch of its own, which autonomous databases do not have."""
    remote = found.read("database.dbBackupConfig.isRemoteBackupEnabled", absent=False)
    if remote is False or isinstance(remote, Unknown):  # a refusal has a flow of its own
        return
    region = found.read("database.dbBackupConfig.remoteRegion")
    stated = region if isinstance(region, str | Unknown) else odd("remoteRegion", "text")
    yield to_region(spreader, "backup", "", stated, name="remote")


# Not the whole tenancy at once: Oracle does not say whether that answers in part to those who may
# not see all of it.
DISTRIBUTED = Collector(
    kind="oci.globaldatabase.database",
    service="distributed_database.DistributedDbServiceClient",
    title="Globally distributed databases, their shards and backups",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_distributed_databases", "inspect distributed-database"),
    details=(get_detail("database", "get_distributed_database", "read distributed-database"),),
    tables=(Processor, Flow),
    rows=_plain_rows,
    source=f"{_API}/DistributedDatabase/ListDistributedDatabases",
)

AUTONOMOUS = Collector(
    kind="oci.globaldatabase.autonomous",
    service="distributed_database.DistributedAutonomousDbServiceClient",
    title="Globally distributed autonomous databases, their shards and backups",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_distributed_autonomous_databases", "inspect sharded-database"
    ),
    details=(
        get_detail(
            "database",
            "get_distributed_autonomous_database",
            "read sharded-database",
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    source=f"{_API}/DistributedAutonomousDatabase/ListDistributedAutonomousDatabases",
)
