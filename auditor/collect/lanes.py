"""Which calls may go now, for each account, region and limit of the provider.

The clouds limit calls by account, region and API, and the limit is shared with the customer's own
production. So a lane takes a share of the published limit only, and leaves the rest. It halves its
pace and its width when it is throttled all the same, and recovers slowly while it is not.
"""

import heapq
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count

from auditor.collect.limits import SHARE, Limits, Unlimited
from auditor.model import Request

_START, _MOST = 4.0, 16.0
_EASED_MOST, _RECOVERY = 1 / 16, 1 / 32
_HAIR = 1e-6  # seconds, or calls, by which rounding may leave a lane short of its next call
_REMEMBERED = 60.0  # seconds for which an idle lane remembers that it was throttled

Name = tuple[str, str, str, str]


@dataclass(slots=True)
class _Lane:
    """One lane. ``tokens`` are the calls that may go at once; ``eased`` slows their refilling."""

    rate: float
    burst: float
    tokens: float
    seen: float
    width: float = _START
    eased: float = 1.0
    under_way: int = 0
    blocked: bool = False
    queue: list[tuple[int, int, Request]] = field(default_factory=list)

    @property
    def free(self) -> bool:
        return bool(self.queue) and self.under_way < int(self.width) and not self.blocked

    @property
    def idle(self) -> bool:
        return not self.queue and not self.under_way

    def refill(self, now: float) -> None:
        if self.tokens < self.burst and self.rate < math.inf:
            gained = (now - self.seen) * self.rate * self.eased
            self.tokens = min(self.burst, self.tokens + gained)
        self.seen = now

    def seconds_to(self, tokens: float) -> float:
        if math.isinf(self.rate):
            return 0.0
        return max(0.0, tokens - self.tokens) / (self.rate * self.eased)

    def throttle(self, times: int) -> None:
        self.width = max(1.0, self.width / 2)
        self.eased = max(_EASED_MOST, self.eased / 2)
        self.tokens -= times  # the tries that were refused counted, too

    def recover(self) -> None:
        self.width = min(_MOST, self.width + 1 / self.width)
        self.eased = min(1.0, self.eased + _RECOVERY)


class Lanes:
    """Queues requests by account, region and limit, and says which may go now."""

    def __init__(
        self,
        clock: Callable[[], float],
        limits: Mapping[str, Limits] | None = None,
        share: float = SHARE,
    ) -> None:
        """Make lanes.

        Args:
            clock: seconds that never go back.
            limits: of each target's provider, by the target's name; others are not limited.
            share: of a limit that may be used, above 0 and at most 1.
        """
        self._clock = clock
        self._limits = limits or {}
        self._share = share
        self._lanes: dict[Name, _Lane] = {}
        self._free: dict[Name, None] = {}  # lanes with room and work, in the order of their turns
        self._blocked: list[tuple[float, Name]] = []  # until when a lane has spent its share
        self._idle: list[tuple[float, Name]] = []  # until when an idle lane is remembered
        self._order = count()
        self.waiting = 0

    def add(self, request: Request) -> None:
        """Queue a request. Details go before listings, so that few items are open at once."""
        name, lane = self._lane(request)
        priority = 0 if "/" in request.step else 1
        heapq.heappush(lane.queue, (priority, next(self._order), request))
        self.waiting += 1
        self._note(name, lane)

    def take(self, room: int) -> list[Request]:
        """Return up to ``room`` requests that may go now, a fair share from each lane."""
        now = self._clock()
        self._wake(now)
        taken: list[Request] = []
        while self._free and len(taken) < room:
            name = next(iter(self._free))
            del self._free[name]
            lane = self._lanes[name]
            if not lane.free:
                continue  # it has narrowed since it was given its turn
            lane.refill(now)
            if lane.tokens < 1 - _HAIR:
                lane.blocked = True
                heapq.heappush(self._blocked, (now + lane.seconds_to(1), name))
                continue
            lane.tokens -= 1
            taken.append(heapq.heappop(lane.queue)[2])
            lane.under_way += 1
            self._note(name, lane)
        self.waiting -= len(taken)
        return taken

    def done(self, request: Request, throttled: int) -> None:
        """Make room in the request's lane; narrow it if the provider throttled."""
        name, lane = self._lane(request)
        now = self._clock()
        lane.refill(now)
        lane.under_way -= 1
        if throttled:
            lane.throttle(throttled)
        else:
            lane.recover()
        self._note(name, lane)
        if lane.idle:
            remembered = 0.0 if lane.eased == 1.0 else _REMEMBERED
            heapq.heappush(self._idle, (now + remembered + lane.seconds_to(lane.burst), name))

    @property
    def wakes_in(self) -> float | None:
        """Seconds until a lane that has spent its share may go on; None if there is none."""
        return max(0.0, self._blocked[0][0] - self._clock()) if self._blocked else None

    @property
    def open(self) -> int:
        """How many lanes are remembered."""
        return len(self._lanes)

    def _wake(self, now: float) -> None:
        while self._blocked and self._blocked[0][0] <= now + _HAIR:
            name = heapq.heappop(self._blocked)[1]
            self._lanes[name].blocked = False
            self._note(name, self._lanes[name])
        while self._idle and self._idle[0][0] <= now:
            name = heapq.heappop(self._idle)[1]
            if name in self._lanes and self._lanes[name].idle:
                del self._lanes[name]

    def _lane(self, request: Request) -> tuple[Name, _Lane]:
        place = request.place
        limit = self._limits.get(place["target"], _UNLIMITED).of(request)
        owner = place.get("account") or place.get("tenancy", "")
        name = (place["target"], owner, request.region, limit.name)
        lane = self._lanes.get(name)
        if lane is None:
            burst = max(1.0, limit.burst * self._share)
            rate = limit.rate * self._share
            lane = self._lanes[name] = _Lane(rate, burst, burst, self._clock())
        return name, lane

    def _note(self, name: Name, lane: _Lane) -> None:
        """Give a lane with room and work its turn, behind those that wait for theirs."""
        if lane.free:
            self._free[name] = None


_UNLIMITED = Unlimited()
