"""Which of many scopes a pattern is about, without asking each of them.

A scope is a literal text, or literal text and a ``*`` for every such thing (every object of a
bucket); others are tried one by one. Patterns of policies are literal, or begin with literal text;
the rest of a pattern is tried only on those scopes that its literal text leaves.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from auditor.access.patterns import covers, matches, overlaps
from auditor.access.sets import collected, stretch

_WILD = re.compile(r"[*?\udc2a\udc3f]")
_SCANNED = 32


class ScopeIndex:
    """Scopes by their places: ``overlapping`` and ``covered`` give sets of places."""

    def __init__(self, scopes: Sequence[str | None]) -> None:
        """Take the scopes in the order of their places; None where there is none."""
        exact, every = [], []
        self._odd: dict[str, int] = {}
        for place, scope in enumerate(scopes):
            if scope is None:
                continue
            wild = _WILD.search(scope)
            if wild is None:
                exact.append((scope, place))
            elif wild.end() == len(scope) and wild.group() == "*":
                every.append((scope[:-1], place))
            else:
                self._odd[scope] = self._odd.get(scope, 0) | 1 << place
        self._exact, self._open = _Texts(exact), _Texts(every)
        self._overlapping: dict[str, int] = {}
        self._covered: dict[str, int] = {}

    def overlapping(self, pattern: str) -> int:
        """Return the scopes of which the pattern is about something."""
        found = self._overlapping.get(pattern)
        if found is None:
            found = self._exact.matching(pattern) | self._open.continuing(pattern)
            for scope, places in self._odd.items():
                found |= places if overlaps(pattern, scope) else 0
            self._overlapping[pattern] = found
        return found

    def covered(self, pattern: str) -> int:
        """Return the scopes of which the pattern is about everything."""
        found = self._covered.get(pattern)
        if found is None:
            found = self._exact.matching(pattern)
            if "*" in pattern[len(pattern.rstrip("*?")) :]:
                found |= self._open.matching(pattern)
            for scope, places in self._odd.items():
                found |= places if covers(pattern, scope) else 0
            self._covered[pattern] = found
        return found


class _Texts:
    """Literal texts, each at one or more places."""

    def __init__(self, placed: Sequence[tuple[str, int]]) -> None:
        placed = sorted(placed)
        self._texts = [text for text, _ in placed]
        self._places = [place for _, place in placed]
        first = self._places[0] if placed else 0
        # Resources come in the order of their ids, and most texts begin with the id.
        self._ordered = self._places == list(range(first, first + len(placed)))
        self._first = first
        self._stretches: dict[str, tuple[int, int]] = {}
        for n, text in enumerate(self._texts):
            self._stretches[text] = (self._stretches.get(text, (n, n))[0], n + 1)

    @cached_property
    def _joined(self) -> str:
        return "\n".join(self._texts)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for text in self._texts:
            starts.append(at)
            at += len(text) + 1
        return starts

    def matching(self, pattern: str) -> int:
        """Return where the texts are that match."""
        wild = _WILD.search(pattern)
        if wild is None:
            return self._between(*self._equal(pattern))
        low, high = self._beginning(pattern[: wild.start()])
        if wild.end() == len(pattern) and wild.group() == "*":
            return self._between(low, high)
        return collected(
            self._places[n]
            for n in self._containing(_longest(pattern), low, high)
            if matches(pattern, self._texts[n])
        )

    def continuing(self, pattern: str) -> int:
        """Return where the texts are that begin something that matches."""
        wild = _WILD.search(pattern)
        literal = pattern[: wild.start()] if wild else pattern
        found = 0
        for size in range(len(literal) + (wild is None)):
            low, high = self._equal(literal[:size])
            found |= self._between(low, high)
        if wild is None:
            return found
        low, high = self._beginning(literal)
        if wild.group() == "*":
            return found | self._between(low, high)
        return found | collected(
            self._places[n] for n in range(low, high) if overlaps(pattern, self._texts[n] + "*")
        )

    def _equal(self, text: str) -> tuple[int, int]:
        return self._stretches.get(text, (0, 0))

    def _beginning(self, prefix: str) -> tuple[int, int]:
        low = bisect_left(self._texts, prefix)
        return low, bisect_left(
            self._texts, True, low, key=lambda text: not text.startswith(prefix)
        )

    def _between(self, low: int, high: int) -> int:
        if self._ordered:
            return stretch(self._first + low, self._first + high)
        return collected(self._places[low:high])

    def _containing(self, chunk: str, low: int, high: int) -> Iterator[int]:
        """Yield the texts of a stretch that contain a chunk, or all if they are few."""
        if high - low <= _SCANNED or not chunk or "\n" in chunk:
            yield from range(low, high)
            return
        starts, end = self._starts, self._starts[high - 1] + len(self._texts[high - 1])
        at = self._joined.find(chunk, starts[low], end)
        while at >= 0:
            n = bisect_left(starts, at + 1) - 1
            yield n
            if n + 1 >= high:
                return
            at = self._joined.find(chunk, starts[n + 1], end)


def _longest(pattern: str) -> str:
    """Return the longest literal text after the first wildcard."""
    return max(_WILD.split(pattern)[1:], key=len)
