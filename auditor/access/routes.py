"""The nearest paths from principal to principal, step by step; from each start once."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.access.estate import Actor, Estate
from auditor.access.truth import Truth, both
from auditor.access.ways import Way, Ways, member_of

# How sure a truth is.
NEVER, UNKNOWN, CONDITIONAL, CERTAIN = range(-1, 3)


@dataclass(frozen=True, slots=True)
class Path:
    """The shortest way to one principal."""

    target: str
    steps: tuple[str, ...]
    through: tuple[str, ...]
    truth: Truth


class Routes:
    """Follows steps from principal to principal."""

    def __init__(self, estate: Estate, ways: Ways) -> None:
        """Take the steps of each principal."""
        self.actors = estate.actors
        self._ways = ways
        self._known: dict[tuple[str, str], tuple[Way, ...]] = {}
        self._targets: dict[int, frozenset[str]] = {}
        self._paths: dict[int, tuple[Path, ...]] = {}

    def ways(self, actor: Actor) -> tuple[Way, ...]:
        """Return the steps that a principal can take; principals with equal ones get one tuple."""
        key = (actor.key, actor.account)  # a service may act for several accounts
        if key not in self._known:
            self._known[key] = self._ways.of(actor)
        return self._known[key]

    def paths(self, ways: tuple[Way, ...]) -> tuple[Path, ...]:
        """Return everything that some steps lead to, the nearest first.

        Args:
            ways: what ``ways`` returned.
        """
        found = self._paths.get(id(ways))
        if found is None:
            found = self._paths[id(ways)] = tuple(self._follow(ways))
        return found

    def _follow(self, ways: tuple[Way, ...]) -> Iterator[Path]:
        """Yield the nearest path to each principal, and a longer one where that one is surer.

        Breadth first, and among equals in the order of how sure they are, then of their steps.
        """
        seen: dict[str, int] = {}
        # By rank: who is reached that surely. Most steps lead to where others have led.
        reached: tuple[set[str], ...] = tuple(set() for _ in range(CERTAIN + 1))
        taken = {id(ways): CERTAIN}  # steps that many can take add nothing when taken again
        here = [Path(way.target, (way.says,), (way.target,), way.truth) for way in ways]
        while here:
            fresh: list[Path] = []
            for path in sorted(here, key=lambda each: (-rank_of(each.truth), each.steps)):
                rank = rank_of(path.truth)
                if rank > seen.get(path.target, NEVER):
                    seen[path.target] = rank
                    for lower in reached[: rank + 1]:
                        lower.add(path.target)
                    fresh.append(path)
            yield from fresh
            here = []
            for path in fresh:
                rank, onward = rank_of(path.truth), self._from(path.target)
                if rank > taken.get(id(onward), NEVER):
                    taken[id(onward)] = rank
                    if new := self._led_to(onward) - reached[rank]:
                        here += [_longer(path, way) for way in onward if way.target in new]

    def _from(self, name: str) -> tuple[Way, ...]:
        actor = self.actors.get(name)
        return self.ways(member_of(actor)) if actor else ()

    def _led_to(self, ways: tuple[Way, ...]) -> frozenset[str]:
        found = self._targets.get(id(ways))
        if found is None:
            found = self._targets[id(ways)] = frozenset(way.target for way in ways)
        return found


def rank_of(truth: Truth) -> int:
    """Return how sure a truth is: unknown, conditional or certain."""
    if truth.value:
        return CERTAIN
    return CONDITIONAL if truth.conditional else UNKNOWN


def _longer(path: Path, way: Way) -> Path:
    return Path(
        way.target,
        (*path.steps, way.says),
        (*path.through, way.target),
        both(path.truth, way.truth),
    )
