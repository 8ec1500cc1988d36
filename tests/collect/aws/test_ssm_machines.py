"""What we claim to know about sessions, syncs and servers elsewhere, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ssm_machines import INCOMING, OUTGOING, SERVERS, SESSIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Outcome, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

SSM = f"arn:aws:ssm:{HOME}:{ACCOUNT}"

pytestmark = pytest.mark.usefixtures("cloud")


def test_transcripts_of_sessions_go_where_the_preferences_say() -> None:
    inputs = {"s3BucketName": "transcripts", "cloudWatchLogGroupName": "/sessions"}
    content = json.dumps({"inputs": inputs})
    rules = [Rule(operation="ssm.GetDocument", answer={"Content": content})]

    flows = gather((IDENTITY, REGIONS, SESSIONS), rules=rules).flows

    assert {flow.store_id for flow in flows} == {f"{SSM}:document/SSM-SessionManagerRunShell"}
    assert [flow.target_id for flow in flows] == [
        "arn:aws:s3:::transcripts",
        f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:/sessions",
    ]


def test_an_account_without_preferences_keeps_no_transcripts() -> None:
    collected = gather((IDENTITY, REGIONS, SESSIONS))

    assert collected.flows == []
    assert collected.refused == []
    assert Outcome.ABSENT in {record.answer.outcome for record in collected.records}


def test_preferences_that_cannot_be_read_may_say_anything() -> None:
    rules = [Rule(operation="ssm.GetDocument", answer={"Content": "---"})]

    (flow,) = gather((IDENTITY, REGIONS, SESSIONS), rules=rules).flows

    assert isinstance(flow.active, Unknown)


def sync(kind: str, **members: object) -> Rule:
    item = {"SyncName": "all", "SyncType": kind, **members}
    answer = {"ResourceDataSyncItems": [item]}
    return Rule(operation="ssm.ListResourceDataSync", words=f'"{kind}"', answer=answer)


def test_both_kinds_of_sync_are_asked_for() -> None:
    """Without a type, the API lists those to a bucket only."""
    target = {"BucketName": "inventory", "SyncFormat": "JsonSerDe", "Region": "eu-central-1"}
    rules = [
        sync("SyncToDestination", S3Destination=target),
        sync("SyncFromSource", SyncSource={"SourceRegions": ["us-west-2"]}),
    ]

    flows = gather((IDENTITY, REGIONS, OUTGOING, INCOMING), rules=rules).flows

    assert {(flow.mechanism, flow.target_country) for flow in flows} == {
        ("copy", "DE"),
        ("sync", "US"),
    }
    assert {flow.store_id for flow in flows} == {f"{SSM}:resource-data-sync/all"}


def test_where_a_server_elsewhere_is_is_unknown() -> None:
    server = {"InstanceId": "mi-1", "SourceType": "Microsoft.Compute/virtualMachines"}
    answer = {"InstanceInformationList": [server]}
    rules = [Rule(operation="ssm.DescribeInstanceInformation", answer=answer)]

    row = gather((IDENTITY, REGIONS, SERVERS), rules=rules).processors["mi-1"]

    assert isinstance(row.country, Unknown)
    assert "Microsoft" in row.country.reason
    assert row.operator == "outside AWS"
