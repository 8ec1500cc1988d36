"""Amazon DynamoDB: tables, their replicas, and whom their policies let in.

API: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flows import replication, shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import (
    entries,
    is_absent,
    key_arn,
    maybe_text,
    size_in_bytes,
    tags_of,
    text,
)
from auditor.collect.aws.regions import arn, country_of, operator_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Store


def _rows(found: Found) -> Iterator[Store | Flow]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item")
    description = found.read("table.Table.TableStatus")
    accounts = () if is_absent(found, "policy") else accounts_in_policy(found.read("policy.Policy"))
    store = Store(
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
        tags=tags_of(found.read("tags")),
    )
    yield store
    if isinstance(description, Unknown):
        yield possible(store, "replication", description)
    else:
        replicas = found.read("table.Table.Replicas", absent=[])
        yield from replication(store, [_replica(replica, store) for replica in entries(replicas)])
    yield from shares(store, accounts)


def _key(found: Found) -> Maybe[str]:
    name = maybe_text(found, "table.Table.SSEDescription.KMSMasterKeyArn", absent="")
    return key_arn(name, found.place["region"], found.place["account"])


def _replica(replica: Json, store: Store) -> str:
    """Return the ARN of a replica, which is named like the table and may be another account's."""
    named = dig(replica, "ReplicaArn")
    region = str(dig(replica, "RegionName") or "")
    return str(named) if named else arn("dynamodb", region, store.account, f"table/{store.name}")


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
            name="tags",
            operation="ListTagsOfResource",
            permission="dynamodb:ListTagsOfResource",
            bind={"ResourceArn": "table.Table.TableArn"},
            items="Tags",
        ),
        Detail(
            name="policy",
            operation="GetResourcePolicy",
            permission="dynamodb:GetResourcePolicy",
            bind={"ResourceArn": "table.Table.TableArn"},
            absent_on=("PolicyNotFoundException",),
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    source=(
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html"
    ),
)
