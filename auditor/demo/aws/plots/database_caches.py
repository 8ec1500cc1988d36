"""ElastiCache and MemoryDB: caches and their replicas, snapshots and logs."""

from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED
from auditor.demo.aws.plots import Plot
from auditor.demo.planted import fails, stays_open

_FEED, _PEOPLE, _OPEN = (
    arn_of("elasticache", f"replicationgroup:northstar-{name}")
    for name in ("feed", "people", "open")
)
_PLAIN = arn_of("elasticache", "cluster:northstar-plain", FRANKFURT)
_SERVERLESS = arn_of("elasticache", "serverlesscache:northstar-edges", FRANKFURT)
_SNAPSHOT, _DOUBTFUL = (
    arn_of("elasticache", f"snapshot:northstar-{name}", FRANKFURT) for name in ("one", "two")
)
_OF_SERVERLESS = arn_of("elasticache", "serverlesscachesnapshot:northstar-edges", FRANKFURT)
_CLUSTER, _TWIN, _METRICS = (
    arn_of("memorydb", f"cluster/northstar-{name}") for name in ("graph", "twin", "metrics")
)
_CLUSTER_SNAPSHOT = arn_of("memorydb", "snapshot/northstar-graph", FRANKFURT)


def _group(arn: str, **item: Any) -> dict[str, Any]:
    members = [{"PreferredAvailabilityZone": f"{HOME}a"}, {"PreferredAvailabilityZone": f"{HOME}b"}]
    return {
        "ReplicationGroupId": arn.rpartition(":")[2],
        "ARN": arn,
        "NodeGroups": [{"NodeGroupMembers": members}],
        "AtRestEncryptionEnabled": True,
        **item,
    }


def _datastore(name: str) -> dict[str, Any]:
    return {
        "GlobalReplicationGroupInfo": {
            "GlobalReplicationGroupId": name,
            "GlobalReplicationGroupMemberRole": "PRIMARY",
        }
    }


def _members(name: str, group: str, region: str) -> Any:
    members = [
        {"ReplicationGroupId": group, "ReplicationGroupRegion": HOME, "Role": "PRIMARY"},
        {"ReplicationGroupId": group, "ReplicationGroupRegion": region, "Role": "SECONDARY"},
    ]
    return answered(
        "elasticache.DescribeGlobalReplicationGroups",
        {"GlobalReplicationGroups": [{"GlobalReplicationGroupId": name, "Members": members}]},
        words=name,
    )


def _shards(arn: str, several: str = "") -> dict[str, Any]:
    cluster = {
        "ARN": arn,
        "Name": arn.rpartition("/")[2],
        "Shards": [{"Nodes": [{"AvailabilityZone": f"{HOME}a"}]}],
    }
    return cluster | ({"MultiRegionClusterName": several} if several else {})


def _regions(name: str, arn: str, region: str) -> Any:
    clusters = [{"ARN": arn}, {"ARN": arn.replace(HOME, region), "Region": region}]
    several = [{"MultiRegionClusterName": name, "Clusters": clusters}]
    return answered(
        "memorydb.DescribeMultiRegionClusters", {"MultiRegionClusters": several}, words=name
    )


def _log(stream: str) -> dict[str, Any]:
    return {
        "LogType": "slow-log",
        "Status": "active",
        "DestinationDetails": {"KinesisFirehoseDetails": {"DeliveryStream": stream}},
    }


_GROUPS = [
    _group(_FEED, LogDeliveryConfigurations=[_log("northstar-slow")], **_datastore("wide-feed")),
    _group(_PEOPLE, **_datastore("wide-people")),
    _group(_OPEN, AtRestEncryptionEnabled=False),
]
_ABROAD = (
    answered(
        "elasticache.DescribeCacheClusters",
        {
            "CacheClusters": [
                {
                    "CacheClusterId": "northstar-plain",
                    "PreferredAvailabilityZone": f"{FRANKFURT}a",
                    "AtRestEncryptionEnabled": False,
                }
            ]
        },
        region=FRANKFURT,
    ),
    answered(
        "elasticache.DescribeServerlessCaches",
        {"ServerlessCaches": [{"ARN": _SERVERLESS, "ServerlessCacheName": "northstar-edges"}]},
        region=FRANKFURT,
    ),
    answered(
        "elasticache.DescribeSnapshots",
        {
            "Snapshots": [
                {"ARN": _SNAPSHOT, "SnapshotName": "one", "KmsKeyId": "alias/aws/elasticache"},
                {"ARN": _DOUBTFUL, "SnapshotName": "two"},
            ]
        },
        region=FRANKFURT,
    ),
    answered(
        "elasticache.DescribeServerlessCacheSnapshots",
        {
            "ServerlessCacheSnapshots": [
                {"ARN": _OF_SERVERLESS, "ServerlessCacheSnapshotName": "northstar-edges"}
            ]
        },
        region=FRANKFURT,
    ),
    answered(
        "memorydb.DescribeSnapshots",
        {"Snapshots": [{"ARN": _CLUSTER_SNAPSHOT, "Name": "northstar-graph"}]},
        region=FRANKFURT,
    ),
)

PLOT = Plot(
    tags={
        **dict.fromkeys((_FEED, _PEOPLE, _OPEN, _SERVERLESS, _SNAPSHOT, _DOUBTFUL), PROTECTED),
        **dict.fromkeys((_OF_SERVERLESS, _CLUSTER, _TWIN, _CLUSTER_SNAPSHOT), PROTECTED),
        **dict.fromkeys((_PLAIN, _METRICS), UNPROTECTED),
    },
    rules=(
        answered("elasticache.DescribeReplicationGroups", {"ReplicationGroups": _GROUPS}),
        _members("wide-feed", "northstar-feed", FRANKFURT),
        _members("wide-people", "northstar-people", WEST),
        answered(
            "memorydb.DescribeClusters",
            {
                "Clusters": [
                    _shards(_CLUSTER, "wide-graph"),
                    _shards(_TWIN, "wide-twin"),
                    _shards(_METRICS),
                ]
            },
        ),
        _regions("wide-graph", _CLUSTER, FRANKFURT),
        _regions("wide-twin", _TWIN, WEST),
        *_ABROAD,
    ),
    planted=(
        *fails("a cache replicates to Frankfurt", A_04=f"{_FEED}/replication/*"),
        *fails("a cache is not encrypted", A_06=_OPEN, A_07b=_OPEN),
        *fails("a serverless cache is in Frankfurt", A_02=_SERVERLESS, A_07b=_SERVERLESS),
        *fails("a cache's snapshot is in Frankfurt", A_02=_SNAPSHOT, A_05=_SNAPSHOT),
        *fails("a cache's snapshot is in Frankfurt", A_07b=_SNAPSHOT),
        *fails("a snapshot whose key nobody states is abroad", A_02=_DOUBTFUL, A_05=_DOUBTFUL),
        *stays_open("nobody states the key of a snapshot", A_06=_DOUBTFUL, A_07b=_DOUBTFUL),
        *fails(
            "a serverless cache's snapshot is in Frankfurt",
            A_02=_OF_SERVERLESS,
            A_05=_OF_SERVERLESS,
            A_07b=_OF_SERVERLESS,
        ),
        *fails("a cluster replicates to Frankfurt", A_04=f"{_CLUSTER}/replication/*"),
        *fails(
            "a cluster's snapshot is in Frankfurt",
            A_02=_CLUSTER_SNAPSHOT,
            A_05=_CLUSTER_SNAPSHOT,
            A_07b=_CLUSTER_SNAPSHOT,
        ),
    ),
)
