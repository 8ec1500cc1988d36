"""Amazon MQ: brokers, and the brokers in other regions that they replicate to.

API: https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import in_place
from auditor.collect.aws.reading import key_arn, maybe_flag, maybe_text, tags_in, text
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

_METADATA = "broker.DataReplicationMetadata"


def _broker(found: Found) -> Iterator[Store | Flow]:
    described = found.read("broker.BrokerId")
    unknown = described if isinstance(described, Unknown) else None
    store = store_of(
        found,
        id=text(found, "item.BrokerArn"),
        name=text(found, "item.BrokerName"),
        kind="broker",
        encrypted=True,  # the guide: always
        key_id=unknown or _key(found),
        public=False,  # a broker asks for a password wherever it is reached from
        locked=False,
        created=maybe_text(found, "item.Created"),
        tags=unknown or tags_in(found.read("broker.Tags", absent={})),
    )
    yield store
    yield from _replication(found, store)


def _key(found: Found) -> Maybe[str]:
    owned = maybe_flag(found, "broker.EncryptionOptions.UseAwsOwnedKey")
    if isinstance(owned, Unknown) or owned:
        return owned if isinstance(owned, Unknown) else ""
    # The reference: left out if the key is the service's own in the account.
    name = maybe_text(found, "broker.EncryptionOptions.KmsKeyId", absent="")
    return key_arn(name, found.place["region"], found.place["account"])


def _replication(found: Found, store: Store) -> Iterator[Flow]:
    """Yield the replication out of a primary; a broker's ARN holds a name that is not stated."""
    described = found.read("broker.BrokerId")
    mode = found.read("broker.DataReplicationMode", absent="NONE")
    if isinstance(described, Unknown) or isinstance(mode, Unknown):
        yield possible(store, "replication", described if isinstance(described, Unknown) else mode)
        return
    if mode == "NONE" or found.read(f"{_METADATA}.DataReplicationRole", absent="") == "REPLICA":
        return
    broker = text(found, f"{_METADATA}.DataReplicationCounterpart.BrokerId")
    region = maybe_text(found, f"{_METADATA}.DataReplicationCounterpart.Region")
    yield flow(store, "replication", broker, **in_place(store.account, region))


BROKERS = Collector(
    kind="aws.mq.broker",
    service="mq",
    title="Amazon MQ brokers",
    per=("account", "region"),
    listing=Listing(
        operation="ListBrokers",
        permission="mq:ListBrokers",
        parameters={"MaxResults": 100},
        items="BrokerSummaries",
    ),
    details=(
        Detail(
            name="broker",
            operation="DescribeBroker",
            permission="mq:DescribeBroker",
            bind={"BrokerId": "item.BrokerId"},
        ),
    ),
    tables=(Store, Flow),
    rows=_broker,
    types=("mq:broker",),
    source="https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html",
)
