"""Where a bucket's reports, logs, events and redirects go, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.s3 import BUCKETS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.test_s3 import make_bucket
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, BUCKETS)
STRANGER = "999999999999"
BOX = "arn:aws:s3:::box"

pytestmark = pytest.mark.usefixtures("cloud")


def flows_of(*rules: Rule) -> dict[str, Flow]:
    return {flow.id: flow for flow in gather(COLLECTORS, rules=rules).flows}


def test_an_inventory_may_go_to_another_account() -> None:
    make_bucket("box")
    target = {"AccountId": STRANGER, "Bucket": "arn:aws:s3:::lists", "Format": "CSV"}
    boto3.client("s3", HOME).put_bucket_inventory_configuration(
        Bucket="box",
        Id="weekly",
        InventoryConfiguration={
            "Id": "weekly",
            "IsEnabled": True,
            "IncludedObjectVersions": "All",
            "Schedule": {"Frequency": "Weekly"},
            "Destination": {"S3BucketDestination": target},
        },
    )

    flow = flows_of()[f"{BOX}/export/inventory/weekly"]

    assert (flow.target_id, flow.target_account, flow.active) == (
        "arn:aws:s3:::lists",
        STRANGER,
        True,
    )


def test_an_analysis_is_exported_only_if_it_says_where_to() -> None:
    """moto forgets these settings, so the answer is played."""
    make_bucket("box")
    end = {"Bucket": "arn:aws:s3:::lists", "Format": "CSV"}
    export = {"OutputSchemaVersion": "V_1", "Destination": {"S3BucketDestination": end}}
    settings = [
        {"Id": "a", "StorageClassAnalysis": {"DataExport": export}},
        {"Id": "b", "StorageClassAnalysis": {}},
    ]
    answer = {"AnalyticsConfigurationList": settings}

    flows = flows_of(Rule(operation="s3.ListBucketAnalyticsConfigurations", answer=answer))

    assert list(flows) == [f"{BOX}/export/analytics/a"]


def test_events_go_where_the_arns_say() -> None:
    make_bucket("box")
    topic = f"arn:aws:sns:eu-west-1:{STRANGER}:new-files"
    events = {
        "TopicConfigurations": [{"TopicArn": topic, "Events": ["s3:ObjectCreated:*"]}],
        "EventBridgeConfiguration": {},
    }

    flows = flows_of(Rule(operation="s3.GetBucketNotificationConfiguration", answer=events))

    assert (
        flows[f"{BOX}/stream/{topic}"].target_country,
        flows[f"{BOX}/stream/{topic}"].target_account,
    ) == ("IE", STRANGER)
    assert f"{BOX}/stream/arn:aws:events:{HOME}:{ACCOUNT}:event-bus/default" in flows


def test_acceleration_is_every_edge() -> None:
    make_bucket("box")
    boto3.client("s3", HOME).put_bucket_accelerate_configuration(
        Bucket="box", AccelerateConfiguration={"Status": "Enabled"}
    )

    (flow,) = flows_of().values()

    assert (flow.mechanism, flow.target_country, flow.active) == ("edge", "*", True)


def test_a_redirect_goes_to_somebody_unknown() -> None:
    make_bucket("box")
    boto3.client("s3", HOME).put_bucket_website(
        Bucket="box", WebsiteConfiguration={"RedirectAllRequestsTo": {"HostName": "example.org"}}
    )

    (flow,) = flows_of().values()

    assert isinstance(flow.target_country, Unknown)
    assert "example.org" in flow.target_country.reason


def test_what_was_refused_may_be_there() -> None:
    make_bucket("box")

    refused = gather(COLLECTORS, deny=["GetBucketLogging", "GetBucketWebsite"]).flows

    assert {flow.mechanism for flow in refused} == {"export", "edge"}
    assert all(isinstance(flow.active, Unknown) for flow in refused)
