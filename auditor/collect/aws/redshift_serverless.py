"""Amazon Redshift Serverless: namespaces, where their snapshots go, and who may restore them.

API: https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import in_place
from auditor.collect.aws.flows import shares
from auditor.collect.aws.reading import entries, key_arn, maybe_text, text, texts
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

_REFERENCE = "https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_"
_OWNED_BY_AWS = "AWS_OWNED_KMS_KEY"


def _namespace(found: Found) -> Iterator[Store | Flow]:
    store = store_of(
        found,
        id=text(found, "item.namespaceArn"),
        name=text(found, "item.namespaceName"),
        kind="namespace",
        encrypted=True,  # the guide: always
        key_id=_key(found),
        public=False,  # a database asks for a password wherever it is reached from
        locked=False,
        created=maybe_text(found, "item.creationDate"),
    )
    yield store
    copies = found.read("copies")
    if isinstance(copies, Unknown):
        yield possible(store, "backup", copies)
    for each in entries(copies):
        region = each.get("destinationRegion")
        end = in_place(
            store.account,
            region if isinstance(region, str) else Unknown("the answer names no region"),
        )
        yield flow(store, "backup", f"snapshots/{region}", **end)


def _key(found: Found) -> Maybe[str]:
    name = maybe_text(found, "item.kmsKeyId")
    if name == _OWNED_BY_AWS:
        return ""
    return key_arn(name, found.place["region"], found.place["account"])


def _snapshot(found: Found) -> Iterator[Store | Flow]:
    store = store_of(
        found,
        id=text(found, "item.snapshotArn"),
        name=text(found, "item.snapshotName"),
        kind="snapshot",
        backup=True,
        source_id=maybe_text(found, "item.namespaceArn"),
        encrypted=True,  # the guide: always
        key_id=_key(found),
        public=False,  # the reference knows only accounts that may restore it
        created=maybe_text(found, "item.snapshotCreateTime"),
    )
    yield store
    accounts = [
        *texts(found.read("item.accountsWithRestoreAccess", absent=[])),
        *texts(found.read("item.accountsWithProvisionedRestoreAccess", absent=[])),
    ]
    yield from shares(store, tuple(sorted(set(accounts))))


NAMESPACES = Collector(
    kind="aws.redshift-serverless.namespace",
    service="redshift-serverless",
    title="Redshift Serverless namespaces",
    per=("account", "region"),
    listing=Listing(
        operation="ListNamespaces",
        permission="redshift-serverless:ListNamespaces",
        parameters={"maxResults": 100},
        items="namespaces",
    ),
    details=(
        Detail(
            name="copies",
            operation="ListSnapshotCopyConfigurations",
            permission="redshift-serverless:ListSnapshotCopyConfigurations",
            parameters={"maxResults": 100},
            bind={"namespaceName": "item.namespaceName"},
            items="snapshotCopyConfigurations",
        ),
    ),
    tables=(Store, Flow),
    rows=_namespace,
    types=("redshift-serverless:namespace",),
    source=_REFERENCE + "ListNamespaces.html",
)

SNAPSHOTS = Collector(
    kind="aws.redshift-serverless.snapshot",
    service="redshift-serverless",
    title="Snapshots of Redshift Serverless namespaces",
    per=("account", "region"),
    listing=Listing(
        operation="ListSnapshots",
        permission="redshift-serverless:ListSnapshots",
        parameters={"maxResults": 100},
        items="snapshots",
    ),
    tables=(Store, Flow),
    rows=_snapshot,
    types=("redshift-serverless:snapshot",),
    source=_REFERENCE + "ListSnapshots.html",
)
