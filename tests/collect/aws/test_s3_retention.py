"""What we claim to know about how long a bucket keeps its objects."""

from typing import Any

import boto3
import pytest

from auditor.collect.aws.s3 import BUCKETS
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Answer, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Retention
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, BUCKETS)
OLD = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": "AWSLogs/"}}


@pytest.fixture
def box(cloud: None) -> Any:
    """Return a client, once there is an empty bucket that can be locked."""
    s3 = boto3.client("s3", HOME)
    s3.create_bucket(Bucket="box", ObjectLockEnabledForBucket=True)
    return s3


def rules(*deny: str) -> list[tuple[str, object, object]]:
    rows = gather(COLLECTORS, deny=deny).rows
    return [
        (each.effect, each.days, each.object_names) for each in rows if isinstance(each, Retention)
    ]


def expire(s3: Any, *several: dict[str, Any]) -> None:
    s3.put_bucket_lifecycle_configuration(
        Bucket="box", LifecycleConfiguration={"Rules": list(several)}
    )


def lock(s3: Any, **retention: object) -> None:
    s3.put_object_lock_configuration(
        Bucket="box",
        ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": retention},
        },
    )


@pytest.mark.usefixtures("box")
def test_a_bucket_without_rules_keeps_everything() -> None:
    assert rules() == []


def test_a_rule_that_expires_objects_deletes(box: Any) -> None:
    expire(box, OLD | {"Expiration": {"Days": 90}})

    assert rules() == [("deletes", 90, "AWSLogs/")]


def test_what_is_off_or_only_moves_or_is_about_old_versions_deletes_nothing(box: Any) -> None:
    expire(
        box,
        OLD | {"ID": "off", "Status": "Disabled", "Expiration": {"Days": 1}},
        OLD | {"ID": "cold", "Transitions": [{"Days": 1, "StorageClass": "GLACIER"}]},
        OLD | {"ID": "versions", "NoncurrentVersionExpiration": {"NoncurrentDays": 1}},
        OLD | {"ID": "markers", "Expiration": {"ExpiredObjectDeleteMarker": True}},
    )

    assert rules() == []


def test_tags_and_dates_leave_the_age_open(box: Any) -> None:
    tag = {"Key": "a", "Value": "b"}
    expire(
        box,
        {"ID": "1", "Status": "Enabled", "Filter": {"Tag": tag}, "Expiration": {"Days": 1}},
        {
            "ID": "2",
            "Status": "Enabled",
            "Filter": {"And": {"Prefix": "a", "Tags": [tag]}},
            "Expiration": {"Days": 1},
        },
        {"ID": "3", "Status": "Enabled", "Prefix": "b", "Expiration": {"Date": "2030-01-01"}},
    )

    found = rules()

    assert [(effect, name) for effect, _, name in found] == [
        ("deletes", ""),
        ("deletes", "a"),
        ("deletes", "b"),
    ]
    assert all(isinstance(days, Unknown) for _, days, _ in found)


@pytest.mark.parametrize(
    ("retention", "expected"),
    [
        ({"Mode": "COMPLIANCE", "Days": 400}, [("locks", 400, "")]),
        ({"Mode": "COMPLIANCE", "Years": 2}, [("locks", 730, "")]),
        ({"Mode": "GOVERNANCE", "Days": 400}, []),
    ],
    ids=["days", "years", "some may lift it"],
)
def test_a_lock_that_nobody_can_lift(
    box: Any, retention: dict[str, object], expected: list[object]
) -> None:
    lock(box, **retention)

    assert rules() == expected


@pytest.mark.usefixtures("box")
def test_refusals_are_rules_of_unknown_days() -> None:
    found = rules("GetBucketLifecycleConfiguration", "GetObjectLockConfiguration")

    assert [(effect, isinstance(days, Unknown)) for effect, days, _ in found] == [
        ("deletes", True),
        ("locks", True),
    ]


@pytest.mark.parametrize(
    "body",
    [{}, {"Rules": "x"}, {"Rules": ["x"]}, {"Rules": [{"Expiration": {"Days": "soon"}}]}],
    ids=["no rules", "no list", "no rule", "no number"],
)
def test_odd_answers_never_shorten_or_stop(body: dict[str, Any]) -> None:
    """What is no rule is left out; what is no number of days is unknown."""
    found = Found(
        place={"account": ACCOUNT},
        item={"Name": "box"},
        answers={"lifecycle": (Answer(outcome=Outcome.OK, body=body),)},
        records={"item": (0,), "lifecycle": (1,)},
        details={detail.name: detail for detail in BUCKETS.details},
    )

    days = [
        each.days
        for each in BUCKETS.rows(found)
        if isinstance(each, Retention) and each.effect == "deletes"
    ]

    assert all(isinstance(each, Unknown) for each in days)
