"""What we claim to know about Aurora DSQL clusters."""

import json

import pytest

from auditor.collect.aws.dsql import CLUSTERS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:dsql:{HOME}:{ACCOUNT}:cluster/c1"
PEER = f"arn:aws:dsql:eu-west-1:{ACCOUNT}:cluster/c2"
NO_POLICY = Rule(operation="dsql.GetClusterPolicy", status=400, code="ResourceNotFoundException")

pytestmark = pytest.mark.usefixtures("cloud")


def collect(
    policy: Rule = NO_POLICY,
    deny: tuple[str, ...] = (),
    streams: tuple[Json, ...] = (),
    **about: Json,
) -> Collected:
    cluster = {
        "identifier": "c1",
        "arn": ARN,
        "status": "ACTIVE",
        "encryptionDetails": {"encryptionType": "AWS_OWNED_KMS_KEY", "encryptionStatus": "ENABLED"},
        "tags": {"a": "b"},
        **about,
    }
    rules = [
        Rule(
            operation="dsql.ListClusters", answer={"clusters": [{"identifier": "c1", "arn": ARN}]}
        ),
        Rule(operation="dsql.GetCluster", answer=cluster),
        Rule(operation="dsql.ListStreams", answer={"streams": list(streams)}),
        policy,
    ]
    return gather((IDENTITY, REGIONS, CLUSTERS), rules=rules, deny=deny)


def test_reads_a_cluster_of_one_region() -> None:
    collected = collect()
    store = collected.stores["c1"]

    assert (store.encrypted, store.key_id, store.country) == (True, "", "US")
    assert (store.tags, collected.flows) == ({"a": "b"}, [])


def test_the_witness_keeps_data_too() -> None:
    """It stores the log of transactions, in a third region."""
    properties = {"witnessRegion": "us-west-2", "clusters": [ARN, PEER]}

    peer, witness = collect(multiRegionProperties=properties).flows

    assert (peer.target_id, peer.target_country) == (PEER, "IE")
    assert (witness.target_id, witness.target_region) == ("", "us-west-2")


def test_a_policy_lets_other_accounts_in() -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::999999999999:root"},
        "Action": "dsql:DbConnect",
        "Resource": "*",
    }
    answer = {"policy": json.dumps({"Statement": [statement]}), "policyVersion": "1"}

    (flow,) = collect(policy=Rule(operation="dsql.GetClusterPolicy", answer=answer)).flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


def test_a_refused_cluster_may_be_replicated_and_shared() -> None:
    collected = collect(deny=("GetCluster", "GetClusterPolicy", "ListStreams"))

    assert isinstance(collected.stores["c1"].key_id, Unknown)
    assert {flow.mechanism for flow in collected.flows} == {"replication", "share", "stream"}
    assert all(isinstance(flow.active, Unknown) for flow in collected.flows)


def test_a_stream_of_changes_goes_somewhere() -> None:
    stream = {
        "clusterIdentifier": "c1",
        "streamIdentifier": "s1",
        "arn": f"{ARN}/stream/s1",
        "creationTime": 1600560000,
        "status": "ACTIVE",
    }

    (flow,) = collect(streams=(stream,)).flows

    assert (flow.mechanism, flow.active) == ("stream", True)
    assert isinstance(flow.target_country, Unknown)
