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
    """What was heard so far from the units of one kind at one place: of an index, or of a bill.

    Attributes:
        where: names the hearing.
        to_come: how many of these units are not finished.
        silent: whether one was refused: then nothing is spared on its word.
        evidence: indexes of the answers.
        known: types that the index can name.
        named: what was named or charged -> the places of it; names without regard to case.
        always: places to look into whatever is named.
    """

    where: Where
    to_come: int
    silent: bool = False
    evidence: list[int] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    named: dict[str, set[str]] = field(default_factory=dict)
    always: set[str] = field(default_factory=set)

    def lacks(self, type_: str) -> bool:
        """Whether the index knows a type, was heard to the end, and names none of it."""
        name = type_.casefold()
        return not (self.to_come or self.silent) and name in self.known and name not in self.named

    def take(self, unit: Unit, found: Found) -> None:
        """Take what one resource of the index, or one line of the bill, tells."""
        teller = unit.collector.census or unit.collector.charges
        named = teller.names(found) if teller else None
        if named is None:
            return
        name, value = named[0].casefold(), named[1]
        if value:
            self.named.setdefault(name, set()).add(value)
        else:
            self.known.add(name)

    def finish(self, unit: Unit) -> None:
        """Take note that a unit has no further answers."""
        self.to_come -= 1
        self.silent = self.silent or bool(unit.issues)
        census = unit.collector.census
        if census is None:
            return
        self.known |= {each.casefold() for each in census.knows}
        always = Found(place=unit.place, item=None).read(census.always, absent="")
        self.always |= {always} if isinstance(always, str) and always else set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Where to look along an axis at one place, from all that was heard.

    Attributes:
        hidden: values of which the index may not tell everything.
        bill: None where no bill speaks of the axis.
    """

    place: Place
    values: Sequence[str]
    hidden: Set[str]
    index: Hearing
    bill: Hearing | None

    def divide(self, batch: Batch) -> tuple[list[tuple[str, Batch]], list[Spared]]:
        """Return which collectors look along each value, and which of them spare how many."""
        kinds: dict[str, set[str]] = {value: set() for value in self.values}
        evidence = sorted({*self.index.evidence, *(self.bill.evidence if self.bill else ())})
        occupied = self._occupied()
        spared = []
        for collector in batch.collectors:
            asked = self._where_to_ask(collector, occupied)
            for value in asked:
                kinds[value].add(collector.kind)
            if len(asked) < len(self.values):
                unit = Unit(collector, self.place, evidence=evidence)
                left_out = len(self.values) - len(asked)
                spared.append(Spared(unit=unit, places=left_out, of=len(self.values)))
        several = [(value, batch.only(frozenset(kinds[value]))) for value in self.values]
        return [(value, each) for value, each in several if each.collectors], spared

    def _where_to_ask(self, collector: Collector, occupied: Set[str] | None) -> Sequence[str]:
        types = {each.casefold() for each in collector.types}
        named = self.index.always | self.hidden
        if not self.index.silent and types and types <= self.index.known:
            named = named.union(*(self.index.named.get(each, ()) for each in types))
        elif occupied is not None:
            named |= occupied
        else:
            return self.values
        return [value for value in self.values if value in named]

    def _occupied(self) -> Set[str] | None:
        """Return where the index names or the bill charges anything; None if that is not known.

        An index of some types only, such as that of the whole account, cannot tell.
        """
        region = self.place.get("region", "")
        if self.bill is None or self.bill.silent or self.index.silent or not region:
            return None
        charged = (self.bill.named.get(name, set()) for name in (region.casefold(), ""))
        return set().union(*self.index.named.values(), *charged)


class Hearings:
    """Every index and every bill of a walk, at every place."""

    def __init__(self, collectors: Iterable[Collector]) -> None:
        """Take the collectors of the walk."""
        several = tuple(collectors)
        self._censuses = [(each, each.census.axis) for each in several if each.census]
        self._bills = [(each, each.charges.axis) for each in several if each.charges]
        self._closest: dict[tuple[str, str, Key, bool], list[Collector]] = {}
        self._hearings: dict[Where, Hearing] = {}

    def of(self, unit: Unit) -> Hearing | None:
        """Return the hearing that a unit speaks in, None if its collector speaks in none."""
        collector = unit.collector
        if collector.census is not None:
            return self.index(collector.census.axis, unit.place, collector.provider)
        if collector.charges is not None:
            return self.bill(collector.charges.axis, unit.place, collector.provider)
        return None

    def lacking(self, collector: Collector, place: Place) -> frozenset[str]:
        """Return the types that details of a collector need and that an index rules out there."""
        needed = {each for detail in collector.details for each in detail.needs}
        heard = [
            hearing
            for axis in ({axis for _, axis in self._censuses} if needed else ())
            if (hearing := self.index(axis, place, collector.provider))
        ]
        return frozenset(each for each in needed if any(hears.lacks(each) for hears in heard))

    def index(self, axis: str, place: Place, provider: str) -> Hearing | None:
        """Return what an index tells about an axis at a place, None if there is no such index.

        That of the smallest place decides: an index of a region over one of the account.
        """
        return self._at(axis, place, provider, bill=False)

    def bill(self, axis: str, place: Place, provider: str) -> Hearing | None:
        """Return what a bill tells about an axis at a place, None if there is no such bill."""
        return self._at(axis, place, provider, bill=True)

    def _at(self, axis: str, place: Place, provider: str, *, bill: bool) -> Hearing | None:
        heard = self._speakers(axis, tuple(place), provider, bill=bill)
        if not heard:
            return None
        key = key_of({name: place[name] for name in ("target", *heard[0].per)})
        where = f"{'bill' if bill else 'index'} of {axis}", key
        if where not in self._hearings:
            self._hearings[where] = Hearing(where, to_come=len(heard))
        return self._hearings[where]

    def _speakers(self, axis: str, axes: Key, provider: str, *, bill: bool) -> list[Collector]:
        key = provider, axis, axes, bill
        if key not in self._closest:
            fitting = [
                each
                for each, of in (self._bills if bill else self._censuses)
                if each.provider == provider and of == axis and set(each.per) <= set(axes)
            ]
            closest = max((len(each.per) for each in fitting), default=0)
            self._closest[key] = [each for each in fitting if len(each.per) == closest]
        return self._closest[key]
