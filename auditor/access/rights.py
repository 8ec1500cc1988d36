"""Who can do what to which resources: all questions at once, by patterns and not by pairs.

Sets of resources are numbers (``sets``), statements that say the same are one shape, and
principals to whom all statements show the same face are asked about once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditor.access import actions
from auditor.access.block import answer
from auditor.access.estate import Actor, Estate, Resource
from auditor.access.evaluation import Case, Given, evaluate
from auditor.access.layers import identity_of
from auditor.access.policies import Applied, ResourcePolicies
from auditor.access.segment import AccessOf, ScopesOf, Segment, segments_of
from auditor.access.shapes import Shape
from auditor.access.standing import Standing, Standings

# What else is in tables of principals acts as one of these, and has no rights of its own.
ACTING = ("user", "role", "root", "account", "service", "anybody", "federation")


@dataclass(frozen=True, slots=True)
class Right:
    """What one principal has of one kind of access to resources of one kind.

    Attributes:
        given: truths over the segment's resources, and the statements that give it.
    """

    actor: Actor
    access: str
    segment: Segment
    policies: ResourcePolicies
    given: Given


class Reasoner:
    """Answers all questions about some resources of an estate."""

    def __init__(
        self,
        estate: Estate,
        resources: Iterable[Resource],
        access_of: AccessOf = actions.access_of,
        scopes_of: ScopesOf = actions.scopes_of,
    ) -> None:
        """Index the resources and their policies."""
        resources = tuple(resources)
        self._estate = estate
        self.segments = tuple(segments_of(resources, access_of, scopes_of))
        self._policies = tuple(ResourcePolicies(estate, each) for each in self.segments)
        self._masks = tuple(_Masks(each) for each in self.segments)
        self._standings = Standings(estate, {each.account for each in resources})
        self._bearing: dict[tuple[int, int], tuple[int, Standing]] = {}
        self._numbers: dict[Standing, int] = {}
        self._known: dict[tuple[int, int, tuple[Applied, ...]], Mapping[str, Given]] = {}

    def rights(self, actor: Actor) -> Iterator[Right]:
        """Yield what one principal has, per segment and kind of access."""
        if actor.kind not in ACTING:
            return
        number = self._standings.of(actor)
        standing = self._standings.all[number]
        may = [] if actor.kind == "root" else [each.shape for each in standing.identity]
        for place, segment in enumerate(self.segments):
            policies, masks = self._policies[place], self._masks[place]
            applied = policies.towards(actor)
            is_whole = actor.kind == "root" or (
                actor.kind == "account" and actor.account in segment.accounts
            )
            if not is_whole and not applied and not any(masks(each) for each in may):
                continue
            alike, bearing = self._bears(place, number)
            key = (place, alike, applied)
            if key not in self._known:
                groups = tuple((each, policies.groups[each.number]) for each in applied)
                case = Case(self._estate, segment, policies, masks, actor, bearing, groups)
                self._known[key] = evaluate(case, answer)
            for access, given in self._known[key].items():
                yield Right(actor, access, segment, policies, given)

    def _bears(self, place: int, number: int) -> tuple[int, Standing]:
        """Return a standing without what is about none of a segment's actions, and its number."""
        found = self._bearing.get((place, number))
        if found is None:
            standing = self._standings.all[number].bearing(self._masks[place])
            alike = self._numbers.setdefault(standing, len(self._numbers))
            found = self._bearing[place, number] = (alike, standing)
        return found

    def sources(self, right: Right) -> Iterator[str]:
        """Yield the ids of statements that give a right; of resources' policies the first few."""
        for statement in identity_of(self._estate, right.actor):
            if self._standings.shapes.of(statement) in right.given.own:
                yield statement.id
        bits = right.given.spread.known_of
        for number in right.given.groups:
            for place, source in right.policies.groups[number].sources:
                if bits >> place & 1:
                    yield source


class _Masks:
    """Which of a segment's actions each statement is about, remembered by its patterns."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._known: dict[tuple[tuple[str, ...], bool], int] = {}

    def __call__(self, shape: Shape) -> int:
        statement = shape.statement
        if statement.fault:
            return (1 << len(self._segment.actions)) - 1
        key = (statement.actions, statement.not_actions)
        found = self._known.get(key)
        if found is None:
            found = self._segment.named(statement.actions, others=statement.not_actions)
            self._known[key] = found
        return found
