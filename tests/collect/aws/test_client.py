"""The door: one page at a time, plain data, and a refusal is an answer."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from auditor.collect.aws.client import AwsDoor
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
