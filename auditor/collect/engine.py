"""Walks with the clouds answering, and keeps the answers.

No provider is named here. Paging tokens, retries and error codes belong to the doors, and how fast
one may call to each provider's limits.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from auditor.collect.door import Door, Progress
from auditor.collect.lanes import Lanes
from auditor.collect.limits import SHARE, Limits
from auditor.collect.settlement import settle
from auditor.collect.workers import WORKERS, Workers, threads
from auditor.model import Answer, Record, Request, Target
from auditor.spec import Collector
from auditor.walk import Shard, Walk

_MOST_WAITING = 10_000  # requests that wait for their lanes; each takes about a kilobyte


class Keeper(Protocol):
    """Where records are kept; the evidence store."""

    @property
    def secret(self) -> bytes:
        """Key for the digests that stand for secret values in this collection."""

    def kept(self) -> Iterable[tuple[int, Record]]:
        """Yield what an earlier run of this collection kept, with its index."""

    def add(self, record: Record) -> int:
        """Keep one record before anything else happens, and return its index."""


def collect(
    targets: Sequence[Target],
    collectors: Sequence[Collector],
    doors: Mapping[str, Door],
    keeper: Keeper,
    *,
    now: Callable[[], str],
    progress: Progress,
    limits: Mapping[str, Limits] | None = None,
    share: float = SHARE,
    workers: int = WORKERS,
    shard: Shard | None = None,
) -> None:
    """Ask for everything that the collectors want to know and the keeper does not hold yet.

    Args:
        limits: what the provider of each target publishes, by the target's name; a target that
            is not named is asked as fast as it answers.
        share: of these limits that may be used; the rest is left to the customer.
        workers: how many calls are under way at once.
        shard: the part of a shared collection that this is.

    Raises:
        CollectionError: a target's credentials have expired for good. What was kept stays.
    """
    asking = _Asking(collectors, doors, keeper.secret, now)
    with threads(asking, workers) as several:
        lanes = Lanes(several.now, limits, share)
        Collection(Walk(targets, collectors, shard), lanes, keeper, progress).run(several)


class Collection:
    """Runs in the calling thread: alone touches the walk and the keeper."""

    def __init__(self, walk: Walk, lanes: Lanes, keeper: Keeper, progress: Progress) -> None:
        """Take a walk that has not started."""
        self._walk = walk
        self._lanes = lanes
        self._keeper = keeper
        self._progress = progress
        self._done = self._throttled = self._refused = 0

    def run(self, workers: Workers) -> None:
        """Walk over what was kept before, then keep the workers busy until all is asked."""
        self._resume()
        while True:
            for request in self._ready(workers.room):
                workers.ask(request)
            pause = self._lanes.wakes_in if workers.room else None
            if not workers.under_way and pause is None:
                return
            answered = workers.wait(pause)
            if answered is not None:
                self._take(*answered)
                self._progress.update(
                    done=self._done,
                    waiting=self._lanes.waiting + workers.under_way + self._walk.to_begin,
                    throttled=self._throttled,
                    refused=self._refused,
                )

    def _resume(self) -> None:
        self._walk.start()
        for index, record in self._keeper.kept():
            self._walk.answer(record.request, record.answer, index)
            self._count(record.answer)
        for request in self._walk.waiting:
            self._lanes.add(request)

    def _ready(self, room: int) -> list[Request]:
        """Return what may be asked now; where that is too little, begin further units."""
        ready = self._lanes.take(room)
        while len(ready) < room and self._lanes.waiting < _MOST_WAITING:
            begun = self._walk.begin(room - len(ready))
            if not begun:
                break
            for request in begun:
                self._lanes.add(request)
            ready += self._lanes.take(room - len(ready))
        return ready

    def _take(self, request: Request, answer: Answer) -> None:
        index = self._keeper.add(Record(request=request, answer=answer))
        self._lanes.done(request, answer.throttled)
        self._count(answer)
        for following in self._walk.answer(request, answer, index).requests:
            self._lanes.add(following)

    def _count(self, answer: Answer) -> None:
        self._done += 1
        self._throttled += answer.throttled
        self._refused += not answer.outcome.known


class _Asking:
    """Runs in the workers: asks the right door, and settles what it says."""

    def __init__(
        self,
        collectors: Sequence[Collector],
        doors: Mapping[str, Door],
        secret: bytes,
        now: Callable[[], str],
    ) -> None:
        self._calls = {(c.kind, call.operation): call for c in collectors for call in c.calls}
        self._doors = doors
        self._secret = secret
        self._now = now

    def __call__(self, request: Request) -> Answer:
        answer = self._doors[request.place["target"]].ask(request)
        call = self._calls[request.collector, request.operation]
        return replace(settle(call, answer, self._secret), at=self._now())
