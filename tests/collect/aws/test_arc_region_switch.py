"""What we claim to know about plans that switch regions."""

import pytest

from auditor.collect.aws.arc_region_switch import PLANS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, Collected, gather

ARN = f"arn:aws:arc-region-switch::{ACCOUNT}:plan/app:abc123"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(**item: Json) -> Collected:
    plan = {
        "arn": ARN,
        "owner": ACCOUNT,
        "name": "app",
        "regions": ["us-east-1", "eu-west-1"],
        "recoveryApproach": "activePassive",
        **item,
    }
    rule = Rule(operation="arc-region-switch.ListPlans", answer={"plans": [plan]})
    return gather((IDENTITY, PLANS), rules=[rule])


def test_users_can_be_answered_in_the_other_region() -> None:
    collected = collect(primaryRegion="us-east-1")

    assert collected.processors["app"].country == "US"
    (flow,) = collected.flows
    assert (flow.mechanism, flow.target_region, flow.target_country) == ("edge", "eu-west-1", "IE")


def test_without_a_primary_region_both_answer() -> None:
    collected = collect(recoveryApproach="activeActive")

    assert isinstance(collected.processors["app"].region, Unknown)
    assert {flow.target_region for flow in collected.flows} == {"us-east-1", "eu-west-1"}
