"""A plan in words, and as JSON."""

import math
from collections.abc import Iterator, Sequence

import msgspec

from auditor.cli.permissions import permissions_of
from auditor.cli.terminal import print_line, print_table
from auditor.collect.workers import WORKERS
from auditor.model import Json, Target
from auditor.plan import KindCount, Plan, Shards, Unseen

_MOST_SERVICES = 12
_MOST_UNSEEN = 6
_MOST_TARGETS = 6
_LONGEST_WORDS = 160
_ROLES = {"role_arn", "organization_role"}  # options of a target that enters a role
_AXES = ("account", "region", "compartment")


def print_plan(plan: Plan, targets: Sequence[Target]) -> None:
    """Print what people want to know, on a page."""
    _print_places(plan, targets)
    print_line()
    _print_services(plan)
    print_line()
    for line in _figures(plan, targets):
        print_line(line)
    for line in _not_seen(plan):
        print_line(line)


def as_json(plan: Plan, targets: Sequence[Target]) -> Json:
    """Return everything that the plan knows."""
    axes = plan.scope.axes
    providers = _providers(targets)
    return {
        "exact": plan.exact,
        "calls": plan.counts.calls,
        "discovery": {
            "calls": len(plan.discovery.records),
            "refused": _refused(plan),
            "latency_seconds": plan.discovery.latency,
        },
        "targets": [
            {"name": each.name, "provider": each.provider, "places": axes[each.name]}
            for each in targets
        ],
        "kinds": [_kind(each) for each in plan.counts.kinds],
        "permissions": {each: _permissions(plan, targets, each) for each in providers},
        "unseen": [msgspec.to_builtins(each) for each in plan.scope.unseen],
        "excluded": [
            {"place": dict(place), "value": value} for place, value in plan.scope.excluded
        ],
        **_costs(plan),
    }


def _costs(plan: Plan) -> dict[str, Json]:
    return {
        "time": {
            "seconds": plan.seconds,
            "latency_seconds": plan.latency,
            "calls_at_once": WORKERS,
            "share": plan.share,
            "rehearsed_calls": plan.rehearsed.calls,
        },
        "evidence": {
            "bytes": plan.size,
            "bytes_per_call": plan.bytes_per_call,
            "measured": plan.measured,
        },
        "shards": [{"within_seconds": each.within, "number": each.number} for each in plan.shards],
    }


def _kind(count: KindCount) -> Json:
    return {
        "kind": count.collector.kind,
        "places": count.places,
        "first_pages": count.first,
        "further": count.beyond,
        "calls": count.calls,
        "per_resource": count.per_resource,
        "known": count.known,
    }


def _print_places(plan: Plan, targets: Sequence[Target]) -> None:
    rows = []
    for target in targets[:_MOST_TARGETS]:
        axes = plan.scope.axes[target.name]
        rows.append((target.name, target.provider, *(len(axes.get(each, ())) for each in _AXES)))
    print_table(("target", "provider", *(f"{axis}s" for axis in _AXES)), rows)
    if len(targets) > _MOST_TARGETS:
        print_line(f"and {len(targets) - _MOST_TARGETS} more targets")


def _print_services(plan: Plan) -> None:
    services: dict[str, list[KindCount]] = {}
    for count in plan.counts.kinds:
        collector = count.collector
        name = f"{collector.provider}.{collector.short_service}"
        services.setdefault(name, []).append(count)
    largest = sorted(services, key=lambda name: (-_summed(services[name])[3], name))
    shown = [(name, *_summed(services[name])) for name in largest[:_MOST_SERVICES]]
    rest = [count for name in largest[_MOST_SERVICES:] for count in services[name]]
    if rest:
        shown.append((f"{len(largest) - _MOST_SERVICES} more services", *_summed(rest)))
    shown.append(("all", *_summed(plan.counts.kinds)))
    heads = ("service", "kinds", "first pages", "further", "calls", "most for a resource")
    print_table(heads, shown)


def _summed(counts: Sequence[KindCount]) -> tuple[int, int, int, int, int]:
    return (
        len(counts),
        sum(each.first for each in counts),
        sum(each.beyond for each in counts),
        sum(each.calls for each in counts),
        max((each.per_resource for each in counts), default=0),
    )


def _figures(plan: Plan, targets: Sequence[Target]) -> Iterator[str]:
    most = "" if plan.exact else "at least "
    calls = plan.counts.calls
    known = ": as many as an unchanged estate took" if plan.exact else ""
    yield f"Calls: {most}{calls:,}{known}. Discovery just made {len(plan.discovery.records):,}."
    part = plan.rehearsed.calls
    rehearsed = "all of it" if part >= calls else f"{part:,} calls of it"
    yield (
        f"Time: {most}{_duration(plan.seconds)} on one machine: {WORKERS} calls at once of "
        f"{plan.latency * 1000:.0f} ms, within {plan.share:.0%} of the limits; {rehearsed} "
        "rehearsed."
    )
    source = "as in the earlier collection" if plan.measured else "as an empty answer takes"
    yield f"Evidence: {most}{_bytes(plan.size)}, {plan.bytes_per_call:.0f} bytes a call, {source}."
    said = ", ".join(_shards(each) for each in plan.shards)
    yield f"Shards: {said}."
    for provider in _providers(targets):
        if count := len(_permissions(plan, targets, provider)):
            prints = f"'auditor permissions {provider}' prints them"
            yield f"Permissions: {count} of {provider}; {prints}."
    if folders := sum("folder" in target.options for target in targets):
        read = "folder is read" if folders == 1 else "folders are read"
        yield f"Files: {folders} {read} on this machine, without a cloud; each file adds calls."


def _not_seen(plan: Plan) -> Iterator[str]:
    if plan.scope.excluded:
        yield f"Left out by the configuration: {len(plan.scope.excluded):,} places that were found."
    if not plan.scope.unseen:
        yield "Discovery was refused nowhere; what else is refused, an audit says."
        return
    groups: dict[str, list[Unseen]] = {}
    for each in plan.scope.unseen:
        groups.setdefault(each.reason, []).append(each)
    yield f"Cannot be seen with these credentials ({len(plan.scope.unseen):,}):"
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
    for reason, several in ordered[:_MOST_UNSEEN]:
        yield f"  {_places(several)}: {reason}"
        if several[0].said:
            yield f"    {several[0].said[:_LONGEST_WORDS]}"
    if len(ordered) > _MOST_UNSEEN:
        yield f"  and {len(ordered) - _MOST_UNSEEN} more reasons; --json has all"


def _places(several: Sequence[Unseen]) -> str:
    names = ["/".join(each.place.values()) for each in several]
    more = f" and {len(names) - 2:,} more" if len(names) > 2 else ""  # noqa: PLR2004
    return ", ".join(names[:2]) + more


def _shards(shards: Shards) -> str:
    hours = round(shards.within / 3600)
    within = "an hour" if hours == 1 else f"{hours} hours"
    if shards.number is None:
        return f"no number of them finishes in {within}"
    return f"{shards.number} finish{'es' * (shards.number == 1)} in {within}"


def _duration(seconds: float) -> str:
    if seconds < 100:  # noqa: PLR2004
        return f"{max(2, math.ceil(seconds))} seconds"
    minutes = seconds / 60
    return f"{minutes:.0f} minutes" if minutes < 100 else f"{minutes / 60:.1f} hours"  # noqa: PLR2004


def _bytes(size: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:  # noqa: PLR2004
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.2f} GB"


def _refused(plan: Plan) -> int:
    return sum(not record.answer.outcome.known for record in plan.discovery.records)


def _permissions(plan: Plan, targets: Sequence[Target], provider: str) -> list[str]:
    collectors = [each.collector for each in plan.counts.kinds]
    calls = [
        (each, call) for each in collectors if each.provider == provider for call in each.calls
    ]
    needed = {permission for pair in calls for permission in permissions_of(*pair)}
    options = {name for each in targets if each.provider == provider for name in each.options}
    return sorted(needed | {"sts:AssumeRole"} if options & _ROLES else needed)


def _providers(targets: Sequence[Target]) -> tuple[str, ...]:
    return tuple(sorted({target.provider for target in targets}))
