"""A file as plain data that remembers where everything stood."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from auditor.errors import Fault
from auditor.model import Json

Location: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a node stands: 1-based line and column, and its slice of the text."""

    line: int
    column: int
    start: int = 0
    end: int = 0
    block: bool = False  # a literal or folded scalar, whose text begins on the next line


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file, parsed.

    Attributes:
        path: the file, or the name given to text that came from elsewhere.
        value: plain Python: None, bool, int, float, str, list or dict with text keys.
        text: the file as it was, decoded.
        values, keys: where each value, and the key before it, stands.
    """

    path: Path
    value: Json
    text: str
    values: Mapping[Location, Span]
    keys: Mapping[Location, Span]

    def place(self, location: Location) -> tuple[int, int]:
        """Return the 1-based line and column of a value, or of its nearest parent."""
        span = _nearest(self.values, location)
        return span.line, span.column

    def key_place(self, location: Location) -> tuple[int, int]:
        """Return the 1-based line and column of the key before a value."""
        span = self.keys.get(location)
        return (span.line, span.column) if span else self.place(location)

    def place_within(self, location: Location, offset: int) -> tuple[int, int]:
        """Return the place of one character of a text value, or where the value begins.

        Args:
            location: a value that is text.
            offset: 0-based index into that text.
        """
        span = self.values.get(location)
        value = self._value_at(location)
        if span is None or not isinstance(value, str):
            return self.place(location)
        start = self.text.find("\n", span.start) + 1 if span.block else span.start
        if self.text[start : start + 1] in ("'", '"'):
            start += 1
        wanted = len(_squeeze(value[:offset]))
        index = start
        for index in range(start, span.end):
            if self.text[index].isspace():
                continue
            if wanted == 0:
                break
            wanted -= 1
        if not _squeeze(self.text[start : span.end]).startswith(_squeeze(value)):
            return span.line, span.column  # escapes: characters cannot be told apart
        line_start = self.text.rfind("\n", 0, index) + 1
        return self.text.count("\n", 0, index) + 1, index - line_start + 1

    def fault(self, location: Location, message: str, hint: str = "", offset: int = 0) -> Fault:
        """Return a fault at a value, or at one character of a text value."""
        line, column = self.place_within(location, offset) if offset else self.place(location)
        return Fault(path=str(self.path), line=line, column=column, message=message, hint=hint)

    def _value_at(self, location: Location) -> Json:
        value = self.value
        for step in location:
            if not contains(value, step):
                return None
            value = value[step]
        return value


def contains(value: Json, step: str | int) -> bool:
    """Say whether ``value`` is a mapping or list that has this key or index."""
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def _nearest(spans: Mapping[Location, Span], location: Location) -> Span:
    for length in range(len(location), -1, -1):
        span = spans.get(location[:length])
        if span is not None:
            return span
    return Span(line=1, column=1)


def _squeeze(text: str) -> str:
    return "".join(text.split())
