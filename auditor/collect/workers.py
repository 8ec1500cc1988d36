"""Who makes the calls: threads, or in a rehearsal nobody."""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Protocol

from auditor.model import Answer, Request

WORKERS = 24
SWITCH_SECONDS = 0.02


class Workers(Protocol):
    """Makes a number of calls at once, and has the clock by which they are paced."""

    @property
    def room(self) -> int:
        """How many more calls can be made now."""

    @property
    def under_way(self) -> int:
        """How many calls have been asked for and not been waited for yet."""

    def ask(self, request: Request) -> None:
        """Begin a call."""

    def wait(self, seconds: float | None) -> tuple[Request, Answer] | None:
        """Return the next answer, None if there is none within so many seconds.

        Raises:
            AuditorError: a call could not be made at all.
        """

    def now(self) -> float:
        """Return seconds that never go back."""


class Threads:
    """Makes calls in threads of this process."""

    def __init__(
        self, ask: Callable[[Request], Answer], pool: ThreadPoolExecutor, most: int
    ) -> None:
        """Take what asks, and threads for so many calls at once; see :func:`threads`."""
        self._ask = ask
        self._pool = pool
        self._most = most
        self._under_way: dict[Future[Answer], Request] = {}
        self._finished: SimpleQueue[Future[Answer]] = SimpleQueue()

    @property
    def room(self) -> int:
        """How many more calls can be made now."""
        return self._most - len(self._under_way)

    @property
    def under_way(self) -> int:
        """How many calls have been asked for and not been waited for yet."""
        return len(self._under_way)

    def ask(self, request: Request) -> None:
        """Begin a call."""
        future = self._pool.submit(self._ask, request)
        self._under_way[future] = request
        # futures.wait would visit every future under way for each one that finishes.
        future.add_done_callback(self._finished.put)

    def wait(self, seconds: float | None) -> tuple[Request, Answer] | None:
        """Return the next answer, None if there is none within so many seconds."""
        try:
            future = self._finished.get(timeout=seconds)
        except Empty:
            return None
        return self._under_way.pop(future), future.result()

    def now(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()


@contextmanager
def threads(ask: Callable[[Request], Answer], most: int) -> Iterator[Threads]:
    """Yield workers that make up to so many calls at once; on an error, no further ones."""
    with (
        _unhurried_threads(),
        ThreadPoolExecutor(most, thread_name_prefix="collect") as pool,
    ):
        try:
            yield Threads(ask, pool, most)
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
