"""What we claim to know about vector buckets, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.s3vectors import VECTOR_BUCKETS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:s3vectors:{HOME}:{ACCOUNT}:bucket/faces"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
STRANGER = "999999999999"
ABSENT = Rule(operation="s3vectors.GetVectorBucketPolicy", status=404, code="NotFoundException")

pytestmark = pytest.mark.usefixtures("cloud")


def collected(*rules: Rule) -> Collected:
    listed = {"vectorBucketName": "faces", "vectorBucketArn": ARN, "creationTime": 1700000000}
    encryption = {"sseType": "aws:kms", "kmsKeyArn": KEY}
    answers = [
        Rule(operation="s3vectors.ListVectorBuckets", answer={"vectorBuckets": [listed]}),
        Rule(
            operation="s3vectors.GetVectorBucket",
            answer={"vectorBucket": {**listed, "encryptionConfiguration": encryption}},
        ),
    ]
    return gather((IDENTITY, REGIONS, VECTOR_BUCKETS), rules=[*rules, *answers])


def test_reads_a_vector_bucket() -> None:
    found = collected(ABSENT)
    store = found.stores["faces"]

    assert (store.id, store.country, store.encrypted, store.key_id) == (ARN, "US", True, KEY)
    assert found.flows == []


def test_a_policy_is_a_share() -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": STRANGER}, "Action": "s3vectors:*"}
    answer = {"policy": json.dumps({"Statement": statement})}

    (flow,) = collected(Rule(operation="s3vectors.GetVectorBucketPolicy", answer=answer)).flows

    assert (flow.store_id, flow.target_account) == (ARN, STRANGER)


def test_refusals_are_unknown() -> None:
    found = collected(
        Rule(operation="s3vectors.GetVectorBucketPolicy"),
        Rule(operation="s3vectors.GetVectorBucket"),
    )

    assert isinstance(found.stores["faces"].key_id, Unknown)
    assert [isinstance(flow.active, Unknown) for flow in found.flows] == [True]
