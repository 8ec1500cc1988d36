"""Finds what answers hold that this version does not know: members, and values of enumerations.

A cloud learns new things between two versions of its SDK. What no model has is kept as evidence
like all else, and no collector reads it: so it is counted here, and named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.facts.shapes import Shape, shape_of
from auditor.model import Json, Outcome, Record
from auditor.tables import Novelty

MOST_ROWS = 100  # of one operation
LONGEST = 100  # characters of a name or value: both are a stranger's words
_MOST_EVIDENCE = 3
_DEEPEST = 30  # objects and lists within each other; no model goes as deep

_Call = tuple[str, str, str]  # provider, service, operation
_Key = tuple[str, str, str]  # what, path, value


@dataclass(slots=True)
class _Seen:
    times: int = 0
    evidence: list[int] = field(default_factory=list)

    def add(self, index: int) -> None:
        self.times += 1
        if len(self.evidence) < _MOST_EVIDENCE and index not in self.evidence:
            self.evidence.append(index)


class Novelties:
    """Gathers over all answers what they hold that is not known."""

    def __init__(self) -> None:
        self._calls: dict[_Call, dict[_Key, _Seen]] = {}

    def take(self, record: Record, index: int) -> None:
        """Compare one answer with the shape that its operation has.

        Args:
            index: of the evidence record.
        """
        request = record.request
        if record.answer.outcome is not Outcome.OK:
            return
        provider = request.collector.partition(".")[0]
        shape = shape_of(provider, request.service, request.operation)
        if shape is None:
            return
        found: list[_Key] = []
        _compare(record.answer.body, shape, "", _DEEPEST, found)
        if found:
            seen = self._calls.setdefault((provider, request.service, request.operation), {})
            for key in found:
                _add(seen, key, index)

    @property
    def rows(self) -> Iterator[Novelty]:
        """What was found, a row for each member and value."""
        for (provider, service, operation), several in self._calls.items():
            for (what, path, value), seen in several.items():
                parts = (provider, f"{service}.{operation}", what, path, value)
                yield Novelty(
                    id="/".join(part for part in parts if part),
                    evidence=tuple(seen.evidence),
                    provider=provider,
                    service=service,
                    operation=operation,
                    what=what,
                    path=path,
                    value=value,
                    times=seen.times,
                )


def _add(seen: dict[_Key, _Seen], key: _Key, index: int) -> None:
    if key not in seen and len(seen) >= MOST_ROWS - 1:
        key = ("more", "", "")
    seen.setdefault(key, _Seen()).add(index)


def _compare(value: Json, shape: Shape, path: str, left: int, found: list[_Key]) -> None:
    """Note what a value holds that its shape has not; what is no object has no members."""
    if not left:
        return
    if isinstance(value, list):
        for each in value:
            _compare(each, shape, path, left - 1, found)
        return
    if not isinstance(value, dict):
        return
    plain = shape.plain
    for name in [name for name in value if name not in plain]:
        if name in shape.values:
            _compare_values(value[name], shape.values[name], path + name, found)
        elif name in shape.inner:
            _enter(value[name], *shape.inner[name], path + name, left - 1, found)
        else:
            found.append(("member", path + _cut(name), ""))


def _enter(
    value: Json, in_map: bool, shape: Shape, path: str, left: int, found: list[_Key]
) -> None:
    if not in_map:
        _compare(value, shape, f"{path}.", left, found)
    elif isinstance(value, dict):
        for each in value.values():
            _compare(each, shape, f"{path}.*.", left, found)


def _compare_values(value: Json, allowed: frozenset[str], path: str, found: list[_Key]) -> None:
    for each in value if isinstance(value, list) else (value,):
        if isinstance(each, str) and each not in allowed:
            found.append(("value", path, _cut(each)))


def _cut(text: str) -> str:
    """Return text that can be stored, at most so long."""
    shown = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return shown.encode("utf-8", "replace").decode()
