"""The door: one page at a time, plain data, and a refusal is an answer."""

from collections.abc import Iterator
from dataclasses import replace

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws

from auditor.collect.aws.client import AwsDoor
from auditor.demo.aws.transport import Rule, answering, listening
from auditor.errors import CollectionError
from auditor.model import Json, Outcome, Request, Target


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[AwsDoor]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        yield AwsDoor(Target(name="here", provider="aws"))


def request_for(
    service: str, operation: str, *, token: Json = None, account: str = "", **parameters: Json
) -> Request:
    return Request(
        collector="",
        place={"target": "here", "account": account},
        step="l0",
        service=service,
        operation=operation,
        parameters=parameters,
        token=token,
    )


def test_takes_one_page_at_a_time(door: AwsDoor) -> None:
    """Each page becomes a record of its own."""
    dynamodb = boto3.client("dynamodb", "us-east-1")
    for name in ("one", "three", "two"):
        dynamodb.create_table(
            TableName=name,
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )

    first = door.ask(request_for("dynamodb", "ListTables", Limit=2))
    second = door.ask(request_for("dynamodb", "ListTables", Limit=2, token=first.token))

    assert first.body["TableNames"] == ["one", "three"]
    assert second.body["TableNames"] == ["two"]
    assert second.token is None


def test_moments_are_text_in_utc(door: AwsDoor) -> None:
    """An answer is JSON: what the SDK would make of it is not evidence."""
    boto3.client("s3", "us-east-1").create_bucket(Bucket="box")

    answer = door.ask(request_for("s3", "ListBuckets", MaxBuckets=10))

    assert answer.body["Buckets"][0]["CreationDate"].endswith("Z")
    assert "ResponseMetadata" not in answer.body


def test_never_writes(door: AwsDoor) -> None:
    """No collector can change an account, not even by mistake."""
    with pytest.raises(ValueError, match="no operation that reads"):
        door.ask(request_for("s3", "DeleteBucket", Bucket="box"))


def test_a_missing_bucket_is_an_answer(door: AwsDoor) -> None:
    """A resource can vanish between listing it and asking about it."""
    answer = door.ask(request_for("s3", "GetBucketAcl", Bucket="gone"))

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "NoSuchBucket")


def test_another_account_without_a_role_is_denied(door: AwsDoor) -> None:
    """Answers about our own account must never be filed under another."""
    answer = door.ask(request_for("s3", "ListBuckets", account="999999999999"))

    assert (answer.outcome, answer.code) == (Outcome.DENIED, "NoRole")


def test_a_target_of_many_accounts_asks_with_their_roles(door: AwsDoor) -> None:
    """The answers about an account come from its own credentials."""
    member = AwsDoor(Target(name="here", provider="aws", options={"organization_role": "reader"}))

    answer = member.ask(request_for("sts", "GetCallerIdentity", account="222222222222"))
    own = member.ask(request_for("sts", "GetCallerIdentity", account="123456789012"))

    assert answer.body["Account"] == "222222222222"
    assert "assumed-role/reader/auditor" in answer.body["Arn"]
    assert own.body["Account"] == "123456789012"


def test_a_target_can_be_a_role_itself(door: AwsDoor) -> None:
    """Then members are entered from that role."""
    options = {"role_arn": "arn:aws:iam::222222222222:role/hub", "organization_role": "spoke"}
    hub = AwsDoor(Target(name="here", provider="aws", options=options))

    own = hub.ask(request_for("sts", "GetCallerIdentity"))
    member = hub.ask(request_for("sts", "GetCallerIdentity", account="333333333333"))

    assert own.body["Account"] == "222222222222"
    assert member.body["Account"] == "333333333333"


def test_a_refused_role_denies_everything_and_is_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An account that lets nobody in is a gap with a reason, not a storm of calls."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    calls = []

    def count(event_name: str, **_: object) -> None:
        calls.append(event_name)

    refusal = Rule(operation="sts.AssumeRole", words="444444444444")
    with mock_aws(), answering([refusal]), listening(count):
        door = AwsDoor(Target(name="a", provider="aws", options={"organization_role": "r"}))
        answers = [
            door.ask(request_for("s3", operation, account="444444444444"))
            for operation in ("ListBuckets", "ListBuckets")
        ]

    assert {(each.outcome, each.code) for each in answers} == {(Outcome.DENIED, "AccessDenied")}
    assert answers[0].message.startswith("AssumeRole: ")
    assert calls.count("before-send.sts.AssumeRole") == 1


def test_a_service_that_a_region_lacks_is_unsupported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be there, whereas a network that fails says nothing."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setattr("time.sleep", lambda _: None)  # between tries

    def fail(request: AWSPreparedRequest, **_: object) -> None:
        raise EndpointConnectionError(endpoint_url=request.url)

    with listening(fail):
        door = AwsDoor(Target(name="a", provider="aws"))
        answers = {
            region: door.ask(replace(request_for("organizations", "ListAccounts"), region=region))
            for region in ("eu-north-1", "us-east-1")
        }
        missing = door.ask(replace(request_for("appflow", "ListFlows"), region="mx-central-1"))

    assert {answer.outcome for answer in answers.values()} == {Outcome.FAILED}
    assert missing.outcome is Outcome.UNSUPPORTED


def test_an_unknown_profile_stops_the_collection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of the user's own is not a finding."""
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")

    with pytest.raises(CollectionError, match="no-such-profile"):
        AwsDoor(Target(name="t", provider="aws", options={"profile": "no-such-profile"}))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials, and no waiting between tries."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setattr("time.sleep", lambda _: None)


@pytest.mark.usefixtures("quick")
def test_throttling_is_waited_out_once() -> None:
    """Retries of retries would starve the customer's own calls."""
    calls = []

    def count(event_name: str, **_: object) -> None:
        calls.append(event_name)

    busy = Rule(operation="s3.ListBuckets", status=503, code="SlowDown")
    with mock_aws(), answering([busy]), listening(count):
        answer = AwsDoor(Target(name="a", provider="aws")).ask(request_for("s3", "ListBuckets"))

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "SlowDown")
    assert answer.throttled == len(calls) == 6


@pytest.mark.usefixtures("quick")
def test_a_token_that_comes_back_is_a_failure() -> None:
    """Otherwise a provider's mistake is an endless collection."""
    page = (
        "<ListAllMyBucketsResult><Buckets/><ContinuationToken>again</ContinuationToken>"
        "</ListAllMyBucketsResult>"
    )
    with mock_aws(), answering([Rule(operation="s3.ListBuckets", body=page)]):
        door = AwsDoor(Target(name="a", provider="aws"))
        first = door.ask(request_for("s3", "ListBuckets"))
        second = door.ask(request_for("s3", "ListBuckets", token=first.token))

    assert first.token == {"ContinuationToken": "again"}
    assert (second.outcome, second.code) == (Outcome.FAILED, "RepeatedPageToken")


@pytest.mark.usefixtures("quick")
def test_an_answer_that_makes_no_sense_is_a_failure() -> None:
    """Whoever answers in the provider's place cannot stop the run."""
    rules = [
        Rule(operation="s3.ListBuckets", body="<Not"),
        Rule(operation="rds.DescribeDBInstances", body="<DescribeDBInstancesResponse/>"),
    ]
    with mock_aws(), answering(rules):
        door = AwsDoor(Target(name="a", provider="aws"))
        answers = [
            door.ask(request_for(service, operation))
            for service, operation in (
                ("s3", "ListBuckets"),
                ("rds", "DescribeDBInstances"),
            )
        ]

    assert {answer.outcome for answer in answers} == {Outcome.FAILED}
    assert answers[1].code == "MalformedAnswer"


@pytest.mark.usefixtures("quick")
def test_goes_where_the_user_says_and_says_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Endpoint overrides are honoured; the report tells of them."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:9")
    seen: list[AWSPreparedRequest] = []

    def fail(request: AWSPreparedRequest, **_: object) -> None:
        seen.append(request)
        raise EndpointConnectionError(endpoint_url=request.url)

    with listening(fail):
        AwsDoor(Target(name="a", provider="aws")).ask(request_for("s3", "ListBuckets"))

    assert seen[0].url.startswith("http://localhost:9/")
    agent = seen[0].headers["User-Agent"]
    assert "auditor" in (agent.decode() if isinstance(agent, bytes) else agent)
