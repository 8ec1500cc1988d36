"""What an index of the cloud has named at a place, and where others need not look because of it."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field

from auditor.model import Place
from auditor.spec import Collector, Found
from auditor.walk.places import Batch, Key, key_of
from auditor.walk.tasks import Unit

Where = tuple[str, Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared:
    """A collector that was not asked everywhere, because the index names nothing of its types.

    Attributes:
        unit: the collector, at the place that the index speaks of.
        places: how many places below that one were not asked about.
        of: how many there are.
    """

    unit: Unit
    places: int
    of: int


@dataclass(slots=True)
class Hearing:
    """What was heard so far from the units of a census at one place.

    Attributes:
        where: names the hearing.
        to_come: how many of these units are not finished.
        silent: whether one was refused: then nothing is spared.
        evidence: indexes of the answers.
    """

    where: Where
    to_come: int
    silent: bool = False
    evidence: list[int] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _named: dict[str, set[str]] = field(default_factory=dict)
    _always: set[str] = field(default_factory=set)

    def take(self, unit: Unit, found: Found) -> None:
        """Take what one resource of the index tells."""
        census = unit.collector.census
        named = census.names(found) if census else None
        if named is None:
            return
        type_, value = named[0].casefold(), named[1]
        if value:
            self._named.setdefault(type_, set()).add(value)
        else:
            self._known.add(type_)

    def finish(self, unit: Unit) -> None:
        """Take note that a unit has no further answers."""
        census = unit.collector.census
        if census is None:
            return
        self.to_come -= 1
        self.silent = self.silent or bool(unit.issues)
        self._known |= {each.casefold() for each in census.knows}
        always = Found(place=unit.place, item=None).read(census.always, absent="")
        self._always |= {always} if isinstance(always, str) and always else set()

    def divide(
        self, batch: Batch, place: Place, values: Sequence[str], hidden: Set[str]
    ) -> tuple[list[tuple[str, Batch]], list[Spared]]:
        """Return which collectors look along each value, and which of them spare how many.

        Args:
            hidden: values of which the index may not tell everything.
        """
        kinds: dict[str, set[str]] = {value: set() for value in values}
        spared = []
        for collector in batch.collectors:
            asked = self._where_to_ask(collector, values, hidden)
            for value in asked:
                kinds[value].add(collector.kind)
            if len(asked) < len(values):
                unit = Unit(collector, place, evidence=self.evidence)
                spared.append(Spared(unit=unit, places=len(values) - len(asked), of=len(values)))
        several = [(value, batch.only(frozenset(kinds[value]))) for value in values]
        return [(value, each) for value, each in several if each.collectors], spared

    def _where_to_ask(
        self, collector: Collector, values: Sequence[str], hidden: Set[str]
    ) -> Sequence[str]:
        types = {each.casefold() for each in collector.types}
        if self.silent or not types or not types <= self._known:
            return values
        named = self._always | hidden
        for each in types:
            named |= self._named.get(each, set())
        return [value for value in values if value in named]


class Hearings:
    """Every census of a walk, at every place."""

    def __init__(self, collectors: Iterable[Collector]) -> None:
        """Take the collectors of the walk."""
        self._several = [(each, each.census) for each in collectors if each.census is not None]
        self._closest: dict[tuple[str, str, Key], list[Collector]] = {}
        self._hearings: dict[Where, Hearing] = {}

    def of(self, unit: Unit) -> Hearing | None:
        """Return the hearing that a unit speaks in, None if its collector takes no census."""
        census = unit.collector.census
        return self.at(census.axis, unit.place, unit.collector.provider) if census else None

    def at(self, axis: str, place: Place, provider: str) -> Hearing | None:
        """Return the hearing about an axis at a place, None if no census speaks of it.

        The census of the smallest place decides: an index of a region over one of the account.
        """
        heard = self._speakers(axis, tuple(place), provider)
        if not heard:
            return None
        key = key_of({name: place[name] for name in ("target", *heard[0].per)})
        where = f"census of {axis}", key
        if where not in self._hearings:
            self._hearings[where] = Hearing(where, to_come=len(heard))
        return self._hearings[where]

    def _speakers(self, axis: str, axes: Key, provider: str) -> list[Collector]:
        key = provider, axis, axes
        if key not in self._closest:
            fitting = [
                each
                for each, census in self._several
                if each.provider == provider and census.axis == axis and set(each.per) <= set(axes)
            ]
            closest = max((len(each.per) for each in fitting), default=0)
            self._closest[key] = [each for each in fitting if len(each.per) == closest]
        return self._closest[key]
