"""What we claim to know about EMR Serverless, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.emr_serverless import APPLICATIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_ITEM = {
    "id": "00f1",
    "name": "spark",
    "arn": f"arn:aws:emr-serverless:{HOME}:{ACCOUNT}:/applications/00f1",
    "releaseLabel": "emr-7",
    "type": "SPARK",
    "state": "STARTED",
    "createdAt": 0,
    "updatedAt": 0,
}


def collect(deny: str = "", **monitoring: Json) -> Collected:
    about = {
        **{name: value for name, value in _ITEM.items() if name != "id"},
        "applicationId": "00f1",
        "tags": {"team": "data"},
        "monitoringConfiguration": monitoring,
    }
    rules = [
        Rule(operation="emr-serverless.ListApplications", answer={"applications": [_ITEM]}),
        Rule(operation="emr-serverless.GetApplication", answer={"application": about}),
    ]
    return gather((IDENTITY, REGIONS, APPLICATIONS), rules=rules, deny=[deny])


def test_logs_go_to_a_bucket_and_metrics_to_an_address() -> None:
    jobs, logs, metrics = collect(
        s3MonitoringConfiguration={"logUri": "s3://logs/spark/"},
        prometheusMonitoringConfiguration={"remoteWriteUrl": "https://metrics.example.com/w"},
    ).flows

    assert isinstance(jobs.active, Unknown)
    assert logs.target_id == "arn:aws:s3:::logs"
    assert isinstance(metrics.target_country, Unknown)


def test_tags_are_in_the_answer() -> None:
    assert collect().processors["spark"].tags == {"team": "data"}


def test_a_refusal_leaves_ways_out_open() -> None:
    flows = collect("GetApplication").flows

    assert {flow.id.rpartition("/")[2] for flow in flows} == {"jobs", "?", "metrics"}
    assert all(isinstance(flow.active, Unknown) for flow in flows)
