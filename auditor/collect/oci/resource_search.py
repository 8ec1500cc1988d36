"""Oracle's Resource Search: an index of every region, and of the types that it can name there.

It is asked first, because most of Oracle Cloud lists one compartment at a time: what it names is
listed where it names it. It shows only what the caller may inspect, and says nothing of the rest.
So each type is listed in the root compartment as well, from which permissions are inherited, and
what was not listed stays a gap unless the bill agrees that nothing is there.

API: https://docs.oracle.com/en-us/iaas/api/#/en/search/20180409/
"""

from collections.abc import Iterator

from auditor.collect.oci.objectstorage import bucket_id
from auditor.collect.oci.plain_rows import no_rows
from auditor.collect.oci.reading import maybe_text, tags_of, text
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Json
from auditor.spec import Census, Collector, Found, Listing
from auditor.tables import UNJOINED, Sighting, Witness

_NAME = "resource search"
_SERVICE = "resource_search.ResourceSearchClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/search/20180409"
# Whoever may ask at all is shown what policies let him inspect; the search itself needs no grant:
# https://docs.oracle.com/en-us/iaas/Content/Search/Concepts/queryoverview.htm
_NO_PERMISSION = ""


def _query(text: str) -> Json:
    return {"type": "Structured", "query": text, "matchingContextType": "NONE"}


def _types(found: Found) -> Iterator[Witness]:
    account, region = found.place["account"], found.place["region"]
    yield Witness(
        id=f"{_NAME}/{account}/{region}/{text(found, 'item.name')}",
        evidence=found.evidence,
        provider="oci",
        witness=_NAME,
        account=account,
        region=region,
        name=text(found, "item.name"),
        complete=True,
    )


def _type_known(found: Found) -> tuple[str, str] | None:
    name = text(found, "item.name")
    return (name, "") if name else None


def _resources(found: Found) -> Iterator[Sighting]:
    """Yield what is indexed; what is deleted stays in the index for a while."""
    if is_gone(found):
        return
    account, region = found.place["account"], found.place["region"]
    type_, identifier = maybe_text(found, "item.resourceType"), text(found, "item.identifier")
    name = identifier
    if type_ == "Bucket":
        # The rows of buckets are named without their OCID; a tenancy has one namespace.
        name = bucket_id(region, "", text(found, "item.displayName"))
    yield Sighting(
        id=f"{_NAME}/{account}/{region}/{identifier}",
        evidence=found.evidence,
        provider="oci",
        witness=_NAME,
        account=account,
        region=region,
        service=UNJOINED,
        type=type_,
        resource_id=name,
        tags=tags_of(found, "item"),
    )


def _named_in(found: Found) -> tuple[str, str] | None:
    named = text(found, "item.resourceType"), text(found, "item.compartmentId")
    return named if all(named) and not is_gone(found) else None


TYPES = Collector(
    kind="oci.resourcesearch.type",
    service=_SERVICE,
    title="Types of resources that the index of a region can name",
    per=("account", "region"),
    listing=Listing(
        operation="list_resource_types",
        permission=_NO_PERMISSION,
        parameters={"limit": 1000},
        items=".",
    ),
    tables=(Witness,),
    rows=_types,
    census=Census(axis="compartment", names=_type_known, always="place.account"),
    source=f"{_API}/ResourceType/ListResourceTypes",
)

RESOURCES = Collector(
    kind="oci.resourcesearch.resource",
    service=_SERVICE,
    title="Everything that the index of a region names",
    per=("account", "region"),
    listing=Listing(
        operation="search_resources",
        permission=_NO_PERMISSION,
        parameters={"search_details": _query("query all resources"), "limit": 1000},
        items="items",
    ),
    tables=(Sighting,),
    rows=_resources,
    census=Census(axis="compartment", names=_named_in),
    source=f"{_API}/ResourceSummary/SearchResources",
)

GLOBAL_RESOURCES = Collector(
    kind="oci.resourcesearch.policy",
    service=_SERVICE,
    title="Where there are policies, which belong to no region",
    per=("account",),
    listing=Listing(
        operation="search_resources",
        permission=_NO_PERMISSION,
        parameters={"search_details": _query("query policy resources"), "limit": 1000},
        items="items",
    ),
    tables=(),
    rows=no_rows,
    census=Census(axis="compartment", names=_named_in, knows=("Policy",), always="place.account"),
    source=f"{_API}/ResourceSummary/SearchResources",
)
