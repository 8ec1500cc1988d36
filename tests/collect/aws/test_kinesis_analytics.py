"""What we claim to know about applications on streams, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.kinesis_analytics import APPLICATIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:kinesisanalytics:{HOME}:{ACCOUNT}:application/trends"
STREAM = f"arn:aws:kinesis:{HOME}:999999999999:stream/theirs"

pytestmark = pytest.mark.usefixtures("cloud")


def application_of(runtime: str, configuration: Json) -> Collected:
    summary = {
        "ApplicationName": "trends",
        "ApplicationARN": ARN,
        "RuntimeEnvironment": runtime,
    }
    detail = {"ApplicationARN": ARN, "ApplicationConfigurationDescription": configuration}
    rules = [
        Rule(
            operation="kinesisanalyticsv2.ListApplications",
            answer={"ApplicationSummaries": [summary]},
        ),
        Rule(
            operation="kinesisanalyticsv2.DescribeApplication",
            answer={"ApplicationDetail": detail},
        ),
    ]
    return gather((IDENTITY, REGIONS, APPLICATIONS), rules=rules)


def test_outputs_of_sql_are_flows() -> None:
    output = {"KinesisStreamsOutputDescription": {"ResourceARN": STREAM}}
    sql = {"SqlApplicationConfigurationDescription": {"OutputDescriptions": [output]}}

    (flow,) = application_of("SQL-1_0", sql).flows

    assert (flow.store_id, flow.target_account) == (ARN, "999999999999")


def test_code_may_write_anywhere() -> None:
    (flow,) = application_of("FLINK-1_15", {}).flows

    assert isinstance(flow.target_country, Unknown)


def test_properties_are_not_kept() -> None:
    group = {"PropertyGroupId": "g", "PropertyMap": {"password": "open-sesame"}}
    properties = {"EnvironmentPropertyDescriptions": {"PropertyGroupDescriptions": [group]}}

    collected = application_of("FLINK-1_15", properties)

    assert "open-sesame" not in repr(collected.records)
