"""Finds the records in any JSON that a log may be delivered as, damaged files included.

A slow way to read, for files that are not in their provider's usual shape: text is scanned value by
value, in pieces, so that a large file is never held and damage costs one record and not the file.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model import Json

LONGEST: Final = 64 << 20
"""Characters of the longest record that is read; a longer one is malformed."""

_BETWEEN: Final = re.compile(r"[\s,\]\[}\ufeff]*")
_OPENING: Final = re.compile(r'\{\s*"(?:Records|Events)"\s*:\s*\[')
_UNFINISHED: Final = re.compile(r'\{\s*(?:"[A-Za-z]{0,7}"?\s*:?\s*)?\Z')
# Where reading goes on after damage: what CloudTrail's own records begin with, or a line.
_AGAIN: Final = re.compile(r'(?<=[,\[\n])\s*\{\s*"eventVersion"|\n\s*\{')
_HALVES: Final = re.compile(r"\\u[dD][89a-fA-F]")
_DEEPEST: Final = 4
_DECODER: Final = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Found:
    """A value, or why there is none.

    Attributes:
        number: which of the values of the file it is, counted from 1.
        value: if nothing is wrong with it.
        reason: why it cannot be read, '' if it can.
    """

    number: int
    value: Json
    reason: str = ""


def scan(pieces: Iterable[bytes | bytearray]) -> Iterator[Found]:
    """Yield the values of a JSON text: of arrays and of 'Records', each of their items."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    scanner, text = _Scanner(), ""
    for piece in pieces:
        text += decoder.decode(piece)
        yield from scanner.read(text, more=True)
        text = text[scanner.at :]
    yield from scanner.read(text + decoder.decode(b"", final=True), more=False)
    if scanner.depth > 0 and not scanner.faulty:
        yield Found(scanner.number + 1, None, "is missing: the file breaks off")


@dataclass(slots=True)
class _Scanner:
    """Where the scanning of a text is.

    Attributes:
        at: how far the text that was given last has been read.
        number: of the last value.
        depth: of arrays and wrappers that are open.
        faulty: a value could not be read.
    """

    at: int = 0
    number: int = 0
    depth: int = 0
    faulty: bool = False

    def read(self, text: str, *, more: bool) -> Iterator[Found]:
        """Yield the values of a text; if there is more to come, those that are complete."""
        self.at = 0
        while (found := self._next(text, more=more)) is not None:
            self.number += 1
            self.faulty = self.faulty or bool(found[1])
            yield Found(self.number, *found)

    def _next(self, text: str, *, more: bool) -> tuple[Json, str] | None:
        """Read one value; None if there is none, or if more text may complete it."""
        start, self.at = self.at, _start(text, self.at)
        passed = text[start : self.at]
        self.depth += passed.count("[") + passed.count("{") - passed.count("]") - passed.count("}")
        waits = more and len(text) - self.at < LONGEST
        if self.at == len(text) or (waits and _UNFINISHED.match(text, self.at)):
            return None
        try:
            value, end = _DECODER.raw_decode(text, self.at)
        except RecursionError:
            reason = "is nested too deeply"
        except ValueError:
            reason = "is not JSON"
        else:
            # A number at the end of a piece may go on in the next one.
            if waits and end == len(text):
                return None
            start, self.at = self.at, end
            return _encodable(value, text[start:end]), ""
        if waits:
            return None
        again = _AGAIN.search(text, self.at + 1)
        self.at = again.start() if again else len(text)
        return None, reason


def _start(text: str, at: int) -> int:
    """Return where the next value starts: brackets of arrays and of wrappers are passed over."""
    while True:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        opening = _OPENING.match(text, at)
        if not opening:
            return at
        at = opening.end()


def _encodable(value: Json, text: str) -> Json:
    """Replace halves of characters, which JSON can write and UTF-8 cannot."""
    if not _HALVES.search(text):
        return value
    return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))


def unwrap(found: Found, wrappers: Callable[[dict[str, Json]], list[Json] | None]) -> list[Found]:
    """Return the records within a value: wrappers in wrappers, and texts that hold JSON, opened.

    Args:
        wrappers: returns what an object wraps; None if it is a record itself.
    """
    waiting, records = [(found.value, 0)], []
    while waiting and not found.reason:
        value, depth = waiting.pop()
        if isinstance(value, str) and depth:
            try:
                value = _encodable(json.loads(value), value)
            except (ValueError, RecursionError):
                records.append(Found(found.number, None, "holds a text that is not JSON"))
                continue
        inner = wrappers(value) if isinstance(value, dict) and depth < _DEEPEST else None
        if inner is not None:
            waiting += [(each, depth + 1) for each in reversed(inner)]
        elif isinstance(value, dict):
            records.append(Found(found.number, value))
        else:
            records.append(Found(found.number, None, "is not an object"))
    return [found] if found.reason else records
