"""AWS CloudTrail Lake: event data stores, and whom their policies let in.

API: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventDataStore.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import is_absent, key_arn, maybe_text, text
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import store_of
from auditor.collect.aws.retentions import days_in, deletion
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, PolicyDocument, Retention, Store


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument | Retention]:
    region, account = found.place["region"], found.place["account"]
    known = found.read("store.EventDataStoreArn")
    key = maybe_text(found, "store.KmsKeyId", absent="")  # left out for AWS's own key
    store = store_of(
        found,
        id=text(found, "item.EventDataStoreArn"),
        name=text(found, "item.Name"),
        kind="event data store",
        encrypted=True,  # event data stores cannot be unencrypted
        key_id=known if isinstance(known, Unknown) else key_arn(key, region, account),
        public=False,  # its policy lets principals run queries, never anybody
        # Protection from termination can be switched off by whoever may change the store.
        locked=False,
        created=maybe_text(found, "store.CreatedTimestamp"),
    )
    yield store
    # Every event data store has a period, one that is extended or one that is fixed.
    yield deletion(store, days_in(found.read("store.RetentionPeriod"), "RetentionPeriod"))
    yield policy_of(store, policy_in(found, "policy.ResourcePolicy"))
    is_shared = not is_absent(found, "policy")
    yield from shares(
        store, accounts_in_policy(found.read("policy.ResourcePolicy")) if is_shared else ()
    )


EVENT_DATA_STORES = Collector(
    kind="aws.cloudtrail.event-data-store",
    service="cloudtrail",
    title="CloudTrail Lake's event data stores",
    per=("account", "region"),
    listing=Listing(
        operation="ListEventDataStores",
        permission="cloudtrail:ListEventDataStores",
        parameters={"MaxResults": 1000},
        items="EventDataStores",
    ),
    details=(
        Detail(
            name="store",
            operation="GetEventDataStore",
            permission="cloudtrail:GetEventDataStore",
            bind={"EventDataStore": "item.EventDataStoreArn"},
        ),
        Detail(
            name="policy",
            operation="GetResourcePolicy",
            permission="cloudtrail:GetResourcePolicy",
            bind={"ResourceArn": "item.EventDataStoreArn"},
            absent_on=("ResourcePolicyNotFoundException",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument, Retention),
    rows=_rows,
    types=("cloudtrail:eventdatastore",),
    source=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventDataStore.html"
    ),
)
