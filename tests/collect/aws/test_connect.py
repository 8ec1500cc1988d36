"""Where calls and their recordings go, given what AWS answered."""

import pytest

from auditor.collect.aws.connect import GROUPS, INSTANCES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, INSTANCES, GROUPS)
INSTANCE = f"arn:aws:connect:{HOME}:{ACCOUNT}:instance/i-1"
STREAM = f"arn:aws:kinesis:eu-west-1:{ACCOUNT}:stream/agents"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_instance(*rules: Rule, deny: tuple[str, ...] = (), **about: object) -> Collected:
    summary = {"Id": "i-1", "Arn": INSTANCE, "InstanceAlias": "calls"}
    details = {"Instance": {"Id": "i-1", "Arn": INSTANCE, "Tags": {"a": "b"}}, **about}
    several = [
        *rules,
        Rule(operation="connect.ListInstances", answer={"InstanceSummaryList": [summary]}),
        Rule(operation="connect.DescribeInstance", answer=details),
        Rule(operation="connect.ListInstanceStorageConfigs", answer={"StorageConfigs": []}),
        Rule(
            operation="connect.ListIntegrationAssociations",
            answer={"IntegrationAssociationSummaryList": []},
        ),
        Rule(operation="connect.ListAnalyticsDataAssociations", answer={"Results": []}),
    ]
    return gather(COLLECTORS, rules=several, deny=deny)


def test_an_instance_keeps_contacts() -> None:
    collected = gather_instance()
    store = collected.stores["calls"]

    assert (store.id, store.tags, store.country) == (INSTANCE, {"a": "b"}, "US")
    assert collected.flows == []


def test_each_kind_of_record_has_a_place_of_its_own() -> None:
    """Recordings in a bucket, what agents do in a stream."""
    recordings = {"StorageType": "S3", "S3Config": {"BucketName": "recorded", "BucketPrefix": ""}}
    events = {"StorageType": "KINESIS_STREAM", "KinesisStreamConfig": {"StreamArn": STREAM}}
    operation = "connect.ListInstanceStorageConfigs"

    collected = gather_instance(
        Rule(operation=operation, words="CALL_RECORDINGS", answer={"StorageConfigs": [recordings]}),
        Rule(operation=operation, words="AGENT_EVENTS", answer={"StorageConfigs": [events]}),
    )

    assert [(flow.mechanism, flow.target_id) for flow in collected.flows] == [
        ("export", "arn:aws:s3:::recorded"),
        ("stream", STREAM),
    ]
    assert collected.flows[1].target_country == "IE"


def test_a_replica_is_in_another_region() -> None:
    replicas = [
        {"Region": HOME, "ReplicationStatus": "INSTANCE_REPLICATION_COMPLETE"},
        {"Region": "eu-central-1", "ReplicationStatus": "INSTANCE_REPLICATION_COMPLETE"},
    ]

    (flow,) = gather_instance(
        ReplicationConfiguration={"ReplicationStatusSummaryList": replicas, "SourceRegion": HOME}
    ).flows

    assert (flow.mechanism, flow.target_country, flow.active) == ("replication", "DE", True)


def test_a_replication_that_failed_may_have_copied() -> None:
    replicas = [{"Region": "eu-central-1", "ReplicationStatus": "INSTANCE_REPLICATION_FAILED"}]

    (flow,) = gather_instance(
        ReplicationConfiguration={"ReplicationStatusSummaryList": replicas, "SourceRegion": HOME}
    ).flows

    assert isinstance(flow.active, Unknown)


def test_a_data_set_of_the_data_lake_is_shared_with_another_account() -> None:
    """Two data sets for one account are one share; the instance's own account is none."""
    accounts = ("999999999999", "999999999999", ACCOUNT)
    results = [{"DataSetId": "contacts", "TargetAccountId": account} for account in accounts]

    (flow,) = gather_instance(
        Rule(operation="connect.ListAnalyticsDataAssociations", answer={"Results": results})
    ).flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")
    assert (flow.target_country, flow.active) == ("US", True)


def test_software_of_others_is_outside() -> None:
    association = {
        "IntegrationType": "EVENT",
        "IntegrationArn": f"arn:aws:app-integrations:{HOME}:{ACCOUNT}:event-integration/e",
        "SourceApplicationUrl": "https://northstar.example.com",
    }
    rule = Rule(
        operation="connect.ListIntegrationAssociations",
        answer={"IntegrationAssociationSummaryList": [association]},
    )

    inside, outside = gather_instance(rule).flows

    assert inside.target_account == ACCOUNT
    assert isinstance(outside.target_account, Unknown)


def test_refusals_leave_every_way_open() -> None:
    deny = ("DescribeInstance", "ListInstanceStorageConfigs", "ListIntegrationAssociations")

    collected = gather_instance(deny=deny)

    assert isinstance(collected.stores["calls"].tags, Unknown)
    assert {flow.mechanism for flow in collected.flows} == {"export", "replication", "sync"}
    assert all(isinstance(flow.active, Unknown) for flow in collected.flows)


def test_calls_may_land_in_another_region() -> None:
    group = f"arn:aws:connect:{HOME}:{ACCOUNT}:traffic-distribution-group/g"
    shares = [{"Region": HOME, "Percentage": 90}, {"Region": "eu-central-1", "Percentage": 10}]
    rules = [
        Rule(
            operation="connect.ListTrafficDistributionGroups",
            answer={"TrafficDistributionGroupSummaryList": [{"Id": "g", "Arn": group}]},
        ),
        Rule(
            operation="connect.GetTrafficDistribution",
            answer={"TelephonyConfig": {"Distributions": shares}},
        ),
    ]

    (flow,) = gather(COLLECTORS, rules=rules).flows

    assert (flow.mechanism, flow.target_country, flow.active) == ("edge", "DE", True)
