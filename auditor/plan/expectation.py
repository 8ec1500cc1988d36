"""Which calls follow the first one of a kind at a place: if nothing is there, or as once before."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from auditor.model import Answer, Json, Outcome, Place, Record
from auditor.plan.earlier import FIRST, Asked, Earlier
from auditor.plan.scope import Key, key_of
from auditor.spec import Call, Collector
from auditor.walk.tasks import ListingTask, Unit

_NOTHING: Counter[Asked] = Counter()


class Expectation:
    """What an earlier collection asked, and for what it never looked into, what is always asked."""

    def __init__(
        self, collectors: Sequence[Collector], earlier: Earlier | None, records: Sequence[Record]
    ) -> None:
        """Take what will ask, what an earlier collection asked, and what discovery was answered."""
        self._earlier = earlier or Earlier()
        # Who refuses discovery may refuse all else, and then nothing follows the first page.
        self._refusing = {_owner(r.request.place) for r in records if not r.answer.outcome.known}
        self._always = {each.kind: _about_nothing(each) for each in collectors}

    def beyond(self, kind: str, place: Place) -> Counter[Asked]:
        """Return the calls that follow the first one."""
        if self.knows(kind):
            key = key_of(place)
            if key in self._earlier.places:
                return self._earlier.beyond.get(kind, {}).get(key, _NOTHING)
        return _NOTHING if _owner(place) in self._refusing else self._always.get(kind, _NOTHING)

    def is_followed(self, kind: str) -> bool:
        """Whether calls follow the first one even where every list is empty."""
        return bool(self._always[kind])

    def always(self, kind: str, key: Key) -> int:
        """Return how many calls follow at a place where every list is empty."""
        return 0 if _owner(dict(key)) in self._refusing else self._always[kind].total()

    def knows(self, kind: str) -> bool:
        """Whether the earlier collection asked for a kind."""
        return kind in self._earlier.kinds

    def has_been(self, key: Key) -> bool:
        """Whether the earlier collection looked into a place."""
        return key in self._earlier.places

    def followed(self, kind: str, keys: Set[Key]) -> Iterator[tuple[Key, int]]:
        """Yield how many calls followed in those of the places that had any."""
        for key, asked in self._earlier.beyond.get(kind, {}).items():
            if key in keys:
                yield key, asked.total()


def _owner(place: Place) -> tuple[str, str]:
    return place["target"], place.get("account", "")


def empty_body(call: Call) -> Json:
    """Return an answer with an empty list where the call has one."""
    if call.items == ".":
        return []
    body: Json = [] if call.items else {}
    for name in reversed(call.items.split(".") if call.items else ()):
        body = {name: body}
    return body


def _about_nothing(collector: Collector) -> Counter[Asked]:
    """Return the calls after the first where every list is empty, as the walk makes them."""
    if collector.finds_places:
        return Counter()
    calls = {call.operation: call for call in collector.calls}
    unit = Unit(collector, {"target": "", **dict.fromkeys(collector.per, "")}, waiting=1)
    first = collector.parent or collector.listing
    waiting = [ListingTask(unit, first, "p" if collector.parent else "l").begin()]
    asked: Counter[Asked] = Counter()
    while waiting:
        request, task = waiting.pop()
        if request.step not in FIRST:
            asked[request.service, request.operation, request.region] += 1
        answer = Answer(outcome=Outcome.OK, body=empty_body(calls[request.operation]))
        waiting += task.take(answer, 0).requests
    return asked
