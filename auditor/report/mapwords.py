"""Says in words what the world map shows, and what it cannot draw."""

from collections import Counter

from auditor.report.geography import sites
from auditor.report.inventory import FlowsBetween, Inventory, StoresAt
from auditor.report.words import counted, country, in_prose, listed, number

_MOST_COUNTRIES = 6
_MOST_WAYS = 3
_MECHANISMS = {
    "copy": "copies",
    "backup": "backups",
    "share": "sharing",
    "export": "exports",
    "stream": "streams",
    "link": "links",
    "public": "public access",
    "sync": "synchronisation",
    "mount": "mounts",
    "edge": "caches and routes at the edge",
    "inference": "model calls",
}


def map_words(inventory: Inventory, approved: frozenset[str] | None) -> tuple[str, ...]:
    """Return sentences: where stores rest, where data can move, what is not drawn."""
    if not any(_held(place) for place in inventory.stores):
        return (_nothing(inventory),)
    said = [_rest(inventory), _foreign(inventory, approved), _moves(inventory, approved)]
    said.extend(_undrawn(inventory))
    said.extend(_worked_on(inventory, approved))
    return tuple(said)


def _held(place: StoresAt) -> int:
    return place.protected + place.possible


def _nothing(inventory: Inventory) -> str:
    gaps = sum(gap.units for gap in inventory.gaps)
    said = "No store was seen that holds or may hold protected data"
    if not gaps:
        return f"{said}."
    missing = counted(gaps, "planned collection is", "planned collections are")
    return f"{said}, but {missing} incomplete: where the data rests is not known."


def _rest(inventory: Inventory) -> str:
    by_country: Counter[str] = Counter()
    for place in inventory.stores:
        by_country[place.country or ""] += _held(place)
    named = [
        f"{number(count)} in {in_prose(country(code)) if code else 'a country not known'}"
        for code, count in by_country.most_common(_MOST_COUNTRIES)
        if count
    ]
    more = sum(1 for count in by_country.values() if count) - len(named)
    named += [f"others in {counted(more, 'more country', 'more countries')}"] if more > 0 else []
    possible = sum(place.possible for place in inventory.stores)
    held = counted(by_country.total(), "store holds or may hold", "stores hold or may hold")
    doubt = (
        f" No rule classifies {number(possible)} of them, so they may hold it." if possible else ""
    )
    return f"{held} protected data: {listed(named)}.{doubt}"


def _foreign(inventory: Inventory, approved: frozenset[str] | None) -> str:
    if approved is None:
        return "No policy pack names approved countries, so nothing is drawn as foreign."
    outside = sum(
        _held(place)
        for place in inventory.stores
        if place.country is not None and place.country not in approved
    )
    names = listed([in_prose(country(code)) for code in sorted(approved)])
    many = "None of them is known to rest"
    if outside:
        many = "1 of them rests" if outside == 1 else f"{number(outside)} of them rest"
    area = "country" if len(approved) == 1 else "countries"
    return f"{many} outside the approved {area}, {names}."


def _moves(inventory: Inventory, approved: frozenset[str] | None) -> str:
    crossing: Counter[str] = Counter()
    inside = 0
    for flow in inventory.flows:
        end = exit_of(flow, approved)
        if end:
            crossing[f"{_MECHANISMS.get(flow.mechanism, flow.mechanism)} to {end}"] += flow.count
        elif flow.end_country is not None and flow.end_account is not None:
            inside += flow.count
    if not crossing and not inside:
        return "No way was found for this data to move on its own."
    if not crossing:
        found = counted(
            inside, "way for this data to move stays", "ways for this data to move stay"
        )
        return f"{found} inside the boundary; none is known to leave it."
    named = [f"{number(count)} by {way}" for way, count in crossing.most_common(_MOST_WAYS)]
    more = crossing.total() - sum(count for _, count in crossing.most_common(_MOST_WAYS))
    named += [f"{number(more)} in other ways"] if more else []
    leads = counted(
        crossing.total(), "way for this data to move leads", "ways for this data to move lead"
    )
    rest = f"{number(inside)} stay inside" if inside else "none stays inside"
    return f"{leads} out of the boundary: {listed(named)}; {rest}."


def exit_of(flow: FlowsBetween, approved: frozenset[str] | None) -> str:
    """Return where a flow that crosses the boundary ends, '' if it is not known to cross."""
    if flow.end_account == "*":
        return "anybody"
    abroad = approved is not None and flow.end_country and flow.end_country not in approved
    if abroad:
        return in_prose(country(flow.end_country))
    return "an account outside the boundary" if flow.end_account == "outside" else ""


def _worked_on(inventory: Inventory, approved: frozenset[str] | None) -> list[str]:
    """Say where data is worked on, which the drawing leaves out."""
    if not inventory.processors:
        return []
    counts = {True: 0, False: 0, None: 0}
    for place in inventory.processors:
        known = approved is not None and place.country is not None
        abroad = place.country not in (approved or ()) if known else None
        counts[abroad] += place.protected + place.possible
    total = sum(counts.values())
    works = counted(total, "processor, not drawn, works", "processors, not drawn, work")
    if approved is None:
        return [f"{works} on it, or may."]
    unsaid = f", {number(counts[None])} in places not known" if counts[None] else ""
    return [f"{works} on it, or may: {number(counts[True])} outside the approved area{unsaid}."]


def _undrawn(inventory: Inventory) -> list[str]:
    said = []
    lost = sum(_held(place) for place in inventory.stores if (place.region or "") not in sites())
    if lost:
        said.append(
            f"{counted(lost, 'store is', 'stores are')} in places not known, and not drawn."
        )
    unknown = sum(
        flow.count
        for flow in inventory.flows
        if flow.end_country is None and flow.end_account != "*"
    )
    if unknown:
        ways = counted(unknown, "way out leads", "ways out lead")
        said.append(f"{ways} to a place that could not be told.")
    return said
