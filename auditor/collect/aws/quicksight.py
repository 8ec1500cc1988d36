"""Amazon QuickSight: where SPICE keeps data, what it reads, and who may look at dashboards.

API: https://docs.aws.amazon.com/quicksight/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import account_in, bucket_arn
from auditor.collect.aws.flow_ends import flow_from, to_outside
from auditor.collect.aws.flows import publication, to_account
from auditor.collect.aws.reading import entries, maybe_text, member, optional, text
from auditor.collect.aws.regions import country_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Guardrail, Maybe, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/quicksight/latest/APIReference/API_"
# The calls below name nothing but the account: what is not found is its subscription.
_NOT_SUBSCRIBED = ("ResourceNotFoundException",)
_EDITION = Unknown("SPICE is encrypted in the Enterprise edition only, which is not read here")
_EVERYBODY = ":publicAnonymousUser/"
_SOURCES = (
    "S3TablesParameters.TableBucketArn",
    "FMKBParameters.KnowledgeBaseArn",
    "QBusinessParameters.ApplicationArn",
)
_PUBLIC = ("public access",)


def _settings(found: Found) -> Iterator[Guardrail]:
    account = found.place["account"]
    sharing = found.read("item.AccountSettings.PublicSharingEnabled")
    if not isinstance(sharing, bool | Unknown):
        sharing = Unknown("the answer does not say whether dashboards may be public")
    yield Guardrail(
        id=f"{account}//QuickSight dashboards",
        evidence=found.evidence,
        provider="aws",
        account=account,
        name="QuickSight dashboards",
        kind="public access block",
        target_id=account,
        enforced=sharing if isinstance(sharing, Unknown) else not sharing,
        limits=_PUBLIC,
    )


def _namespace(found: Found) -> Iterator[Store]:
    """Yield a namespace where its capacity is: SPICE keeps data there."""
    region = maybe_text(found, "item.CapacityRegion")
    yield store_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="namespace",
        region=region,
        country=country_of(region),
        encrypted=_EDITION,
        key_id=_EDITION,
        public=False,  # its users sign in
    )


def _data_set(found: Found) -> Iterator[Store | Processor]:
    name, about = text(found, "item.Arn"), text(found, "item.Name")
    created = maybe_text(found, "item.CreatedTime", absent="")
    if found.read("item.ImportMode") == "DIRECT_QUERY":
        yield processor_of(
            found, id=name, name=about, kind="data set", public=False, created=created
        )
        return
    yield store_of(
        found,
        id=name,
        name=about,
        kind="data set",
        encrypted=_EDITION,
        key_id=_EDITION,
        public=False,  # its users sign in
        created=created,
    )


def _data_source(found: Found) -> Iterator[Processor | Flow]:
    """Yield a data source, and the flow into it from what an ARN or a bucket names."""
    row = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="data source",
        public=False,  # its users sign in
        created=maybe_text(found, "item.CreatedTime", absent=""),
    )
    yield row
    about = "item.DataSourceParameters"
    manifest = text(found, f"{about}.S3Parameters.ManifestFileLocation.Bucket")
    named = [text(found, f"{about}.{path}") for path in _SOURCES]
    for source in dict.fromkeys([bucket_arn(manifest, row.region), *named]):
        if source:
            end = {"target_id": row.id, "target_account": row.account}
            place = {"target_region": row.region, "target_country": row.country}
            columns: dict[str, Maybe[str]] = {**end, **place, "target_operator": row.operator}
            yield flow_from(found, source, "sync", row.id, **columns)


def _dashboard(found: Found) -> Iterator[Processor | Flow]:
    links = optional(found, "permissions.LinkSharingConfiguration", "permissions.DashboardId", {})
    row = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="dashboard",
        public=_is_public(links),
        created=maybe_text(found, "item.CreatedTime", absent=""),
    )
    yield row
    yield from publication(row)
    yield from _readers(found, row)


def _is_public(links: Json) -> Maybe[bool]:
    if isinstance(links, Unknown):
        return links
    several = links.get("Permissions") if isinstance(links, dict) else None
    principals = [member(each, "Principal") for each in entries(several)]
    return any(each == "*" or _EVERYBODY in each for each in principals)


def _readers(found: Found, row: Processor) -> Iterator[Flow]:
    """Yield a share with whoever is not of this account."""
    several = optional(found, "permissions.Permissions", "permissions.DashboardId", [])
    if isinstance(several, Unknown):
        yield possible(row, "share", several)
        return
    accounts = [account_in(member(each, "Principal")) for each in entries(several)]
    for account in dict.fromkeys(accounts):
        if not account:
            why = "a principal of its permissions names no account"
            yield to_outside(row, "share", "?", why)
        elif account != row.account:
            yield to_account(row, account)


def _listing(operation: str, items: str) -> Listing:
    return Listing(
        operation=operation,
        permission=f"quicksight:{operation}",
        parameters={"MaxResults": 100},
        bind={"AwsAccountId": "place.account"},
        absent_on=_NOT_SUBSCRIBED,
        items=items,
    )


SETTINGS = Collector(
    kind="aws.quicksight.settings",
    service="quicksight",
    title="whether QuickSight's dashboards may be public",
    per=("account",),
    listing=Listing(
        operation="DescribeAccountSettings",
        permission="quicksight:DescribeAccountSettings",
        bind={"AwsAccountId": "place.account"},
        absent_on=_NOT_SUBSCRIBED,
    ),
    tables=(Guardrail,),
    rows=_settings,
    source=_REFERENCE + "DescribeAccountSettings.html",
)

NAMESPACES = Collector(
    kind="aws.quicksight.namespace",
    service="quicksight",
    title="QuickSight's namespaces, and the regions of their capacity",
    per=("account",),
    listing=_listing("ListNamespaces", "Namespaces"),
    tables=(Store,),
    rows=_namespace,
    types=("quicksight:namespace",),
    source=_REFERENCE + "ListNamespaces.html",
)

DATA_SETS = Collector(
    kind="aws.quicksight.data-set",
    service="quicksight",
    title="QuickSight's data sets",
    per=("account", "region"),
    listing=_listing("ListDataSets", "DataSetSummaries"),
    tables=(Store, Processor),
    rows=_data_set,
    types=("quicksight:dataset",),
    source=_REFERENCE + "ListDataSets.html",
)

DATA_SOURCES = Collector(
    kind="aws.quicksight.data-source",
    service="quicksight",
    title="what QuickSight reads",
    per=("account", "region"),
    listing=_listing("ListDataSources", "DataSources"),
    tables=(Processor, Flow),
    rows=_data_source,
    types=("quicksight:datasource",),
    source=_REFERENCE + "ListDataSources.html",
)

DASHBOARDS = Collector(
    kind="aws.quicksight.dashboard",
    service="quicksight",
    title="QuickSight's dashboards, and who may look at them",
    per=("account", "region"),
    listing=_listing("ListDashboards", "DashboardSummaryList"),
    details=(
        Detail(
            name="permissions",
            operation="DescribeDashboardPermissions",
            permission="quicksight:DescribeDashboardPermissions",
            bind={"AwsAccountId": "place.account", "DashboardId": "item.DashboardId"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_dashboard,
    types=("quicksight:dashboard",),
    source=_REFERENCE + "ListDashboards.html",
)
