"""Amazon MemoryDB: clusters, their copies in other regions, and their snapshots.

API: https://docs.aws.amazon.com/memorydb/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import at_arn
from auditor.collect.aws.reading import entries, key_arn, maybe_text, text
from auditor.collect.aws.regions import arn, country_of_zones
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

_REFERENCE = "https://docs.aws.amazon.com/memorydb/latest/APIReference/API_"


def _cluster(found: Found) -> Iterator[Store | Flow]:
    shards = entries(found.read("item.Shards", absent=[]))
    nodes = [node for shard in shards for node in entries(shard.get("Nodes"))]
    zones = [node.get("AvailabilityZone") for node in nodes]
    store = store_of(
        found,
        id=text(found, "item.ARN"),
        name=text(found, "item.Name"),
        kind="cluster",
        country=country_of_zones(zones, found.place["region"]),
        encrypted=True,  # the guide: always
        key_id=_key(found),
        public=False,  # reached through its endpoint in a VPC only
        locked=False,
    )
    yield store
    yield from _copies(found, store)


def _key(found: Found) -> Maybe[str]:
    # The guide: the service's own key, unless one is chosen.
    name = maybe_text(found, "item.KmsKeyId", absent="")
    return key_arn(name, found.place["region"], found.place["account"])


def _copies(found: Found, store: Store) -> Iterator[Flow]:
    """Yield the replication to each other cluster: all of them take writes."""
    if "regions" not in found.answers:
        return
    several = found.read("regions")
    if isinstance(several, Unknown):
        yield possible(store, "replication", several)
    for each in (inner for one in entries(several) for inner in entries(one.get("Clusters"))):
        target = str(each.get("ARN") or "")
        if target != store.id:
            yield flow(store, "replication", target, **at_arn(target))


def _snapshot(found: Found) -> Iterator[Store]:
    region, account = found.place["region"], found.place["account"]
    cluster = text(found, "item.ClusterConfiguration.Name")
    yield store_of(
        found,
        id=text(found, "item.ARN"),
        name=text(found, "item.Name"),
        kind="snapshot",
        backup=True,
        source_id=arn("memorydb", region, account, f"cluster/{cluster}"),
        encrypted=True,  # the guide: always
        key_id=_key(found),
        public=False,  # the reference knows no way to share one
    )


CLUSTERS = Collector(
    kind="aws.memorydb.cluster",
    service="memorydb",
    title="MemoryDB clusters",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeClusters",
        permission="memorydb:DescribeClusters",
        parameters={"MaxResults": 100, "ShowShardDetails": True},
        items="Clusters",
    ),
    details=(
        Detail(
            name="regions",
            operation="DescribeMultiRegionClusters",
            permission="memorydb:DescribeMultiRegionClusters",
            parameters={"ShowClusterDetails": True},
            bind={"MultiRegionClusterName": "item.MultiRegionClusterName"},
            when="item.MultiRegionClusterName",
            items="MultiRegionClusters",
        ),
    ),
    tables=(Store, Flow),
    rows=_cluster,
    types=("memorydb:cluster",),
    source=_REFERENCE + "DescribeClusters.html",
)

SNAPSHOTS = Collector(
    kind="aws.memorydb.snapshot",
    service="memorydb",
    title="Snapshots of MemoryDB clusters",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeSnapshots",
        permission="memorydb:DescribeSnapshots",
        parameters={"MaxResults": 50},
        items="Snapshots",
    ),
    tables=(Store,),
    rows=_snapshot,
    types=("memorydb:snapshot",),
    source=_REFERENCE + "DescribeSnapshots.html",
)
