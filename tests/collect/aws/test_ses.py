"""Where mail goes, given what AWS answered."""

import json

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ses import CONFIGURATION_SETS, ENDPOINTS, IDENTITIES, RULE_SETS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, CONFIGURATION_SETS, IDENTITIES, ENDPOINTS, RULE_SETS)
STRANGER = "999999999999"
TOPIC = f"arn:aws:sns:{HOME}:{ACCOUNT}:bounces"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_set(*, enabled: bool = True, deny: tuple[str, ...] = ()) -> Collected:
    destination = {
        "Name": "news",
        "Enabled": enabled,
        "MatchingEventTypes": ["BOUNCE"],
        "SnsDestination": {"TopicArn": TOPIC},
    }
    rules = [
        Rule(operation="sesv2.ListConfigurationSets", answer={"ConfigurationSets": ["offers"]}),
        Rule(
            operation="sesv2.GetConfigurationSetEventDestinations",
            answer={"EventDestinations": [destination]},
        ),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


@pytest.mark.parametrize("enabled", [True, False])
def test_news_of_mail_goes_to_a_topic(*, enabled: bool) -> None:
    collected = gather_set(enabled=enabled)

    assert collected.processors["offers"].id == (
        f"arn:aws:ses:{HOME}:{ACCOUNT}:configuration-set/offers"
    )
    assert [(flow.target_id, flow.active) for flow in collected.flows] == [(TOPIC, enabled)]


def test_a_refusal_hides_where_news_goes() -> None:
    (flow,) = gather_set(deny=("GetConfigurationSetEventDestinations",)).flows

    assert isinstance(flow.active, Unknown)


def test_others_may_send_in_our_name() -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": STRANGER}, "Action": "ses:SendEmail"}
    identity = {"IdentityType": "DOMAIN", "IdentityName": "example.com"}
    policies = {"p": json.dumps({"Statement": [statement]})}
    rules = [
        Rule(operation="sesv2.ListEmailIdentities", answer={"EmailIdentities": [identity]}),
        Rule(operation="sesv2.GetEmailIdentityPolicies", answer={"Policies": policies}),
    ]

    (flow,) = gather(COLLECTORS, rules=rules).flows

    assert (flow.mechanism, flow.target_account) == ("share", STRANGER)


def test_mail_is_sent_from_each_region_of_an_endpoint() -> None:
    endpoint = {"EndpointName": "out", "Status": "READY", "Regions": [HOME, "eu-central-1"]}
    rule = Rule(
        operation="sesv2.ListMultiRegionEndpoints", answer={"MultiRegionEndpoints": [endpoint]}
    )

    (flow,) = gather(COLLECTORS, rules=[rule]).flows

    assert (flow.mechanism, flow.target_country) == ("edge", "DE")


def test_mail_that_comes_in_is_left_in_a_bucket() -> None:
    """Of all rule sets, one at most is in use."""
    boto3.client("s3", HOME).create_bucket(Bucket="inbox")
    client = boto3.client("ses", HOME)
    action = {"S3Action": {"BucketName": "inbox"}}
    for name in ("in-use", "spare"):
        client.create_receipt_rule_set(RuleSetName=name)
        client.create_receipt_rule(
            RuleSetName=name, Rule={"Name": "keep", "Enabled": True, "Actions": [action]}
        )
    active = {"Metadata": {"Name": "in-use"}}
    rule = Rule(operation="ses.DescribeActiveReceiptRuleSet", answer=active)

    collected = gather(COLLECTORS, rules=[rule])

    assert set(collected.processors) == {"in-use", "spare"}
    assert {(flow.store_id.rpartition("/")[2], flow.active) for flow in collected.flows} == {
        ("in-use", True),
        ("spare", False),
    }
    assert {flow.target_id for flow in collected.flows} == {"arn:aws:s3:::inbox"}
