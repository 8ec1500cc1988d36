"""What we claim to know about snapshots of caches, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.elasticache_snapshots import SERVERLESS_SNAPSHOTS, SNAPSHOTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, SNAPSHOTS, SERVERLESS_SNAPSHOTS)
PREFIX = f"arn:aws:elasticache:{HOME}:{ACCOUNT}"

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_snapshot_without_a_key_may_be_open() -> None:
    snapshots = [
        {"ARN": f"{PREFIX}:snapshot:one", "SnapshotName": "one", "ReplicationGroupId": "g"},
        {"ARN": f"{PREFIX}:snapshot:two", "SnapshotName": "two", "CacheClusterId": "c"},
    ]
    rule = Rule(operation="elasticache.DescribeSnapshots", answer={"Snapshots": snapshots})

    stores = gather(COLLECTORS, rules=[rule]).stores

    assert isinstance(stores["one"].encrypted, Unknown)
    assert stores["one"].source_id == f"{PREFIX}:replicationgroup:g"
    assert stores["two"].source_id == f"{PREFIX}:cluster:c"


def test_a_snapshot_of_a_serverless_cache_is_encrypted() -> None:
    snapshot = {
        "ARN": f"{PREFIX}:serverlesscachesnapshot:one",
        "ServerlessCacheSnapshotName": "one",
        "KmsKeyId": "1",
        "ServerlessCacheConfiguration": {"ServerlessCacheName": "fast"},
    }
    rule = Rule(
        operation="elasticache.DescribeServerlessCacheSnapshots",
        answer={"ServerlessCacheSnapshots": [snapshot]},
    )

    store = gather(COLLECTORS, rules=[rule]).stores["one"]

    assert (store.encrypted, store.key_id) == (True, f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1")
    assert (store.backup, store.source_id) == (True, f"{PREFIX}:serverlesscache:fast")
