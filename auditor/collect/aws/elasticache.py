"""Amazon ElastiCache: replication groups, single clusters and serverless caches.

API: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import at_arn
from auditor.collect.aws.reading import entries, key_arn, maybe_flag, maybe_text, state_of, text
from auditor.collect.aws.regions import arn, country_of, country_of_zones
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_"
_SEVERAL = "Multiple"
_DATASTORE = "item.GlobalReplicationGroupInfo.GlobalReplicationGroupId"
_DELIVERING = ("active", "enabling", "modifying")
_SILENT = ("disabling", "error")
_OUTPOST = Unknown("some of it is on an Outpost, whose place AWS does not state")


def _replication_group(found: Found) -> Iterator[Store | Flow]:
    encrypted = _encrypted(found)
    name = text(found, "item.ReplicationGroupId")
    store = store_of(
        found,
        id=_arn(found, "replicationgroup", name),
        name=name,
        kind="replication group",
        country=_group_country(found),
        encrypted=encrypted,
        key_id=_key(found, encrypted),
        public=False,  # reached through its endpoints in a VPC only
        locked=False,
        created=maybe_text(found, "item.ReplicationGroupCreateTime"),
    )
    yield store
    yield from _global_copies(found, store)
    yield from _logs(found, store)


def _arn(found: Found, kind: str, name: str, region: str = "") -> str:
    region = region or found.place["region"]
    return arn("elasticache", region, found.place["account"], f"{kind}:{name}")


def _encrypted(found: Found) -> Maybe[bool]:
    # The older member does not count the encryption that the service does by itself.
    if found.read("item.StorageEncryptionType", absent="") in ("sse-elasticache", "sse-kms"):
        return True
    return maybe_flag(found, "item.AtRestEncryptionEnabled")


def _key(found: Found, encrypted: Maybe[bool]) -> Maybe[str]:
    if encrypted is False:
        return ""
    # The reference: left out if the key is the service's own.
    name = maybe_text(found, "item.KmsKeyId", absent="")
    return key_arn(name, found.place["region"], found.place["account"])


def _group_country(found: Found) -> Maybe[str]:
    if found.read("item.MemberClustersOutpostArns", absent=[]):
        return _OUTPOST
    groups = entries(found.read("item.NodeGroups", absent=[]))
    members = [each for group in groups for each in entries(group.get("NodeGroupMembers"))]
    zones = [each.get("PreferredAvailabilityZone") for each in members]
    return country_of_zones(zones, found.place["region"])


def _global_copies(found: Found, store: Store) -> Iterator[Flow]:
    """Yield the replication to each secondary of a global datastore, out of its primary."""
    if "datastore" not in found.answers:
        return
    stores = found.read("datastore")
    if isinstance(stores, Unknown):
        yield possible(store, "replication", stores)
    if text(found, "item.GlobalReplicationGroupInfo.GlobalReplicationGroupMemberRole") == (
        "SECONDARY"
    ):
        return
    for member in (each for one in entries(stores) for each in entries(one.get("Members"))):
        name = str(member.get("ReplicationGroupId") or "")
        region = str(member.get("ReplicationGroupRegion") or "")
        target = _arn(found, "replicationgroup", name, region)
        if target != store.id:
            yield flow(store, "replication", target, **at_arn(target))


def _logs(found: Found, store: Store) -> Iterator[Flow]:
    for each in entries(found.read("item.LogDeliveryConfigurations", absent=[])):
        target = _log_target(found, each)
        active = state_of(each.get("Status"), _DELIVERING, _SILENT)
        kind = str(each.get("LogType") or "")
        columns = {**at_arn(target), "active": active}
        yield flow(store, "stream", f"{kind}/{target}", **columns)


def _log_target(found: Found, log: Mapping[str, Json]) -> str:
    region, account = found.place["region"], found.place["account"]
    stream = dig(log, "DestinationDetails.KinesisFirehoseDetails.DeliveryStream")
    if stream:
        return arn("firehose", region, account, f"deliverystream/{stream}")
    group = dig(log, "DestinationDetails.CloudWatchLogsDetails.LogGroup")
    return arn("logs", region, account, f"log-group:{group}") if group else ""


def _cluster(found: Found) -> Iterator[Store | Processor | Flow]:
    group = text(found, "item.ReplicationGroupId")
    if group:
        yield _node(found, group)
        return
    encrypted = maybe_flag(found, "item.AtRestEncryptionEnabled")
    name = text(found, "item.CacheClusterId")
    store = store_of(
        found,
        id=_arn(found, "cluster", name),
        name=name,
        kind="cluster",
        country=_cluster_country(found),
        encrypted=encrypted,
        # Keys can be chosen for replication groups only.
        key_id="",
        public=False,  # reached through its endpoint in a VPC only
        locked=False,
        created=maybe_text(found, "item.CacheClusterCreateTime"),
    )
    yield store
    yield from _logs(found, store)


def _node(found: Found, group: str) -> Processor:
    """Return a cluster that is a node of a replication group, which has the store's row."""
    name = text(found, "item.CacheClusterId")
    return processor_of(
        found,
        id=_arn(found, "cluster", name),
        name=f"{name} of {group}",
        kind="node",
        country=_cluster_country(found),
        public=False,  # reached through its endpoint in a VPC only
        created=maybe_text(found, "item.CacheClusterCreateTime"),
    )


def _cluster_country(found: Found) -> Maybe[str]:
    nodes = entries(found.read("item.CacheNodes", absent=[]))
    if found.read("item.PreferredOutpostArn", absent="") or any(
        node.get("CustomerOutpostArn") for node in nodes
    ):
        return _OUTPOST
    zones = [node.get("CustomerAvailabilityZone") for node in nodes]
    preferred = found.read("item.PreferredAvailabilityZone", absent=_SEVERAL)
    return country_of_zones(zones if preferred == _SEVERAL else preferred, found.place["region"])


def _serverless(found: Found) -> Iterator[Store]:
    connection = maybe_text(found, "item.ConnectionType", absent="vpc")
    private = connection == "vpc"
    yield store_of(
        found,
        id=text(found, "item.ARN"),
        name=text(found, "item.ServerlessCacheName"),
        kind="serverless cache",
        country=country_of(found.place["region"]),
        encrypted=True,  # the guide: serverless caches always are
        key_id=_key(found, True),
        public=False if private else Unknown(f"its connection is {str(connection)[:100]}"),
        locked=False,
        created=maybe_text(found, "item.CreateTime"),
    )


REPLICATION_GROUPS = Collector(
    kind="aws.elasticache.replication-group",
    service="elasticache",
    title="ElastiCache replication groups",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeReplicationGroups",
        permission="elasticache:DescribeReplicationGroups",
        parameters={"MaxRecords": 100},
        items="ReplicationGroups",
    ),
    details=(
        Detail(
            name="datastore",
            operation="DescribeGlobalReplicationGroups",
            permission="elasticache:DescribeGlobalReplicationGroups",
            parameters={"ShowMemberInfo": True},
            bind={"GlobalReplicationGroupId": _DATASTORE},
            when=_DATASTORE,
            items="GlobalReplicationGroups",
        ),
    ),
    tables=(Store, Flow),
    rows=_replication_group,
    types=("elasticache:replicationgroup",),
    source=_REFERENCE + "DescribeReplicationGroups.html",
)

CLUSTERS = Collector(
    kind="aws.elasticache.cluster",
    service="elasticache",
    title="ElastiCache clusters, nodes of replication groups among them",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeCacheClusters",
        permission="elasticache:DescribeCacheClusters",
        parameters={"MaxRecords": 100, "ShowCacheNodeInfo": True},
        items="CacheClusters",
    ),
    tables=(Store, Processor, Flow),
    rows=_cluster,
    types=("elasticache:cluster",),
    source=_REFERENCE + "DescribeCacheClusters.html",
)

SERVERLESS_CACHES = Collector(
    kind="aws.elasticache.serverless-cache",
    service="elasticache",
    title="ElastiCache serverless caches",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeServerlessCaches",
        permission="elasticache:DescribeServerlessCaches",
        parameters={"MaxResults": 50},
        items="ServerlessCaches",
    ),
    tables=(Store,),
    rows=_serverless,
    types=("elasticache:serverlesscache",),
    source=_REFERENCE + "DescribeServerlessCaches.html",
)
