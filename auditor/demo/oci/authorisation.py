"""Allows what the simulated tenancy's own policies allow its caller, and nothing else.

What an operation needs is what the collectors declare; an operation that none of them names is
refused. What policies leave undecided is not allowed: the cloud always answers.
"""

import threading
from collections.abc import Iterator, Mapping
from functools import cache

from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.collect.oci.iam import Attached, Compartment, Request, decide, parse
from auditor.collect.oci.permissions import grants_of
from auditor.collect.oci.regions import REGIONS
from auditor.collect.registry import load_collectors
from auditor.demo.oci.estate import Resource, Tenancy
from auditor.demo.oci.lookup import Query
from auditor.demo.oci.visibility import listings_of
from auditor.model import Unknown

_ANYTHING = ("inspect all-resources",)  # of types that no collector lists


@cache
def needs() -> Mapping[str, tuple[str, ...]]:
    """Return each declared operation, as 'module.Client.operation', with what it needs.

    What is asked of a cluster's own API is for the cluster to allow.
    """
    found: dict[str, set[str]] = {}
    for collector in load_collectors():
        for call in collector.calls if collector.provider == "oci" else ():
            name = f"{call.service or collector.service}.{call.operation}"
            granted = {each.partition(" where ")[0] for each in grants_of(call)}
            if call.service != KUBERNETES:
                found.setdefault(name, set()).update(granted)
    return {name: tuple(sorted(words)) for name, words in found.items()}


class Authorisation:
    """What the policies of one tenancy let its caller do. Safe to use from several threads."""

    def __init__(self, tenancy: Tenancy) -> None:
        """Read the tenancy's policies."""
        self._tenancy = tenancy
        self._statements = tuple(_statements(tenancy))
        self._conditional = any(
            not isinstance(each.statement, Unknown) and each.statement.condition
            for each in self._statements
        )
        self._groups = frozenset(_group_names(tenancy))
        self._decided: dict[tuple[str, ...], bool] = {}
        self._seen: dict[tuple[str, ...], bool] = {}
        self._lock = threading.Lock()

    def allows(self, query: Query, compartment: str) -> bool:
        """Whether the caller may make a request, which is about a compartment."""
        wanted = needs().get(query.route.name)
        if wanted is None:
            return False
        name = query.route.operation
        return all(self._allowed(each, compartment, query.region, name) for each in wanted)

    def may_inspect(self, resource: Resource, region: str) -> bool:
        """Whether the caller could list a resource where it is."""
        place = str(resource.fields.get("compartmentId") or self._tenancy.id)
        key = (resource.module, resource.model, place, region)
        known = self._seen.get(key)
        if known is None:
            known = any(
                all(self._allowed(each, place, region, name) for each in wanted)
                for name, wanted in _listed_with(resource.module, resource.model)
            )
            with self._lock:
                self._seen[key] = known
        return known

    def _allowed(self, wanted: str, compartment: str, region: str, operation: str) -> bool:
        key = (wanted, compartment, *((region, operation) if self._conditional else ()))
        known = self._decided.get(key)
        if known is None:
            known = self._decide(wanted, compartment, region, operation)
            with self._lock:
                self._decided[key] = known
        return known

    def _decide(self, wanted: str, compartment: str, region: str, operation: str) -> bool:
        way = [Compartment(id=id_, name=name) for id_, name in self._tenancy.way_to(compartment)]
        known = {
            "request.operation": operation.title().replace("_", ""),
            "target.compartment.id": compartment,
            "target.compartment.name": way[-1].name,
        }
        if region in REGIONS:
            known["request.region"] = REGIONS[region].key
        asked = Request(groups=self._groups, needs=wanted, compartments=way, variables=known)
        return decide(self._statements, asked) is True


def _statements(tenancy: Tenancy) -> Iterator[Attached]:
    for resource in tenancy.resources():
        if (resource.module, resource.model) == ("identity", "Policy"):
            place = str(resource.fields.get("compartmentId"))
            for text in resource.fields.get("statements") or ():
                yield Attached(statement=parse(text), compartment=place)


def _group_names(tenancy: Tenancy) -> Iterator[str]:
    """Yield the names of the caller's groups, and the OCIDs of those that the estate has."""
    yield from tenancy.caller or ()
    for resource in tenancy.resources():
        if resource.model == "Group" and resource.fields.get("name") in (tenancy.caller or ()):
            yield str(resource.fields.get("id"))


@cache
def _listed_with(module: str, model: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the operations that list what is of a model, with what each needs."""
    listings = [
        (route.operation, needs()[route.name])
        for route in listings_of(module, model)
        if route.name in needs()
    ]
    return tuple(listings) or (("list", _ANYTHING),)
