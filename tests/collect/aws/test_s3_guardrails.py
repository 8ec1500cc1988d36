"""What prevents in a bucket, and what escapes it."""

import boto3
import pytest

from auditor.collect.aws.s3 import BUCKETS
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Json, Unknown
from auditor.tables import Guardrail
from tests.collect.aws.walking import HOME, gather

pytestmark = pytest.mark.usefixtures("cloud")


def guardrails(*deny: str) -> dict[str, Guardrail]:
    rows = gather((IDENTITY, BUCKETS), deny=deny).rows
    return {row.kind: row for row in rows if isinstance(row, Guardrail)}


def lock(**retention: Json) -> None:
    s3 = boto3.client("s3", HOME)
    s3.create_bucket(Bucket="box", ObjectLockEnabledForBucket=True)
    if retention:
        s3.put_object_lock_configuration(
            Bucket="box",
            ObjectLockConfiguration={
                "ObjectLockEnabled": "Enabled",
                "Rule": {"DefaultRetention": retention},
            },
        )


def test_a_bucket_with_nothing_has_nothing() -> None:
    boto3.client("s3", HOME).create_bucket(Bucket="box")

    assert guardrails() == {}


@pytest.mark.parametrize(
    ("retention", "escapes"),
    [
        ({"Mode": "COMPLIANCE", "Days": 30}, ()),
        ({"Mode": "GOVERNANCE", "Days": 30}, ("whoever may bypass governance",)),
        ({}, ("objects that are stored without a retention of their own",)),
    ],
    ids=("compliance", "governance", "none"),
)
def test_only_a_rule_in_compliance_mode_holds_everybody(
    retention: dict[str, Json], escapes: tuple[str, ...]
) -> None:
    lock(**retention)

    found = guardrails()["object lock"]

    assert (found.enforced, found.escapes) == (True, escapes)
    assert found.target_id == "arn:aws:s3:::box"


def test_a_setting_that_is_off_escapes_the_block() -> None:
    boto3.client("s3", HOME).create_bucket(Bucket="box")
    boto3.client("s3", HOME).put_public_access_block(
        Bucket="box",
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": True,
            "IgnorePublicAcls": True,
            "BlockPublicPolicy": True,
            "RestrictPublicBuckets": False,
        },
    )

    assert guardrails()["public access block"].escapes == ("RestrictPublicBuckets",)


def test_what_was_refused_is_not_known_to_hold() -> None:
    lock(Mode="COMPLIANCE", Days=30)

    found = guardrails("GetObjectLockConfiguration")["object lock"]

    assert isinstance(found.enforced, Unknown)
    assert isinstance(found.escapes, Unknown)
