"""What we claim to know about DocumentDB elastic clusters and their snapshots."""

import pytest

from auditor.collect.aws.docdb_elastic import CLUSTERS, SNAPSHOTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
CLUSTER = f"arn:aws:docdb-elastic:{HOME}:{ACCOUNT}:cluster/1"
SNAPSHOT = f"arn:aws:docdb-elastic:{HOME}:{ACCOUNT}:cluster-snapshot/1"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(deny: tuple[str, ...] = ()) -> Collected:
    cluster: Json = {"clusterArn": CLUSTER, "clusterName": "feed"}
    snapshot: Json = {"snapshotArn": SNAPSHOT, "snapshotName": "copy", "clusterArn": CLUSTER}
    rules = [
        Rule(operation="docdb-elastic.ListClusters", answer={"clusters": [cluster]}),
        Rule(
            operation="docdb-elastic.GetCluster", answer={"cluster": {**cluster, "kmsKeyId": KEY}}
        ),
        Rule(operation="docdb-elastic.ListClusterSnapshots", answer={"snapshots": [snapshot]}),
        Rule(
            operation="docdb-elastic.GetClusterSnapshot",
            answer={"snapshot": {**snapshot, "kmsKeyId": KEY}},
        ),
    ]
    return gather((IDENTITY, REGIONS, CLUSTERS, SNAPSHOTS), rules=rules, deny=deny)


def test_reads_a_cluster_and_its_snapshot() -> None:
    stores = collect().stores

    assert (stores["feed"].id, stores["feed"].backup, stores["feed"].key_id) == (
        CLUSTER,
        False,
        KEY,
    )
    assert (stores["copy"].backup, stores["copy"].source_id) == (True, CLUSTER)


def test_a_refused_cluster_has_an_unknown_key() -> None:
    stores = collect(deny=("GetCluster", "GetClusterSnapshot")).stores

    assert all(isinstance(store.key_id, Unknown) for store in stores.values())
