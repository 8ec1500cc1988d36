"""AWS Resource Explorer: an inventory of every service, region by region, where it is set up.

It names nothing in a region without an index, and only what a view lets through: its silence
counts only where the index is active and the region's default view has no filter.

API: https://docs.aws.amazon.com/resource-explorer/latest/apireference/API_ListResources.html
"""

from collections.abc import Iterator

from auditor.collect.aws.inventories import service_of
from auditor.collect.aws.reading import maybe_text, text, texts
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Maybe, Sighting, Witness

_NAME = "resource explorer"
_REFERENCE = "https://docs.aws.amazon.com/resource-explorer/latest/apireference/API_"
_SETTLED = ("ACTIVE", "UPDATING")


def _views(found: Found) -> Iterator[Witness]:
    account, region = found.place["account"], found.place["region"]
    yield Witness(
        id=f"{_NAME}/{account}/{region}",
        evidence=found.evidence,
        provider="aws",
        witness=_NAME,
        account=account,
        region=region,
        complete=_is_complete(found),
    )


def _is_complete(found: Found) -> Maybe[bool]:
    state = maybe_text(found, "parent.State")
    if isinstance(state, Unknown) or state not in _SETTLED:
        return state if isinstance(state, Unknown) else False
    owner = maybe_text(found, "view.View.Scope")
    if isinstance(owner, Unknown):
        return owner
    # A view without a filter has no member of this name, or an empty one.
    filtered = maybe_text(found, "view.View.Filters.FilterString", absent="")
    if isinstance(filtered, Unknown):
        return filtered
    whole = f":{found.place['account']}:root" in owner or ":organization/" in owner
    return whole and filtered == ""


VIEWS = Collector(
    kind="aws.resourceexplorer.view",
    service="resource-explorer-2",
    title="default views of Resource Explorer, with what they leave out",
    per=("account", "region"),
    parent=Listing(
        operation="GetIndex",
        permission="resource-explorer-2:GetIndex",
        absent_on=("ResourceNotFoundException",),
    ),
    listing=Listing(
        operation="GetDefaultView",
        permission="resource-explorer-2:GetDefaultView",
        absent_on=("ResourceNotFoundException",),
    ),
    details=(
        Detail(
            name="view",
            operation="GetView",
            permission="resource-explorer-2:GetView",
            bind={"ViewArn": "item.ViewArn"},
            when="item.ViewArn",
        ),
    ),
    tables=(Witness,),
    rows=_views,
    source=f"{_REFERENCE}GetDefaultView.html",
)


def _resources(found: Found) -> Iterator[Sighting]:
    arn = text(found, "item.Arn")
    account = text(found, "item.OwningAccountId") or found.place["account"]
    region = maybe_text(found, "item.Region")
    yield Sighting(
        id=f"{_NAME}/{account}/{arn}",
        evidence=found.evidence,
        provider="aws",
        witness=_NAME,
        account=account,
        region="" if region == "global" else region,
        service=service_of(arn),
        type=maybe_text(found, "item.ResourceType"),
        resource_id=arn,
    )


RESOURCES = Collector(
    kind="aws.resourceexplorer.resource",
    service="resource-explorer-2",
    title="resources that Resource Explorer names",
    per=("account", "region"),
    parent=Listing(
        operation="ListViews",
        permission="resource-explorer-2:ListViews",
        items="Views",
    ),
    listing=Listing(
        operation="ListResources",
        permission="resource-explorer-2:ListResources",
        parameters={"MaxResults": 1000},
        bind={"ViewArn": "parent"},
        items="Resources",
    ),
    tables=(Sighting,),
    rows=_resources,
    source=f"{_REFERENCE}ListResources.html",
)


def _types(found: Found) -> Iterator[Witness]:
    name = text(found, "item.ResourceType")
    yield Witness(
        id=f"{_NAME}/types/{name}",
        evidence=found.evidence,
        provider="aws",
        witness=_NAME,
        account="",
        region="",
        name=name,
        covers=tuple(sorted(set(texts(found.read("item.CFNResourceTypes", absent=[]))))),
        complete=True,
    )


TYPES = Collector(
    kind="aws.resourceexplorer.type",
    service="resource-explorer-2",
    title="types of resources that Resource Explorer can name",
    per=(),
    listing=Listing(
        operation="ListSupportedResourceTypes",
        permission="resource-explorer-2:ListSupportedResourceTypes",
        parameters={"MaxResults": 1000},
        items="ResourceTypes",
    ),
    tables=(Witness,),
    rows=_types,
    source=f"{_REFERENCE}ListSupportedResourceTypes.html",
)
