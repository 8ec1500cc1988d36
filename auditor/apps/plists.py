"""Reads Apple's property lists of strangers."""

import plistlib
import struct
from collections.abc import Iterator, Mapping
from typing import Any
from xml.parsers.expat import ExpatError

from auditor.errors import PackageError
from auditor.model import Json

_MOST = 16 * 2**20
_MOST_PARTS = 2_000
_DEEPEST = 12


def read_plist(data: bytes, name: str) -> Mapping[str, Any]:
    """Return a property list, XML or binary, whose top is an object.

    Raises:
        PackageError: it is malformed or too large.
    """
    if len(data) > _MOST:
        raise PackageError(f"{name!a} is larger than any property list")
    try:
        read = plistlib.loads(data)
    except (
        ArithmeticError,
        AttributeError,
        ExpatError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
        struct.error,
    ) as error:
        raise PackageError(f"{name!a} is no property list: {error}") from error
    if not isinstance(read, Mapping):
        raise PackageError(f"{name!a} holds no object")
    return read


def text(holder: Mapping[str, Any], name: str) -> str | None:
    """Return a member that is text, None if there is none."""
    value = holder.get(name)
    return value if isinstance(value, str) else None


def flag(holder: Mapping[str, Any], name: str) -> bool:
    """Whether a member is there and true."""
    return holder.get(name) in (True, 1, "YES", "true")


def objects(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a list; anything else that stands there is left out."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def texts(value: Any) -> list[str]:
    """Return the texts in a list; anything else that stands there is left out."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def mapping(value: Any) -> Mapping[str, Any]:
    """Return an object, an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def plain(value: Any, name: str) -> Json:
    """Return a value as JSON: moments, bytes and fractions become text.

    Raises:
        PackageError: it has more parts than is honest; parts of binary lists can stand in many
            places at once.
    """
    budget = iter(range(_MOST_PARTS))
    return _plain(value, name, budget, 0)


def _plain(value: Any, name: str, budget: Iterator[int], depth: int) -> Json:
    if next(budget, None) is None or depth > _DEEPEST:
        raise PackageError(f"{name!a} holds a value of too many parts")
    if isinstance(value, Mapping):
        ordered = sorted(value.items(), key=lambda pair: str(pair[0]))
        return {str(key): _plain(each, name, budget, depth + 1) for key, each in ordered}
    if isinstance(value, list):
        return [_plain(each, name, budget, depth + 1) for each in value]
    if isinstance(value, bool | str):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)
