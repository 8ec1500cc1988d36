"""Units that nobody has begun yet: cheap enough to have millions of them.

Five thousand accounts with seventeen regions and 250 collectors are twenty-one million units. So
what waits is one object for each place, which shares its collectors with all places like it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from auditor.model import Place
from auditor.spec import Collector

Key = tuple[str, ...]


class Batch:
    """Collectors that look at the same places, in the order in which they begin.

    Those that find places come first, and what asks the same service stands together, so that
    its client serves them all while it is there.
    """

    def __init__(self, collectors: Sequence[Collector]) -> None:
        self.collectors = sorted(collectors, key=_order)
        self.positions = {each.kind: at for at, each in enumerate(self.collectors)}
        self._splits: dict[Key, dict[str, Batch]] = {}
        self._parts: dict[frozenset[str], Batch] = {}

    def only(self, kinds: frozenset[str]) -> "Batch":
        """Return the part of these kinds; made once."""
        if kinds not in self._parts:
            self._parts[kinds] = Batch([each for each in self.collectors if each.kind in kinds])
        return self._parts[kinds]

    def split(self, place: Place) -> dict[str, "Batch"]:
        """Return the collectors by the next axis that they lack at a place; '' is none."""
        axes = tuple(place)
        if axes not in self._splits:
            several: dict[str, list[Collector]] = {}
            for each in self.collectors:
                lacking = next((axis for axis in each.per if axis not in place), "")
                several.setdefault(lacking, []).append(each)
            self._splits[axes] = {axis: Batch(each) for axis, each in several.items()}
        return self._splits[axes]


@dataclass(slots=True)
class Parked:
    """The units of one place that have not begun: those whose bit is 0."""

    batch: Batch
    place: Place
    begun: int = 0

    def take(self, kind: str) -> Collector | None:
        """Take the collector of a kind, None if it has begun or there is no such here."""
        position = self.batch.positions.get(kind)
        if position is None or self.begun >> position & 1:
            return None
        self.begun |= 1 << position
        return self.batch.collectors[position]

    @property
    def next_kind(self) -> str:
        """The kind whose turn it is; there must be one."""
        lowest_zero = ~self.begun & (self.begun + 1)
        return self.batch.collectors[lowest_zero.bit_length() - 1].kind

    def rest(self) -> Iterator[Collector]:
        """Yield the collectors that have not begun."""
        for position, collector in enumerate(self.batch.collectors):
            if not self.begun >> position & 1:
                yield collector

    @property
    def empty(self) -> bool:
        """Whether every unit here has begun."""
        return self.begun + 1 == 1 << len(self.batch.collectors)


@dataclass(slots=True)
class Waiting:
    """All places with units that have not begun, in the order in which they will.

    Places that differ in their first axis only follow one another: one region of every account,
    then the next region. So the clients of one region serve all accounts before they go.

    Attributes:
        size: how many units wait.
    """

    size: int = 0
    _places: dict[Key, list[Parked]] = field(default_factory=dict)
    _waves: dict[Key, dict[Key, None]] = field(default_factory=dict)

    def add(self, batch: Batch, place: Place) -> None:
        """Park the units of some collectors at a place that lacks no axis of theirs."""
        self.size += len(batch.collectors)
        key = key_of(place)
        self._places.setdefault(key, []).append(Parked(batch, place))
        self._waves.setdefault(_wave_of(place), {})[key] = None

    def take(self, place: Place, kind: str) -> tuple[Collector, Place] | None:
        """Take the unit that a record is about, None if no such waits."""
        key = key_of(place)
        several = self._places.get(key, ())
        return next(filter(None, (self._take(key, parked, kind) for parked in several)), None)

    def take_next(self) -> tuple[Collector, Place] | None:
        """Take the unit whose turn it is, None if all have begun."""
        for wave in self._waves.values():
            for key in wave:
                parked = self._places[key][0]
                return self._take(key, parked, parked.next_kind)
        return None

    def __iter__(self) -> Iterator[tuple[Collector, Place]]:
        """Yield the units that wait, in order; they go on waiting."""
        for wave in self._waves.values():
            for key in wave:
                for parked in self._places[key]:
                    for collector in parked.rest():
                        yield collector, parked.place

    def _take(self, key: Key, parked: Parked, kind: str) -> tuple[Collector, Place] | None:
        collector = parked.take(kind)
        if collector is None:
            return None
        self.size -= 1
        if parked.empty:
            self._forget(key, parked)
        return collector, parked.place

    def _forget(self, key: Key, parked: Parked) -> None:
        several = self._places[key]
        several.remove(parked)
        if not several:
            del self._places[key]
            name = _wave_of(parked.place)
            wave = self._waves[name]
            del wave[key]
            if not wave:
                del self._waves[name]


def key_of(place: Place) -> Key:
    """Return what tells a place from all others."""
    return tuple(text for pair in sorted(place.items()) for text in pair)


def _order(collector: Collector) -> tuple[bool, str, str]:
    return not collector.finds_places, collector.service, collector.kind


def _wave_of(place: Place) -> Key:
    """Return a place without its target and first axis."""
    return tuple(list(place.values())[2:])
