"""Statements with what they say of principals parted from what they say of resources.

What a statement comes to for one principal is a *face*: the truth of all its conditions that no
resource decides, and the values that the rest of it takes from the principal. Principals to whom
all statements show the same face have the same rights, and are asked about once.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from auditor.access.asking import avoidable, fault_of
from auditor.access.conditions import holds
from auditor.access.estate import Actor, Estate, Resource
from auditor.access.given import Known
from auditor.access.keys import speaks_of
from auditor.access.segment import Form, Segment
from auditor.access.spread import NOWHERE, Spread, all_joined, met, spread_of, turned
from auditor.access.statements import Statement, Test
from auditor.access.truth import TRUE, Truth, depends, unknown
from auditor.access.variables import replaced
from auditor.model import Unknown

_VARIABLE = re.compile(r"\$\{\s*([^{},\s]+)[^{}]*\}")
_NOWHERE_IN_PARTICULAR = Resource(id="", service="", kind="", account="")


@dataclass(frozen=True, slots=True)
class Face:
    """What a statement comes to for one principal.

    Attributes:
        truth: of the conditions that no resource decides.
        values: of keys of the principal that the rest of the statement uses.
    """

    truth: Truth = TRUE
    values: tuple[object, ...] = ()


class Shape:
    """A statement, whichever policies have it.

    Attributes:
        statement: without its name, unless it cannot be read.
        fault: what a statement that cannot be read comes to; None for one that can.
        keys: what of a principal decides its face.
    """

    def __init__(self, statement: Statement) -> None:
        """Part the conditions of a statement."""
        self.statement = statement
        self.fault = unknown(fault_of(statement)) if statement.fault else None
        self.avoidable = avoidable(statement)
        about = {each: _keys(each) for each in statement.tests}
        self._pure = tuple(each for each in statement.tests if not _resource_keys(about[each]))
        self._mixed = tuple(each for each in statement.tests if _resource_keys(about[each]))
        pure = {key for each in self._pure for key in about[each]}
        mixed = {key for each in self._mixed for key in about[each]}
        in_patterns = set(_variables(statement.resources))
        self._pure_keys = tuple(sorted(pure))
        values = mixed | in_patterns
        self._value_keys = tuple(sorted(values - _resource_keys(values)))
        self.keys = tuple(sorted(pure | set(self._value_keys)))
        self._mixed_keys = tuple(sorted(_resource_keys(mixed)))
        self._pattern_keys = tuple(sorted(_resource_keys(in_patterns)))
        self._varies = any("${" in each for each in statement.resources)
        self._known: dict[object, Spread] = {}

    def face(self, estate: Estate, actor: Actor) -> Face:
        """Return what it comes to for a principal."""
        if not self.keys and not self._pure:
            return _PLAIN
        given = Known(estate, actor, _NOWHERE_IN_PARTICULAR)
        truth = holds(self._pure, given)
        return Face(truth, tuple(given.value(key) for key in self._value_keys))

    def profile(self, estate: Estate, actor: Actor) -> tuple[object, ...]:
        """Return the values of the keys that decide its face."""
        given = Known(estate, actor, _NOWHERE_IN_PARTICULAR)
        return tuple(given.value(key) for key in self.keys)

    def holding(self, estate: Estate, actor: Actor, face: Face, segment: Segment) -> Spread:
        """Return for which resources its conditions hold."""
        everywhere = spread_of(face.truth, segment.everything)
        if not self._mixed or face.truth.value is False:
            return everywhere
        key = (segment, face.values)
        found = self._known.get(key)
        if found is None:
            found = all_joined(
                spread_of(holds(self._mixed, Known(estate, actor, one)), alike)
                for one, alike in segment.alike(self._mixed_keys, _valued(estate, actor))
            )
            self._known[key] = found
        return met(everywhere, found)

    def about(
        self, estate: Estate, actor: Actor, face: Face, segment: Segment, form: Form, *, whole: bool
    ) -> Spread:
        """Return the resources of which its Resource element names something, or everything."""
        inner = whole != self.statement.not_resources
        if not self._varies:
            named = Spread(_union(form, self.statement.resources, covering=inner))
        else:
            key = (segment, form.index, face.values, inner)
            named = self._known.get(key, NOWHERE)
            if key not in self._known:
                named = self._named(estate, actor, segment, form, covering=inner)
                self._known[key] = named
        return turned(named, form.present) if self.statement.not_resources else named

    def _named(
        self, estate: Estate, actor: Actor, segment: Segment, form: Form, *, covering: bool
    ) -> Spread:
        found = NOWHERE
        for one, alike in segment.alike(self._pattern_keys, _valued(estate, actor)):
            given = Known(estate, actor, one)
            texts = [replaced(each, given) for each in self.statement.resources]
            for text in texts:
                part = _named_by(text, form, covering=covering).within(alike)
                found = all_joined((found, part))
        return found


class Shapes:
    """All shapes, each once."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: dict[Statement, Shape] = {}
        self._seen: dict[int, tuple[Statement, Shape]] = {}

    def of(self, statement: Statement) -> Shape:
        """Return the shape of a statement."""
        seen = self._seen.get(id(statement))
        if seen is None:  # what was seen is kept, so that its id is nobody else's
            seen = self._seen[id(statement)] = (statement, self._of(statement))
        return seen[1]

    def _of(self, statement: Statement) -> Shape:
        bare = statement
        if not statement.fault:
            bare = replace(statement, policy_id="", number=0, sid="")
        found = self._known.get(bare)
        if found is None:
            found = self._known[bare] = Shape(bare)
        return found


def _valued(estate: Estate, actor: Actor) -> Callable[[Resource, str], object]:
    return lambda one, key: Known(estate, actor, one).value(key)


def _named_by(
    text: str | Unknown | tuple[str, ...] | None, form: Form, *, covering: bool
) -> Spread:
    if text is None:
        return NOWHERE
    if isinstance(text, str):
        return Spread(_union(form, (text,), covering=covering))
    truth = unknown(text.reason) if isinstance(text, Unknown) else depends(*text)
    return spread_of(truth, form.present)


def _union(form: Form, patterns: Iterable[str], *, covering: bool) -> int:
    find = form.index.covered if covering else form.index.overlapping
    found = 0
    for pattern in patterns:
        found |= form.present if pattern == "*" else find(pattern)
    return found


def _keys(test: Test) -> frozenset[str]:
    return frozenset({test.key, *_variables(test.values)})


def _variables(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        if "${" in text:
            yield from (name.lower() for name in _VARIABLE.findall(text) if name not in "*?$")


def _resource_keys(keys: Iterable[str]) -> set[str]:
    return {key for key in keys if speaks_of(key) == "resource"}


_PLAIN = Face()
