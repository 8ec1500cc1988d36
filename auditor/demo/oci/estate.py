"""What exists in the simulated cloud: tenancies, and in them resources by region and model."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from auditor.demo.oci.indexed import EVERY_TYPE
from auditor.demo.oci.shapes import family, shape
from auditor.model import Json

GLOBAL = "global"  # the region of what is the same in all regions, such as identity

# Resources with an address of their own: (module, family, field) -> the client that calls it.
_OWN_ADDRESSES: Mapping[tuple[str, str, str], str] = {
    ("key_management", "Vault", "managementEndpoint"): "KmsManagementClient",
    ("key_management", "Vault", "cryptoEndpoint"): "KmsCryptoClient",
    ("identity", "Domain", "url"): "IdentityDomainsClient",
    ("streaming", "Stream", "messagesEndpoint"): "StreamClient",
}
_CLIENT_MODULES = {"IdentityDomainsClient": "identity_domains"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resource:
    """One object of the estate.

    Attributes:
        region: where it is, or 'global'.
        model: the SDK's most specific model of it.
        fields: the object as the wire has it.
        path: values of request parameters that the object has no field for.
        host: the only host that serves it, '' when its service's ordinary one does.
    """

    region: str
    module: str
    model: str
    fields: Mapping[str, Json]
    path: Mapping[str, str] = field(default_factory=dict)
    host: str = ""
    _views: dict[tuple[str, frozenset[str]], bytes] = field(default_factory=dict)

    def view(self, model: str, hidden: frozenset[str] = frozenset()) -> bytes:
        """Return the object as JSON, with the fields that another model of its family has.

        Args:
            model: the model that an operation answers with, such as ``BucketSummary``.
            hidden: JSON names of fields to leave out.
        """
        found = self._views.get((model, hidden))
        if found is None:
            shown = _project(self.module, self.model, model, self.fields)
            shown = {name: value for name, value in shown.items() if name not in hidden}
            found = json.dumps(shown, separators=(",", ":")).encode()
            self._views[model, hidden] = found
        return found


class Group:
    """The resources of one tenancy, region and family, found by any value without a search."""

    def __init__(self) -> None:
        self.resources: list[Resource] = []
        self._indexes: dict[str, dict[str, list[Resource]]] = {}

    def find(
        self, name: str, value_of: Callable[[Resource], str | None], values: Iterable[str]
    ) -> list[Resource]:
        """Return the resources that have one of ``values``, in the order of ``values``.

        Args:
            name: identifies ``value_of``; the first search under a name builds an index.
        """
        index = self._indexes.get(name)
        if index is None:
            index = defaultdict(list)
            for resource in self.resources:
                value = value_of(resource)
                if value is not None:
                    index[value].append(resource)
            self._indexes[name] = index = dict(index)
        found = [index[value] for value in dict.fromkeys(values) if value in index]
        return found[0] if len(found) == 1 else [item for items in found for item in items]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAddress:
    """A host that serves what one resource holds, such as a vault's management endpoint."""

    module: str
    client: str
    region: str
    owner: Resource


class Tenancy:
    """One tenancy, with everything in it.

    Attributes:
        id: its OCID.
        namespace: its Object Storage namespace.
        subscribed: names of the regions it is subscribed to; None when the estate lists none.
        addresses: host -> what it serves.
        indexed: resource types that the search index knows.
        caller: groups of whoever asks; None where policies decide nothing.
    """

    def __init__(
        self,
        id: str,  # noqa: A002
        namespace: str,
        resources: Iterable[Resource],
        indexed: frozenset[str] = EVERY_TYPE,
        caller: tuple[str, ...] | None = None,
    ) -> None:
        self.id = id
        self.namespace = namespace
        self.indexed = indexed
        self.caller = caller
        self.addresses: dict[str, OwnAddress] = {}
        self._groups: dict[tuple[str, str, str], Group] = defaultdict(Group)
        self._children: dict[str, list[str]] = defaultdict(list)
        self._compartments = {id}
        self._places: dict[str, tuple[str, str]] = {}  # compartment -> its parent and name
        self._holders: dict[str, str] = {}
        subscribed: set[str] = set()
        for resource in resources:
            self._add(resource)
            if resource.model == "RegionSubscription" and resource.fields.get("regionName"):
                subscribed.add(str(resource.fields["regionName"]))
        self.subscribed = frozenset(subscribed) or None

    def groups(self, region: str, module: str, model: str) -> list[Group]:
        """Return the groups that an answer made of ``model`` is taken from."""
        keys = [(place, module, family(model)) for place in dict.fromkeys((region, GLOBAL))]
        return [self._groups[key] for key in keys if key in self._groups]

    def has_compartment(self, compartment: str) -> bool:
        """Say whether a compartment is declared, or anything is said to be in it."""
        return compartment in self._compartments

    def subtree(self, compartment: str) -> list[str]:
        """Return a compartment and all compartments below it."""
        found = [compartment]
        seen = {compartment}
        for parent in found:
            for child in self._children.get(parent, ()):
                if child not in seen:
                    seen.add(child)
                    found.append(child)
        return found

    def way_to(self, compartment: str) -> list[tuple[str, str]]:
        """Return the compartments from the root to this one, each with its name."""
        way: list[tuple[str, str]] = []
        seen = {self.id}
        while compartment not in seen:
            seen.add(compartment)
            parent, name = self._places.get(compartment, (self.id, ""))
            way.append((compartment, name))
            compartment = parent
        return [(self.id, self._places.get(self.id, ("", ""))[1]), *reversed(way)]

    def holder(self, identifier: str) -> str:
        """Return the compartment that holds what has an OCID, '' if nothing has."""
        return self._holders.get(identifier, "")

    def resources(self) -> Iterable[Resource]:
        """Yield every resource once."""
        seen: set[int] = set()
        for group in self._groups.values():
            for resource in group.resources:
                if id(resource) not in seen:
                    seen.add(id(resource))
                    yield resource

    def _add(self, resource: Resource) -> None:
        found = shape(resource.module, resource.model)
        lineage = found.lineage if found else (resource.model,)
        for name in dict.fromkeys(family(parent) for parent in lineage):
            self._groups[resource.region, resource.module, name].resources.append(resource)
        compartment = resource.fields.get("compartmentId")
        if isinstance(compartment, str):
            self._compartments.add(compartment)
            self._holders[str(resource.fields.get("id"))] = compartment
        if resource.module == "identity" and resource.model == "Compartment":
            identity = str(resource.fields.get("id"))
            self._compartments.add(identity)
            self._children[str(compartment)].append(identity)
            self._places[identity] = (str(compartment), str(resource.fields.get("name") or ""))
        self._add_addresses(resource)

    def _add_addresses(self, resource: Resource) -> None:
        for (module, kind, name), client in _OWN_ADDRESSES.items():
            url = resource.fields.get(name)
            if (module, kind) == (resource.module, family(resource.model)) and url:
                host = urlsplit(str(url)).hostname or ""
                self.addresses[host] = OwnAddress(
                    module=_CLIENT_MODULES.get(client, module),
                    client=client,
                    region=resource.region,
                    owner=resource,
                )


class Estate:
    """Everything that the simulator knows; see ``estate_reader`` for how one is written."""

    def __init__(self, tenancies: Iterable[Tenancy]) -> None:
        self.tenancies = {tenancy.id: tenancy for tenancy in tenancies}

    def address(self, host: str) -> OwnAddress | None:
        """Return what a resource's own host serves, None when no resource has that host."""
        for tenancy in self.tenancies.values():
            if host in tenancy.addresses:
                return tenancy.addresses[host]
        return None


def _project(module: str, have: str, want: str, value: Json) -> Mapping[str, Json]:
    """Keep what the wanted model has, at every depth where the two models differ."""
    wanted, held = shape(module, want), shape(module, have)
    if wanted is None or held is None or want in held.lineage:
        return dict(value)
    kept = {}
    for name, inner in value.items():
        target, source = wanted.by_wire.get(name), held.by_wire[name]
        if target is None:
            continue
        if isinstance(inner, Mapping) and shape(module, target.type.name) is not None:
            kept[name] = _project(module, source.type.name, target.type.name, inner)
        else:
            kept[name] = inner
    return kept
