"""What we claim to know about a secret, given what AWS answered."""

import json

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.secretsmanager import SECRETS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, TARGET, gather

COLLECTORS = (IDENTITY, REGIONS, SECRETS)

pytestmark = pytest.mark.usefixtures("cloud")


def make_secret(*regions: str) -> str:
    answer = boto3.client("secretsmanager", HOME).create_secret(
        Name="s",
        SecretString="hidden",
        Tags=[{"Key": "a", "Value": "b"}],
        **({"AddReplicaRegions": [{"Region": each} for each in regions]} if regions else {}),
    )
    return str(answer["ARN"])


def test_reads_a_secret_without_its_value() -> None:
    name = make_secret()

    collected = gather(COLLECTORS)
    store = collected.stores["s"]

    assert (store.id, store.country, store.encrypted, store.key_id) == (name, "US", True, "")
    assert (store.public, store.backup, store.tags) == (False, False, {"a": "b"})
    assert collected.flows == []
    assert "hidden" not in repr(collected.records)


def test_replicas_are_flows_and_know_their_primary() -> None:
    name = make_secret("eu-central-1")
    target = type(TARGET)(name="here", provider="aws", axes={"region": ("eu-central-1",)})

    (flow,) = gather(COLLECTORS).flows
    (replica,) = gather(COLLECTORS, target).stores.values()

    assert (flow.mechanism, flow.target_country, flow.target_account) == (
        "replication",
        "DE",
        ACCOUNT,
    )
    assert (replica.backup, replica.source_id) == (True, name)


def test_replicas_in_other_accounts_are_flows() -> None:
    """They are listed apart from those in other regions."""
    copy = "arn:aws:secretsmanager:us-east-1:999999999999:secret:s-1"
    answer = {
        "ARN": make_secret(),
        "CrossAccountReplicas": [{"ReplicaSecretARN": copy, "ReplicationStatus": "InSync"}],
    }

    rules = [Rule(operation="secretsmanager.DescribeSecret", answer=answer)]
    (flow,) = gather(COLLECTORS, rules=rules).flows

    assert (flow.target_account, flow.active) == ("999999999999", True)


def test_a_policy_lets_in_accounts() -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "999999999999"},
        "Action": "secretsmanager:*",
        "Resource": "*",
    }
    boto3.client("secretsmanager", HOME).put_resource_policy(
        SecretId=make_secret(), ResourcePolicy=json.dumps({"Statement": [statement]})
    )

    (flow,) = gather(COLLECTORS).flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


@pytest.mark.parametrize("refused", ["DescribeSecret", "GetResourcePolicy"])
def test_a_refusal_is_a_possible_way_out(refused: str) -> None:
    make_secret()

    flows = gather(COLLECTORS, deny=[refused]).flows

    assert flows
    assert all(isinstance(flow.active, Unknown) for flow in flows)
