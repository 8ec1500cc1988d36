"""Amazon Aurora and Multi-AZ clusters, and the global clusters that span regions.

API: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flows import replication
from auditor.collect.aws.rds_outlets import activity_stream, attached_roles
from auditor.collect.aws.rds_stores import named, store_of
from auditor.collect.aws.reading import entries, text, texts
from auditor.collect.aws.regions import country_of_zones
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Maybe, Store

_CLONE = Unknown("a clone of another account's cluster, which the answer does not name")
_NO_WRITER = Unknown("the answer names no member that writes")


def _cluster(found: Found) -> Iterator[Store | Flow]:
    origin = found.read("item.ReplicationSourceIdentifier", absent="")
    store = store_of(
        found,
        id=text(found, "item.DBClusterArn"),
        name="item.DBClusterIdentifier",
        kind="replica" if origin else "database",
        backup=bool(origin),
        country=country_of_zones(found.read("item.AvailabilityZones"), found.place["region"]),
        encrypted="item.StorageEncrypted",
        created="item.ClusterCreateTime",
        source_id=named(found, "cluster", origin) if origin else _clone(found),
    )
    yield store
    replicas = found.read("item.ReadReplicaIdentifiers", absent=[])
    yield from replication(store, [named(found, "cluster", name) for name in texts(replicas)])
    yield from activity_stream(found, store)
    yield from attached_roles(found, store)


def _clone(found: Found) -> Maybe[str]:
    return _CLONE if found.read("item.CrossAccountClone", absent=False) is True else ""


def _global_cluster(found: Found) -> Iterator[Flow]:
    """Yield a replication from the writing cluster to each other; each region lists them all."""
    members = entries(found.read("item.GlobalClusterMembers", absent=[]))
    writers = [member for member in members if member.get("IsWriter") is True]
    for source in writers or members[:1]:
        start = str(source.get("DBClusterArn", ""))
        if start.split(":")[3:4] == [found.place["region"]]:
            for member in members:
                if member is not source:
                    yield _link(found, start, member, is_known=bool(writers))


def _link(found: Found, start: str, member: Mapping[str, Json], *, is_known: bool) -> Flow:
    end = str(member.get("DBClusterArn", ""))
    return Flow(
        id=f"{start}/replication/{end}",
        evidence=found.evidence,
        store_id=start,
        provider="aws",
        account=found.place["account"],
        region=found.place["region"],
        mechanism="replication",
        active=True if is_known else _NO_WRITER,
        target_id=end,
    )


CLUSTERS = Collector(
    kind="aws.rds.cluster",
    service="rds",
    title="Aurora and Multi-AZ database clusters",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeDBClusters",
        permission="rds:DescribeDBClusters",
        items="DBClusters",
    ),
    tables=(Store, Flow),
    rows=_cluster,
    types=("rds:cluster",),
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html",
)

GLOBAL_CLUSTERS = Collector(
    kind="aws.rds.global_cluster",
    service="rds",
    title="Aurora global databases",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeGlobalClusters",
        permission="rds:DescribeGlobalClusters",
        items="GlobalClusters",
    ),
    tables=(Flow,),
    rows=_global_cluster,
    types=("rds:global-cluster",),
    source=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeGlobalClusters.html"
    ),
)
