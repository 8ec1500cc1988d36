"""How many calls each kind takes, and each account."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model import Record
from auditor.plan.earlier import FIRST
from auditor.plan.expectation import Expectation
from auditor.plan.scope import Group, Key, Scope, key_of
from auditor.spec import Collector

Owner = tuple[str, str]  # target and account; '' for what belongs to no account


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """The calls of one kind.

    Attributes:
        places: how many places it would be looked for in.
        first: calls for the first page of its list, one in each place.
        beyond: further calls that are known to come: settings that a place always has, and what
            an earlier collection asked.
        per_resource: most further calls for each resource found.
        known: whether discovery or an earlier collection looked into every one of these places.
    """

    collector: Collector
    places: int
    first: int
    beyond: int
    per_resource: int
    known: bool

    @property
    def calls(self) -> int:
        """All calls that are known to come."""
        return self.first + self.beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The calls of an audit: of each kind that runs, and of each account."""

    kinds: tuple[KindCount, ...]
    owners: Counter[Owner]

    @property
    def calls(self) -> int:
        """All calls that are known to come."""
        return sum(each.calls for each in self.kinds)


def count_calls(
    collectors: Sequence[Collector],
    scope: Scope,
    records: Sequence[Record],
    expectation: Expectation,
) -> Counts:
    """Count all calls; those of discovery were just made."""
    owners = Counter(_owner(key_of(record.request.place)) for record in records)
    kinds = [*_discovered(collectors, records)]
    groups: dict[Group, list[Collector]] = {}
    for each in collectors:
        if not each.finds_places and scope.of(each):
            groups.setdefault(scope.group_of(each), []).append(each)
    for group, several in groups.items():
        keys = [key_of(place) for place in scope.places[group]]
        kinds += _count_group(several, keys, expectation, owners)
    return Counts(kinds=tuple(sorted(kinds, key=lambda each: each.collector.kind)), owners=owners)


def _discovered(collectors: Sequence[Collector], records: Sequence[Record]) -> list[KindCount]:
    made = Counter((r.request.collector, r.request.step in FIRST) for r in records)
    return [
        KindCount(
            collector=each,
            places=made[each.kind, True],
            first=made[each.kind, True],
            beyond=made[each.kind, False],
            per_resource=_per_resource(each),
            known=True,
        )
        for each in collectors
        if made[each.kind, True]
    ]


def _count_group(
    collectors: Sequence[Collector],
    keys: Sequence[Key],
    expectation: Expectation,
    owners: Counter[Owner],
) -> list[KindCount]:
    """Count collectors that look into the same places, and add to what their owners take."""
    apart = frozenset(keys)
    new = [key for key in keys if not expectation.has_been(key)]
    counts = []
    for each in collectors:
        unknown = new if expectation.knows(each.kind) else keys
        beyond = 0
        for key in unknown if expectation.is_followed(each.kind) else ():
            always = expectation.always(each.kind, key)
            owners[_owner(key)] += always
            beyond += always
        for key, further in expectation.followed(each.kind, apart):
            owners[_owner(key)] += further
            beyond += further
        counts.append(
            KindCount(
                collector=each,
                places=len(keys),
                first=len(keys),
                beyond=beyond,
                per_resource=_per_resource(each),
                known=not unknown,
            )
        )
    for key in keys:
        owners[_owner(key)] += len(collectors)
    return counts


def _per_resource(collector: Collector) -> int:
    listings = (collector.parent is not None) + (collector.below is not None)
    return listings + len(collector.details)


def _owner(key: Key) -> Owner:
    place = dict(key)
    return place["target"], place.get("account", "")
