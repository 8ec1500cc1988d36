"""What we claim that AWS Config has discovered, given what AWS answered."""

from typing import Any

import boto3
import pytest

from auditor.collect.aws.configrecorder import COUNTS, RECORDERS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Sighting, Witness
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, RECORDERS, COUNTS)

pytestmark = pytest.mark.usefixtures("cloud")


def make_recorder(**group: Any) -> None:
    config = boto3.client("config", HOME)
    recorder = {
        "name": "default",
        "roleARN": f"arn:aws:iam::{ACCOUNT}:role/config",
        "recordingGroup": group,
    }
    config.put_configuration_recorder(ConfigurationRecorder=recorder)


@pytest.mark.parametrize(
    ("group", "complete"),
    [
        ({"allSupported": True, "includeGlobalResourceTypes": True}, False),  # it does not run
        ({"allSupported": False, "resourceTypes": ["AWS::S3::Bucket"]}, False),
    ],
)
def test_a_recorder_that_rests_or_picks_is_not_complete(
    group: dict[str, Any], complete: bool
) -> None:
    make_recorder(**group)

    (witness,) = [row for row in gather(COLLECTORS).rows if isinstance(row, Witness)]

    assert witness.complete is complete


@pytest.mark.parametrize(("status", "complete"), [("SUCCESS", True), ("Failure", None)])
def test_a_recorder_that_fails_saw_who_knows_what(status: str, complete: bool | None) -> None:
    """One without the permission to look still says that it records."""
    make_recorder(allSupported=True, includeGlobalResourceTypes=True)
    item = {"name": "default", "recording": True, "lastStatus": status}
    rule = Rule(
        operation="config.DescribeConfigurationRecorderStatus",
        answer={"ConfigurationRecordersStatus": [item]},
    )

    rows = gather(COLLECTORS, rules=[rule]).rows

    (witness,) = [row for row in rows if isinstance(row, Witness)]
    if complete is None:
        assert isinstance(witness.complete, Unknown)
    else:
        assert witness.complete is complete


def test_no_recorder_is_no_witness() -> None:
    assert [row for row in gather(COLLECTORS).rows if isinstance(row, Witness)] == []


def test_names_types_of_which_there_are_some() -> None:
    counts = [
        {"resourceType": "AWS::S3::Bucket", "count": 3},
        {"resourceType": "AWS::RDS::DBInstance", "count": 0},
    ]
    rule = Rule(operation="config.GetDiscoveredResourceCounts", answer={"resourceCounts": counts})

    rows = gather(COLLECTORS, rules=[rule]).rows

    assert [row.type for row in rows if isinstance(row, Sighting)] == ["AWS::S3::Bucket"]
