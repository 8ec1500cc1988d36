"""OCI Notifications: topics, and the addresses that get their messages.

Of an address on the web only the host is kept: whoever has the rest can post to it.
"""

from collections.abc import Iterator

from auditor.collect.oci.flows import to_outside, to_store
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_text, text
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    host_of,
    is_gone,
    processor_of,
    stand_in,
)
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Maybe, Processor

_PAGE = 50
_WAITING, _RUNNING = "PENDING", "ACTIVE"
_OUTSIDE = {
    "EMAIL": "it sends e-mail, and where a mailbox is is not known",
    "SMS": "it sends text messages to a telephone",
    "SLACK": "it posts to Slack, and where Slack keeps it is not known",
    "PAGERDUTY": "it posts to PagerDuty, and where PagerDuty keeps it is not known",
}


def _topic_rows(found: Found) -> Iterator[Processor]:
    if not is_gone(found):
        yield processor_of(
            found,
            "notifications",
            "topic",
            id=text(found, "item.topicId"),
            name=text(found, "item.name"),
        )


def _subscription_rows(found: Found) -> Iterator[Flow]:
    if is_gone(found):
        return
    topic = stand_in(found, text(found, "item.topicId"))
    protocol, name = text(found, "item.protocol"), text(found, "item.id")
    if protocol == "ORACLE_FUNCTIONS":
        yield to_store(topic, "stream", text(found, "item.endpoint"), _active(found), name)
        return
    why = _OUTSIDE.get(protocol, f"it delivers by {protocol[:40]}")
    if protocol in ("HTTPS", "CUSTOM_HTTPS"):
        host = host_of(text(found, "item.endpoint"))
        why = f"it posts to {host}, and where that host is is not known"
    yield to_outside(topic, "stream", name, Unknown(why), _active(found))


def _active(found: Found) -> Maybe[bool]:
    """Until somebody confirms it, a subscription gets no messages."""
    state = maybe_text(found, "item.lifecycleState")
    if state in (_WAITING, _RUNNING):
        return state == _RUNNING
    return state if isinstance(state, Unknown) else Unknown(f"state {state[:40]} is not known")


TOPICS = Collector(
    kind="oci.notifications.topic",
    service="ons.NotificationControlPlaneClient",
    title="Topics of notifications",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_topics", "inspect ons-topics", items=BARE, limit=_PAGE),
    tables=(Processor,),
    rows=_topic_rows,
    types=("OnsTopic",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/notification/20181201/NotificationTopicSummary/ListTopics",
)

SUBSCRIPTIONS = Collector(
    kind="oci.notifications.subscription",
    service="ons.NotificationDataPlaneClient",
    title="Subscriptions to topics of notifications",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_subscriptions", "inspect ons-subscriptions", "endpoint.@", items=BARE, limit=_PAGE
    ),
    tables=(Flow,),
    rows=_subscription_rows,
    types=("OnsSubscription",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/notification/20181201/SubscriptionSummary/ListSubscriptions",
)
