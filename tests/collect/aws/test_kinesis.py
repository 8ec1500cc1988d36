"""What we claim to know about data streams, given what AWS answered."""

import json

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.kinesis import STREAMS
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, STREAMS)
ARN = f"arn:aws:kinesis:{HOME}:{ACCOUNT}:stream/events"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"


@pytest.fixture(autouse=True)
def stream(cloud: None) -> None:
    boto3.client("kinesis", HOME).create_stream(StreamName="events", ShardCount=1)


def test_a_stream_is_open_until_it_is_encrypted() -> None:
    collected = gather(COLLECTORS)
    before = collected.stores["events"]
    boto3.client("kinesis", HOME).start_stream_encryption(
        StreamName="events", EncryptionType="KMS", KeyId=KEY
    )
    after = gather(COLLECTORS).stores["events"]

    assert (before.id, before.encrypted, before.key_id) == (ARN, False, "")
    assert (after.encrypted, after.key_id) == (True, KEY)
    assert collected.flows == []


def test_a_policy_shares_a_stream() -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "999999999999"},
        "Action": "kinesis:GetRecords",
        "Resource": ARN,
    }
    boto3.client("kinesis", HOME).put_resource_policy(
        ResourceARN=ARN, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    )

    (flow,) = gather(COLLECTORS).flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


def test_a_refused_policy_may_share() -> None:
    (flow,) = gather(COLLECTORS, deny=["GetResourcePolicy"]).flows

    assert isinstance(flow.active, Unknown)
