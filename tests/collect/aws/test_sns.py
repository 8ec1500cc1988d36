"""What we claim to know about topics and their subscribers, given what AWS answered."""

import json

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sns import TOPICS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import HOME, gather

COLLECTORS = (IDENTITY, REGIONS, TOPICS)
FOREIGN = "arn:aws:sqs:eu-central-1:999999999999:theirs"

pytestmark = pytest.mark.usefixtures("cloud")


def subscribe(protocol: str, endpoint: str) -> Flow:
    topics = boto3.client("sns", HOME)
    topic = topics.create_topic(Name="orders")["TopicArn"]
    topics.subscribe(TopicArn=topic, Protocol=protocol, Endpoint=endpoint)
    (flow,) = gather(COLLECTORS).flows
    return flow


def test_a_topic_as_it_is_made_lets_nobody_else_in() -> None:
    """Its first policy names anybody, on condition that they are its owner."""
    topic = boto3.client("sns", HOME).create_topic(Name="orders")["TopicArn"]

    collected = gather(COLLECTORS)

    assert collected.processors["orders"].id == topic
    assert collected.processors["orders"].public is False
    assert collected.flows == []


def test_a_subscriber_elsewhere_is_placed_by_its_arn() -> None:
    flow = subscribe("sqs", FOREIGN)

    assert (flow.target_id, flow.target_account) == (FOREIGN, "999999999999")
    assert (flow.target_region, flow.target_country) == ("eu-central-1", "DE")


@pytest.mark.parametrize(
    ("protocol", "endpoint", "word"),
    [
        ("https", "https://hooks.example.com/a", "hooks.example.com"),
        ("email", "someone@example.com", "mail"),
    ],
)
def test_where_an_address_is_is_unknown(protocol: str, endpoint: str, word: str) -> None:
    flow = subscribe(protocol, endpoint)

    assert flow.target_id == ""
    assert isinstance(flow.target_country, Unknown)
    assert word in flow.target_country.reason


def test_a_policy_that_lets_a_stranger_subscribe_is_a_share() -> None:
    topics = boto3.client("sns", HOME)
    topic = topics.create_topic(Name="orders")["TopicArn"]
    allow = {"Effect": "Allow", "Principal": {"AWS": "999999999999"}, "Action": "sns:Subscribe"}
    policy = json.dumps({"Statement": [allow]})
    topics.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)

    (flow,) = gather(COLLECTORS).flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


def test_refused_subscriptions_are_a_possible_way_out() -> None:
    boto3.client("sns", HOME).create_topic(Name="orders")

    (flow,) = gather(COLLECTORS, deny=["ListSubscriptionsByTopic"]).flows

    assert flow.mechanism == "stream"
    assert isinstance(flow.active, Unknown)


def test_a_topic_that_keeps_messages_is_a_store_as_well() -> None:
    key = f"arn:aws:kms:{HOME}:123456789012:key/1"
    attributes = {
        "Policy": json.dumps({"Statement": []}),
        "ArchivePolicy": json.dumps({"MessageRetentionPeriod": "30"}),
        "KmsMasterKeyId": key,
    }
    topic = f"arn:aws:sns:{HOME}:123456789012:kept.fifo"
    rules = [
        Rule(operation="sns.ListTopics", answer={"Topics": [{"TopicArn": topic}]}),
        Rule(operation="sns.GetTopicAttributes", answer={"Attributes": attributes}),
    ]

    collected = gather(COLLECTORS, rules=rules, deny=["ListSubscriptionsByTopic"])

    assert collected.processors["kept.fifo"].id == collected.stores["kept.fifo"].id == topic
    assert collected.stores["kept.fifo"].key_id == key


def test_a_second_invitation_does_not_hide_a_subscriber() -> None:
    topic = f"arn:aws:sns:{HOME}:123456789012:orders"
    ends = [
        {"SubscriptionArn": name, "Protocol": "email", "Endpoint": "someone@example.com"}
        for name in ("PendingConfirmation", f"{topic}:1")
    ]
    rules = [
        Rule(operation="sns.ListTopics", answer={"Topics": [{"TopicArn": topic}]}),
        Rule(operation="sns.GetTopicAttributes", answer={"Attributes": {"Policy": "{}"}}),
        Rule(operation="sns.ListSubscriptionsByTopic", answer={"Subscriptions": ends}),
    ]

    flows = gather(COLLECTORS, rules=rules).flows

    assert [flow.active for flow in flows if flow.mechanism == "stream"] == [True]
