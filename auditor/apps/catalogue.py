"""The catalogue of libraries that apps embed: how each shows, who makes it, and where from.

``catalogue.json`` is our own, from what the makers say of themselves in public. ``country`` is
where the company that decides over the library is run from, '' where nobody does.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("catalogue.json")
_SHORT = 3  # a prefix that, alone, may be any word
_LONGEST = 6  # parts of the longest prefix in the catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One library that somebody knows."""

    name: str
    owner: str
    country: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Libraries by how they show in a package.

    Attributes:
        prefixes: by prefix of Java classes.
        frameworks: by name of an Apple framework.
        classes: by what the names of Objective-C classes start with.
        files: by file name of machine code.
        packers: what hides code from whoever reads it, by file name.
    """

    prefixes: Mapping[str, Known]
    frameworks: Mapping[str, Known]
    classes: Mapping[str, Known]
    files: Mapping[str, Known]
    packers: Mapping[str, Known]

    def of_class(self, name: str) -> tuple[str, Known] | None:
        """Return the longest prefix of a class that is known, and its library."""
        parts = name.split(".")
        for length in range(min(len(parts) - 1, _LONGEST), 0, -1):
            prefix = ".".join(parts[:length])
            if prefix in self.prefixes:
                return prefix, self.prefixes[prefix]
        return None

    def in_objective_c(self, content: bytes) -> set[Known]:
        """Return the libraries whose classes Apple machine code names: they are linked into it."""
        matches = _classes_of(tuple(self.classes)).finditer(content)
        found = {match[1].decode() for match in matches if match[2] or len(match[1]) > _SHORT}
        return {self.classes[prefix] for prefix in found}


@cache
def _classes_of(prefixes: tuple[str, ...]) -> re.Pattern[bytes]:
    """Return a pattern of whole strings that are names of classes with these prefixes."""
    longest_first = sorted(prefixes, key=lambda each: (-len(each), each))
    either = "|".join(map(re.escape, longest_first))
    return re.compile(rf"\x00({either})([A-Z][a-z][A-Za-z0-9_]{{0,60}})?(?=\x00)".encode())


@cache
def load_catalogue() -> Catalogue:
    """Read the catalogue, once."""
    written = json.loads(_FILE.read_text(encoding="utf-8"))
    libraries = written["libraries"]
    return Catalogue(
        prefixes=_by("android", libraries),
        frameworks=_by("ios", libraries),
        classes=_by("classes", libraries),
        files=_by("files", libraries),
        packers=_by("files", written["packers"]),
    )


def _by(member: str, entries: list[dict[str, Any]]) -> dict[str, Known]:
    return {
        key: Known(
            name=entry["name"],
            owner=entry["owner"],
            country=entry["country"],
            purpose=entry.get("purpose", "packer"),
        )
        for entry in entries
        for key in entry[member]
    }
