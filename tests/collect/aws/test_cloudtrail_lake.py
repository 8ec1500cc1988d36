"""What we claim to know about event data stores, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.cloudtrail_lake import EVENT_DATA_STORES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Retention
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:cloudtrail:{HOME}:{ACCOUNT}:eventdatastore/1"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(*deny: str, shared: bool = False) -> Collected:
    allow = {"Effect": "Allow", "Principal": {"AWS": "999999999999"}, "Action": "cloudtrail:*"}
    policy = json.dumps({"Statement": [allow]})
    listed = {"EventDataStores": [{"EventDataStoreArn": ARN, "Name": "all"}]}
    rules = [
        Rule(operation="cloudtrail.ListEventDataStores", answer=listed),
        Rule(
            operation="cloudtrail.GetEventDataStore",
            answer={"EventDataStoreArn": ARN, "KmsKeyId": KEY, "RetentionPeriod": 90},
        ),
        Rule(operation="cloudtrail.GetResourcePolicy", answer={"ResourcePolicy": policy})
        if shared
        else Rule(
            operation="cloudtrail.GetResourcePolicy",
            status=400,
            code="ResourcePolicyNotFoundException",
        ),
    ]
    return gather((IDENTITY, REGIONS, EVENT_DATA_STORES), rules=rules, deny=deny)


def test_reads_an_event_data_store() -> None:
    collected = collect()
    store = collected.stores["all"]

    assert (store.id, store.encrypted, store.key_id) == (ARN, True, KEY)
    assert collected.flows == []


@pytest.mark.parametrize(
    ("deny", "expected"), [((), 90), (("GetEventDataStore",), None)], ids=["read", "refused"]
)
def test_its_period_is_a_rule(deny: tuple[str, ...], expected: int | None) -> None:
    """It has one always, so that one which could not be read is unknown."""
    (rule,) = [each for each in collect(*deny).rows if isinstance(each, Retention)]

    assert (rule.store_id, rule.effect) == (ARN, "deletes")
    assert isinstance(rule.days, Unknown) if expected is None else rule.days == expected


def test_whom_its_policy_lets_in_is_a_share() -> None:
    (flow,) = collect(shared=True).flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


def test_refusals_leave_key_and_shares_open() -> None:
    collected = collect("GetEventDataStore", "GetResourcePolicy")

    assert isinstance(collected.stores["all"].key_id, Unknown)
    assert [isinstance(flow.active, Unknown) for flow in collected.flows] == [True]
