"""What we claim to know about rules of IoT, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.iot import DESTINATIONS, RULES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ROLE = "arn:aws:iam::123456789012:role/iot"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(*actions: Json, deny: str = "", **rule: Json) -> Collected:
    name = f"arn:aws:iot:{HOME}:{ACCOUNT}:rule/all"
    listed = {"ruleArn": name, "ruleName": "all", "ruleDisabled": False}
    rules = [
        Rule(operation="iot.ListTopicRules", answer={"rules": [listed]}),
        Rule(operation="iot.GetTopicRule", answer={"rule": {"actions": [*actions], **rule}}),
    ]
    return gather((IDENTITY, REGIONS, RULES), rules=rules, deny=[deny])


def to_end(**action: Json) -> Flow:
    (flow,) = collect(action).flows
    return flow


@pytest.mark.parametrize(
    ("action", "target"),
    [
        ({"s3": {"bucketName": "raw", "key": "k", "roleArn": ROLE}}, "arn:aws:s3:::raw"),
        (
            {"kinesis": {"streamName": "raw", "roleArn": ROLE}},
            f"arn:aws:kinesis:{HOME}:{ACCOUNT}:stream/raw",
        ),
        (
            {"sqs": {"queueUrl": "https://sqs.eu-central-1.amazonaws.com/999999999999/theirs"}},
            "arn:aws:sqs:eu-central-1:999999999999:theirs",
        ),
    ],
)
def test_an_action_is_a_flow(action: dict[str, Json], target: str) -> None:
    assert to_end(**action).target_id == target


def test_where_an_address_is_is_unknown() -> None:
    flow = to_end(http={"url": "https://in.example.com/x"})

    assert isinstance(flow.target_country, Unknown)
    assert "in.example.com" in flow.target_country.reason


def test_a_queue_whose_address_is_not_aws_s_has_no_region() -> None:
    """The owner of a rule writes the address, region and all."""
    flow = to_end(sqs={"queueUrl": "https://sqs.us-east-1.example.com/123456789012/ours"})

    assert isinstance(flow.target_country, Unknown)


def test_the_action_on_errors_is_a_way_out_too() -> None:
    error = {"s3": {"bucketName": "errors", "key": "k", "roleArn": ROLE}}

    (flow,) = collect(errorAction=error).flows

    assert flow.target_id == "arn:aws:s3:::errors"


def test_an_action_of_a_kind_that_is_not_known_may_go_anywhere() -> None:
    (flow,) = collect({"iotSiteWise": {"roleArn": ROLE}}).flows

    assert isinstance(flow.target_country, Unknown)


def test_a_token_never_gets_into_the_evidence() -> None:
    action = {"salesforce": {"token": "hush", "url": "https://x.my.salesforce.com"}}

    assert "hush" not in str(collect(action).records)


def test_refused_actions_are_a_possible_way_out() -> None:
    (flow,) = collect(deny="GetTopicRule").flows

    assert isinstance(flow.active, Unknown)


def test_a_destination_is_an_address_or_a_network() -> None:
    summaries = [
        {"arn": "a/1", "status": "ENABLED", "httpUrlSummary": {"confirmationUrl": "https://b.c/"}},
        {"arn": "a/2", "status": "DISABLED", "vpcDestinationSummary": {"vpcId": "vpc-1"}},
    ]
    answer = {"destinationSummaries": summaries}
    rules = [Rule(operation="iot.ListTopicRuleDestinations", answer=answer)]

    flows = gather((IDENTITY, REGIONS, DESTINATIONS), rules=rules).flows

    assert [(flow.id, flow.active) for flow in flows] == [
        ("a/1/stream/b.c", True),
        ("a/2/stream/vpc-1", False),
    ]
