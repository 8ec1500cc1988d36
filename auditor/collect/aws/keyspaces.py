"""Amazon Keyspaces: keyspaces, and the regions that they are replicated to.

Tables are not asked about one by one: the permission for that reads what a table holds, too.

API: https://docs.aws.amazon.com/keyspaces/latest/APIReference/API_ListKeyspaces.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import at_arn
from auditor.collect.aws.reading import maybe_text, text, texts
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Store

_KEYS = Unknown("each of its tables has a key of its own, which the answer does not state")
# What the service keeps its catalogue in, in every account:
# https://docs.aws.amazon.com/keyspaces/latest/devguide/working-with-keyspaces.html
_SYSTEM = frozenset({"system", "system_schema", "system_schema_mcs", "system_multiregion_info"})


def _keyspace(found: Found) -> Iterator[Store | Flow]:
    name = text(found, "item.keyspaceName")
    if name in _SYSTEM:
        return
    store = store_of(
        found,
        id=text(found, "item.resourceArn"),
        name=name,
        kind="keyspace",
        encrypted=True,  # the guide: always
        key_id=_KEYS,
        public=False,  # every request is signed or brings a password
        locked=False,
    )
    yield store
    strategy = maybe_text(found, "item.replicationStrategy")
    if strategy == "SINGLE_REGION":
        return
    regions = found.read("item.replicationRegions")
    if isinstance(regions, Unknown):
        yield possible(store, "replication", regions)
    for region in texts(regions):
        if region != store.region:
            target = _elsewhere(store.id, region)
            yield flow(store, "replication", target, **at_arn(target))


def _elsewhere(arn: str, region: str) -> str:
    """Return the ARN of the same keyspace in another region."""
    parts = arn.split(":")
    return ":".join([*parts[:3], region, *parts[4:]])


KEYSPACES = Collector(
    kind="aws.keyspaces.keyspace",
    service="keyspaces",
    title="Keyspaces",
    per=("account", "region"),
    listing=Listing(
        operation="ListKeyspaces",
        permission="cassandra:Select",
        parameters={"maxResults": 1000},
        items="keyspaces",
    ),
    tables=(Store, Flow),
    rows=_keyspace,
    types=("cassandra:keyspace",),
    source="https://docs.aws.amazon.com/keyspaces/latest/APIReference/API_ListKeyspaces.html",
)
