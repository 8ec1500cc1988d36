"""The resources of one kind, asked about all at once.

Sets of resources are numbers (``sets``): bit n stands for the resource at place n, by id.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.access.estate import Resource
from auditor.access.index import ScopeIndex
from auditor.access.patterns import matches
from auditor.access.sets import collected

AccessOf = Callable[[str, str], Mapping[str, str]]  # service, kind -> action -> access word
ScopesOf = Callable[[Resource, str], tuple[str, ...]]  # resource, action -> scopes
_FEW, _SAMPLES = 40, 7


@dataclass(frozen=True, slots=True, eq=False)  # a key of dictionaries: scopes are too many to hash
class Form:
    """One way in which actions name the resources: the scope of each.

    Attributes:
        scopes: by place; None for a resource that those actions are not about in this way.
        index: finds the scopes that a pattern is about.
        present: resources that have a scope.
    """

    scopes: tuple[str | None, ...]
    index: ScopeIndex
    present: int


@dataclass(frozen=True, slots=True)
class Unit:
    """Actions that name the resources in one form and give one kind of access."""

    word: str
    form: Form
    actions: int  # bits by place among the segment's actions


class Segment:
    """All resources of one service and kind.

    Attributes:
        resources: by id.
        everything: the set of all.
        actions: those that give any access, in lower case; sets of them are numbers too.
        units: what is to be asked; an action with several forms is in several.
    """

    def __init__(
        self, resources: Iterable[Resource], access: Mapping[str, str], scopes_of: ScopesOf
    ) -> None:
        """Take resources of one kind, their actions with the access these give, and scopes."""
        self.resources = tuple(sorted(resources, key=lambda each: each.id))
        self.service, self.kind = self.resources[0].service, self.resources[0].kind
        self.everything = (1 << len(self.resources)) - 1
        self.actions = tuple(access)
        self.places = {each.id: place for place, each in enumerate(self.resources)}
        self.units = tuple(_units(self.resources, access, scopes_of))
        self._masks: dict[str, int] = {}
        self._alike: dict[tuple[str, ...], tuple[tuple[Resource, int], ...]] = {}
        self._accounts: dict[str, int] | None = None
        self._within: dict[tuple[str, ...], int] = {}

    def named(self, patterns: tuple[str, ...], *, others: bool) -> int:
        """Return the actions that patterns name, or with ``others`` all the others."""
        found = 0
        for pattern in patterns:
            mask = self._masks.get(pattern)
            if mask is None:
                mask = collected(n for n, each in enumerate(self.actions) if matches(pattern, each))
                self._masks[pattern] = mask
            found |= mask
        return (1 << len(self.actions)) - 1 & ~found if others else found

    @property
    def accounts(self) -> Mapping[str, int]:
        """The resources of each account."""
        if self._accounts is None:
            places: dict[str, list[int]] = {}
            for place, each in enumerate(self.resources):
                places.setdefault(each.account, []).append(place)
            self._accounts = {account: collected(found) for account, found in places.items()}
        return self._accounts

    def within(self, accounts: tuple[str, ...]) -> int:
        """Return the resources of any of some accounts."""
        found = self._within.get(accounts)
        if found is None:
            names = set(accounts)
            found = self._within[accounts] = collected(
                place for place, each in enumerate(self.resources) if each.account in names
            )
        return found

    def alike(
        self, keys: tuple[str, ...], value: Callable[[Resource, str], object]
    ) -> tuple[tuple[Resource, int], ...]:
        """Return the sets of resources for which condition keys have equal values.

        Args:
            value: what a key is for a resource.

        Returns:
            One of each set, and the set.
        """
        if keys not in self._alike:
            found: dict[tuple[object, ...], list[int]] = {}
            for place, each in enumerate(self.resources):
                found.setdefault(tuple(value(each, key) for key in keys), []).append(place)
            self._alike[keys] = tuple(
                (self.resources[places[0]], collected(places)) for places in found.values()
            )
        return self._alike[keys]


def segments_of(
    resources: Iterable[Resource], access_of: AccessOf, scopes_of: ScopesOf
) -> Iterator[Segment]:
    """Yield the segments of some resources; none for kinds to which no action gives access."""
    kinds: dict[tuple[str, str], list[Resource]] = {}
    for each in resources:
        kinds.setdefault((each.service, each.kind), []).append(each)
    for kind in sorted(kinds):
        if access := access_of(*kind):
            yield Segment(kinds[kind], access, scopes_of)


def _units(
    resources: Sequence[Resource], access: Mapping[str, str], scopes_of: ScopesOf
) -> Iterator[Unit]:
    forms: dict[tuple[str | None, ...], Form] = {}
    found: dict[tuple[str, tuple[str | None, ...]], int] = {}
    words = tuple(access.values())
    for actions in _of_one_shape(resources, tuple(access), scopes_of):
        for scopes in _columns(resources, tuple(access)[actions[0]], scopes_of):
            if scopes not in forms:
                present = collected(n for n, scope in enumerate(scopes) if scope is not None)
                forms[scopes] = Form(scopes, ScopeIndex(scopes), present)
            for action in actions:
                key = (words[action], scopes)
                found[key] = found.get(key, 0) | 1 << action
    for (word, scopes), mask in found.items():
        yield Unit(word, forms[scopes], mask)


def _of_one_shape(
    resources: Sequence[Resource], actions: Sequence[str], scopes_of: ScopesOf
) -> Iterator[list[int]]:
    """Yield the actions whose scopes are alike, judged by a sample of the resources.

    What an action names is a matter of its type, hardly of the single resource; asking all for
    all would cost more than everything else.
    """
    few = len(resources) <= _FEW
    sample = resources if few else resources[:: len(resources) // _SAMPLES]
    shapes: dict[tuple[tuple[str, ...], ...], list[int]] = {}
    for number, action in enumerate(actions):
        shape = tuple(scopes_of(each, action) for each in sample)
        shapes.setdefault(shape, []).append(number)
    yield from shapes.values()


def _columns(
    resources: Sequence[Resource], action: str, scopes_of: ScopesOf
) -> Iterator[tuple[str | None, ...]]:
    rows = [scopes_of(each, action) for each in resources]
    for number in range(max(map(len, rows))):
        yield tuple(row[number] if number < len(row) else None for row in rows)
