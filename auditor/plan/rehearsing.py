"""A whole collection in imagined time, answered by what discovery kept and what is expected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.collect.door import Silence
from auditor.collect.engine import Collection
from auditor.collect.lanes import Lanes
from auditor.collect.limits import Limits
from auditor.collect.rehearsal import Rehearsal
from auditor.collect.workers import WORKERS
from auditor.model import Answer, Outcome, Record, Request, Target
from auditor.plan.earlier import FIRST
from auditor.plan.expectation import Expectation
from auditor.plan.scope import key_of
from auditor.spec import Collector
from auditor.walk import Revealed, Shard, Walk

_FURTHER = "further/"  # the step of every call that follows a first one
_NOTHING = Answer(outcome=Outcome.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """How a rehearsal went: imagined seconds, and the calls that were asked."""

    seconds: float
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything that a rehearsal needs besides its targets.

    Attributes:
        limits: of each target's provider, by the target's name.
        share: of these limits that may be used.
        latency: seconds that a call is imagined to take.
    """

    collectors: Sequence[Collector]
    records: Sequence[Record]
    expectation: Expectation
    limits: Mapping[str, Limits]
    share: float
    latency: float
    workers: int = WORKERS


def rehearse(stage: Stage, targets: Sequence[Target], shard: Shard | None = None) -> Rehearsed:
    """Run a collection, or one part of it, in imagined time."""
    answers = {
        (r.request.collector, key_of(r.request.place), r.request.step): r.answer
        for r in stage.records
    }
    keeper = _Forgetful()

    def ask(request: Request) -> Answer:
        return answers.get((request.collector, key_of(request.place), request.step), _NOTHING)

    rehearsal = Rehearsal(ask, stage.latency, stage.workers)
    lanes = Lanes(rehearsal.now, stage.limits, stage.share)
    walk = _ImaginedWalk(targets, stage, shard)
    Collection(walk, lanes, keeper, Silence()).run(rehearsal)
    return Rehearsed(seconds=rehearsal.now(), calls=keeper.size)


class _ImaginedWalk(Walk):
    """Makes the first call of each unit as a walk does, and then as many as are expected."""

    def __init__(self, targets: Sequence[Target], stage: Stage, shard: Shard | None) -> None:
        super().__init__(targets, [_first_only(each) for each in stage.collectors], shard)
        self._expectation = stage.expectation
        self._finders = {each.kind for each in stage.collectors if each.finds_places}

    def answer(self, request: Request, answer: Answer, index: int) -> Revealed:
        if request.step == _FURTHER:
            return Revealed()
        revealed = super().answer(request, answer, index)
        if request.step in FIRST and request.collector not in self._finders:
            revealed.requests += self._further(request)
        return revealed

    def _further(self, request: Request) -> Iterator[Request]:
        asked = self._expectation.beyond(request.collector, request.place)
        for (service, operation, region), times in asked.items():
            further = replace(
                request,
                step=_FURTHER,
                service=service,
                operation=operation,
                region=region or request.place.get("region", ""),
            )
            yield from (further for _ in range(times))


class _Forgetful:
    """A keeper that counts."""

    secret = b""

    def __init__(self) -> None:
        self.size = 0

    def kept(self) -> Iterator[tuple[int, Record]]:
        yield from ()

    def add(self, record: Record) -> int:  # noqa: ARG002
        self.size += 1
        return self.size - 1


def _first_only(collector: Collector) -> Collector:
    """Return a collector that makes its first call only, unless it finds places."""
    if collector.finds_places:
        return collector
    first = collector.parent or collector.listing
    return replace(collector, parent=None, listing=first, below=None, details=())
