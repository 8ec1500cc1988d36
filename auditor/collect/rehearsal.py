"""A collection in imagined time: the real walk, lanes and engine, and calls that take no time.

It says how long a collection takes under the limits, and what it asks for, in seconds of CPU.
"""

import heapq
from collections.abc import Callable
from itertools import count

from auditor.collect.workers import WORKERS
from auditor.model import Answer, Request


class Rehearsal:
    """Workers whose clock goes on when they are waited for."""

    def __init__(
        self, ask: Callable[[Request], Answer], seconds: float, most: int = WORKERS
    ) -> None:
        """Take what answers at once, how long each call is imagined to take, and how many."""
        self._ask = ask
        self._seconds = seconds
        self._most = most
        self._now = 0.0
        self._order = count()
        self._calls: list[tuple[float, int, Request]] = []

    @property
    def room(self) -> int:
        """How many more calls can be made now."""
        return self._most - len(self._calls)

    @property
    def under_way(self) -> int:
        """How many calls have been asked for and not been waited for yet."""
        return len(self._calls)

    def ask(self, request: Request) -> None:
        """Begin a call."""
        heapq.heappush(self._calls, (self._now + self._seconds, next(self._order), request))

    def wait(self, seconds: float | None) -> tuple[Request, Answer] | None:
        """Return the next answer, None if there is none within so many imagined seconds."""
        until = self._now + seconds if seconds is not None else None
        if self._calls and (until is None or self._calls[0][0] <= until):
            self._now, _, request = heapq.heappop(self._calls)
            return request, self._ask(request)
        if until is not None:
            self._now = until
        return None

    def now(self) -> float:
        """Return the imagined seconds since the beginning."""
        return self._now
