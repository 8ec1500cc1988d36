"""What we claim to know about deliveries of logs, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.logs_delivery import DELIVERIES, DESTINATIONS, POLICIES, QUERIES, SOURCES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

LOGS = f"arn:aws:logs:{HOME}:{ACCOUNT}"
STREAM = "arn:aws:firehose:eu-central-1:999999999999:deliverystream/theirs"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(**answers: dict[str, object]) -> Collected:
    rules = [Rule(operation=f"logs.{name}", answer=each) for name, each in answers.items()]
    several = (DELIVERIES, DESTINATIONS, POLICIES, QUERIES, SOURCES)
    return gather((IDENTITY, REGIONS, *several), rules=rules)


def test_a_delivery_leads_from_source_over_destination() -> None:
    destination = f"{LOGS}:delivery-destination:out"
    configuration = {"destinationResourceArn": STREAM}
    collected = collect(
        DescribeDeliverySources={
            "deliverySources": [
                {"name": "in", "arn": f"{LOGS}:delivery-source:in", "tags": {"a": "b"}}
            ]
        },
        DescribeDeliveries={
            "deliveries": [{"deliverySourceName": "in", "deliveryDestinationArn": destination}]
        },
        DescribeDeliveryDestinations={
            "deliveryDestinations": [
                {
                    "name": "out",
                    "arn": destination,
                    "deliveryDestinationType": "FH",
                    "deliveryDestinationConfiguration": configuration,
                }
            ]
        },
    )

    assert collected.processors["in"].tags == {"a": "b"}
    assert {(flow.store_id, flow.target_id) for flow in collected.flows} == {
        (f"{LOGS}:delivery-source:in", destination),
        (destination, STREAM),
    }


@pytest.mark.parametrize("identifier", ["results", "s3://results/daily"])
def test_a_scheduled_query_sends_results_to_a_bucket(identifier: str) -> None:
    target = {"destinationIdentifier": identifier, "roleArn": "arn", "ownerAccountId": ACCOUNT}
    query = {
        "scheduledQueryArn": f"{LOGS}:scheduled-query:1",
        "name": "daily",
        "state": "ENABLED",
        "destinationConfiguration": {"s3Configuration": target},
    }
    kept = {"scheduledQueryArn": f"{LOGS}:scheduled-query:2", "name": "kept"}

    (flow,) = collect(ListScheduledQueries={"scheduledQueries": [query, kept]}).flows

    assert (flow.target_id, flow.target_account) == ("arn:aws:s3:::results", ACCOUNT)
    assert flow.active is True


@pytest.mark.parametrize(
    ("action", "shared"), [("logs:PutLogEvents", []), ("logs:GetLogEvents", ["999999999999"])]
)
def test_a_policy_that_lets_others_write_shares_nothing(action: str, shared: list[str]) -> None:
    allow = {"Effect": "Allow", "Principal": {"AWS": "999999999999"}, "Action": action}
    policy = {"policyName": "p", "policyDocument": json.dumps({"Statement": [allow]})}

    flows = collect(DescribeResourcePolicies={"resourcePolicies": [policy]}).flows

    assert [flow.target_account for flow in flows] == shared


def test_an_unreadable_policy_may_be_a_share() -> None:
    policy = {"policyName": "p", "policyDocument": "?"}

    (flow,) = collect(DescribeResourcePolicies={"resourcePolicies": [policy]}).flows

    assert isinstance(flow.active, Unknown)
    assert flow.store_id == f"{LOGS}:log-group:*"
