"""How data leaves Amazon Redshift: data shares, endpoints of other accounts, integrations.

API: https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeDataShares.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import Columns, at_arn, flow_from, in_place, nowhere
from auditor.collect.aws.reading import entries, maybe_text, state_of, tags_of, text
from auditor.collect.aws.redshift import cluster_arn
from auditor.collect.aws.resources import processor_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/redshift/latest/APIReference/API_"
_USABLE = ("ACTIVE", "AUTHORIZED", "AVAILABLE")
_UNUSABLE = ("PENDING_AUTHORIZATION", "DEAUTHORIZED", "REJECTED")
_SYNCING = ("active", "syncing", "modifying", "needs_attention")
_NOT_SYNCING = ("creating", "deleting")
_CATALOG = "DataCatalog/"
_MARKET = Unknown("whoever subscribes to it in AWS Data Exchange can read it")
_NO_REGION = Unknown("the answer names no region of the consumer")


def _data_share(found: Found) -> Iterator[Processor | Flow]:
    """Yield the shares with each consumer; a share of another producer is listed there."""
    producer = text(found, "item.ProducerArn")
    if not _is_here(found, producer):
        return
    share = text(found, "item.DataShareArn")
    yield processor_of(
        found,
        id=share,
        name=share.rpartition("/")[2],
        kind="data share",
        public=False,  # its consumers are accounts and namespaces, as its flows tell
    )
    for each in entries(found.read("item.DataShareAssociations", absent=[])):
        consumer = str(each.get("ConsumerIdentifier") or "")
        active = state_of(each.get("Status"), _USABLE, _UNUSABLE)
        end = _consumer(each, consumer)
        name = f"{share}/{consumer}/{each.get('ConsumerRegion') or ''}"
        columns = {**end, "active": active}
        yield flow_from(found, producer, "share", name, **columns)
        if end["target_region"] != found.place["region"]:
            # Queries of another region carry the data there.
            yield flow_from(found, producer, "mount", name, **columns)


def _is_here(found: Found, producer: str) -> bool:
    region, account = [*producer.split(":"), "", "", "", "", ""][3:5]
    return region in ("", found.place["region"]) and account in ("", found.place["account"])


def _consumer(association: Mapping[str, Json], consumer: str) -> Columns:
    if consumer.startswith("arn:"):
        return {"target_region": _NO_REGION, **at_arn(consumer)}
    region = association.get("ConsumerRegion")
    named = region if isinstance(region, str) and region else _NO_REGION
    account = consumer.removeprefix(_CATALOG)
    if account.isdecimal():
        return in_place(account, named)
    if consumer == "ADX":
        return in_place(_MARKET, named)
    return nowhere(Unknown(f"the consumer {consumer[:100]} is no account and no namespace"))


def _authorization(found: Found) -> Iterator[Flow]:
    cluster = text(found, "item.ClusterIdentifier")
    grantee = maybe_text(found, "item.Grantee")
    active = state_of(maybe_text(found, "item.Status"), ("Authorized", "Revoking"), ())
    end = in_place(grantee, found.place["region"])
    name = f"endpoint/{text(found, 'item.Grantee')}"
    yield flow_from(found, cluster_arn(found, cluster), "share", name, **{**end, "active": active})


def _integration(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.IntegrationArn"),
        name=text(found, "item.IntegrationName"),
        kind="integration",
        public=False,  # it has no address of its own
        created=maybe_text(found, "item.CreateTime"),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield row
    name = f"redshift/{row.id}"
    active = state_of(maybe_text(found, "item.Status"), _SYNCING, _NOT_SYNCING)
    end = at_arn(text(found, "item.TargetArn"))
    source = text(found, "item.SourceArn")
    yield flow_from(found, source, "replication", name, **{**end, "active": active})


DATA_SHARES = Collector(
    kind="aws.redshift.data_share",
    service="redshift",
    title="Redshift data shares",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeDataShares",
        permission="redshift:DescribeDataShares",
        parameters={"MaxRecords": 100},
        items="DataShares",
    ),
    tables=(Processor, Flow),
    rows=_data_share,
    types=("redshift:datashare",),
    source=_REFERENCE + "DescribeDataShares.html",
)

AUTHORIZATIONS = Collector(
    kind="aws.redshift.endpoint_authorization",
    service="redshift",
    title="Accounts that may make endpoints of Redshift clusters",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeEndpointAuthorization",
        permission="redshift:DescribeEndpointAuthorization",
        parameters={"MaxRecords": 100},
        items="EndpointAuthorizationList",
    ),
    tables=(Flow,),
    rows=_authorization,
    source=_REFERENCE + "DescribeEndpointAuthorization.html",
)

INTEGRATIONS = Collector(
    kind="aws.redshift.integration",
    service="redshift",
    title="Zero-ETL integrations into Redshift",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeIntegrations",
        permission="redshift:DescribeIntegrations",
        parameters={"MaxRecords": 100},
        items="Integrations",
    ),
    tables=(Processor, Flow),
    rows=_integration,
    types=("redshift:integration",),
    source=_REFERENCE + "DescribeIntegrations.html",
)
