"""The calls that find places: made with the engine of a collection, kept in memory only."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from auditor.collect.door import Door, Progress
from auditor.collect.engine import collect
from auditor.collect.limits import SHARE, Limits
from auditor.errors import CollectionError
from auditor.model import Answer, Outcome, Record, Request, Target
from auditor.spec import Collector


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What the clouds said about their places.

    Attributes:
        records: every call with its answer, refusals included.
        latency: median of the seconds that the calls took, the lower one of two.
    """

    records: tuple[Record, ...]
    latency: float


def discover(
    targets: Sequence[Target],
    collectors: Sequence[Collector],
    doors: Mapping[str, Door],
    *,
    now: Callable[[], str],
    progress: Progress,
    limits: Mapping[str, Limits] | None = None,
    share: float = SHARE,
) -> Discovery:
    """Ask for accounts, regions and compartments, and for nothing else.

    Each account's role is entered on the way, so that one that refuses is known. Folders are no
    places: where a configuration names nothing else, nothing is asked.

    Args:
        limits: of each target's provider, by the target's name.
        share: of these limits that may be used.

    Raises:
        CollectionError: no target answers, or a target's credentials have expired for good.
    """
    finders = [each for each in collectors if each.finds_places]
    if not {each.provider for each in finders} & {each.provider for each in targets}:
        return Discovery(records=(), latency=0.0)
    seconds: list[float] = []
    timed = {name: _Timed(door, seconds) for name, door in doors.items()}
    keeper = _Memory()
    collect(
        targets,
        finders,
        timed,
        keeper,
        now=now,
        progress=progress,
        limits=limits,
        share=share,
    )
    _require_answers(keeper.records)
    return Discovery(records=tuple(keeper.records), latency=median_low(seconds))


def _require_answers(records: Iterable[Record]) -> None:
    reasons = set()
    for record in records:
        if record.answer.outcome is Outcome.OK:
            return
        said = record.answer.message or record.answer.code or str(record.answer.outcome)
        reasons.add(f"{record.request.place['target']}: {said}")
    raise CollectionError("no target answered: " + "; ".join(sorted(reasons)))


class _Memory:
    """A keeper that forgets everything with the process."""

    secret = b""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def kept(self) -> Iterator[tuple[int, Record]]:
        yield from ()

    def add(self, record: Record) -> int:
        self.records.append(record)
        return len(self.records) - 1


class _Timed:
    """A door that notes how long each call takes."""

    def __init__(self, door: Door, seconds: list[float]) -> None:
        self._door = door
        self._seconds = seconds

    def ask(self, request: Request) -> Answer:
        start = time.monotonic()
        answer = self._door.ask(request)
        self._seconds.append(time.monotonic() - start)
        return answer

    def close(self) -> None:
        self._door.close()
