"""Answers one question about all resources of one kind: to which may a principal do this."""

from auditor.access.decision import decide
from auditor.access.evaluation import Case, Given
from auditor.access.keys import freely_chosen
from auditor.access.layers import is_required
from auditor.access.policies import Applied, Group
from auditor.access.rules import CONTROLLED, STRANGERS, unread_people
from auditor.access.segment import Unit
from auditor.access.sets import first_of, members
from auditor.access.shapes import Shape
from auditor.access.spread import (
    NOWHERE,
    Spread,
    all_joined,
    joined,
    met,
    spread_of,
    without,
)
from auditor.access.standing import Entries, Entry
from auditor.access.truth import Truth, unknown


def answer(case: Case, unit: Unit, actions: int, given: Given) -> Spread:
    """Return for which resources a principal may do what all of some actions do.

    Args:
        actions: set of the segment's actions; all statements must treat them alike.
        given: is told which statements allow it.
    """
    block = _Block(case, unit, actions)
    allowed = block.allowed()
    if not allowed.known_of:
        return NOWHERE
    result = block.controlled(without(allowed, block.denied(allowed.known_of)))
    result = block.settled(result)
    bits = result.known_of
    given.own.update(shape for shape, part in block.own if part & bits)
    given.groups.update(number for number, part in block.groups if part & bits)
    given.named |= block.named() & bits
    return result


class _Block:
    def __init__(self, case: Case, unit: Unit, actions: int) -> None:
        self._case, self._form, self._actions = case, unit.form, actions
        self._everything = unit.form.present
        name = case.segment.actions[first_of(actions)]
        self._action, self._service = name, name.partition(":")[0]
        self.own: list[tuple[Shape, int]] = []
        self.groups: list[tuple[int, int]] = []
        self._bounds = self._everything
        # Where statements are about a part of a resource only: such parts are asked about one by
        # one, if more than one statement makes the difference.
        self._partly_own, self._partly_named, self._partly_limited = 0, 0, 0

    def named(self) -> int:
        """Return of which resources some is given otherwise than to everybody alike."""
        case = self._case
        alike = {applied.number for applied, group in case.applied if group.everybody}
        found = case.segment.accounts.get(case.actor.account, 0) * (case.actor.kind == "root")
        for _, part in self.own:
            found |= part & self._bounds
        for number, part in self.groups:
            found |= part * (number not in alike)
        return found

    def allowed(self) -> Spread:
        """Return what policies of resources and of the principal allow together."""
        case = self._case
        account, role, direct = self._named()
        named = all_joined((account, role, direct))
        if case.actor.kind in STRANGERS:
            mine = case.segment.accounts.get(case.actor.account, 0)
            if case.actor.kind == "account" and mine:
                return joined(named, spread_of(unread_people(case.actor), mine & self._everything))
            return named
        own, limit = self._owned()
        identity = met(own, limit)
        mine = case.segment.accounts.get(case.actor.account, 0)
        cross = met(named, identity).within(~mine)
        required = is_required(case.segment.resources[0])
        delegated = met(account, identity) if required else identity
        if not mine:
            return cross
        same = all_joined((direct, met(role, limit), delegated)).within(mine)
        return joined(same, cross)

    def _named(self) -> tuple[Spread, Spread, Spread]:
        found = [NOWHERE, NOWHERE, NOWHERE]
        for applied, group in self._case.applied:
            spread = self._given(applied, group)
            if not spread.known_of:
                continue
            self.groups.append((applied.number, spread.known_of))
            for way, truth in enumerate(applied.ways):
                if truth.possible:
                    part = met(spread, spread_of(truth, self._everything))
                    found[way] = joined(found[way], part)
        return found[0], found[1], found[2]

    def _given(self, applied: Applied, group: Group) -> Spread:
        if group.shape.fault:
            return spread_of(group.shape.fault, group.resources & self._everything)
        if not group.shape.statement.allows or not group.actions & self._actions:
            return NOWHERE
        about = self._of_group(applied, group, whole=False)
        if not about.known_of:
            return NOWHERE
        self._partly_named |= about.known_of & ~self._of_group(applied, group, whole=True).certain
        return met(about, self._holding(group.shape, applied))

    def _of_group(self, applied: Applied, group: Group, *, whole: bool) -> Spread:
        case = self._case
        return case.policies.about(group, self._form, case.actor, applied.face, whole=whole)

    def _holding(self, shape: Shape, told: Applied | Entry) -> Spread:
        case = self._case
        return shape.holding(case.estate, case.actor, told.face, case.segment)

    def _owned(self) -> tuple[Spread, Spread]:
        """Return what the principal's own policies allow, and what policies leave that limit it."""
        everywhere = Spread(self._everything)
        if self._case.actor.kind == "root":
            return everywhere, everywhere
        own = NOWHERE
        for entry in self._case.standing.identity:
            allowed, partly = self._allow(entry)
            if allowed.known_of:
                self._partly_own |= partly
                self.own.append((entry.shape, allowed.known_of))
                own = joined(own, allowed)
        limit = everywhere
        for each in self._case.standing.limits:
            limit = met(limit, self._level(each))
        self._bounds = limit.known_of
        return own, limit

    def _allow(self, entry: Entry) -> tuple[Spread, int]:
        """Return what an Allow gives, and the resources of which it gives a part only."""
        shape = entry.shape
        if shape.fault:
            return spread_of(shape.fault, self._everything), 0
        if not shape.statement.allows or not self._case.masks(shape) & self._actions:
            return NOWHERE, 0
        about = self._about(entry, whole=False)
        if not about.known_of:
            return NOWHERE, 0
        partly = about.known_of & ~self._about(entry, whole=True).certain
        return met(about, self._holding(shape, entry)), partly

    def _about(self, entry: Entry, *, whole: bool) -> Spread:
        case = self._case
        return entry.shape.about(
            case.estate, case.actor, entry.face, case.segment, self._form, whole=whole
        )

    def _level(self, entries: Entries) -> Spread:
        found = NOWHERE
        for entry in entries:
            allowed, partly = self._allow(entry)
            self._partly_limited |= partly
            found = joined(found, allowed)
        return found

    def controlled(self, spread: Spread) -> Spread:
        """Return what of a spread the policies of the organisations leave."""
        for level in self._case.standing.service_levels:
            spread = met(spread, self._level(level))
        for accounts, levels in self._case.standing.resource_levels:
            bits = self._case.segment.within(accounts)
            for level in levels:
                if spread.known_of & bits:
                    inside = met(spread.within(bits), self._level(level))
                    spread = joined(spread.within(~bits), inside)
        return spread

    def denied(self, bits: int) -> Spread:
        """Return what any Deny takes away of a set of resources."""
        standing = self._case.standing
        levels = (*standing.service_levels, standing.identity, *standing.limits)
        parts = [self._deny(entry) for level in levels for entry in level]
        for accounts, found in standing.resource_levels:
            here = self._case.segment.within(accounts) & bits
            if here:
                parts += [
                    self._by_control(entry).within(here) for level in found for entry in level
                ]
        parts += [
            self._refused(applied, group)
            for applied, group in self._case.applied
            if group.resources & bits
        ]
        return all_joined(parts).within(bits)

    def _deny(self, entry: Entry) -> Spread:
        shape = entry.shape
        if shape.fault:
            return spread_of(shape.fault, self._everything)
        if shape.statement.allows or not self._case.masks(shape) & self._actions:
            return NOWHERE
        if shape.avoidable or _is_chosen(entry.refuses) or not entry.refuses.possible:
            return NOWHERE
        about = self._about(entry, whole=True)
        self._partly_limited |= self._about(entry, whole=False).known_of & ~about.certain
        about = met(about, spread_of(entry.refuses, self._everything))
        return met(about, self._holding(shape, entry))

    def _by_control(self, entry: Entry) -> Spread:
        spread = self._deny(entry)
        if self._service in CONTROLLED:
            return spread
        reason = f"nobody knows whether resource control policies act on {self._service}"
        return spread_of(unknown(reason), spread.known_of)

    def _refused(self, applied: Applied, group: Group) -> Spread:
        shape = group.shape
        if shape.fault:
            return spread_of(shape.fault, group.resources & self._everything)
        if shape.statement.allows or not group.actions & self._actions:
            return NOWHERE
        if shape.avoidable or _is_chosen(applied.refuses):
            return NOWHERE
        about = self._of_group(applied, group, whole=True)
        part = self._of_group(applied, group, whole=False)
        self._partly_limited |= part.known_of & ~about.certain
        about = met(about, spread_of(applied.refuses, self._everything))
        return met(about, self._holding(shape, applied))

    def settled(self, spread: Spread) -> Spread:
        """Ask one by one about resources of which several statements speak in part."""
        partly = (self._partly_own | self._partly_named) & self._partly_limited
        doubtful = spread.known_of & (partly | self._partly_own & self._partly_named)
        if not doubtful or self._case.segment.resources[0].id not in self._case.estate.resources:
            return spread
        found = spread.within(~doubtful)
        for place in members(doubtful):
            resource = self._case.segment.resources[place].id
            truth = decide(self._case.estate, self._case.actor.key, self._action, resource).truth
            found = joined(found, spread_of(truth, 1 << place))
        return found


def _is_chosen(truth: Truth) -> bool:
    return truth.conditional and all(map(freely_chosen, truth.depends_on))
