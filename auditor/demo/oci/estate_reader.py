"""Reads an estate, and refuses what the SDK does not know.

    tenancy: ocid1.tenancy.oc1..acme
    namespace: acme                  # of Object Storage; '' when left out
    indexed: [Bucket, Volume]        # types that Resource Search knows; all when left out
    caller: {groups: [Auditors]}     # then the estate's policies decide; without it all is allowed
    regions:
      global:                        # or the name of a region
        identity:                    # a service module of the SDK
          Compartment:               # a model of that module
            - {id: ocid1.compartment.oc1..prod, compartment_id: ocid1.tenancy.oc1..acme}
      us-ashburn-1:
        object_storage:
          Bucket:
            - {name: user-data, namespace: acme, compartment_id: ocid1.compartment.oc1..prod}
          ReplicationPolicy:
            - _path: {bucketName: user-data}
              id: to-frankfurt

Fields have the SDK's names. ``_path`` gives values of request parameters that the object has
no field for, under their JSON names; ``_host`` names the only host that serves the object.
Instead of one tenancy there may be ``tenancies``, a list of such mappings.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from auditor.demo.oci.checking import Checker, Complaint
from auditor.demo.oci.estate import GLOBAL, Estate, Resource, Tenancy
from auditor.demo.oci.indexed import EVERY_TYPE
from auditor.demo.oci.routes import parameters_of
from auditor.demo.oci.sdk import clients, region_names
from auditor.demo.oci.shapes import models
from auditor.documents import Document, Location, read_document, suggest
from auditor.errors import ConfigError, Fault
from auditor.model import Json

_TENANCY_KEYS = ("tenancy", "namespace", "indexed", "caller", "regions")


def read_estate(path: Path) -> Estate:
    """Read an estate from a YAML file.

    Raises:
        ConfigError: with every fault of the file.
    """
    return build_estate(read_document(path))


def make_estate(given: Mapping[str, Json]) -> Estate:
    """Make an estate from plain Python data, of any size.

    Raises:
        ConfigError: with every fault; places are named in the messages.
    """
    return build_estate(
        Document(path=Path("<estate>"), value=dict(given), text="", values={}, keys={})
    )


def build_estate(document: Document) -> Estate:
    """Make an estate from a parsed document.

    Raises:
        ConfigError: with every fault of the document.
    """
    reader = _Reader()
    tenancies = list(reader.read(document.value))
    if reader.complaints:
        raise ConfigError([_fault(document, complaint) for complaint in reader.complaints])
    return Estate(tenancies)


def _fault(document: Document, complaint: Complaint) -> Fault:
    where = "".join(
        f"[{step}]" if isinstance(step, int) else f".{step}" for step in complaint.location
    ).lstrip(".")
    message = f"{where}: {complaint.message}" if where else complaint.message
    return document.fault(complaint.location, message, complaint.hint)


class _Reader:
    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self._tenancies: set[str] = set()

    def read(self, given: Json) -> Iterator[Tenancy]:
        if not isinstance(given, Mapping):
            self._complain((), "an estate must be a mapping")
        elif "tenancies" in given:
            self._refuse_others(given, ("tenancies",), ())
            for index, one in enumerate(self._list(given["tenancies"], ("tenancies",))):
                yield from self._read_tenancy(one, ("tenancies", index))
        else:
            yield from self._read_tenancy(given, ())

    def _read_tenancy(self, given: Json, location: Location) -> Iterator[Tenancy]:
        given = self._mapping(given, location)
        self._refuse_others(given, _TENANCY_KEYS, location)
        identity = self._text(given.get("tenancy"), (*location, "tenancy"))
        if not identity:
            self._complain(location, "needs 'tenancy', the tenancy's OCID")
        elif identity in self._tenancies:
            self._complain((*location, "tenancy"), f"there is a tenancy '{identity}' already")
        self._tenancies.add(identity)
        namespace = self._text(given.get("namespace", ""), (*location, "namespace"))
        place = (*location, "regions")
        resources = list(self._read_regions(given.get("regions", {}), place))
        indexed = self._indexed(given.get("indexed"), (*location, "indexed"))
        caller = self._groups(given.get("caller"), (*location, "caller"))
        yield Tenancy(identity, namespace, resources, indexed, caller)

    def _groups(self, given: Json, location: Location) -> tuple[str, ...] | None:
        if given is None:
            return None
        caller = self._mapping(given, location)
        self._refuse_others(caller, ("groups",), location)
        groups = self._list(caller.get("groups", []), (*location, "groups"))
        return tuple(self._text(name, (*location, "groups")) for name in groups)

    def _indexed(self, given: Json, location: Location) -> frozenset[str]:
        if given is None:
            return EVERY_TYPE
        for index, name in enumerate(self._list(given, location)):
            if name not in EVERY_TYPE:
                hint = suggest(str(name), EVERY_TYPE)
                self._complain((*location, index), f"the index has no type '{name}'", hint)
        return frozenset(map(str, self._list(given, location)))

    def _read_regions(self, given: Json, location: Location) -> Iterator[Resource]:
        for region, modules in self._mapping(given, location).items():
            place = (*location, region)
            if region != GLOBAL and region not in region_names():
                hint = suggest(str(region), {*region_names(), GLOBAL})
                self._complain(place, f"'{region}' is no region of Oracle Cloud", hint)
            for module, kinds in self._mapping(modules, place).items():
                yield from self._read_module(region, module, kinds, (*place, module))

    def _read_module(
        self, region: str, module: str, kinds: Json, location: Location
    ) -> Iterator[Resource]:
        known = models(str(module))
        if not known:
            hint = suggest(str(module), {client.module for client in clients()})
            self._complain(location, f"the SDK has no service module '{module}'", hint)
            return
        checker = Checker(module, self.complaints)
        for model, objects in self._mapping(kinds, location).items():
            place = (*location, model)
            if model not in known:
                message = f"oci.{module}.models has no model '{model}'"
                self._complain(place, message, suggest(str(model), known))
                continue
            for index, one in enumerate(self._list(objects, place)):
                yield self._read_resource(checker, region, model, one, (*place, index))

    def _read_resource(
        self, checker: Checker, region: str, model: str, given: Json, location: Location
    ) -> Resource:
        given = self._mapping(given, location)
        path = self._mapping(given.get("_path", {}), (*location, "_path"))
        for name in path:
            if name not in (known := parameters_of(checker.module)):
                message = f"no read of {checker.module} has a parameter '{name}'"
                self._complain((*location, "_path", name), message, suggest(str(name), known))
        host = self._text(given.get("_host", ""), (*location, "_host"))
        fields = {name: given[name] for name in given if name not in ("_path", "_host")}
        exact, written = checker.write_model(model, fields, location)
        return Resource(
            region=region,
            module=checker.module,
            model=exact,
            fields=written or {},
            path={str(name): as_text(value) for name, value in path.items()},
            host=host,
        )

    def _refuse_others(
        self, given: Mapping[str, Json], known: tuple[str, ...], location: Location
    ) -> None:
        for name in given:
            if name not in known:
                message = f"there is no setting '{name}' here"
                self._complain((*location, name), message, suggest(str(name), known))

    def _mapping(self, given: Json, location: Location) -> Mapping[str, Json]:
        if isinstance(given, Mapping):
            return given
        self._complain(location, "must be a mapping")
        return {}

    def _list(self, given: Json, location: Location) -> list[Json]:
        if isinstance(given, list | tuple):
            return list(given)
        self._complain(location, "must be a list")
        return []

    def _text(self, given: Json, location: Location) -> str:
        if given is not None and not isinstance(given, str):
            self._complain(location, f"{given!r} is not text")
        return given if isinstance(given, str) else ""

    def _complain(self, location: Location, message: str, hint: str = "") -> None:
        self.complaints.append(Complaint(location, message, hint))


def as_text(value: Json) -> str:
    """Return a value as the SDK writes it into an address."""
    return str(value).lower() if isinstance(value, bool) else str(value)
