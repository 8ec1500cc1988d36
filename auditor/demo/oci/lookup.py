"""Finds what a request asks for, by the values of its path and query parameters."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from auditor.demo.oci.estate import Group, OwnAddress, Resource, Tenancy
from auditor.demo.oci.estate_reader import as_text
from auditor.demo.oci.routes import Route
from auditor.demo.oci.shapes import envelope, family, shape
from auditor.demo.oci.wire import ServiceError, invalid_parameter, not_found

if TYPE_CHECKING:
    from auditor.demo.oci.journal import Entry

Getter: TypeAlias = Callable[[Resource], str | None]

# Parameters that choose how an answer looks, not what is in it.
_NO_FILTERS = frozenset(
    {
        "accessLevel",
        "attributeSets",
        "attributes",
        "compartmentIdInSubtree",
        "count",
        "fields",
        "isCompartmentIdInSubtree",
        "isRequiredSecurityZonesInSubtree",
        "limit",
        "page",
        "sortBy",
        "sortOrder",
        "startIndex",
    }
)
SUBTREE = (
    "compartmentIdInSubtree",
    "isCompartmentIdInSubtree",
    "isRequiredSecurityZonesInSubtree",
)
_ANY_STATE = ("lifecycleState", "ALL")
# Filters that let moments of ``timeCreated`` through from one on, or up to one.
_FROM, _UNTIL = "timestampGreaterThanOrEqualTo", "timestampLessThanOrEqualTo"
# Filters whose name is not the field's.
_ALIASES: Mapping[str, str] = {"systemId": "dbSystemId"}
# What any compartment's listing holds alike.
_UNFILTERED = frozenset(
    (f"identity.IdentityClient.{operation}", "compartmentId")
    for operation in ("list_availability_domains", "list_fault_domains")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A request, understood.

    Attributes:
        region: where it was asked; 'global' when the host names no region.
        path: path parameter -> decoded value.
        query: query parameter -> decoded values.
        address: set when a resource's own host was asked.
        body: empty for a GET.
        may_see: says whether the caller may inspect a resource; None if he may see all.
        journal: what was answered before.
    """

    route: Route
    tenancy: Tenancy
    host: str
    region: str
    path: Mapping[str, str]
    query: Mapping[str, Sequence[str]]
    address: OwnAddress | None = None
    body: bytes = b""
    may_see: Callable[[Resource], bool] | None = None
    journal: "Sequence[Entry]" = ()

    def flag(self, *names: str) -> bool:
        """Say whether any of these query parameters is 'true'."""
        return any(self.query.get(name, [""])[0] == "true" for name in names)


def find(query: Query, element: str, *, many: bool) -> Sequence[Resource]:
    """Return the resources of a family that a request asks for.

    Args:
        element: the model that the operation answers with.
        many: False when the last path parameter names one resource.

    Raises:
        ServiceError: 404 for an unknown compartment, 400 for a parameter that the SDK does
            not know, 501 when the estate says too little to tell.
    """
    wanted = _wanted(query)
    groups = query.tenancy.groups(query.region, query.route.module, element)
    getters = {
        name: partial(_value, query=query, name=name, base=family(element), many=many)
        for name in wanted
    }
    parts = [_search(group, query, wanted, getters) for group in groups]
    found = parts[0] if len(parts) == 1 else [resource for part in parts for resource in part]
    if not {_FROM, _UNTIL} & query.query.keys():
        return found
    return [resource for resource in found if _within(query, resource)]


def _within(query: Query, resource: Resource) -> bool:
    """Say whether a resource was made within the span that a request is about."""
    made = _moment(str(resource.fields.get("timeCreated")))
    first, last = (query.query.get(name, [""])[0] for name in (_FROM, _UNTIL))
    return (not first or made >= _moment(first)) and (not last or made <= _moment(last))


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise invalid_parameter(f"{text} is not a moment") from None


def compartment_of(query: Query) -> str:
    """Return the compartment that a request is about; the tenancy where it names none."""
    named = query.query.get("compartmentId") or [query.path.get("compartmentId", "")]
    if named[0]:
        return named[0]
    if query.address is not None:
        return str(query.address.owner.fields.get("compartmentId") or query.tenancy.id)
    for value in (*query.path.values(), *(v for several in query.query.values() for v in several)):
        holder = query.tenancy.holder(value)
        if holder:
            return holder
    return _compartment_of_name(query) or query.tenancy.id


def _compartment_of_name(query: Query) -> str:
    """Return the compartment of what a path names otherwise than by an OCID, '' if unknown."""
    bucket = query.path.get("bucketName")
    found = envelope(query.route.module, query.route.response)
    resources: Sequence[Resource] = ()
    if bucket is not None:
        groups = query.tenancy.groups(query.region, "object_storage", "Bucket")
        named = (group.find("name", _name_of, [bucket]) for group in groups)
        resources = [resource for several in named for resource in several]
    elif query.path and found is not None and not found.many:
        with suppress(ServiceError):
            resources = find(query, found.element, many=False)
    return str(resources[0].fields.get("compartmentId") or "") if resources else ""


def _name_of(resource: Resource) -> str:
    return str(resource.fields.get("name"))


def _search(
    group: Group, query: Query, wanted: Mapping[str, list[str]], getters: Mapping[str, Getter]
) -> Sequence[Resource]:
    """Return what fits in one group: the smallest index hit, narrowed by the other filters."""
    hits: dict[str, Sequence[Resource]] = {}
    for name, values in wanted.items():
        hits[name] = group.find(f"{query.route.name} {name}", getters[name], values)
        if not hits[name]:
            _demand_answerable(query, group.resources[0], name, getters[name])
    best = min(hits, key=lambda name: len(hits[name]), default=None)
    found = hits[best] if best else group.resources
    for name, values in wanted.items():
        if name != best and len(hits[name]) < len(group.resources):
            found = [resource for resource in found if getters[name](resource) in values]
    if query.address is not None or any(resource.host for resource in found[:1]):
        found = [resource for resource in found if _served(query, resource)]
    return found


def _wanted(query: Query) -> dict[str, list[str]]:
    """Return each filtering parameter with the values that it lets through."""
    wanted = {name: [value] for name, value in query.path.items()}
    for name, values in query.query.items():
        if name not in query.route.query:
            raise invalid_parameter(f"{query.route.name} has no parameter '{name}'")
        unfiltered = name in _NO_FILTERS or (query.route.name, name) in _UNFILTERED
        if unfiltered or name in (_FROM, _UNTIL):
            continue
        if (name, *values) == _ANY_STATE:
            continue
        separator = query.route.query[name]
        wanted[name] = [v for value in values for v in _split(value, separator)]
    compartment = query.query.get("compartmentId", [""])[0]
    if compartment:
        if not query.tenancy.has_compartment(compartment):
            raise not_found()
        if "compartmentId" in wanted and query.flag(*SUBTREE):
            wanted["compartmentId"] = query.tenancy.subtree(compartment)
    return wanted


def _split(value: str, separator: str) -> list[str]:
    return value.split(separator) if separator else [value]


def _value(resource: Resource, *, query: Query, name: str, base: str, many: bool) -> str | None:
    """Return a resource's value of a request parameter, None when it has none."""
    if name in resource.path:
        return resource.path[name]
    camel = base[0].lower() + base[1:]
    keys = [name, _ALIASES.get(name, name)]
    if name in query.path:
        keys = [*(["id"] if name == f"{camel}Id" else []), *keys]
        if name == f"{camel}Name":
            keys.append("name")
        if not many and name == query.route.parameters[-1]:
            keys.append("id")
    for key in keys:
        if resource.fields.get(key) is not None:
            return as_text(resource.fields[key])
    implied = {"namespaceName": resource.fields.get("namespace") or query.tenancy.namespace}
    implied["tenancyId"] = query.tenancy.id
    return implied.get(name)


def _demand_answerable(query: Query, sample: Resource, name: str, value_of: Getter) -> None:
    """Refuse to filter by what the estate's objects cannot have, instead of finding none."""
    if value_of(sample) is not None:
        return
    found = shape(sample.module, sample.model)
    key = _ALIASES.get(name, name)
    if found is not None and key in found.by_wire:
        return
    message = (
        f"{sample.model} has no field for the parameter '{name}' of {query.route.name}; "
        f"give the estate's objects '_path: {{{name}: ...}}'"
    )
    raise ServiceError(501, "NotImplemented", message)


def _served(query: Query, resource: Resource) -> bool:
    """Say whether the host that was asked serves a resource."""
    if resource.host:
        return resource.host == query.host
    if query.address is None:
        return True
    owner = resource.fields.get("vaultId", resource.fields.get("streamId"))
    return bool(owner == query.address.owner.fields.get("id"))
