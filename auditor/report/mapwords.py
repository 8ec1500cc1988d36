"""Says in words what the world map shows, and what it cannot draw."""

from collections import Counter

from auditor.report.geography import sites
from auditor.report.inventory import FlowsBetween, Inventory
from auditor.report.words import counted, country, in_prose, listed, number

_MOST_COUNTRIES = 6
_MOST_WAYS = 4
_MECHANISMS = {"replication": "replication", "public": "public access", "link": "a link"}


def map_words(inventory: Inventory, approved: frozenset[str] | None) -> tuple[str, ...]:
    """Return sentences: where stores rest, where data can move, what is not drawn."""
    said = [_rest(inventory), *_foreign(inventory, approved), *_moves(inventory, approved)]
    said.extend(_undrawn(inventory))
    return tuple(said)


def _rest(inventory: Inventory) -> str:
    by_country: Counter[str] = Counter()
    for place in inventory.stores:
        count = place.protected + place.possible
        if count:
            by_country[place.country or ""] += count
    total = by_country.total()
    if not total:
        return "No store was found that holds or may hold protected data."
    possible = sum(place.possible for place in inventory.stores)
    named = [
        f"{number(count)} in {in_prose(country(code)) if code else 'a country not known'}"
        for code, count in by_country.most_common(_MOST_COUNTRIES)
    ]
    more = len(by_country) - len(named)
    named += [f"others in {counted(more, 'more country', 'more countries')}"] if more > 0 else []
    doubt = (
        f" Of them {number(possible)} are not classified by any rule, so they may hold it."
        if possible
        else ""
    )
    return f"{counted(total, 'store')} hold or may hold protected data: {listed(named)}.{doubt}"


def _foreign(inventory: Inventory, approved: frozenset[str] | None) -> list[str]:
    if approved is None:
        return ["No policy pack names approved countries, so nothing is drawn as foreign."]
    outside = sum(
        place.protected + place.possible
        for place in inventory.stores
        if place.country is not None and place.country not in approved
    )
    names = listed([in_prose(country(code)) for code in sorted(approved)])
    return [f"{counted(outside, 'store')} of these rest outside the approved {_area(approved)}: {names}."]


def _area(approved: frozenset[str]) -> str:
    return "country" if len(approved) == 1 else "countries"


def _moves(inventory: Inventory, approved: frozenset[str] | None) -> list[str]:
    crossing: Counter[str] = Counter()
    inside = 0
    for flow in inventory.flows:
        end = exit_of(flow, approved)
        if end:
            crossing[f"{_MECHANISMS.get(flow.mechanism, flow.mechanism)} to {end}"] += flow.count
        elif flow.end_country is not None and flow.end_account is not None:
            inside += flow.count
    if not crossing:
        found = counted(inside, "way", "ways")
        return [f"{found} for this data to move stay inside the boundary; none is known to leave it."]
    named = [f"{number(count)} by {way}" for way, count in crossing.most_common(_MOST_WAYS)]
    more = crossing.total() - sum(count for _, count in crossing.most_common(_MOST_WAYS))
    named += [f"{number(more)} in other ways"] if more else []
    return [
        f"{counted(crossing.total(), 'way', 'ways')} for this data to move lead out of the boundary: "
        f"{listed(named)}; {number(inside)} stay inside."
    ]


def exit_of(flow: FlowsBetween, approved: frozenset[str] | None) -> str:
    """Return where a flow that crosses the boundary ends, '' if it is not known to cross."""
    if flow.end_account == "*":
        return "anybody"
    abroad = approved is not None and flow.end_country and flow.end_country not in approved
    if abroad:
        return in_prose(country(flow.end_country))
    return "an account outside the boundary" if flow.end_account == "outside" else ""


def _undrawn(inventory: Inventory) -> list[str]:
    said = []
    lost = sum(
        place.protected + place.possible
        for place in inventory.stores
        if (place.region or "") not in sites()
    )
    if lost:
        said.append(f"{counted(lost, 'store')} in places that are not known are not drawn.")
    unknown = sum(
        flow.count for flow in inventory.flows if flow.end_country is None and flow.end_account != "*"
    )
    if unknown:
        said.append(f"{counted(unknown, 'way', 'ways')} out lead to a place that could not be told.")
    return said
