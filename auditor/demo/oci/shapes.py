"""The shapes of the OCI SDK's models: which fields there are, of which type, with which values.

A model class says it itself: ``swagger_types`` and ``attribute_map`` are set by its
constructor, and the setter of an enumerated field refuses what is not in the enumeration
(answers: by turning it into ``UNKNOWN_ENUM_VALUE``; requests: by raising ValueError).
"""

import importlib
import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from auditor.model import Json

_PROBE = "no such value"
_SUMMARY = re.compile("Summary$")
_WRAPPED = ("items", "resources", "objects")


class Container(Enum):
    """What surrounds the values of a type."""

    NONE = "none"
    LIST = "list"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Type:
    """A type as the SDK spells it, taken apart: ``list[Volume]``, ``dict(str, object)``, ``str``.

    Attributes:
        name: of the model or primitive inside the outermost container.
        inner: the contained type, None for a plain one.
    """

    container: Container
    name: str
    inner: "Type | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a model.

    Attributes:
        name: in the SDK, such as ``time_created``.
        wire: in JSON, such as ``timeCreated``.
        allowed: the values of an enumeration; None when the field is free.
    """

    name: str
    wire: str
    type: Type
    allowed: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One model.

    Attributes:
        fields: SDK name -> field.
        by_wire: JSON name -> field.
        lineage: the model's name and those of the models that it extends.
        polymorphic: True when a field decides which subclass an object is.
    """

    module: str
    name: str
    fields: Mapping[str, Field]
    by_wire: Mapping[str, Field]
    lineage: tuple[str, ...]
    polymorphic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """How an answer holds its objects.

    Attributes:
        element: the model of one object.
        many: True for a listing.
        key: JSON name of the list inside the answer, '' when the answer is the list.
    """

    element: str
    many: bool
    key: str = ""


@cache
def models(module: str) -> Mapping[str, type[Any]]:
    """Return the model classes of a service module; empty when the SDK has no such module."""
    if not module.isidentifier() or importlib.util.find_spec(f"oci.{module}") is None:
        return {}
    package = f"oci.{module}.models"
    if importlib.util.find_spec(package) is None:
        return {}
    return {
        name: value
        for name, value in vars(importlib.import_module(package)).items()
        if isinstance(value, type)
    }


@cache
def parse_type(text: str) -> Type:
    """Take a type apart that is written as the SDK's ``swagger_types`` write it."""
    if text.startswith("list[") and text.endswith("]"):
        return Type(Container.LIST, text, parse_type(text[5:-1]))
    if text.startswith("dict(str, ") and text.endswith(")"):
        return Type(Container.MAP, text, parse_type(text[10:-1]))
    return Type(Container.NONE, text)


@cache
def shape(module: str, name: str) -> Shape | None:
    """Return the shape of a model, or None when the SDK has no such model."""
    model = models(module).get(name)
    if model is None:
        return None
    sample = model()
    if not hasattr(sample, "swagger_types"):
        return None
    fields = {
        field: Field(
            name=field,
            wire=sample.attribute_map[field],
            type=parse_type(type_),
            allowed=_allowed_values(model, field, type_),
        )
        for field, type_ in sample.swagger_types.items()
    }
    return Shape(
        module=module,
        name=name,
        fields=fields,
        by_wire={field.wire: field for field in fields.values()},
        lineage=tuple(parent.__name__ for parent in model.__mro__[:-1]),
        polymorphic=hasattr(model, "get_subtype"),
    )


def subtype(module: str, name: str, wire: Mapping[str, Json]) -> str:
    """Return the most specific model that an object's discriminators name.

    Args:
        module: the service module.
        name: a model of that module.
        wire: the object, with JSON names.
    """
    model = models(module)[name]
    while hasattr(model, "get_subtype"):
        found = str(model.get_subtype(_Lenient(wire)))
        if found == model.__name__ or found not in models(module):
            break
        model = models(module)[found]
    return model.__name__


def family(name: str) -> str:
    """Return what a model and its summary have in common: ``Bucket`` for ``BucketSummary``."""
    return _SUMMARY.sub("", name) or name


@cache
def envelope(module: str, response: str) -> Envelope | None:
    """Return how an answer of this type holds its objects; None when it holds no model."""
    outer = parse_type(response)
    if outer.container is Container.LIST and outer.inner is not None:
        known = outer.inner.name in models(module)
        return Envelope(element=outer.inner.name, many=True) if known else None
    found = shape(module, response)
    if found is None:
        return None
    for name in _WRAPPED:
        field = found.fields.get(name)
        inner = field.type.inner if field else None
        is_list = field is not None and field.type.container is Container.LIST
        if field and inner and is_list and inner.name in models(module):
            return Envelope(element=inner.name, many=True, key=field.wire)
    return Envelope(element=response, many=False)


class _Lenient(dict[str, Json]):
    """An object whose absent discriminators read as None."""

    def __missing__(self, key: str) -> None:
        return None


def _allowed_values(model: type[Any], field: str, type_: str) -> frozenset[str] | None:
    if type_ not in ("str", "list[str]"):
        return None
    many = type_ == "list[str]"
    if _accepts(model, field, _PROBE, many=many):
        return None
    prefix = f"{field.upper()}_"
    constants = {name: getattr(model, name) for name in dir(model)}  # inherited ones, too
    return frozenset(
        value
        for name, value in constants.items()
        if name.startswith(prefix)
        and isinstance(value, str)
        and _accepts(model, field, value, many=many)
    )


def _accepts(model: type[Any], field: str, value: str, *, many: bool) -> bool:
    sample = model()
    given = [value] if many else value
    try:
        setattr(sample, field, given)
    except ValueError:
        return False
    return bool(getattr(sample, field) == given)
