"""What we claim that CloudTrail recorded in our name."""

from typing import Any

import pytest

from auditor.collect.aws.cloudtrail_calls import CALLS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.collect.period import within_period
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import RecordedCall
from tests.collect.aws.walking import Collected, gather
from tests.fakes import audit

pytestmark = pytest.mark.usefixtures("cloud")


def event(name: str, source: str = "s3.amazonaws.com", **members: Any) -> dict[str, Any]:
    whole = {"EventName": name, "EventSource": source, "Username": "auditor", "ReadOnly": "true"}
    return {**whole, "CloudTrailEvent": '{"requestParameters": "of somebody"}', **members}


def recorded(*events: Any) -> tuple[Collected, dict[str, RecordedCall]]:
    rule = Rule(operation="cloudtrail.LookupEvents", answer={"Events": list(events)})
    found = gather(within_period((IDENTITY, REGIONS, CALLS), audit()), rules=[rule])
    calls = [row for row in found.rows if isinstance(row, RecordedCall)]
    return found, {row.operation: row for row in calls}


def test_asks_for_its_own_name_from_a_day_before() -> None:
    found, _ = recorded()

    (asked,) = [each.request for each in found.records if each.request.operation == "LookupEvents"]
    assert asked.parameters["StartTime"] == "2026-01-01T12:00:00Z"
    (attribute,) = asked.parameters["LookupAttributes"]
    assert attribute["AttributeKey"] == "Username"
    assert attribute["AttributeValue"]


def test_names_operations_as_the_sdk_does() -> None:
    """Some services record the API's version, and S3 has names of its own."""
    _, calls = recorded(
        event("ListFunctions20150331", "lambda.amazonaws.com"),
        event("ListDistributions2020_05_31", "cloudfront.amazonaws.com"),
        event("GetBucketPublicAccessBlock"),
        event("DeleteBucket", ReadOnly="false"),
        event("GetBucketAcl", ReadOnly=""),
    )

    assert {"ListFunctions", "ListDistributions", "GetPublicAccessBlock"} <= calls.keys()
    assert calls["ListFunctions"].service == "lambda"
    assert calls["DeleteBucket"].read_only is False
    assert isinstance(calls["GetBucketAcl"].read_only, Unknown)


def test_the_events_themselves_never_enter() -> None:
    """Another user of the same name may have sent anything."""
    found, _ = recorded(event("ListBuckets"))

    assert "of somebody" not in str([record.answer.body for record in found.records])
