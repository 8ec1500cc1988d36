"""The walk itself: targets and collectors in, requests and revelations out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.errors import EvidenceError
from auditor.model import Answer, Outcome, Place, Request, Target
from auditor.spec import Collector, Found
from auditor.walk.tasks import ListingTask, Spawned, Task, Unit

Key = tuple[str, tuple[tuple[str, str], ...], str]


@dataclass(slots=True)
class Revealed:
    """What one answer revealed.

    Attributes:
        requests: to be asked next; the ones nearest to completing a resource come first.
        found: complete resources, each with its unit.
        finished: units that will have no further answers.
    """

    requests: list[Request] = field(default_factory=list)
    found: list[tuple[Unit, Found]] = field(default_factory=list)
    finished: list[Unit] = field(default_factory=list)


class Walk:
    """Knows what to ask, from targets and collectors alone.

    The axes of a place (accounts, regions, compartments) are themselves collected: a unit begins
    when the values of all axes of its collector are known at its place.
    """

    def __init__(self, targets: Iterable[Target], collectors: Sequence[Collector]) -> None:
        self._targets = {target.name: target for target in targets}
        self._collectors = collectors
        self._tasks: dict[Key, tuple[Request, Task]] = {}
        self._values: dict[tuple[str, Key], tuple[str, ...]] = {}
        self._parked: dict[tuple[str, Key], list[tuple[Collector, Place]]] = {}
        self._axis_units: dict[tuple[str, Key], list[Unit]] = {}
        self._excluded: list[tuple[Unit, str]] = []
        self._unfinished: dict[int, Unit] = {}

    def start(self) -> Revealed:
        """Return the first requests: those that need no axis but the target."""
        revealed = Revealed()
        for target in self._targets.values():
            for collector in self._of(target):
                self._expand(collector, {"target": target.name}, revealed)
        return revealed

    def answer(self, request: Request, answer: Answer, index: int) -> Revealed:
        """Take one answer, with the index of its evidence record.

        Raises:
            EvidenceError: nobody waits for this answer, or it answers another question.
        """
        asked, task = self._tasks.pop(_key(request), (None, None))
        if asked != request or task is None:
            raise EvidenceError(
                f"record {index} answers {request.operation} at step {request.step} of "
                f"{request.collector}, which was never asked" + (" in this way" if asked else "")
            )
        unit = task.unit
        unit.answers += 1
        revealed = Revealed()
        self._keep(unit, task.take(answer, index), revealed)
        self._close(unit, revealed)
        return revealed

    @property
    def waiting(self) -> tuple[Request, ...]:
        """Requests that were handed out and have no answer yet."""
        return tuple(request for request, _ in self._tasks.values())

    @property
    def unfinished(self) -> tuple[Unit, ...]:
        """Units that still wait for answers."""
        return tuple(self._unfinished.values())

    @property
    def excluded(self) -> tuple[tuple[Unit, str], ...]:
        """Places that were discovered but that the audit's configuration leaves out."""
        return tuple(self._excluded)

    def dependents(self, axis: str, provider: str) -> tuple[Collector, ...]:
        """Collectors that look along an axis, so that a gap in it is a gap of theirs."""
        return tuple(c for c in self._collectors if c.provider == provider and axis in c.per)

    def _keep(self, unit: Unit, spawned: Spawned, revealed: Revealed) -> None:
        for request, task in spawned.requests:
            self._tasks[_key(request)] = (request, task)
            revealed.requests.append(request)
        for found in spawned.found:
            revealed.found.append((unit, found))
            if unit.collector.axis is not None:
                value = unit.collector.axis.value(found)
                unit.values += [value] if value is not None else []

    def _close(self, unit: Unit, revealed: Revealed) -> None:
        if unit.waiting or id(unit) not in self._unfinished:
            return
        del self._unfinished[id(unit)]
        revealed.finished.append(unit)
        if unit.collector.axis is not None:
            self._settle(unit, unit.collector.axis.name, revealed)

    def _settle(self, last: Unit, axis: str, revealed: Revealed) -> None:
        """Fix an axis at a place once every unit that contributes to it is finished."""
        per, place = last.collector.per, last.place
        where = (axis, _at(place, per))
        if any(unit.waiting for unit in self._axis_units[where]):
            return
        fixed = self._targets[place["target"]].axes.get(axis)
        values = dict.fromkeys(fixed or ())
        for unit in self._axis_units[where]:
            for value in unit.values:
                if fixed and value not in values:
                    self._excluded.append((unit, value))
                elif not fixed:
                    values[value] = None
        if not values and not last.issues:
            # Nothing behind this axis will be asked: that may not read as nothing being there.
            last.issues.append((Outcome.FAILED, f"no {axis} was found to look into", ""))
        self._values[where] = tuple(values)
        for collector, parked in self._parked.pop(where, []):
            self._expand(collector, parked, revealed)

    def _expand(self, collector: Collector, place: Place, revealed: Revealed) -> None:
        """Begin the collector's units at this place, or park it until the next axis is known."""
        axis = next((axis for axis in collector.per if axis not in place), None)
        if axis is None:
            self._begin(collector, place, revealed)
            return
        where = (axis, _at(place, self._per_of(axis, collector)))
        if where not in self._values:
            self._parked.setdefault(where, []).append((collector, place))
            return
        for value in self._values[where]:
            self._expand(collector, {**place, axis: value}, revealed)

    def _begin(self, collector: Collector, place: Place, revealed: Revealed) -> None:
        unit = Unit(collector, place)
        self._unfinished[id(unit)] = unit
        if collector.axis is not None:
            where = (collector.axis.name, _at(place, collector.per))
            self._axis_units.setdefault(where, []).append(unit)
        first = collector.parent or collector.listing
        task = ListingTask(unit, first, "p" if collector.parent else "l")
        unit.waiting = 1
        self._keep(unit, Spawned(requests=[task.begin()]), revealed)

    def _of(self, target: Target) -> Iterable[Collector]:
        return (
            collector
            for collector in self._collectors
            if collector.provider == target.provider
            and (not collector.option or collector.option in target.options)
        )

    def _per_of(self, axis: str, user: Collector) -> tuple[str, ...]:
        for collector in self._collectors:
            made = collector.axis
            if made is not None and made.name == axis and collector.provider == user.provider:
                return collector.per
        raise EvidenceError(f"no collector of {user.provider} discovers the axis {axis!r}")


def _key(request: Request) -> Key:
    return request.collector, tuple(sorted(request.place.items())), request.step


def _at(place: Place, per: tuple[str, ...]) -> Key:
    kept: Mapping[str, str] = {name: place[name] for name in ("target", *per)}
    return "", tuple(sorted(kept.items())), ""
