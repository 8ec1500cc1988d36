"""Where Pinpoint's endpoints and events go, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.pinpoint import APPS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, APPS)
APP = f"arn:aws:mobiletargeting:{HOME}:{ACCOUNT}:apps/a"
STREAM = f"arn:aws:kinesis:eu-west-1:{ACCOUNT}:stream/events"
EVENTS = {"EventStream": {"ApplicationId": "a", "DestinationStreamArn": STREAM, "RoleArn": "r"}}
OPERATION = "pinpoint.GetEventStream"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_app(stream: Rule) -> Collected:
    app = {"Arn": APP, "Id": "a", "Name": "push", "tags": {"a": "b"}}
    job = {"Id": "1", "Definition": {"RoleArn": "r", "S3UrlPrefix": "s3://exported/all"}}
    rules = [
        stream,
        Rule(operation="pinpoint.GetApps", answer={"ApplicationsResponse": {"Item": [app]}}),
        Rule(operation="pinpoint.GetExportJobs", answer={"ExportJobsResponse": {"Item": [job]}}),
    ]
    return gather(COLLECTORS, rules=rules)


def test_events_are_streamed_and_endpoints_exported() -> None:
    collected = gather_app(Rule(operation=OPERATION, answer=EVENTS))

    assert (collected.stores["push"].id, collected.stores["push"].tags) == (APP, {"a": "b"})
    assert [(flow.mechanism, flow.target_id) for flow in collected.flows] == [
        ("stream", STREAM),
        ("export", "arn:aws:s3:::exported"),
    ]


def test_a_project_without_a_stream_streams_nothing() -> None:
    """A refusal is no such thing."""
    absent = Rule(operation=OPERATION, status=404, code="NotFoundException")

    assert [flow.mechanism for flow in gather_app(absent).flows] == ["export"]
    assert isinstance(gather_app(Rule(operation=OPERATION)).flows[0].active, Unknown)
