"""What we claim to know about AppFlow, given what AWS answered."""

import pytest

from auditor.collect.aws.appflow import FLOWS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

pytestmark = pytest.mark.usefixtures("cloud")


def collect(*ends: Json, status: str = "Active", deny: str = "") -> list[Flow]:
    flow = {
        "flowArn": f"arn:aws:appflow:{HOME}:{ACCOUNT}:flow/leads",
        "flowName": "leads",
        "flowStatus": status,
    }
    rules = [
        Rule(operation="appflow.ListFlows", answer={"flows": [flow]}),
        Rule(operation="appflow.DescribeFlow", answer={"destinationFlowConfigList": [*ends]}),
    ]
    return gather((IDENTITY, REGIONS, FLOWS), rules=rules, deny=[deny]).flows


def end(kind: str, **properties: Json) -> Json:
    return {"connectorType": kind, "destinationConnectorProperties": {kind: properties}}


def test_a_bucket_is_one_end() -> None:
    (flow,) = collect(end("S3", bucketName="leads"))

    assert (flow.target_id, flow.active) == ("arn:aws:s3:::leads", True)


def test_a_warehouse_elsewhere_has_a_bucket_on_the_way() -> None:
    bucket, outside = collect(end("Snowflake", object="t", intermediateBucketName="stage"))

    assert bucket.target_id == "arn:aws:s3:::stage"
    assert isinstance(outside.target_country, Unknown)
    assert "Snowflake" in outside.target_country.reason


@pytest.mark.parametrize("status", ["Draft", "Suspended"])
def test_a_flow_that_does_not_run_moves_nothing(status: str) -> None:
    (flow,) = collect(end("S3", bucketName="leads"), status=status)

    assert flow.active is False


def test_a_refused_description_is_a_possible_way_out() -> None:
    (flow,) = collect(deny="DescribeFlow")

    assert isinstance(flow.active, Unknown)


def test_records_that_a_destination_refuses_go_to_a_bucket() -> None:
    errors = {"failOnFirstDestinationError": False, "bucketName": "refused"}

    bucket, _ = collect(end("Salesforce", object="Lead", errorHandlingConfig=errors))

    assert bucket.target_id == "arn:aws:s3:::refused"


def test_a_flow_that_failed_may_have_written() -> None:
    (flow,) = collect(end("S3", bucketName="leads"), status="Errored")

    assert isinstance(flow.active, Unknown)
