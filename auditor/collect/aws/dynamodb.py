"""Amazon DynamoDB: tables, their replicas and streams, and whom their policies let in.

API: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import at_arn, flow_from, in_place
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy, joined
from auditor.collect.aws.reading import (
    entries,
    is_absent,
    key_arn,
    maybe_text,
    size_in_bytes,
    state_of,
    text,
)
from auditor.collect.aws.regions import arn, country_of, operator_of
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import NO_TAGS
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, PolicyDocument, Store

_STREAMING = ("ACTIVE", "ENABLING", "UPDATING")
_IDLE = ("DISABLED", "DISABLING", "ENABLE_FAILED")
_REFERENCE = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_"


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    store = _table(found)
    yield store
    yield policy_of(store, policy_in(found, "policy.Policy"))
    if "stream_policy" in found.answers:
        yield policy_of(store, policy_in(found, "stream_policy.Policy"), "stream-policy")
    yield from _replications(found, store)
    yield from _streams(found, store)
    yield from shares(store, _readers(found))


def _table(found: Found) -> Store:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item")
    description = found.read("table.Table.TableStatus")
    return Store(
        id=arn("dynamodb", region, account, f"table/{name}"),
        evidence=found.evidence,
        name=name,
        provider="aws",
        operator=operator_of(region),
        account=account,
        region=region,
        country=country_of(region),
        service="dynamodb",
        kind="table",
        backup=False,
        # Tables cannot be unencrypted; without a description the key is one of AWS's own.
        encrypted=True,
        key_id=description if isinstance(description, Unknown) else _key(found),
        public=False,  # policies that would make a table public are refused
        locked=False,
        size_bytes=size_in_bytes(found, "table.Table.TableSizeBytes"),
        created=maybe_text(found, "table.Table.CreationDateTime"),
        tags=NO_TAGS,
    )


def _replications(found: Found, store: Store) -> Iterator[Flow]:
    description = found.read("table.Table.TableStatus")
    if isinstance(description, Unknown):
        yield possible(store, "replication", description)
        return
    replicas = entries(found.read("table.Table.Replicas", absent=[]))
    for target in dict.fromkeys(_replica(replica, store) for replica in replicas):
        yield flow(store, "replication", target, **at_arn(target))
    # A witness cannot be read, but it keeps the data that is written to the replicas.
    for witness in entries(found.read("table.Table.GlobalTableWitnesses", absent=[])):
        region = str(witness.get("RegionName") or "")
        end = in_place(store.account, region or Unknown("the answer names no region of a witness"))
        yield flow(store, "replication", f"witness/{region}", **end)


def _streams(found: Found, store: Store) -> Iterator[Flow]:
    destinations = found.read("streaming")
    if isinstance(destinations, Unknown):
        yield possible(store, "stream", destinations)
    for each in entries(destinations):
        target = str(each.get("StreamArn") or "")
        active = state_of(str(each.get("DestinationStatus") or ""), _STREAMING, _IDLE)
        yield flow(store, "stream", target, **{**at_arn(target), "active": active})


def _readers(found: Found) -> Maybe[tuple[str, ...]]:
    """Return the accounts that the policies of the table and of its stream let in."""
    parties: list[str | Unknown] = []
    for name in ("policy", "stream_policy"):
        if name in found.answers and not is_absent(found, name):
            accounts = accounts_in_policy(found.read(f"{name}.Policy"))
            parties += [accounts] if isinstance(accounts, Unknown) else accounts
    return joined(parties)


def _key(found: Found) -> Maybe[str]:
    name = maybe_text(found, "table.Table.SSEDescription.KMSMasterKeyArn", absent="")
    return key_arn(name, found.place["region"], found.place["account"])


def _replica(replica: Json, store: Store) -> str:
    """Return the ARN of a replica, which is named like the table and may be another account's."""
    named = dig(replica, "ReplicaArn")
    region = str(dig(replica, "RegionName") or "")
    return str(named) if named else arn("dynamodb", region, store.account, f"table/{store.name}")


def _global_table(found: Found) -> Iterator[Flow]:
    """Yield a replication from the table here to each other region; descriptions omit these."""
    region, account = found.place["region"], found.place["account"]
    table = f"table/{text(found, 'item.GlobalTableName')}"
    source = arn("dynamodb", region, account, table)
    for replica in entries(found.read("item.ReplicationGroup")):
        other = str(replica.get("RegionName") or "")
        target = arn("dynamodb", other, account, table)
        if other != region:
            yield flow_from(found, source, "replication", f"2017/{target}", **at_arn(target))


TABLES = Collector(
    kind="aws.dynamodb.table",
    service="dynamodb",
    title="DynamoDB tables",
    per=("account", "region"),
    listing=Listing(
        operation="ListTables",
        permission="dynamodb:ListTables",
        items="TableNames",
    ),
    details=(
        Detail(
            name="table",
            operation="DescribeTable",
            permission="dynamodb:DescribeTable",
            bind={"TableName": "item"},
        ),
        Detail(
            name="policy",
            operation="GetResourcePolicy",
            permission="dynamodb:GetResourcePolicy",
            bind={"ResourceArn": "table.Table.TableArn"},
            absent_on=("PolicyNotFoundException",),
        ),
        Detail(
            name="stream_policy",
            operation="GetResourcePolicy",
            permission="dynamodb:GetResourcePolicy",
            bind={"ResourceArn": "table.Table.LatestStreamArn"},
            when="table.Table.StreamSpecification.StreamEnabled",
            absent_on=("PolicyNotFoundException",),
        ),
        Detail(
            name="streaming",
            operation="DescribeKinesisStreamingDestination",
            permission="dynamodb:DescribeKinesisStreamingDestination",
            bind={"TableName": "item"},
            items="KinesisDataStreamDestinations",
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_rows,
    types=("dynamodb:table",),
    source=_REFERENCE + "DescribeTable.html",
)

GLOBAL_TABLES = Collector(
    kind="aws.dynamodb.global_table",
    service="dynamodb",
    title="DynamoDB global tables of version 2017.11.29",
    per=("account", "region"),
    listing=Listing(
        operation="ListGlobalTables",
        permission="dynamodb:ListGlobalTables",
        bind={"RegionName": "place.region"},
        items="GlobalTables",
    ),
    tables=(Flow,),
    rows=_global_table,
    source=_REFERENCE + "ListGlobalTables.html",
)
