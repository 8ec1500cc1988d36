"""Turns the units of a walk into rows of ``coverage``: what was seen, and what was not."""

from collections.abc import Iterator, Sequence

from auditor.model import Outcome, Place, Target, Unknown
from auditor.spec import Collector
from auditor.tables import Coverage, Maybe
from auditor.walk import Spared, Unit, Walk
from auditor.walk.shards import AXIS as SHARD

# Places within an organisation that keeps code, and within a region of AWS.
_MORE = ("branch", "release", "cluster", "repository", "ruleset", "organization_ruleset")
# Options without which a collector does not run although it could.
_SWITCHES = {"bill": "this audit's configuration does not ask for the bill"}


def cover(unit: Unit, walk: Walk) -> Coverage:
    """Return the row of one unit, finished or not."""
    outcome = _outcome(unit)
    reasons = dict.fromkeys(reason for _, reason, _ in unit.issues)
    if unit.waiting:
        reasons["the collection ended before every answer was in"] = None
    return _row(
        unit,
        walk,
        suffix="",
        outcome=outcome,
        reason="; ".join(reasons),
        permission=", ".join(dict.fromkeys(p for _, _, p in unit.issues if p)),
    )


def leave_out(unit: Unit, value: str, walk: Walk) -> Coverage:
    """Return the row of a place that exists but that the audit's configuration leaves out."""
    axis = unit.collector.axis
    name = axis.name if axis else ""
    reason = f"{name} {value} exists, and this audit's configuration leaves it out"
    return _row(unit, walk, suffix=f"/{value}", outcome="excluded", reason=reason, permission="")


def spare(spared: Spared, walk: Walk) -> Coverage:
    """Return the row of the places that a collector spared: a gap, until witnesses close it."""
    reason = (
        f"not listed in {spared.places} of {spared.of} compartments, "
        "in which the provider's index names none"
    )
    return _row(spared.unit, walk, suffix="", outcome="unlisted", reason=reason, permission="")


def leave_unasked(collector: Collector, target: Target, walk: Walk) -> Coverage | None:
    """Return the row of a collector that a target switches off; None if it does not."""
    reason = _SWITCHES.get(collector.option)
    if reason is None or collector.option in target.options:
        return None
    unit = Unit(collector, {"target": target.name})
    return _row(unit, walk, suffix="", outcome="excluded", reason=reason, permission="")


def unvisited(walks: Sequence[Walk], targets: Sequence[Target]) -> Iterator[Coverage]:
    """Yield a row for each account that one shard found and the shard it belongs to did not."""
    visited = {each for walk in walks for each in walk.own}
    found = {each for walk in walks for each in walk.left} - visited
    providers = {target.name: target.provider for target in targets}
    for target, account in sorted(found):
        reason = f"one shard found account {account}, and the shard that it belongs to did not"
        provider = providers[target]
        tables = {
            table.table
            for dependent in walks[0].dependents("account", provider)
            for table in dependent.tables
        }
        yield Coverage(
            id=f"{target}/{account}",
            provider=provider,
            collector="",
            service="",
            account=account,
            region="",
            compartment="",
            outcome="unasked",
            open=True,
            complete=Unknown(reason),
            reason=reason,
            permission="",
            items=0,
            answers=0,
            refusals=0,
            tables=tuple(sorted(tables)),
        )


def _parts(place: Place) -> Iterator[str]:
    """Yield what names a place; each shard looks into what is in no account by itself."""
    yield place["target"]
    if SHARD in place and "account" not in place:
        yield f"shard {place[SHARD]}"
    for axis in ("account", "region", "availability_domain", "directory", "compartment", *_MORE):
        if axis in place:
            yield place[axis]


def _outcome(unit: Unit) -> str:
    if unit.waiting:
        return "partial" if unit.answers else "unasked"
    if not unit.issues:
        return "complete"
    if unit.items or unit.listings > len(unit.issues):
        return "partial"
    outcomes = {outcome for outcome, _, _ in unit.issues}
    if len(outcomes) > 1 or Outcome.OK in outcomes or Outcome.ABSENT in outcomes:
        return "failed"
    return str(outcomes.pop())


def _axes_of(unit: Unit) -> Iterator[str]:
    """Yield the axes along which nothing can be complete if this unit is not."""
    if unit.collector.axis is not None:
        yield unit.collector.axis.name
    # An index or a bill that was refused spares nobody; one that has no end lets nobody begin.
    for teller in (unit.collector.census, unit.collector.charges):
        if teller is not None and unit.waiting:
            yield teller.axis


def _row(
    unit: Unit, walk: Walk, *, suffix: str, outcome: str, reason: str, permission: str
) -> Coverage:
    collector, place = unit.collector, unit.place
    unseen = Unknown(reason, permission, unit.evidence[0] if unit.evidence else -1)
    complete: Maybe[bool] = {"complete": True, "excluded": False}.get(outcome, unseen)
    tables = {table.table for table in collector.tables}
    for axis in _axes_of(unit):
        for dependent in walk.dependents(axis, collector.provider):
            tables |= {table.table for table in dependent.tables}
    return Coverage(
        id="/".join((*_parts(place), collector.kind)) + suffix,
        evidence=tuple(unit.evidence),
        provider=collector.provider,
        collector=collector.kind,
        service=collector.short_service,
        account=place.get("account", ""),
        region=place.get("region", ""),
        compartment=place.get("compartment", ""),
        outcome=outcome,
        open=outcome != "complete",
        complete=complete,
        reason=reason,
        permission=permission,
        items=unit.items if not suffix else 0,
        answers=unit.answers if not suffix else 0,
        refusals=unit.refusals if not suffix else 0,
        tables=tuple(sorted(tables)),
    )
