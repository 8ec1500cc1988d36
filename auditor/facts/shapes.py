"""What this version knows of the shapes of answers: members, what is in them, and their values.

The knowledge is a file beside this module, made from the provider's own SDK: facts may not import
one, and a reviewer who replays a bundle has none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import msgspec

FILES: Mapping[str, str] = {"oci": "shapes_oci.json"}  # provider -> file
_ANY_NAME = "*"  # the names in a map are its owner's choice


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One model, as the file has it.

    Attributes:
        plain: members that hold nothing to compare, such as texts and free maps.
        inner: member -> models of the objects in it, through any lists; '*' among them says that
            they are in a map.
        values: member -> the values of its enumeration.
    """

    plain: tuple[str, ...] = ()
    inner: Mapping[str, tuple[str, ...]] = {}
    values: Mapping[str, tuple[str, ...]] = {}


class Shapes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file.

    Attributes:
        about: what it was made from.
        answers: 'client.operation' -> the model of its answer, or of each object in its list.
    """

    about: str
    answers: Mapping[str, str]
    models: Mapping[str, Model]


@dataclass(slots=True)
class Shape:
    """What is known of one object; models that cannot be told apart are one shape.

    Attributes:
        plain: members that hold nothing to compare.
        values: member -> the values that its enumeration has.
        inner: member -> whether objects are in a map there, and their shape.
    """

    plain: frozenset[str] = frozenset()
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    inner: Mapping[str, tuple[bool, "Shape"]] = field(default_factory=dict)


@cache
def shape_of(provider: str, service: str, operation: str) -> Shape | None:
    """Return the shape of what an operation answers; None where nothing is known of it.

    Args:
        service: the SDK's client, such as 'core.BlockstorageClient'.
    """
    if provider not in FILES:
        return None
    model = _read(provider).answers.get(f"{service}.{operation}")
    return None if model is None else _shape(provider, (model,), {})


@cache
def _read(provider: str) -> Shapes:
    content = files("auditor.facts").joinpath(FILES[provider]).read_bytes()
    return msgspec.json.decode(content, type=Shapes)


def _shape(provider: str, names: tuple[str, ...], known: dict[tuple[str, ...], Shape]) -> Shape:
    """Return the shape of models that cannot be told apart; models may hold themselves."""
    if names in known:
        return known[names]
    made = known[names] = Shape()
    several = [_read(provider).models[name] for name in names]
    inner = _joined(each.inner for each in several)
    plain = {name for each in several for name in each.plain} - inner.keys()
    values = _joined(each.values for each in several)
    made.plain = frozenset(plain)
    made.values = {
        name: frozenset(allowed)
        for name, allowed in values.items()
        if name not in inner and name not in plain
    }
    made.inner = {
        name: (_ANY_NAME in held, _shape(provider, tuple(sorted(held - {_ANY_NAME})), known))
        for name, held in inner.items()
    }
    return made


def _joined(several: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, set[str]]:
    joined: dict[str, set[str]] = {}
    for each in several:
        for name, values in each.items():
            joined.setdefault(name, set()).update(values)
    return joined
