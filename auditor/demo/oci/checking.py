"""Checks the objects of an estate against the SDK's models and writes them as JSON.

Everything wrong is noted, nothing is raised: the author of an estate sees all of it at once.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.demo.oci.shapes import Container, Field, Shape, Type, models, shape, subtype
from auditor.documents import Location, suggest
from auditor.model import Json

_SCALARS: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong in an estate."""

    location: Location
    message: str
    hint: str = ""


@dataclass(slots=True)
class Checker:
    """Turns the SDK's names into JSON names, and collects complaints on the way."""

    module: str
    complaints: list[Complaint] = field(default_factory=list)

    def write_model(self, name: str, given: Json, location: Location) -> tuple[str, Json]:
        """Return the most specific model of an object and the object as the wire has it."""
        if not isinstance(given, Mapping):
            self._complain(location, f"must be a mapping with fields of {name}")
            return name, None
        found = shape(self.module, name)
        if found is not None and found.polymorphic:
            found = self._specialise(found, given)
        if found is None:
            self._complain(location, f"oci.{self.module}.models has no model '{name}'")
            return name, None
        written = {}
        for key, value in given.items():
            known = found.fields.get(key)
            if known is None:
                message = f"{found.name} has no field '{key}'"
                self._complain((*location, key), message, suggest(str(key), found.fields))
            else:
                written[known.wire] = self._write_field(known, value, (*location, key))
        return found.name, written

    def _specialise(self, found: Shape, given: Mapping[str, Json]) -> Shape | None:
        wire = {found.fields[key].wire: given[key] for key in given if key in found.fields}
        return shape(self.module, subtype(self.module, found.name, wire))

    def _write_field(self, known: Field, value: Json, location: Location) -> Json:
        written = self.write(known.type, value, location)
        if known.allowed is not None:
            for choice in written if isinstance(written, list) else [written]:
                if isinstance(choice, str) and choice not in known.allowed:
                    hint = suggest(choice, known.allowed) or (
                        "one of " + ", ".join(sorted(known.allowed))
                    )
                    message = f"{choice!r} is not a value of {known.name}"
                    self._complain(location, message, hint)
        return written

    def write(self, type_: Type, value: Json, location: Location) -> Json:
        """Return a value of any type as the wire has it."""
        if value is None:
            return None
        if type_.inner is not None:
            return self._write_many(type_, type_.inner, value, location)
        if type_.name in ("datetime", "date"):
            return self._write_time(type_.name, value, location)
        expected = _SCALARS.get(type_.name)
        if expected is not None:
            fits = isinstance(value, expected) and (
                type_.name == "bool" or not isinstance(value, bool)
            )
            if not fits:
                self._complain(location, f"{value!r} is not of type {type_.name}")
            return value
        if type_.name in models(self.module) and shape(self.module, type_.name) is not None:
            return self.write_model(type_.name, value, location)[1]
        return value  # 'object': any JSON

    def _write_many(self, type_: Type, inner: Type, value: Json, location: Location) -> Json:
        if type_.container is Container.LIST:
            if isinstance(value, list | tuple):
                return [self.write(inner, v, (*location, n)) for n, v in enumerate(value)]
            self._complain(location, f"must be a list: the field is of type {type_.name}")
            return None
        if isinstance(value, Mapping):
            return {str(k): self.write(inner, v, (*location, str(k))) for k, v in value.items()}
        self._complain(location, f"must be a mapping: the field is of type {type_.name}")
        return None

    def _write_time(self, kind: str, value: Json, location: Location) -> Json:
        try:
            moment = _read_time(value)
        except ValueError:
            hint = "write it like 2026-11-21T14:02:00Z"
            self._complain(location, f"{value!r} is not of type {kind}", hint)
            return None
        if kind == "date":
            return moment.date().isoformat()
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"

    def _complain(self, location: Location, message: str, hint: str = "") -> None:
        self.complaints.append(Complaint(location, message, hint))


def _read_time(value: Json) -> dt.datetime:
    """Return a moment in UTC; a moment without a zone is taken to be in UTC.

    Raises:
        ValueError: the value is neither a moment nor a day.
    """
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
    moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value))
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)
