"""What we claim to know about queues, given what AWS answered."""

import json

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sqs import QUEUES
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, QUEUES)
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def make(name: str, **attributes: str) -> str:
    queues = boto3.client("sqs", HOME)
    queues.create_queue(QueueName=name, Attributes=attributes)
    return f"arn:aws:sqs:{HOME}:{ACCOUNT}:{name}"


def policy(principal: object, action: str) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"}
    return json.dumps({"Statement": [statement]})


def test_reads_a_queue_with_its_key_and_dead_letters() -> None:
    dead = make("dead")
    key = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
    redrive = json.dumps({"deadLetterTargetArn": dead, "maxReceiveCount": 3})
    queue = make("orders", KmsMasterKeyId=key, RedrivePolicy=redrive)

    collected = gather(COLLECTORS)
    store = collected.stores["orders"]

    assert (store.id, store.country, store.public) == (queue, "US", False)
    assert (store.encrypted, store.key_id) == (True, key)
    assert [(flow.mechanism, flow.target_id) for flow in collected.flows] == [("stream", dead)]


def test_who_may_only_send_gets_nothing_out() -> None:
    """Nearly every queue lets a service or a stranger put messages in."""
    make("inbox", Policy=policy({"Service": "s3.amazonaws.com"}, "sqs:SendMessage"))
    make("outbox", Policy=policy({"AWS": STRANGER}, "sqs:ReceiveMessage"))

    flows = gather(COLLECTORS).flows

    assert [(flow.mechanism, flow.target_account) for flow in flows] == [("share", STRANGER)]


def test_a_queue_for_anybody_is_public() -> None:
    make("open", Policy=policy("*", "sqs:*"))

    collected = gather(COLLECTORS)

    assert collected.stores["open"].public is True
    assert [flow.mechanism for flow in collected.flows] == ["public"]


def test_refused_attributes_leave_everything_open() -> None:
    make("orders")

    collected = gather(COLLECTORS, deny=["GetQueueAttributes"])
    store = collected.stores["orders"]

    assert isinstance(store.encrypted, Unknown)
    assert isinstance(store.public, Unknown)
    assert {flow.mechanism for flow in collected.flows} == {"public", "share", "stream"}
