"""What principals reach by first becoming another one: the nearest ways, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.access.estate import Actor, Estate
from auditor.access.grants import ACCESS_BY_KEYS, CHANGES_KEYS, Grant, Total
from auditor.access.truth import Truth, both
from auditor.access.ways import Way, Ways, member_of

_MOST_PATHS = 5
# How sure a truth is: unknown, conditional, certain.
_NEVER, _UNKNOWN, _CONDITIONAL, _CERTAIN = range(-1, 3)

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
        gains: access word -> what each path adds to nearer paths, for one that has nothing.
        passed: whom and what any of the paths leads through to somebody else.
    """

    paths: tuple[Path, ...]
    gains: Mapping[str, tuple["_Gain", ...]]
    passed: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Gain:
    """What a path adds to nearer paths."""

    path: Path
    total: Total
    truth: Truth
    stores: int


class Paths:
    """Follows steps from principal to principal, each way from the same start once."""

    def __init__(self, estate: Estate, ways: Ways, totals: Totals) -> None:
        """Take what each principal reaches by itself."""
        self._estate, self._ways, self._totals = estate, ways, totals
        self._next: dict[str, tuple[Way, ...]] = {}
        self._closures: dict[tuple[Way, ...], _Closure] = {}
        self._known: dict[str, Mapping[str, Sequence[tuple[Total, Truth, int]]]] = {}
        self._sets: dict[int, int] = {}  # equal sets are one object, and told apart by its id

    def grants(self, actor: Actor, direct: Mapping[str, Total]) -> Iterator[Grant]:
        """Yield what a principal reaches by paths only: a grant for each of the nearest paths.

        Args:
            direct: what it has by itself.
        """
        ways = self._ways.of(actor)
        if not ways:
            return
        closure = self._closure(ways)
        for access in sorted(closure.gains):
            gains: Iterable[_Gain] = closure.gains[access]
            # A path back to oneself adds what one has, but for keys, which count as decrypting.
            if access in ACCESS_BY_KEYS or actor.id in closure.passed:
                paths = (path for path in closure.paths if actor.id not in path.through)
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
                rank = _rank(whole)
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
        actor = self._estate.actors.get(name)
        return self._totals(member_of(actor)) if actor else {}

    def _closure(self, ways: tuple[Way, ...]) -> _Closure:
        closure = self._closures.get(ways)
        if closure is None:
            paths = tuple(self._follow(ways))
            words = {access for path in paths for access in self._parts(path.target)}
            gains = {access: tuple(self._gains(access, paths)) for access in words}
            passed = frozenset(each for path in paths for each in path.through[:-1])
            closure = self._closures[ways] = _Closure(paths, gains, passed)
        return closure

    def _follow(self, ways: tuple[Way, ...]) -> Iterator[Path]:
        """Yield the nearest path to each principal, and a longer one where that one is surer.

        Breadth first, and among equals in the order of how sure they are, then of their steps.
        """
        seen: dict[str, int] = {}
        taken = {id(ways): _CERTAIN}  # steps that many can take add nothing when taken again
        here = [Path(way.target, (way.says,), (way.target,), way.truth) for way in ways]
        while here:
            fresh: list[Path] = []
            for path in sorted(here, key=lambda each: (-_rank(each.truth), each.steps)):
                if _rank(path.truth) > seen.get(path.target, _NEVER):
                    seen[path.target] = _rank(path.truth)
                    fresh.append(path)
            yield from fresh
            here = []
            for path in fresh:
                rank, onward = _rank(path.truth), self._from(path.target)
                if rank > taken.get(id(onward), _NEVER):
                    taken[id(onward)] = rank
                    here += [
                        _longer(path, way) for way in onward if seen.get(way.target, _NEVER) < rank
                    ]

    def _from(self, name: str) -> tuple[Way, ...]:
        if name not in self._next:
            actor = self._estate.actors.get(name)
            self._next[name] = self._ways.of(member_of(actor)) if actor else ()
        return self._next[name]


def _longer(path: Path, way: Way) -> Path:
    return Path(
        way.target,
        (*path.steps, way.says),
        (*path.through, way.target),
        both(path.truth, way.truth),
    )


def _rank(truth: Truth) -> int:
    if truth.value:
        return _CERTAIN
    return _CONDITIONAL if truth.conditional else _UNKNOWN


def _had(own: Total) -> list[int]:
    """Return by rank the stores that somebody has at least as surely."""
    had = [own.certain] * (_CERTAIN + 1)
    for truth, stores in own.unclear.items():
        for lower in range(_rank(truth) + 1):
            had[lower] |= stores
    return had


def _added(had: list[int], rank: int, stores: int) -> int:
    """Return which stores are new to what somebody has as surely, and count them in."""
    new = stores & ~had[rank]
    if new:
        for lower in range(rank + 1):
            had[lower] |= new
    return new


def _nearest(actor: Actor, access: str, gains: Iterable[_Gain], own: Total) -> Iterator[Grant]:
    """Yield what each path adds to what somebody has by itself and by nearer paths."""
    had = _had(own)
    for gain in gains:
        # What nearer paths add is no part of a gain: only what is its own can be missing of it.
        if new := gain.stores & ~had[_rank(gain.truth)]:
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
