"""Turns our frozen types into plain JSON values."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from auditor.model import Json


def plain(thing: object) -> Json:
    """Return the JSON value of a dataclass, a mapping, a sequence or a scalar."""
    if isinstance(thing, Enum):
        return thing.value
    if thing is None or isinstance(thing, str | bool | int | float):
        return thing
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(key): plain(part) for key, part in thing.items()}
    if isinstance(thing, list | tuple):
        return [plain(part) for part in thing]
    message = f"{type(thing).__name__} is no JSON value"
    raise TypeError(message)
