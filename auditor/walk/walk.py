"""The walk itself: targets and collectors in, requests and revelations out."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from auditor.errors import EvidenceError
from auditor.model import Answer, Outcome, Place, Request, Target
from auditor.spec import Collector, Found
from auditor.walk.census import Advice, Hearings, Spared, Where
from auditor.walk.places import Batch, Key, Waiting, key_of
from auditor.walk.shards import AXIS as SHARD
from auditor.walk.shards import Shard
from auditor.walk.tasks import Finding, ListingTask, Spawned, Task, Unit

_NOBODY: tuple[Request | None, Task | None] = (None, None)


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

    The axes of a place (accounts, regions, compartments) are themselves collected: a unit can
    begin when the values of all axes of its collector are known at its place. It begins when
    somebody has room for it (:meth:`begin`), or when a kept answer of it arrives; until then it
    costs next to nothing, and nothing is kept of a unit that is finished.
    """

    def __init__(
        self,
        targets: Iterable[Target],
        collectors: Sequence[Collector],
        shard: Shard | None = None,
    ) -> None:
        """Take what to walk over; call :meth:`start` first.

        Args:
            shard: the part of a shared collection that this walk is; None is all of it.
        """
        self._targets = {target.name: target for target in targets}
        self._collectors = collectors
        self._shard = shard
        self._own: set[tuple[str, str]] = set()
        self._left: set[tuple[str, str]] = set()
        self._tasks: dict[tuple[str, Key, str], tuple[Request, Task]] = {}
        self._values: dict[Where, tuple[str, ...]] = {}
        self._hidden: dict[Where, set[str]] = {}
        self._parked: dict[Where, list[tuple[str, Batch, Place]]] = {}
        self._findings: dict[Where, Finding] = {}
        self._hearings = Hearings(collectors)
        self._spared: list[Spared] = []
        self._excluded: list[tuple[Unit, str]] = []
        self._begun: dict[int, Unit] = {}
        self._waiting = Waiting()

    def start(self) -> None:
        """Find the first units: those that need no axis but the target."""
        for target in self._targets.values():
            several = [each for each in self._collectors if _is_for(each, target)]
            place = {"target": target.name}
            if self._shard is not None:
                several = list(self._shard.collectors(several))
                place[SHARD] = str(self._shard)
            self._expand(Batch(several), place)

    def begin(self, most: int) -> list[Request]:
        """Begin up to so many units, and return the first request of each; none if all have."""
        requests: list[Request] = []
        while len(requests) < most and (waiting := self._waiting.take_next()):
            requests.append(self._begin(*waiting))
        return requests

    def answer(self, request: Request, answer: Answer, index: int) -> Revealed:
        """Take one answer, with the index of its evidence record.

        Raises:
            EvidenceError: nobody waits for this answer, or it answers another question.
        """
        key = _key(request)
        if key not in self._tasks:
            self._begin_for(request)
        asked, task = self._tasks.pop(key, _NOBODY)
        if asked != request or task is None:
            raise EvidenceError(
                f"record {index} answers {request.operation} at step {request.step} of "
                f"{request.collector}, which was never asked" + (" in this way" if asked else "")
            )
        unit = task.unit
        unit.answers += 1
        if hearing := self._hearings.of(unit):
            hearing.evidence.append(index)
        revealed = Revealed()
        self._keep(unit, task.take(answer, index), revealed)
        if not unit.waiting and id(unit) in self._begun:
            del self._begun[id(unit)]
            revealed.finished.append(unit)
            self._settle(unit)
        return revealed

    @property
    def waiting(self) -> tuple[Request, ...]:
        """Requests that were handed out and have no answer yet."""
        return tuple(request for request, _ in self._tasks.values())

    @property
    def to_begin(self) -> int:
        """How many units have not begun; there may be more once further axes are known."""
        return self._waiting.size

    @property
    def unfinished(self) -> Iterator[Unit]:
        """Units that still wait for answers, and those that have not begun."""
        yield from self._begun.values()
        for collector, place in self._waiting:
            yield Unit(collector, place, waiting=1)

    @property
    def own(self) -> Set[tuple[str, str]]:
        """Targets and accounts that this shard found and looks into."""
        return self._own

    @property
    def left(self) -> Set[tuple[str, str]]:
        """Targets and accounts that this shard found and leaves to another."""
        return self._left

    @property
    def excluded(self) -> tuple[tuple[Unit, str], ...]:
        """Places that were discovered but that the audit's configuration leaves out."""
        return tuple(self._excluded)

    @property
    def spared(self) -> tuple[Spared, ...]:
        """Collectors that did not look everywhere, on the word of a census."""
        return tuple(self._spared)

    def dependents(self, axis: str, provider: str) -> tuple[Collector, ...]:
        """Collectors that look along an axis, so that a gap in it is a gap of theirs."""
        return tuple(c for c in self._collectors if c.provider == provider and axis in c.per)

    def _keep(self, unit: Unit, spawned: Spawned, revealed: Revealed) -> None:
        for request, task in spawned.requests:
            self._tasks[_key(request)] = (request, task)
            revealed.requests.append(request)
        for found in spawned.found:
            revealed.found.append((unit, found))
            self._learn(unit, found)

    def _learn(self, unit: Unit, found: Found) -> None:
        """Take what a resource tells about where to look."""
        axis = unit.collector.axis
        if axis is not None:
            values = axis.values_of(found)
            unit.values.extend(values)
            if axis.hides(found):
                unit.hidden.update(values)
        if hearing := self._hearings.of(unit):
            hearing.take(unit, found)

    def _settle(self, last: Unit) -> None:
        """Fix an axis or a census at a place once every unit that contributes is finished."""
        if hearing := self._hearings.of(last):
            hearing.finish(last)
            if not hearing.to_come:
                self._release(hearing.where)
        if last.collector.axis is None:
            return
        axis, place = last.collector.axis.name, last.place
        where = _where(axis, place, last.collector.per)
        finding = self._findings[where]
        finding.to_come -= 1
        finding.units.append(last)
        if finding.to_come:
            return
        del self._findings[where]
        values = self._values_of(axis, self._targets[place["target"]], finding)
        if not values and not last.issues and not last.collector.axis.optional:
            # Nothing behind this axis will be asked: that may not read as nothing being there.
            last.issues.append((Outcome.FAILED, f"no {axis} was found to look into", ""))
        self._values[where] = values
        self._hidden[where] = {value for unit in finding.units for value in unit.hidden}
        self._release(where)

    def _values_of(self, axis: str, target: Target, finding: Finding) -> tuple[str, ...]:
        fixed = target.axes.get(axis)
        values = dict.fromkeys(fixed or ())
        for unit in sorted(finding.units, key=lambda unit: unit.collector.kind):
            for value in unit.values:
                if fixed and value not in values:
                    self._excluded.append((unit, value))
                elif not fixed:
                    values[value] = None
        return tuple(values)

    def _expand(self, batch: Batch, place: Place) -> None:
        """Let collectors wait at a place for their turn, or for the axis that they lack."""
        for axis, several in batch.split(place).items():
            if axis:
                self._enter(axis, several, place)
            else:
                self._park(several, place)

    def _enter(self, axis: str, batch: Batch, place: Place) -> None:
        """Let collectors look along an axis, or wait until it and its census are known."""
        provider = (target := self._targets[place["target"]]).provider
        if axis in target.axes and not self._is_found(axis, provider):
            self._look_along(axis, [(value, batch) for value in target.axes[axis]], place)
            return
        where = _where(axis, place, self._per_of(axis, batch.collectors[0]))
        # Whoever names the places wants all of them looked into.
        index = None if axis in target.axes else self._hearings.index(axis, place, provider)
        bill = self._hearings.bill(axis, place, provider) if index else None
        waits = [each.where for each in (index, bill) if each is not None and each.to_come]
        if waits or where not in self._values:
            self._parked.setdefault([*waits, where][0], []).append((axis, batch, place))
            return
        values = self._values[where]
        parts = [(value, batch) for value in values]
        if index is not None:
            hidden = self._hidden[where]
            advice = Advice(place=place, values=values, hidden=hidden, index=index, bill=bill)
            parts, spared = advice.divide(batch)
            self._spared += spared
        self._look_along(axis, parts, place)

    def _release(self, where: Where) -> None:
        for axis, batch, place in self._parked.pop(where, []):
            self._enter(axis, batch, place)

    def _look_along(self, axis: str, parts: Iterable[tuple[str, Batch]], place: Place) -> None:
        for value, batch in parts:
            inner = {**place, axis: value}
            if self._shard is None or self._shard.looks_into(inner):
                self._expand(batch, inner)
            if self._shard is not None and axis == "account":
                found = self._own if self._shard.takes(value) else self._left
                found.add((place["target"], value))

    def _park(self, batch: Batch, place: Place) -> None:
        for collector in batch.collectors:
            if collector.axis is not None:
                where = _where(collector.axis.name, place, collector.per)
                self._findings.setdefault(where, Finding()).to_come += 1
        self._waiting.add(batch, place)

    def _begin(self, collector: Collector, place: Place) -> Request:
        unit = Unit(collector, place, waiting=1)
        unit.lacking = self._hearings.lacking(collector, place)
        self._begun[id(unit)] = unit
        first = collector.parent or collector.listing
        request, task = ListingTask(unit, first, "p" if collector.parent else "l").begin()
        self._tasks[_key(request)] = (request, task)
        return request

    def _begin_for(self, request: Request) -> None:
        """Begin the unit that a kept answer is about, if it has not begun."""
        waiting = self._waiting.take(request.place, request.collector)
        if waiting is not None:
            self._begin(*waiting)

    def _is_found(self, axis: str, provider: str) -> bool:
        """Whether some collector finds an axis; one that only configuration fixes has none."""
        return any(
            each.axis is not None and each.axis.name == axis and each.provider == provider
            for each in self._collectors
        )

    def _per_of(self, axis: str, user: Collector) -> tuple[str, ...]:
        for collector in self._collectors:
            made = collector.axis
            if made is not None and made.name == axis and collector.provider == user.provider:
                return collector.per
        raise EvidenceError(f"no collector of {user.provider} discovers the axis {axis!r}")


def _is_for(collector: Collector, target: Target) -> bool:
    return collector.provider == target.provider and (
        not collector.option or collector.option in target.options
    )


def _key(request: Request) -> tuple[str, Key, str]:
    return request.collector, key_of(request.place), request.step


def _where(axis: str, place: Place, per: tuple[str, ...]) -> Where:
    return axis, key_of({name: place[name] for name in ("target", *per)})
