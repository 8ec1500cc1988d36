"""What we claim to know about caches, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.elasticache import CLUSTERS, REPLICATION_GROUPS, SERVERLESS_CACHES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, REPLICATION_GROUPS, CLUSTERS, SERVERLESS_CACHES)
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
ARN = f"arn:aws:elasticache:{HOME}:{ACCOUNT}:replicationgroup:sessions"
GLOBAL = Rule(
    operation="elasticache.DescribeGlobalReplicationGroups",
    answer={
        "GlobalReplicationGroups": [
            {
                "Members": [
                    {"ReplicationGroupId": "sessions", "ReplicationGroupRegion": HOME},
                    {"ReplicationGroupId": "copy", "ReplicationGroupRegion": "eu-central-1"},
                ]
            }
        ]
    },
)

pytestmark = pytest.mark.usefixtures("cloud")


def group_of(*rules: Rule, deny: tuple[str, ...] = (), **members: Json) -> Collected:
    nodes = [{"NodeGroupMembers": [{"PreferredAvailabilityZone": f"{HOME}a"}]}]
    group = {
        "ReplicationGroupId": "sessions",
        "NodeGroups": nodes,
        "AtRestEncryptionEnabled": True,
        "KmsKeyId": KEY,
        **members,
    }
    rule = Rule(
        operation="elasticache.DescribeReplicationGroups", answer={"ReplicationGroups": [group]}
    )
    return gather(COLLECTORS, rules=[rule, *rules], deny=deny)


def in_datastore(role: str) -> Json:
    return {"GlobalReplicationGroupId": "g", "GlobalReplicationGroupMemberRole": role}


def test_reads_a_group() -> None:
    store = group_of().stores["sessions"]

    assert (store.id, store.country) == (ARN, "US")
    assert (store.encrypted, store.key_id) == (True, KEY)


def test_encryption_by_the_service_itself_counts() -> None:
    """The older member says false then."""
    several = group_of(
        AtRestEncryptionEnabled=False, StorageEncryptionType="sse-elasticache", KmsKeyId=""
    )

    assert several.stores["sessions"].encrypted is True
    assert several.stores["sessions"].key_id == ""


def test_a_primary_replicates_to_its_secondaries() -> None:
    collected = group_of(GLOBAL, GlobalReplicationGroupInfo=in_datastore("PRIMARY"))

    (flow,) = collected.flows

    assert (flow.store_id, flow.mechanism) == (ARN, "replication")
    assert flow.target_id == f"arn:aws:elasticache:eu-central-1:{ACCOUNT}:replicationgroup:copy"
    assert flow.target_country == "DE"


def test_a_secondary_replicates_to_nobody() -> None:
    assert group_of(GLOBAL, GlobalReplicationGroupInfo=in_datastore("SECONDARY")).flows == []


def test_a_refused_datastore_hides_no_replica() -> None:
    collected = group_of(
        GlobalReplicationGroupInfo=in_datastore("PRIMARY"),
        deny=("DescribeGlobalReplicationGroups",),
    )

    (flow,) = collected.flows

    assert isinstance(flow.active, Unknown)


def test_logs_stream_to_firehose() -> None:
    details = {"KinesisFirehoseDetails": {"DeliveryStream": "slow"}}
    log = {"LogType": "slow-log", "Status": "active", "DestinationDetails": details}

    (flow,) = group_of(LogDeliveryConfigurations=[log]).flows

    assert (flow.mechanism, flow.active) == ("stream", True)
    assert flow.target_id == f"arn:aws:firehose:{HOME}:{ACCOUNT}:deliverystream/slow"


def test_a_cluster_in_several_zones_is_where_its_nodes_are() -> None:
    nodes = [{"CustomerAvailabilityZone": f"{HOME}-lim-1a"}]
    cluster = {
        "CacheClusterId": "plain",
        "PreferredAvailabilityZone": "Multiple",
        "CacheNodes": nodes,
        "AtRestEncryptionEnabled": False,
    }
    answer = {"CacheClusters": [cluster]}
    rule = Rule(operation="elasticache.DescribeCacheClusters", answer=answer)

    store = gather(COLLECTORS, rules=[rule]).stores["plain"]

    assert (store.country, store.encrypted, store.key_id) == ("PE", False, "")


def test_a_node_of_a_group_holds_nothing_of_its_own() -> None:
    node = {
        "CacheClusterId": "sessions-001",
        "ReplicationGroupId": "sessions",
        "PreferredAvailabilityZone": f"{HOME}a",
    }
    rule = Rule(operation="elasticache.DescribeCacheClusters", answer={"CacheClusters": [node]})

    collected = gather(COLLECTORS, rules=[rule])
    (processor,) = collected.processors.values()

    assert processor.id == f"arn:aws:elasticache:{HOME}:{ACCOUNT}:cluster:sessions-001"
    assert (processor.country, collected.stores) == ("US", {})


def test_a_serverless_cache_with_a_public_connection_may_be_open() -> None:
    arn = f"arn:aws:elasticache:{HOME}:{ACCOUNT}:serverlesscache:fast"
    caches = [
        {"ARN": arn, "ServerlessCacheName": "fast", "ConnectionType": "public"},
        {"ARN": f"{arn}er", "ServerlessCacheName": "faster"},
    ]
    rule = Rule(
        operation="elasticache.DescribeServerlessCaches", answer={"ServerlessCaches": caches}
    )

    stores = gather(COLLECTORS, rules=[rule]).stores

    assert isinstance(stores["fast"].public, Unknown)
    assert (stores["faster"].public, stores["faster"].encrypted) == (False, True)
