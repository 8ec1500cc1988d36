"""What principals reach by first becoming another one: the nearest ways, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.access.estate import Actor
from auditor.access.grants import ACCESS_BY_KEYS, CHANGES_KEYS, Grant, Total
from auditor.access.routes import CERTAIN, Path, Routes, rank_of
from auditor.access.truth import Truth, both
from auditor.access.ways import Way, member_of

_MOST_PATHS = 5

Totals = Callable[[Actor], Mapping[str, Total]]


@dataclass(frozen=True, slots=True)
class _Closure:
    """Everything that some steps lead to.

    Attributes:
        paths: access word -> paths to those that have any of it, the nearest first.
        gains: access word -> what each path adds to nearer paths, for one that has nothing.
        passed: whom and what any of the paths leads through to somebody else.
        targets: to whom the paths lead.
    """

    paths: Mapping[str, tuple[Path, ...]]
    gains: Mapping[str, tuple["_Gain", ...]]
    passed: frozenset[str]
    targets: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Gain:
    """What a path adds to nearer paths."""

    path: Path
    total: Total
    truth: Truth
    stores: int


class Paths:
    """What each principal reaches at the ends of paths; from the same start once."""

    def __init__(self, routes: Routes, totals: Totals) -> None:
        """Take what each principal reaches by itself."""
        self._routes, self._totals = routes, totals
        self._closures: dict[int, _Closure] = {}
        self._known: dict[str, Mapping[str, Sequence[tuple[Total, Truth, int]]]] = {}
        self._sets: dict[int, int] = {}  # equal sets are one object, and told apart by its id

    def grants(self, actor: Actor, direct: Mapping[str, Total]) -> Iterator[Grant]:
        """Yield what a principal reaches by paths only: a grant for each of the nearest paths.

        Args:
            direct: what it has by itself.
        """
        ways = self._routes.ways(actor)
        if not ways:
            return
        closure = self._closure(ways)
        for access in sorted(closure.gains):
            gains: Iterable[_Gain] = closure.gains[access]
            # A path back to oneself adds what one has, but for keys, which count as decrypting.
            back = access in ACCESS_BY_KEYS and actor.id in closure.targets
            if back or actor.id in closure.passed:
                paths = (path for path in closure.paths[access] if actor.id not in path.through)
                gains = self._gains(access, paths)
            own = direct.get(ACCESS_BY_KEYS.get(access, access), Total())
            yield from _few(list(_nearest(actor, access, gains, own)))

    def _gains(self, access: str, paths: Iterable[Path]) -> Iterator[_Gain]:
        """Yield what each path adds to nearer ones; few do, where many lead to the same stores."""
        had = _had(Total())
        seen: set[tuple[int, int]] = set()
        for path in paths:
            for total, truth, stores in self._parts(path.target).get(access, ()):
                whole = both(path.truth, truth)
                rank = rank_of(whole)
                if (rank, id(stores)) in seen:
                    continue
                seen.add((rank, id(stores)))
                if new := _added(had, rank, stores):
                    yield _Gain(path, total, whole, new)

    def _parts(self, name: str) -> Mapping[str, Sequence[tuple[Total, Truth, int]]]:
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = {
                access: [
                    (total, truth, self._sets.setdefault(stores, stores))
                    for truth, stores in total.parts()
                ]
                for access, total in self._of(name).items()
            }
        return found

    def _of(self, name: str) -> Mapping[str, Total]:
        actor = self._routes.actors.get(name)
        return self._totals(member_of(actor)) if actor else {}

    def _closure(self, ways: tuple[Way, ...]) -> _Closure:
        closure = self._closures.get(id(ways))
        if closure is None:
            paths = self._routes.paths(ways)
            having: dict[str, list[Path]] = {}
            for path in paths:
                for access in self._parts(path.target):
                    having.setdefault(access, []).append(path)
            closure = self._closures[id(ways)] = _Closure(
                paths={access: tuple(found) for access, found in having.items()},
                gains={
                    access: tuple(self._gains(access, found)) for access, found in having.items()
                },
                passed=frozenset(each for path in paths for each in path.through[:-1]),
                targets=frozenset(path.target for path in paths),
            )
        return closure


def _had(own: Total) -> list[int]:
    """Return by rank the stores that somebody has at least as surely."""
    had = [own.certain] * (CERTAIN + 1)
    for truth, stores in own.unclear.items():
        for lower in range(rank_of(truth) + 1):
            had[lower] |= stores
    return had


def _added(had: list[int], rank: int, stores: int) -> int:
    """Return which stores are new to what somebody has as surely, and count them in."""
    before = had[rank]
    new = _beyond(stores, before)
    if new:
        after = before | new
        for lower in range(rank + 1):  # mostly all are one: large sets are joined once
            had[lower] = after if had[lower] is before else had[lower] | new
    return new


def _beyond(stores: int, had: int) -> int:
    """Return which of some stores somebody lacks; the same object, for it is large, if all."""
    common = stores & had
    return stores ^ common if common else stores


def _nearest(actor: Actor, access: str, gains: Iterable[_Gain], own: Total) -> Iterator[Grant]:
    """Yield what each path adds to what somebody has by itself and by nearer paths."""
    had = _had(own)
    for gain in gains:
        # What nearer paths add is no part of a gain: only what is its own can be missing of it.
        if new := _beyond(gain.stores, had[rank_of(gain.truth)]):
            yield _grant(actor, access, gain.truth, new, gain.path, gain.total)


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
