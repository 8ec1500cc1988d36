"""Buckets: only what lies in the period is listed, and refusals are values."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from auditor.activity.buckets import OciBucket, S3Bucket
from auditor.activity.finding import find_files
from auditor.activity.folders import FolderObjects
from auditor.activity.names import Days
from auditor.activity.objects import Content, Listed, Refusal
from auditor.collect.aws.client import AwsDoor
from auditor.demo.logs.trail import StoredObject
from auditor.model import Answer, Outcome, Request, Target
from tests.activity.logs import lay, objects

DAYS = Days(first=date(2025, 10, 2), last=date(2025, 10, 4))


@pytest.fixture(scope="module")
def cloud() -> Iterator[Any]:
    """A bucket with five days of a trail, and things that are none of our business."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="trail-logs")
        stored = objects(hours=120, told=[])
        stored["AWSLogs/222222222222/Config/x.json"] = StoredObject(data=b"{}")
        for key, each in stored.items():
            client.put_object(
                Bucket="trail-logs", Key=key, Body=each.data, Metadata=dict(each.metadata)
            )
        yield client


class Recording:
    """A door that remembers what was asked."""

    def __init__(self, door: AwsDoor) -> None:
        self._door = door
        self.asked: list[Request] = []

    def ask(self, request: Request) -> Answer:
        self.asked.append(request)
        return self._door.ask(request)


def opened(**about: str) -> tuple[S3Bucket, Recording]:
    """A bucket behind a real door."""
    door = Recording(AwsDoor(Target(name="main", provider="aws")))
    return S3Bucket(ask=door.ask, target="main", **{"bucket": "trail-logs", **about}), door


def test_only_days_of_the_period_are_listed(cloud: Any) -> None:
    """Three days of digests out of five, and few calls."""
    bucket, door = opened()
    found = list(find_files(bucket, "", "cloudtrail", DAYS, by_range=True))
    keys = [each.key for each in found if isinstance(each, Listed) and "Digest" in each.key]
    assert len(keys) == 3 * 24
    assert {key.split("/")[-2] for key in keys} == {"02", "03", "04"}
    assert not any("Config" in str(each.parameters.get("Prefix")) for each in door.asked)
    ranges = [each for each in door.asked if "Delimiter" not in each.parameters]
    assert [each.parameters["StartAfter"][-10:] for each in ranges] == ["2025/10/02"]


def test_an_object_comes_with_its_signature(cloud: Any) -> None:
    """The metadata of a digest are what AWS signed it with."""
    bucket, _ = opened()
    listed = next(iter(bucket.list("AWSLogs/222222222222/CloudTrail-Digest/", "", "B")))
    assert isinstance(listed, Listed)
    content = bucket.read(listed.key)
    assert isinstance(content, Content)
    assert content.metadata["signature-algorithm"] == "SHA256withRSA"
    assert len(content.metadata["signature"]) == 512


def test_a_bucket_that_is_not_there_is_a_refusal(cloud: Any) -> None:
    """Neither listing nor reading raises anything."""
    bucket, _ = opened(bucket="elsewhere")
    (refused,) = find_files(bucket, "", "cloudtrail", DAYS, by_range=True)
    assert isinstance(refused, Refusal)
    assert "NoSuchBucket" in refused.reason
    assert isinstance(bucket.read("x"), Refusal)


def test_access_logs_are_listed_by_their_names(cloud: Any) -> None:
    """S3's own logs lie flat: names begin with a date; folders after them are found as well."""
    day = date(2025, 10, 1)
    for number in range(5):
        name = f"access/{day + timedelta(days=number)}-00-10-20-AB"
        cloud.put_object(Bucket="trail-logs", Key=name, Body=b"")
    cloud.put_object(Bucket="trail-logs", Key="access/more/2025-10-03-00-10-20-CD", Body=b"")
    bucket, _ = opened()
    found = find_files(bucket, "access/", "s3 access", DAYS, by_range=True)
    assert [each.key[7:] for each in found if isinstance(each, Listed)] == [
        "2025-10-02-00-10-20-AB",
        "2025-10-03-00-10-20-AB",
        "2025-10-04-00-10-20-AB",
        "more/2025-10-03-00-10-20-CD",
    ]


class Oracle:
    """Answers about a bucket as Object Storage does, two objects a page."""

    def __init__(self, names: list[str], refused: str = "") -> None:
        self._names, self._refused = sorted(names), refused

    def ask(self, request: Request) -> Answer:
        about = request.parameters
        if request.operation == self._refused:
            return Answer(outcome=Outcome.DENIED, code="BucketNotFound")
        if request.operation == "get_namespace":
            return Answer(outcome=Outcome.OK, body="namespace")
        assert about["namespace_name"] == "namespace"
        if request.operation == "get_object":
            return Answer(outcome=Outcome.OK, body=about["object_name"].encode())
        start, end = about.get("start", ""), about.get("end", "~")
        prefix, delimiter = about["prefix"], about.get("delimiter")
        found = [n for n in self._names if n.startswith(prefix) and start <= n < end]
        rest = found[2:]
        page = found[:2]
        prefixes: list[str] = []
        if delimiter:
            prefixes = sorted(
                {prefix + n[len(prefix) :].partition("/")[0] + "/"
                 for n in page if "/" in n[len(prefix) :]}
            )  # fmt: skip
            page = [n for n in page if "/" not in n[len(prefix) :]]
        body = {"objects": [{"name": n, "size": 1, "etag": "e"} for n in page]}
        more = {"prefixes": prefixes, "nextStartWith": rest[0] if rest else None}
        return Answer(outcome=Outcome.OK, body={**body, **more})


def test_an_export_of_a_connector_is_listed_by_range() -> None:
    """Connector Hub writes names that begin with a date, below the connector's own id."""
    names = [f"ocid1.connector/2025100{n}T000000Z_2025100{n}T000500Z.0.log.gz" for n in range(1, 7)]
    bucket = OciBucket(ask=Oracle(names).ask, target="main", bucket="audit")
    found = find_files(bucket, "", "oci audit", DAYS, by_range=True)
    assert [each.key[:24] for each in found if isinstance(each, Listed)] == [
        f"ocid1.connector/2025100{n}" for n in (2, 3, 4)
    ]
    assert bucket.read("x") == Content(data=b"x")


@pytest.mark.parametrize("refused", ["get_namespace", "list_objects", "get_object"])
def test_what_oracle_refuses_is_a_refusal(refused: str) -> None:
    """A bucket that may not be read answers like one that is not there."""
    bucket = OciBucket(ask=Oracle(["a"], refused).ask, target="main", bucket="audit")
    found = [*bucket.list("", "", "~"), bucket.read("a")]
    assert any(isinstance(each, Refusal) for each in found)


def test_what_stands_between_dates_is_found(tmp_path: Path) -> None:
    """The number of an account may begin as years do, and sort between two of them."""
    names = [
        "2024-10-03-00-00-00-A",
        "2025-10-03-00-00-00-B",
        "202512345678/us-east-1/b/2025/10/03/2025-10-03-00-00-00-C",
        "203412345678/us-east-1/b/2025/10/03/2025-10-03-00-00-00-D",
        "2026-10-03-00-00-00-E",
        "207712345678/us-east-1/b/2024/10/03/2024-10-03-00-00-00-F",
        "207712345678/us-east-1/b/2025/10/03/2025-10-03-00-00-00-G",
    ]
    lay(tmp_path, {name: StoredObject(data=b"x") for name in names})
    found = list(find_files(FolderObjects(tmp_path), "", "s3 access", DAYS, by_range=True))
    assert sorted(each.key[-1] for each in found if isinstance(each, Listed)) == list("BCDG")
    assert len(found) == 4
