"""What we claim to know about MemoryDB, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.memorydb import CLUSTERS, SNAPSHOTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, CLUSTERS, SNAPSHOTS)
ARN = f"arn:aws:memorydb:{HOME}:{ACCOUNT}:cluster/profiles"
ABROAD = f"arn:aws:memorydb:eu-west-1:{ACCOUNT}:cluster/profiles"

pytestmark = pytest.mark.usefixtures("cloud")


def cluster_of(*rules: Rule, deny: tuple[str, ...] = (), **members: Json) -> Collected:
    shards = [{"Nodes": [{"AvailabilityZone": f"{HOME}a"}]}]
    cluster = {"ARN": ARN, "Name": "profiles", "Shards": shards, **members}
    rule = Rule(operation="memorydb.DescribeClusters", answer={"Clusters": [cluster]})
    return gather(COLLECTORS, rules=[rule, *rules], deny=deny)


def test_reads_a_cluster() -> None:
    collected = cluster_of()
    store = collected.stores["profiles"]

    assert (store.id, store.country, store.encrypted, store.key_id) == (ARN, "US", True, "")
    assert collected.flows == []


def test_a_cluster_of_several_regions_replicates() -> None:
    several = {"MultiRegionClusters": [{"Clusters": [{"ARN": ARN}, {"ARN": ABROAD}]}]}
    rule = Rule(operation="memorydb.DescribeMultiRegionClusters", answer=several)

    (flow,) = cluster_of(rule, MultiRegionClusterName="wide").flows

    assert (flow.store_id, flow.target_id, flow.target_country) == (ARN, ABROAD, "IE")


def test_a_refusal_hides_no_replica() -> None:
    denied = ("DescribeMultiRegionClusters",)

    (flow,) = cluster_of(MultiRegionClusterName="wide", deny=denied).flows

    assert isinstance(flow.active, Unknown)


def test_a_snapshot_comes_from_its_cluster() -> None:
    snapshot = {"ARN": "arn:x", "Name": "one", "ClusterConfiguration": {"Name": "profiles"}}
    rule = Rule(operation="memorydb.DescribeSnapshots", answer={"Snapshots": [snapshot]})

    store = gather(COLLECTORS, rules=[rule]).stores["one"]

    assert (store.backup, store.source_id) == (True, ARN)
