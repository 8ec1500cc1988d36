"""Resource Search: an index over a region that knows some types, and shows what one may inspect.

Queries: ``query all resources`` or ``query Bucket, Volume resources``, with
``where field = 'value' && field != 'value'``; ``return`` and ``sorted by`` are ignored.
Source: https://docs.oracle.com/en-us/iaas/Content/Search/Concepts/querysyntax.htm
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from auditor.demo.oci.estate import GLOBAL, Resource, Tenancy
from auditor.demo.oci.indexed import INDEXED
from auditor.demo.oci.lookup import Query
from auditor.demo.oci.paging import cut_page
from auditor.demo.oci.shapes import Envelope, family, shape
from auditor.demo.oci.wire import (
    ServiceError,
    Success,
    invalid_parameter,
    list_of,
    not_found,
    read_body,
)
from auditor.model import Json

_QUERY = re.compile(
    r"\s*query\s+(?P<types>\w+(?:\s*,\s*\w+)*)\s+resources?"
    r"(?:\s+return\s+\w+(?:\s*,\s*\w+)*)?"
    r"(?:\s+where\s+(?P<where>.+?))?(?:\s+sorted\s+by\s+\w+(?:\s+(?:asc|desc))?)?\s*",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\s*\(?\s*(\w+)\s*(==|!==|=|!=)\s*'([^']*)'\s*\)?\s*")
_COMMON = ("compartmentId", "availabilityDomain", "freeformTags", "definedTags")
_QUERYABLE = ("identifier", "displayName", "compartmentId", "lifecycleState", "timeCreated")
_FOUND = Envelope(element="ResourceSummary", many=True, key="items")


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry of the index: the object, and what a search says of it."""

    resource: Resource
    summary: Mapping[str, Json]
    view: bytes


_INDEXES: WeakKeyDictionary[Tenancy, dict[str, tuple[Hit, ...]]] = WeakKeyDictionary()


def search_resources(query: Query, page_size: int) -> Success:
    """Answer a structured query with what the caller may inspect.

    Raises:
        ServiceError: 400 for a query that is none, 501 for one that the simulator cannot read.
    """
    asked = read_body(query.body)
    if query.query.get("tenantId", [query.tenancy.id])[0] != query.tenancy.id:
        raise not_found()
    text = asked.get("query")
    if asked.get("type") != "Structured" or not isinstance(text, str):
        raise invalid_parameter("search_details needs type 'Structured' and a query")
    types, conditions = read_query(text, query.tenancy)
    hits = [
        hit
        for hit in _index_of(query.tenancy, query.region)
        if (not types or str(hit.summary["resourceType"]).lower() in types)
        and all(_holds(condition, hit.summary) for condition in conditions)
        and (query.may_see is None or query.may_see(hit.resource))
    ]
    listing = f"{query.route.name} {query.tenancy.id} {query.host} {text}"
    page = cut_page(hits, query.query, listing, page_size)
    return list_of(_FOUND.key, (hit.view for hit in page.items), page.next_token)


def list_resource_types(query: Query, page_size: int) -> Success:
    """Answer with the types that the index knows."""
    names = sorted(query.tenancy.indexed)
    page = cut_page(names, query.query, f"{query.route.name} {query.host}", page_size)
    views = (json.dumps(_describe(name)).encode() for name in page.items)
    return list_of("", views, page.next_token)


def get_resource_type(query: Query, page_size: int) -> Success:
    """Answer with one type that the index knows.

    Raises:
        ServiceError: 404 for any other.
    """
    del page_size
    (name,) = query.path.values()
    if name not in query.tenancy.indexed:
        raise not_found()
    return Success(body=json.dumps(_describe(name)).encode())


def _describe(name: str) -> dict[str, Json]:
    fields = [{"fieldName": each, "fieldType": "STRING"} for each in _QUERYABLE]
    return {"name": name, "fields": fields}


def read_query(text: str, tenancy: Tenancy) -> tuple[frozenset[str], list[tuple[str, str, str]]]:
    """Return the types asked for, in lower case and none for all, and the conditions.

    Raises:
        ServiceError: 400 for what is no query, 501 for one that the simulator cannot read.
    """
    match = _QUERY.fullmatch(text)
    if match is None:
        if text.split()[:1] == ["query"]:
            raise ServiceError(501, "NotImplemented", f"the simulator cannot search for {text!r}")
        raise invalid_parameter(f"{text!r} is not a query")
    types = frozenset(each.strip().lower() for each in match["types"].split(","))
    known = {each.lower() for each in tenancy.indexed}
    unknown = types - known - {"all"}
    if unknown or ("all" in types and len(types) > 1):
        raise invalid_parameter(f"no resource type is called {', '.join(sorted(unknown or types))}")
    conditions = []
    for part in match["where"].split("&&") if match["where"] else ():
        condition = _CONDITION.fullmatch(part)
        if condition is None:
            raise ServiceError(501, "NotImplemented", f"the simulator cannot compare {part!r}")
        conditions.append((condition[1], condition[2], condition[3]))
    return types - {"all"}, conditions


def _holds(condition: tuple[str, str, str], summary: Mapping[str, Json]) -> bool:
    """Say whether a summary meets a condition: '=' ignores case, '==' does not."""
    name, operator, value = condition
    held = {key.lower(): each for key, each in summary.items()}.get(name.lower())
    exact = operator in ("==", "!==")
    same = held == value if exact else str(held or "").lower() == value.lower()
    return same is not operator.startswith("!")


def _index_of(tenancy: Tenancy, region: str) -> tuple[Hit, ...]:
    """Return what is indexed in a region, with what is the same in all; made once."""
    regions = _INDEXES.setdefault(tenancy, {})
    if region not in regions:
        regions[region] = tuple(_index(tenancy, region))
    return regions[region]


def _index(tenancy: Tenancy, region: str) -> Iterator[Hit]:
    for resource in tenancy.resources():
        name = _type_of(resource)
        if resource.region not in (region, GLOBAL) or _is_oracles_own(resource):
            continue
        if name in tenancy.indexed:
            summary = _summarise(name, resource, tenancy)
            yield Hit(resource, summary, json.dumps(summary, separators=(",", ":")).encode())


def _is_oracles_own(resource: Resource) -> bool:
    """Whether a resource of a region could be in a compartment and is in none of the customer's."""
    found = shape(resource.module, resource.model)
    could_be = found is not None and "compartmentId" in found.by_wire
    return resource.region != GLOBAL and could_be and not resource.fields.get("compartmentId")


def _type_of(resource: Resource) -> str:
    """Return what the index calls a resource, or what it is a kind of; '' if it knows neither."""
    found = shape(resource.module, resource.model)
    models = (resource.model, *(found.lineage if found else ()))
    keys = ((resource.module, family(model)) for model in models)
    return next((INDEXED[key] for key in keys if key in INDEXED), "")


def _summarise(name: str, resource: Resource, tenancy: Tenancy) -> dict[str, Json]:
    fields = resource.fields
    stated = fields.get("id") or fields.get("topicId")
    summary: dict[str, Json] = {
        "resourceType": name,
        "identifier": stated or _identifier(name, resource, tenancy),
        "displayName": fields.get("displayName") or fields.get("name"),
        "timeCreated": fields.get("timeCreated"),
        "lifecycleState": fields.get("lifecycleState"),
        **{key: fields[key] for key in _COMMON if key in fields},
    }
    summary.setdefault("compartmentId", tenancy.id)
    return summary


def _identifier(name: str, resource: Resource, tenancy: Tenancy) -> str:
    """Return an OCID for what has one and does not state it, as a listed bucket."""
    own = f"{tenancy.namespace}.{resource.fields.get('name')}"
    return f"ocid1.{name.lower()}.oc1.{resource.region}.{own}"
