"""Walks with the clouds answering, and keeps the answers.

No provider is named here. Paging tokens, retries and error codes belong to the doors.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from queue import SimpleQueue
from typing import Protocol

from auditor.collect.door import Door, Progress
from auditor.collect.lanes import Lanes
from auditor.collect.settlement import settle
from auditor.model import Answer, Record, Request, Target
from auditor.spec import Collector
from auditor.walk import Walk

WORKERS = 24
SWITCH_SECONDS = 0.02


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
    workers: int = WORKERS,
) -> None:
    """Ask for everything that the collectors want to know and the keeper does not hold yet."""
    ask = _Asking(collectors, doors, keeper.secret, now)
    run = _Run(Walk(targets, collectors), ask, keeper, progress)
    run.resume()
    with (
        _unhurried_threads(),
        ThreadPoolExecutor(workers, thread_name_prefix="collect") as pool,
    ):
        try:
            run.ask_all(pool, workers)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def _unhurried_threads() -> Iterator[None]:
    """Let a thread that signs or parses finish: a forced switch every 5 ms costs a third more CPU.

    Threads that wait for the network give way by themselves.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(max(usual, SWITCH_SECONDS))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


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


class _Run:
    """Runs in the calling thread: alone touches the walk and the keeper."""

    def __init__(
        self,
        walk: Walk,
        ask: Callable[[Request], Answer],
        keeper: Keeper,
        progress: Progress,
    ) -> None:
        self._walk = walk
        self._ask = ask
        self._keeper = keeper
        self._progress = progress
        self._lanes = Lanes()
        self._done = self._throttled = self._refused = 0

    def resume(self) -> None:
        """Walk over what was kept before; what is then still unanswered will be asked."""
        self._walk.start()
        for index, record in self._keeper.kept():
            self._walk.answer(record.request, record.answer, index)
            self._count(record.answer)
        for request in self._walk.waiting:
            self._lanes.add(request)

    def ask_all(self, pool: ThreadPoolExecutor, workers: int) -> None:
        """Keep every worker busy until nothing is left to ask."""
        under_way: dict[Future[Answer], Request] = {}
        finished: SimpleQueue[Future[Answer]] = SimpleQueue()
        while True:
            for request in self._ready(workers - len(under_way)):
                future = pool.submit(self._ask, request)
                under_way[future] = request
                # futures.wait would visit every future under way for each one that finishes.
                future.add_done_callback(finished.put)
            if not under_way:
                return
            future = finished.get()
            self._take(under_way.pop(future), future.result())
            self._progress.update(
                done=self._done,
                waiting=self._lanes.waiting + len(under_way),
                throttled=self._throttled,
                refused=self._refused,
            )

    def _ready(self, room: int) -> list[Request]:
        ready = self._lanes.take(room)
        while len(ready) < room and (begun := self._walk.begin(room - len(ready))):
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
