"""What events of CloudTrail were about."""

from typing import Any

import pytest

from tests.activity.test_kernel import EVENT, cell, packed, read

PLACE = "eu-west-1:111122223333"
TABLE = f"arn:aws:dynamodb:{PLACE}:table/orders"
KEY = f"arn:aws:kms:{PLACE}:key/1a2b"


def stores(service: str, operation: str, **fields: Any) -> list[tuple[str | int, ...]]:
    """Return store, access and bytes of the rows of one event."""
    event = {
        **EVENT,
        "eventSource": f"{service}.amazonaws.com",
        "eventName": operation,
        "requestParameters": None,
        **fields,
    }
    partial = read(packed(event))
    assert partial.events == 1
    return [tuple(cell(row, n) for n in ("store", "access", "bytes_known")) for row in partial.rows]


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "store", "access"),
    [
        ("dynamodb", "GetItem", {"tableName": "orders"}, TABLE, "read"),
        ("dynamodb", "Query", {"tableName": f"{TABLE}/index/i"}, TABLE, "read"),
        ("kms", "Decrypt", {"keyId": "1a2b"}, KEY, "decrypt"),
        ("kms", "Decrypt", {"keyId": "alias/a"}, f"arn:aws:kms:{PLACE}:alias/a", "decrypt"),
        (
            "sqs",
            "ReceiveMessage",
            {"queueUrl": "https://sqs.eu-west-1.amazonaws.com/999988887777/q"},
            "arn:aws:sqs:eu-west-1:999988887777:q",
            "read",
        ),
        ("kinesis", "GetRecords", {"streamName": "s"}, f"arn:aws:kinesis:{PLACE}:stream/s", "read"),
        (
            "secretsmanager",
            "GetSecretValue",
            {"secretId": "db"},
            f"arn:aws:secretsmanager:{PLACE}:secret:db",
            "read",
        ),
        ("ssm", "GetParameter", {"name": "/a/b"}, f"arn:aws:ssm:{PLACE}:parameter/a/b", "read"),
        (
            "ebs",
            "GetSnapshotBlock",
            {"snapshotId": "snap-1"},
            "arn:aws:ec2:eu-west-1::snapshot/snap-1",
            "read",
        ),
        ("s3", "HeadObject", {"bucketName": "b"}, "arn:aws:s3:::b", "other"),
        ("ec2", "DescribeRegions", {"snapshotId": {"items": []}}, "", "other"),
        ("dynamodb", "GetItem", "not an object", "", "read"),
    ],
)
def test_parameters_name_a_store(
    service: str, operation: str, parameters: Any, store: str, access: str
) -> None:
    """Where an event lists no resources, its service's own parameters say."""
    assert [s[:2] for s in stores(service, operation, requestParameters=parameters)] == [
        (store, access)
    ]


def test_resources_come_first_and_each_of_them_counts() -> None:
    """An object is its bucket; several stores have a row each, and bytes count once."""
    objects = [{"ARN": "arn:aws:s3:::b/x"}, {"ARN": "arn:aws:s3:::b"}, {"ARNPrefix": "x"}, 5]
    assert stores("s3", "GetObject", resources=objects) == [("arn:aws:s3:::b", "read", 1)]
    keys = [{"ARN": KEY}, {"ARN": f"{KEY}2"}]
    assert sorted(stores("kms", "ReEncrypt", resources=keys)) == [
        (KEY, "decrypt", 1),
        (f"{KEY}2", "decrypt", 0),
    ]


def test_a_batch_is_about_each_of_its_tables() -> None:
    """DynamoDB names them as the keys of an object."""
    items: dict[str, Any] = {"requestItems": {"orders": {}, "b": {}}}
    assert len(stores("dynamodb", "BatchGetItem", requestParameters=items)) == 2


def test_a_copy_reads_its_source() -> None:
    """The bucket that was written to, and the one that was read."""
    copied = {"bucketName": "to", "x-amz-copy-source": "/from/key"}
    assert sorted(stores("s3", "CopyObject", requestParameters=copied)) == [
        ("arn:aws:s3:::from", "read", 0),
        ("arn:aws:s3:::to", "write", 1),
    ]


def test_events_alike_but_for_the_store_are_not_confused() -> None:
    """What is worked out once holds for events about the same store only."""
    events = [EVENT | {"requestParameters": {"bucketName": name}} for name in "abab"]
    events += [
        EVENT | {"requestParameters": {"bucketName": "x-s3alias"}, "resources": [{"ARN": arn}]}
        for arn in ("arn:aws:s3:::c", "arn:aws:s3:::d")
    ]
    counted = {cell(r, "store"): cell(r, "events") for r in read(packed(*events)).rows}
    assert counted == {f"arn:aws:s3:::{n}": 2 if n in "ab" else 1 for n in "abcd"}
