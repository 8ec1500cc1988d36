"""What a log is read from: objects with keys, in a folder or in a bucket. Refusals are values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

LONGEST_OBJECT = 2**30
"""Bytes of one object that are read at most; no provider writes log files near that."""
_LONGEST_KEY = 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One object as a listing names it.

    Attributes:
        version: changes when the content does: an entity tag, or the time of the last change.
    """

    key: str
    size: int
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What several keys begin with: ends in a slash."""

    prefix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that could not be listed or read.

    Attributes:
        about: key or prefix, safe to print.
        reason: a sentence without a full stop.
        permission: what to grant, '' if that would not help.
    """

    about: str
    reason: str
    permission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The bytes of an object as they are stored, and what its owner noted beside them."""

    data: bytes
    metadata: Mapping[str, str] = field(default_factory=dict)


class Objects(Protocol):
    """One place where log files lie. Safe to read from several threads."""

    def look(self, prefix: str, after: str = "") -> Iterator[Listed | Folder | Refusal]:
        """Yield what is right below a prefix, sorted; nothing up to the key ``after``."""

    def list(self, prefix: str, after: str, until: str) -> Iterator[Listed | Refusal]:
        """Yield the objects with a prefix, sorted, whose keys are after one and before another."""

    def read(self, key: str) -> Content | Refusal:
        """Return one object."""


def key_fault(key: str) -> str:
    """Say why a key is not read, '' if it is: names come from whoever may write to the place."""
    if not key.isprintable():
        return "its name holds characters that cannot be shown"
    if len(key) > _LONGEST_KEY:
        return f"its name is longer than {_LONGEST_KEY} characters"
    if any(part in (".", "..") for part in key.split("/")):
        return "its name leads out of its folder"
    return ""
