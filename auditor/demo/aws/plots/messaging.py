"""Queues and topics: one abroad, one in the open, and some that strangers get messages from."""

import json

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.ordinary import PROTECTED
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.planted import fails, stays_open


def _queue(name: str, region: str = HOME, account: str = USER_DATA) -> str:
    return f"arn:aws:sqs:{region}:{account}:northstar-{name}"


def _topic(name: str) -> str:
    return f"arn:aws:sns:{HOME}:{USER_DATA}:northstar-{name}"


_PLAIN, _OPEN, _SHARED, _PARTNERS, _DEAD = (
    _queue(name) for name in ("orders", "open", "shared", "partners", "orders-dead")
)
_WORLD, _WEST, _ABROAD = _queue("world"), _queue("west", WEST), _queue("abroad", FRANKFURT)
_THEIRS, _OURS = _queue("theirs", account=STRANGER), _queue("audit", account=LOGS)
_NEWS, _CLUB, _HOOK, _ALARMS = (_topic(name) for name in ("news", "club", "hook", "alarms"))


def _policy(principal: str, action: str) -> str:
    allow = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": "1", **allow}]})


def _build(ground: Ground) -> None:
    _build_queues(ground)
    topics = ground.at().client("sns")
    for topic, protocol, endpoint in (
        (_NEWS, "sqs", _WEST),
        (_NEWS, "sqs", _ABROAD),
        (_CLUB, "sqs", _OURS),
        (_HOOK, "https", "https://hooks.example.com/northstar"),
        (_ALARMS, "sqs", _THEIRS),
    ):
        topics.create_topic(Name=topic.rpartition(":")[2])
        topics.subscribe(TopicArn=topic, Protocol=protocol, Endpoint=endpoint)
    policy = _policy(STRANGER, "sns:Subscribe")
    topics.set_topic_attributes(TopicArn=_CLUB, AttributeName="Policy", AttributeValue=policy)


def _build_queues(ground: Ground) -> None:
    managed = {"SqsManagedSseEnabled": "true"}
    redrive = json.dumps({"deadLetterTargetArn": _DEAD, "maxReceiveCount": 5})
    reads = "sqs:ReceiveMessage"
    for queue, region, attributes in (
        (_DEAD, HOME, managed),
        (_PLAIN, HOME, {"KmsMasterKeyId": ground.keys[HOME], "RedrivePolicy": redrive}),
        (_OPEN, HOME, {"SqsManagedSseEnabled": "false"}),
        (_SHARED, HOME, {**managed, "Policy": _policy(STRANGER, reads)}),
        (_PARTNERS, HOME, {**managed, "Policy": _policy(LOGS, reads)}),
        (_WORLD, HOME, {**managed, "Policy": _policy("*", reads)}),
        (_WEST, WEST, managed),
        (_ABROAD, FRANKFURT, managed),
    ):
        name = queue.rpartition(":")[2]
        ground.at(region).client("sqs").create_queue(QueueName=name, Attributes=attributes)


PLOT = Plot(
    build=_build,
    tags=dict.fromkeys(
        (
            *(_PLAIN, _OPEN, _SHARED, _PARTNERS, _DEAD, _WORLD, _WEST, _ABROAD),
            *(_NEWS, _CLUB, _HOOK, _ALARMS),
        ),
        PROTECTED,
    ),
    planted=(
        *fails("a queue is not encrypted", A_06=_OPEN, A_07b=_OPEN),
        *fails("a queue is in Frankfurt", A_02=_ABROAD, A_07b=_ABROAD),
        *fails("a stranger receives from a queue", A_05b=f"{_SHARED}/share/{STRANGER}"),
        *fails("anybody receives from a queue", A_05b=f"{_WORLD}/public/[*]"),
        *fails("a topic sends to a queue in Frankfurt", A_04=f"{_NEWS}/stream/{_ABROAD}"),
        *fails("a topic sends to a stranger's queue", A_04=f"{_ALARMS}/stream/{_THEIRS}"),
        *fails("a stranger may subscribe to a topic", A_05b=f"{_CLUB}/share/{STRANGER}"),
        *stays_open(
            "a topic posts to an address that may be anywhere", A_04=f"{_HOOK}/stream/https:*"
        ),
    ),
)
