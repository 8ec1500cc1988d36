"""How many calls may be under way at once, for each account and region.

The clouds limit calls by account and region, and the limit is shared with the customer's own
production. A lane halves its width when it is throttled and widens slowly while it is not.
"""

import heapq
from dataclasses import dataclass, field
from itertools import count

from auditor.model import Request

_START, _MOST = 4.0, 16.0

Lane = tuple[str, str, str]


@dataclass(slots=True)
class _State:
    width: float = _START
    under_way: int = 0
    queue: list[tuple[int, int, Request]] = field(default_factory=list)

    @property
    def free(self) -> bool:
        return bool(self.queue) and self.under_way < int(self.width)


class Lanes:
    """Queues requests by account and region, and says which may go now."""

    def __init__(self) -> None:
        self._states: dict[Lane, _State] = {}
        self._free: dict[Lane, None] = {}  # lanes with room and work, in the order of their turns
        self._order = count()
        self.waiting = 0

    def add(self, request: Request) -> None:
        """Queue a request. Details go before listings, so that few items are open at once."""
        lane = _lane(request)
        state = self._states.setdefault(lane, _State())
        priority = 0 if "/" in request.step else 1
        heapq.heappush(state.queue, (priority, next(self._order), request))
        self.waiting += 1
        self._note(lane, state)

    def take(self, room: int) -> list[Request]:
        """Return up to ``room`` requests that may go now, a fair share from each lane."""
        taken: list[Request] = []
        while self._free and len(taken) < room:
            lane = next(iter(self._free))
            del self._free[lane]
            state = self._states[lane]
            if not state.free:
                continue  # it has narrowed since it was given its turn
            taken.append(heapq.heappop(state.queue)[2])
            state.under_way += 1
            self._note(lane, state)
        self.waiting -= len(taken)
        return taken

    def done(self, request: Request, throttled: int) -> None:
        """Make room in the request's lane; narrow it if the provider throttled."""
        lane = _lane(request)
        state = self._states[lane]
        state.under_way -= 1
        if throttled:
            state.width = max(1.0, state.width / 2)
        else:
            state.width = min(_MOST, state.width + 1 / state.width)
        self._note(lane, state)

    def _note(self, lane: Lane, state: _State) -> None:
        """Give a lane with room and work its turn, behind those that wait for theirs."""
        if state.free:
            self._free[lane] = None


def _lane(request: Request) -> Lane:
    place = request.place
    owner = place.get("account") or place.get("tenancy", "")
    return place["target"], owner, request.region
