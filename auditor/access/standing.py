"""What all policies but those of resources come to for one principal, before any resource.

Two principals with equal standings have the same rights to every resource whose own policy treats
them alike.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from auditor.access.estate import Actor, Estate, Resource
from auditor.access.layers import Layers, boundary_of, identity_of, layers_of, session_of
from auditor.access.naming import refused
from auditor.access.shapes import Face, Shape, Shapes
from auditor.access.statements import Statement
from auditor.access.truth import TRUE, Truth


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement as it stands towards a principal.

    Attributes:
        refuses: whether a resource control policy names the principal if it denies.
    """

    shape: Shape
    face: Face
    refuses: Truth = TRUE


Entries = tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The statements that bind a principal wherever it goes.

    Attributes:
        limits: a permissions boundary, and what limits the session, as far as there are any.
        service_levels: one per level of the organisation.
        resource_levels: accounts of resources, with one per level of those accounts.
    """

    kind: str
    account: str
    identity: Entries
    limits: tuple[Entries, ...]
    service_levels: tuple[Entries, ...]
    resource_levels: tuple[tuple[tuple[str, ...], tuple[Entries, ...]], ...]

    def bearing(self, concerns: Callable[[Shape], int]) -> "Standing":
        """Return the same with those statements only that concern something.

        Args:
            concerns: tells of what a statement is about, as a set; 0 for nothing.
        """

        def kept(entries: Entries) -> Entries:
            return tuple(each for each in entries if concerns(each.shape))

        return Standing(
            kind=self.kind,
            account=self.account,
            identity=kept(self.identity),
            limits=tuple(map(kept, self.limits)),
            service_levels=tuple(map(kept, self.service_levels)),
            resource_levels=tuple(
                (accounts, tuple(map(kept, levels))) for accounts, levels in self.resource_levels
            ),
        )


class Standings:
    """Finds the standing of each principal, each kind of standing once."""

    def __init__(self, estate: Estate, accounts: Iterable[str]) -> None:
        """Take the accounts that have resources."""
        self._estate = estate
        self._controls = replace(estate, identity={}, boundaries={}, resource={}, trust={})
        self.shapes = Shapes()
        alike: dict[object, list[str]] = {}
        for account in sorted(set(accounts) & {*estate.resource_controls, *estate.unread}):
            bound = (estate.resource_controls.get(account), estate.unread.get(account))
            alike.setdefault(bound, []).append(account)
        self._accounts = [tuple(each) for each in alike.values()]
        self._numbers: dict[Standing, int] = {}
        self._entries: dict[tuple[Shape, tuple[object, ...]], Entry] = {}
        self.all: list[Standing] = []

    def of(self, actor: Actor) -> int:
        """Return the number of a principal's standing in ``all``."""
        limits = (boundary_of(self._estate, actor), session_of(self._estate, actor))
        standing = Standing(
            kind=actor.kind,
            account=actor.account,
            identity=self._bound(identity_of(self._estate, actor), actor),
            limits=tuple(self._bound(each, actor) for each in limits if each is not None),
            service_levels=tuple(
                self._bound(level, actor) for level in self._layers(actor, "").service_controls
            ),
            resource_levels=tuple((each, self._levels(actor, each[0])) for each in self._accounts),
        )
        number = self._numbers.setdefault(standing, len(self.all))
        if number == len(self.all):
            self.all.append(standing)
        return number

    def _layers(self, actor: Actor, account: str) -> Layers:
        somewhere = Resource(id="", service="", kind="", account=account)
        return layers_of(self._controls, actor, somewhere)

    def _levels(self, actor: Actor, account: str) -> tuple[Entries, ...]:
        return tuple(
            tuple(
                replace(each, refuses=refused(each.shape.statement, actor))
                for each in self._bound(level, actor)
            )
            for level in self._layers(actor, account).resource_controls
        )

    def _bound(self, statements: tuple[Statement, ...], actor: Actor) -> Entries:
        """Return the statements as they stand, without those that never hold for the principal."""
        return tuple(
            entry
            for statement in statements
            if (entry := self._entry(self.shapes.of(statement), actor)).face.truth.possible
        )

    def _entry(self, shape: Shape, actor: Actor) -> Entry:
        key = (shape, shape.profile(self._estate, actor))
        found = self._entries.get(key)
        if found is None:
            found = self._entries[key] = Entry(shape, shape.face(self._estate, actor))
        return found
