"""What we claim to know about lifecycle policies, in each of the three shapes that they have."""

import pytest

from auditor.collect.aws.dlm import POLICIES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, POLICIES)
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(details: Json, state: str = "ENABLED", deny: tuple[str, ...] = ()) -> Collected:
    policy = {"PolicyId": "policy-1", "State": state, "Tags": {"a": "b"}}
    rules = [
        Rule(operation="dlm.GetLifecyclePolicies", answer={"Policies": [policy]}),
        Rule(
            operation="dlm.GetLifecyclePolicy",
            answer={"Policy": {"PolicyId": "policy-1", "PolicyDetails": details}},
        ),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


SCHEDULE = {
    "Schedules": [
        {
            "CrossRegionCopyRules": [
                {"Target": "eu-central-1", "Encrypted": True},
                {"TargetRegion": "us-west-2", "Encrypted": True},
            ],
            "ShareRules": [{"TargetAccounts": [STRANGER, ACCOUNT]}],
        }
    ]
}


def test_a_schedule_copies_and_shares() -> None:
    collected = collect(SCHEDULE)

    policy = collected.processors["policy-1"]
    assert policy.id == f"arn:aws:dlm:{HOME}:{ACCOUNT}:policy/policy-1"
    assert policy.tags == {"a": "b"}
    assert [
        (flow.mechanism, flow.target_account, flow.target_country) for flow in collected.flows
    ] == [
        ("copy", ACCOUNT, "DE"),
        ("copy", ACCOUNT, "US"),
        ("share", STRANGER, "US"),
    ]


@pytest.mark.parametrize(
    "details",
    [
        {"CrossRegionCopyTargets": [{"TargetRegion": "eu-central-1"}]},
        {
            "Actions": [
                {
                    "Name": "copy",
                    "CrossRegionCopy": [{"Target": "eu-central-1", "EncryptionConfiguration": {}}],
                }
            ]
        },
    ],
)
def test_default_and_event_policies_copy_too(details: Json) -> None:
    (flow,) = collect(details).flows

    assert (flow.mechanism, flow.target_region, flow.active) == ("copy", "eu-central-1", True)


def test_a_copy_to_an_outpost_is_anywhere() -> None:
    outpost = {"Target": "arn:aws:outposts:us-east-1:1:outpost/op-1", "Encrypted": True}

    (flow,) = collect({"Schedules": [{"CrossRegionCopyRules": [outpost]}]}).flows

    assert isinstance(flow.target_country, Unknown)


def test_a_policy_that_is_off_moves_nothing() -> None:
    assert {flow.active for flow in collect(SCHEDULE, state="DISABLED").flows} == {False}
    assert all(isinstance(flow.active, Unknown) for flow in collect(SCHEDULE, state="ERROR").flows)


def test_a_refused_policy_may_copy_and_share() -> None:
    flows = collect(SCHEDULE, deny=("GetLifecyclePolicy",)).flows

    assert {flow.mechanism for flow in flows} == {"copy", "share"}
    assert all(isinstance(flow.active, Unknown) for flow in flows)
