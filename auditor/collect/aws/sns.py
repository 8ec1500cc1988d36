"""Amazon SNS: topics, who gets their messages, and who may subscribe.

API: https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.arns import host_of
from auditor.collect.aws.flow_ends import to_arn, to_outside
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import entries, key_arn, text
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import ANYBODY, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, PolicyDocument, Processor, Store

# What sends to a topic or only tells about it.
_HARMLESS = frozenset(
    {
        "sns:publish",
        "sns:gettopicattributes",
        "sns:listsubscriptionsbytopic",
        "sns:listtagsforresource",
        "sns:deletetopic",
    }
)
_BY_ARN = frozenset({"sqs", "lambda", "firehose"})
_UNENCRYPTED = Unknown("whether an archive is encrypted without a key of its topic is not stated")
_OUTSIDE = {
    "email": "it sends e-mail, and where a mailbox is is not known",
    "email-json": "it sends e-mail, and where a mailbox is is not known",
    "sms": "it sends text messages to a telephone",
    "application": "it notifies apps on devices over the push service of their maker",
}


def _rows(found: Found) -> Iterator[Store | Processor | Flow | PolicyDocument]:
    name = text(found, "item.TopicArn")
    policy = _policy(found.read("attributes.Attributes"))
    accounts = accounts_in_policy(policy, _HARMLESS.__contains__)
    topic = processor_of(
        found,
        id=name,
        name=name.rpartition(":")[2],
        kind="topic",
        public=accounts if isinstance(accounts, Unknown) else ANYBODY in accounts,
    )
    yield topic
    yield policy_of(topic, policy)
    yield from _archive(found, topic)
    yield from publication(topic)
    yield from shares(topic, accounts)
    subscriptions = found.read("subscriptions")
    if isinstance(subscriptions, Unknown):
        yield possible(topic, "stream", subscriptions)
        return
    names = set()
    # One endpoint may be told of twice: confirmed, and waiting for it.
    for subscription in sorted(entries(subscriptions), key=_is_pending):
        flow = _delivery(topic, subscription)
        if flow.id not in names:
            names.add(flow.id)
            yield flow


def _archive(found: Found, topic: Processor) -> Iterator[Store]:
    """Yield what a FIFO topic keeps of its messages, if its owner chose a time for it."""
    attributes = found.read("attributes.Attributes")
    if not isinstance(attributes, Mapping) or attributes.get("ArchivePolicy") in (None, "", "{}"):
        return
    key = attributes.get("KmsMasterKeyId")
    yield store_of(
        found,
        id=topic.id,
        name=topic.name,
        kind="archive of a topic",
        encrypted=True if isinstance(key, str) and key else _UNENCRYPTED,
        key_id=key_arn(key, topic.region, topic.account) if isinstance(key, str) else _UNENCRYPTED,
        public=topic.public,
        locked=False,  # the owner may end the archive
    )


def _policy(attributes: Json) -> Json:
    if isinstance(attributes, Unknown):
        return attributes
    policy = attributes.get("Policy") if isinstance(attributes, Mapping) else None
    return Unknown("the attributes of the topic hold no policy") if policy is None else policy


def _is_pending(subscription: Mapping[str, Json]) -> bool:
    return subscription.get("SubscriptionArn") == "PendingConfirmation"


def _delivery(topic: Processor, subscription: Mapping[str, Json]) -> Flow:
    protocol, endpoint = str(subscription.get("Protocol")), str(subscription.get("Endpoint"))
    # Until it is confirmed, a subscription has no ARN and gets no messages.
    active = not _is_pending(subscription)
    if protocol in _BY_ARN:
        return to_arn(topic, "stream", endpoint, active=active)
    if protocol in ("http", "https"):
        why = f"it posts to {host_of(endpoint)}, and where that host is is not known"
    else:
        why = _OUTSIDE.get(protocol, f"it delivers by {protocol[:40]}")
    return to_outside(topic, "stream", f"{protocol}:{endpoint}", why, active=active)


TOPICS = Collector(
    kind="aws.sns.topic",
    service="sns",
    title="SNS topics, with their subscribers and whom their policies let subscribe",
    per=("account", "region"),
    listing=Listing(operation="ListTopics", permission="sns:ListTopics", items="Topics"),
    details=(
        Detail(
            name="attributes",
            operation="GetTopicAttributes",
            permission="sns:GetTopicAttributes",
            bind={"TopicArn": "item.TopicArn"},
        ),
        Detail(
            name="subscriptions",
            operation="ListSubscriptionsByTopic",
            permission="sns:ListSubscriptionsByTopic",
            bind={"TopicArn": "item.TopicArn"},
            items="Subscriptions",
        ),
    ),
    tables=(Store, Processor, Flow, PolicyDocument),
    rows=_rows,
    types=("sns:topic",),
    source="https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html",
)
