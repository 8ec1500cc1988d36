"""Amazon Kinesis Data Streams: streams, whom their policies let in, and who has registered.

API: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import entries, is_absent, key_arn, maybe_text, text
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Store

_REFERENCE = "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_"
_SUMMARY = "summary.StreamDescriptionSummary"
_CONSUMER = Unknown("a consumer is registered, whose own policy is not read by this version")


def _stream(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    encrypted = _encrypted(found)
    store = store_of(
        found,
        id=text(found, "item.StreamARN"),
        name=text(found, "item.StreamName"),
        kind="stream",
        encrypted=encrypted,
        key_id=_key(found, encrypted),
        public=False,  # every request is signed
        locked=False,
        created=maybe_text(found, "item.StreamCreationTimestamp"),
    )
    yield store
    yield policy_of(store, policy_in(found, "policy.Policy"))
    yield from shares(store, _readers(found))
    yield from _consumers(found, store)


def _consumers(found: Found, store: Store) -> Iterator[Flow]:
    consumers = found.read("consumers")
    if isinstance(consumers, Unknown):
        yield possible(store, "share", consumers, "consumers")
    for each in entries(consumers):
        yield possible(store, "share", _CONSUMER, str(each.get("ConsumerARN") or ""))


def _encrypted(found: Found) -> Maybe[bool]:
    kind = maybe_text(found, f"{_SUMMARY}.EncryptionType")
    if isinstance(kind, Unknown):
        return kind
    return {"KMS": True, "NONE": False}.get(kind, Unknown(f"its encryption is {kind[:100]}"))


def _key(found: Found, encrypted: Maybe[bool]) -> Maybe[str]:
    if encrypted is False:
        return ""
    name = maybe_text(found, f"{_SUMMARY}.KeyId")
    return key_arn(name, found.place["region"], found.place["account"])


def _readers(found: Found) -> Maybe[tuple[str, ...]]:
    policy = found.read("policy.Policy")
    if is_absent(found, "policy") or policy == "{}":  # how the service shows that there is none
        return ()
    return accounts_in_policy(policy)


STREAMS = Collector(
    kind="aws.kinesis.stream",
    service="kinesis",
    title="Kinesis data streams",
    per=("account", "region"),
    listing=Listing(
        operation="ListStreams",
        permission="kinesis:ListStreams",
        parameters={"Limit": 10000},
        items="StreamSummaries",
    ),
    details=(
        Detail(
            name="summary",
            operation="DescribeStreamSummary",
            permission="kinesis:DescribeStreamSummary",
            bind={"StreamARN": "item.StreamARN"},
        ),
        Detail(
            name="policy",
            operation="GetResourcePolicy",
            permission="kinesis:GetResourcePolicy",
            bind={"ResourceARN": "item.StreamARN"},
            absent_on=("ResourceNotFoundException",),
        ),
        Detail(
            name="consumers",
            operation="ListStreamConsumers",
            permission="kinesis:ListStreamConsumers",
            bind={"StreamARN": "item.StreamARN"},
            items="Consumers",
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_stream,
    types=("kinesis:stream",),
    source=_REFERENCE + "ListStreams.html",
)
