"""Where DataSync tasks copy to, given what AWS answered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.aws.datasync import TASKS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Answer, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ROOT = f"arn:aws:datasync:{HOME}:{ACCOUNT}"
TASK = f"{ROOT}:task/task-0123456789abcdef0"
SOURCE = f"{ROOT}:location/loc-0123456789abcdef0"
TARGET = f"{ROOT}:location/loc-0123456789abcdef1"

pytestmark = pytest.mark.usefixtures("cloud")


def collected(source: str, target: str, *rules: Rule, **more: Any) -> Collected:
    task = {"TaskArn": TASK, "SourceLocationArn": SOURCE, "DestinationLocationArn": TARGET, **more}
    places = [
        {"LocationArn": SOURCE, "LocationUri": source},
        {"LocationArn": TARGET, "LocationUri": target},
    ]
    answers = [
        Rule(operation="datasync.ListTasks", answer={"Tasks": [{"TaskArn": TASK, "Name": "t"}]}),
        Rule(operation="datasync.DescribeTask", answer=task),
        Rule(operation="datasync.ListLocations", answer={"Locations": places}),
    ]
    return gather((IDENTITY, REGIONS, TASKS), rules=[*rules, *answers])


def test_a_task_between_buckets_is_a_flow_of_the_first() -> None:
    """The address has the region, which the bucket's ARN has not."""
    (flow,) = collected("s3://us-east-1.box/", "s3://eu-west-1.copy/all/").flows

    assert (flow.store_id, flow.target_id) == ("arn:aws:s3:::box", "arn:aws:s3:::copy")
    assert (flow.mechanism, flow.target_region, flow.target_country) == ("sync", "eu-west-1", "IE")
    assert isinstance(flow.target_account, Unknown)


def test_a_task_to_a_server_elsewhere_goes_to_somebody_unknown() -> None:
    (flow,) = collected("s3://us-east-1.box/", "azure-blob://northstar.blob.example/x").flows

    assert isinstance(flow.target_country, Unknown)
    assert "azure-blob" in flow.target_country.reason


def test_a_task_from_a_server_elsewhere_is_a_flow_of_its_own() -> None:
    (flow,) = collected("nfs://files.example.org/a/", "efs://us-east-1.fs-1/").flows

    assert flow.store_id == TASK
    assert flow.target_id == f"arn:aws:elasticfilesystem:{HOME}:{ACCOUNT}:file-system/fs-1"


def test_reports_go_to_a_bucket_too() -> None:
    s3 = {
        "S3BucketArn": "arn:aws:s3:::reports",
        "BucketAccessRoleArn": "arn:aws:iam::1:role/reports",
    }
    report = {"Destination": {"S3": s3}}

    flows = collected("s3://a/", "s3://b/", TaskReportConfig=report).flows

    assert [flow.target_id for flow in flows if flow.mechanism == "export"] == [
        "arn:aws:s3:::reports"
    ]


@given(target=st.text(max_size=60) | st.from_regex(r"(s3|efs|fsxz)://[^\n]{0,40}"))
def test_any_address_leads_to_one_flow(target: str) -> None:
    """Strangers choose the names in it."""
    places = [{"LocationArn": TARGET, "LocationUri": target}]
    bodies = {
        "task": {"DestinationLocationArn": TARGET, "SourceLocationArn": SOURCE},
        "locations": {"Locations": places},
    }
    found = Found(
        place={"account": ACCOUNT, "region": HOME},
        item={"TaskArn": TASK},
        answers={name: (Answer(outcome=Outcome.OK, body=body),) for name, body in bodies.items()},
        records={"item": (0,), "task": (1,), "locations": (2,)},
        details={detail.name: detail for detail in TASKS.details},
    )

    flows = [row for row in TASKS.rows(found) if isinstance(row, Flow)]

    assert [flow.store_id for flow in flows] == [TASK]
    assert flows[0].target_id or isinstance(flows[0].target_country, Unknown)


@pytest.mark.parametrize("operation", ["DescribeTask", "ListLocations"])
def test_a_refused_answer_may_lead_anywhere(operation: str) -> None:
    flows = collected("s3://a/", "s3://b/", Rule(operation=f"datasync.{operation}")).flows

    assert any(flow.mechanism == "sync" and isinstance(flow.active, Unknown) for flow in flows)
