"""What principals reach by first becoming another one: the nearest ways, in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from auditor.access.estate import Actor, Estate
from auditor.access.grants import ACCESS_BY_KEYS, CHANGES_KEYS, Grant, Total
from auditor.access.truth import Truth, both
from auditor.access.ways import Way, Ways, member_of

_MOST_PATHS = 5
_MOST_STEPS = 8

Totals = Callable[[Actor], Mapping[str, Total]]


@dataclass(frozen=True, slots=True)
class Path:
    """The shortest way to one principal."""

    target: str
    steps: tuple[str, ...]
    through: tuple[str, ...]
    truth: Truth


@dataclass(frozen=True, slots=True)
class _Closure:
    """Everything that some steps lead to.

    Attributes:
        paths: the nearest first.
        reached: access word -> stores that any of their ends reaches.
    """

    paths: tuple[Path, ...]
    reached: Mapping[str, int]


class Paths:
    """Follows steps from principal to principal, each way from the same start once."""

    def __init__(self, estate: Estate, ways: Ways, totals: Totals) -> None:
        """Take what each principal reaches by itself."""
        self._estate, self._ways, self._totals = estate, ways, totals
        self._next: dict[str, tuple[Way, ...]] = {}
        self._closures: dict[tuple[Way, ...], _Closure] = {}

    def grants(self, actor: Actor, direct: Mapping[str, Total]) -> Iterator[Grant]:
        """Yield what a principal reaches by paths only: a grant for each of the nearest paths.

        Args:
            direct: what it has by itself.
        """
        ways = self._ways.of(actor)
        if not ways:
            return
        closure = self._closure(ways)
        for access in sorted(closure.reached):
            own = direct.get(ACCESS_BY_KEYS.get(access, access), Total())
            if closure.reached[access] & ~own.certain:
                yield from _few(list(self._nearest(actor, access, closure, own)))

    def _nearest(self, actor: Actor, access: str, closure: _Closure, own: Total) -> Iterator[Grant]:
        """Yield what each path adds to what it has by itself and by nearer paths."""
        had, perhaps = own.certain, own.stores
        for path in closure.paths:
            total = self._of(path.target).get(access)
            if total is None or actor.id in path.through:
                continue
            for truth, stores in total.parts():
                whole = both(path.truth, truth)
                new = stores & ~(had if whole.value else perhaps)
                perhaps |= new
                if whole.value:
                    had |= new
                if new:
                    yield _grant(actor, access, whole, new, path, total)

    def _of(self, name: str) -> Mapping[str, Total]:
        actor = self._estate.actors.get(name)
        return self._totals(member_of(actor)) if actor else {}

    def _closure(self, ways: tuple[Way, ...]) -> _Closure:
        closure = self._closures.get(ways)
        if closure is None:
            paths = tuple(self._follow(ways))
            reached: dict[str, int] = {}
            for path in paths:
                for access, total in self._of(path.target).items():
                    reached[access] = reached.get(access, 0) | total.stores
            closure = self._closures[ways] = _Closure(paths, reached)
        return closure

    def _follow(self, ways: tuple[Way, ...]) -> Iterator[Path]:
        """Yield the nearest path to each principal, breadth first; what is certain goes first."""
        seen: set[str] = set()
        here = [Path(way.target, (way.says,), (way.target,), way.truth) for way in ways]
        for _ in range(_MOST_STEPS):
            fresh: list[Path] = []
            for path in sorted(here, key=lambda each: (each.truth.value is not True, each.steps)):
                if path.target not in seen:
                    seen.add(path.target)
                    fresh.append(path)
            if not fresh:
                return
            yield from fresh
            here = [
                Path(
                    way.target,
                    (*path.steps, way.says),
                    (*path.through, way.target),
                    both(path.truth, way.truth),
                )
                for path in fresh
                for way in self._from(path.target)
                if way.target not in seen
            ]

    def _from(self, name: str) -> tuple[Way, ...]:
        if name not in self._next:
            actor = self._estate.actors.get(name)
            self._next[name] = self._ways.of(member_of(actor)) if actor else ()
        return self._next[name]


def _grant(actor: Actor, access: str, truth: Truth, stores: int, path: Path, total: Total) -> Grant:
    return Grant(
        actor=actor,
        access=ACCESS_BY_KEYS.get(access, access),
        truth=truth,
        stores=stores,
        path=(*path.steps, CHANGES_KEYS) if access in ACCESS_BY_KEYS else path.steps,
        through=path.through,
        statements=tuple(sorted(total.sources)),
    )


def _few(grants: list[Grant]) -> Iterator[Grant]:
    yield from grants[:_MOST_PATHS]
    rest = grants[_MOST_PATHS:]
    for truth in dict.fromkeys(each.truth for each in rest):
        alike = [each for each in rest if each.truth == truth]
        stores = 0
        for each in alike:
            stores |= each.stores
        first, more = alike[0], len(alike) - 1
        ways = f"and in {more} other way{'s' * (more > 1)}"
        yield Grant(
            actor=first.actor,
            access=first.access,
            truth=truth,
            stores=stores,
            path=(*first.path, ways) if more else first.path,
            through=first.through,
            statements=first.statements,
        )
