"""The places that discovery found, and those that it could not see."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from auditor.model import Outcome, Place, Record, Target
from auditor.spec import Collector
from auditor.walk import Unit, Walk

# Collectors that look into the same places: provider, axes, option, and types where an index of
# the provider says where each type is.
Group = tuple[str, tuple[str, ...], str, tuple[str, ...]]
Key = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """A place in which discovery was refused: what lies behind it cannot be seen either.

    Attributes:
        reason: a sentence without a full stop.
        permission: what to grant, '' if that would not help.
        said: the provider's own words, '' if it had none.
    """

    place: Place
    kind: str
    outcome: Outcome
    reason: str
    permission: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where an audit would look.

    Attributes:
        places: group of collectors -> its places.
        axes: target -> axis -> values found.
        indexed: providers with an index that says where types are.
        excluded: places found that the configuration leaves out.
    """

    places: Mapping[Group, tuple[Place, ...]]
    axes: Mapping[str, Mapping[str, tuple[str, ...]]]
    unseen: tuple[Unseen, ...]
    excluded: tuple[tuple[Place, str], ...]
    indexed: Set[str]

    def of(self, collector: Collector) -> tuple[Place, ...]:
        """Return the places that a collector would look into."""
        return self.places.get(self.group_of(collector), ())

    def group_of(self, collector: Collector) -> Group:
        """Return what collectors have in common that look into the same places."""
        return _group_of(collector, self.indexed)


def scope_of(
    targets: Sequence[Target], collectors: Sequence[Collector], records: Sequence[Record]
) -> Scope:
    """Walk over what discovery kept, and see where everything else would begin.

    Raises:
        EvidenceError: the records are not the answers to these collectors' discovery.
    """
    finders = [each for each in collectors if each.finds_places]
    indexed = frozenset(each.provider for each in collectors if each.census is not None)
    rest = {_group_of(each, indexed): each for each in collectors if not each.finds_places}
    walk = Walk(targets, [*finders, *rest.values()])
    walk.start()
    finished: list[Unit] = []
    for index, record in enumerate(records):
        finished += walk.answer(record.request, record.answer, index).finished
    places: dict[Group, list[Place]] = {}
    for unit in walk.unfinished:
        places.setdefault(_group_of(unit.collector, indexed), []).append(unit.place)
    found = [place for several in places.values() for place in several]
    return Scope(
        places={group: tuple(several) for group, several in places.items()},
        axes={target.name: _axes(target.name, found) for target in targets},
        unseen=tuple(_unseen(finished, records)),
        excluded=tuple((unit.place, value) for unit, value in walk.excluded),
        indexed=indexed,
    )


def _group_of(collector: Collector, indexed: Set[str]) -> Group:
    types = collector.types if collector.provider in indexed else ()
    return collector.provider, collector.per, collector.option, types


def key_of(place: Place, without: str = "shard") -> Key:
    """Return what tells a place from others, whoever shares the collection."""
    return tuple(sorted(pair for pair in place.items() if pair[0] != without))


def _axes(target: str, places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    values: dict[str, set[str]] = {}
    for place in places:
        if place["target"] == target:
            for axis, value in place.items():
                if axis != "target":
                    values.setdefault(axis, set()).add(value)
    return {axis: tuple(sorted(several)) for axis, several in sorted(values.items())}


def _unseen(finished: Iterable[Unit], records: Sequence[Record]) -> Iterable[Unseen]:
    for unit in finished:
        said = [records[index].answer.message for index in unit.evidence]
        for position, (outcome, reason, permission) in enumerate(unit.issues):
            yield Unseen(
                place=unit.place,
                kind=unit.collector.kind,
                outcome=outcome,
                reason=reason,
                permission=permission,
                said=said[position] if position < len(said) else "",
            )
