"""Evaluates, by AWS's own rules, one principal's access to all resources of one kind.

The rules are those of ``rules``; here each truth is a spread of truths over the resources.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from auditor.access.estate import Actor, Estate
from auditor.access.policies import Applied, Group, ResourcePolicies
from auditor.access.segment import Segment, Unit
from auditor.access.sets import members
from auditor.access.shapes import Shape
from auditor.access.spread import NOWHERE, Spread, joined
from auditor.access.standing import Standing

Masks = Callable[[Shape], int]  # the segment's actions that a statement is about


@dataclass(frozen=True, slots=True)
class Case:
    """One principal before the resources of one kind; it stands for all who stand alike."""

    estate: Estate
    segment: Segment
    policies: ResourcePolicies
    masks: Masks
    actor: Actor
    standing: Standing
    applied: tuple[tuple[Applied, Group], ...]


@dataclass(slots=True)
class Given:
    """What one principal has of one kind of access, over the resources of one kind.

    Attributes:
        own: statements of the principal's own policies that give some of it.
        groups: groups of statements of resources' policies that do.
        named: resources of which a statement gives some that does not speak of everybody alike.
    """

    spread: Spread = NOWHERE
    own: set[Shape] = field(default_factory=set)
    groups: set[int] = field(default_factory=set)
    named: int = 0


def evaluate(case: Case, answer: Callable[[Case, Unit, int, Given], Spread]) -> Mapping[str, Given]:
    """Return access word -> what is given; words that give nothing anywhere are left out.

    Args:
        answer: tells for which resources some actions, which all statements treat alike, are
            allowed, and adds the statements that allow them.
    """
    masks = _masks(case)
    found: dict[str, Given] = {}
    for unit in case.segment.units:
        for block in _blocks(case.segment, unit, masks):
            given = found.get(unit.word) or Given()
            spread = answer(case, unit, block, given)
            if spread.known_of:
                given.spread = joined(given.spread, spread)
                found[unit.word] = given
    return found


def _blocks(segment: Segment, unit: Unit, masks: set[int]) -> Iterator[int]:
    """Yield sets of actions of one service that all statements treat alike."""
    services: dict[str, int] = {}
    for action in members(unit.actions):
        service = segment.actions[action].partition(":")[0]
        services[service] = services.get(service, 0) | 1 << action
    blocks = list(services.values())
    for mask in masks:
        blocks = [part for block in blocks for part in (block & mask, block & ~mask) if part]
    yield from blocks


def _masks(case: Case) -> set[int]:
    standing = case.standing
    levels = [*standing.service_levels, standing.identity, *standing.limits]
    levels += [level for _, found in standing.resource_levels for level in found]
    masks = {case.masks(entry.shape) for level in levels for entry in level}
    return masks | {group.actions for _, group in case.applied}
