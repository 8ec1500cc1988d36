"""Amazon SQS: queues, whom their policies let in, and where undelivered messages go.

API: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
"""

import json
from collections.abc import Iterator, Mapping

from auditor.collect.aws.epochs import moment_of
from auditor.collect.aws.flow_ends import to_arn
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import key_arn, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import ANYBODY, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, PolicyDocument, Store

# What sends or only tells about a queue, without handing out what is in it.
_HARMLESS = frozenset(
    {
        "sqs:sendmessage",
        "sqs:sendmessagebatch",
        "sqs:getqueueattributes",
        "sqs:getqueueurl",
        "sqs:listdeadlettersourcequeues",
        "sqs:listqueuetags",
        "sqs:purgequeue",
        "sqs:deletemessage",
    }
)


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item").rpartition("/")[2]
    # All attributes were asked for, so that one which is left out is not set.
    attributes = found.read("attributes.Attributes")
    accounts = _accounts(attributes)
    store = store_of(
        found,
        id=arn("sqs", region, account, name),
        name=name,
        kind="queue",
        encrypted=_encrypted(attributes),
        key_id=key_arn(_attribute(attributes, "KmsMasterKeyId"), region, account),
        public=accounts if isinstance(accounts, Unknown) else ANYBODY in accounts,
        locked=False,  # whoever may receive a message may delete it
        created=moment_of(_attribute(attributes, "CreatedTimestamp"), unit=1),
    )
    yield store
    yield policy_of(store, _attribute(attributes, "Policy"))
    yield from publication(store)
    yield from shares(store, accounts)
    yield from _undelivered(store, _attribute(attributes, "RedrivePolicy"))


def _attribute(attributes: Json, name: str) -> Maybe[str]:
    if isinstance(attributes, Unknown):
        return attributes
    value = attributes.get(name, "") if isinstance(attributes, Mapping) else None
    return value if isinstance(value, str) else Unknown(f"the attribute {name} is no text")


def _accounts(attributes: Json) -> Maybe[tuple[str, ...]]:
    policy = _attribute(attributes, "Policy")
    return accounts_in_policy(policy, _HARMLESS.__contains__) if policy else ()


def _encrypted(attributes: Json) -> Maybe[bool]:
    key = _attribute(attributes, "KmsMasterKeyId")
    managed = _attribute(attributes, "SqsManagedSseEnabled")
    for value in (key, managed):
        if isinstance(value, Unknown):
            return value
    return bool(key) or managed == "true"


def _undelivered(store: Store, policy: Maybe[str]) -> Iterator[Flow]:
    if isinstance(policy, Unknown):
        yield possible(store, "stream", policy)
        return
    if not policy:
        return
    try:
        target = dig(json.loads(policy), "deadLetterTargetArn")
    except (ValueError, RecursionError):
        target = None
    if isinstance(target, str):
        yield to_arn(store, "stream", target)
    else:
        yield possible(store, "stream", Unknown("its redrive policy names no dead-letter queue"))


QUEUES = Collector(
    kind="aws.sqs.queue",
    service="sqs",
    title="SQS queues, with whom their policies let in",
    per=("account", "region"),
    listing=Listing(
        operation="ListQueues",
        permission="sqs:ListQueues",
        parameters={"MaxResults": 1000},  # without it, the API stops at a thousand
        items="QueueUrls",
    ),
    details=(
        Detail(
            name="attributes",
            operation="GetQueueAttributes",
            permission="sqs:GetQueueAttributes",
            parameters={"AttributeNames": ["All"]},
            bind={"QueueUrl": "item"},
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_rows,
    types=("sqs:queue",),
    source=(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html"
    ),
)
