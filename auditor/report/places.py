"""Where protected data rests, and where it is worked on: country by country."""

from collections import Counter
from collections.abc import Sequence

from auditor.report.inventory import Inventory, ProcessorsAt
from auditor.report.model import Cell, Column, Grid, Section, Text
from auditor.report.words import counted, country, number, tallied

_MOST_ROWS = 40
_MOST_KINDS = 8  # of processors in one region

Approved = frozenset[str] | None


def places_section(inventory: Inventory, approved: Approved) -> Section:
    """Return the countries of stores and processors, and the processors not known to be at home.

    Args:
        approved: codes of the countries that may hold the data; None if no pack says.
    """
    stores = sum(place.protected + place.possible for place in inventory.stores)
    working = sum(place.protected + place.possible for place in inventory.processors)
    holds = counted(stores, "store holds or may hold", "stores hold or may hold")
    works = counted(working, "processor works", "processors work")
    return Section(
        anchor="places",
        title="Where the data rests and is worked on",
        paragraphs=(
            Text(
                text=f"{holds} protected data; {works} on it, or may. A processor keeps no data: "
                "it is a function, task, model, gateway, distribution or connection that data "
                "passes through. “May” counts what no classification rule names."
            ),
        ),
        grids=(_countries(inventory, approved), _processors(inventory.processors, approved)),
    )


def approval(code: str | None, approved: Approved) -> str:
    """Return whether a country is approved, as a word."""
    if approved is None:
        return "not stated"
    if code is None:
        return "unknown"
    return "yes" if code in approved else "no"


def gravity(code: str | None, approved: Approved) -> int:
    """Return 0 for a country that is not approved, 1 for one not known, 2 for the others."""
    return ("no", "unknown", "yes", "not stated").index(approval(code, approved))


def _countries(inventory: Inventory, approved: Approved) -> Grid:
    counts: dict[str | None, list[int]] = {}
    for offset, places in ((0, inventory.stores), (2, inventory.processors)):
        for place in places:
            row = counts.setdefault(place.country, [0, 0, 0, 0])
            row[offset] += place.protected
            row[offset + 1] += place.possible
    held = [(code, row) for code, row in counts.items() if any(row)]
    held.sort(key=lambda item: (gravity(item[0], approved), -sum(item[1]), item[0] or ""))
    shown = held[:_MOST_ROWS]
    left = len(held) - len(shown)
    return Grid(
        caption="Stores and processors by country",
        columns=(
            Column(title="Country", share=4),
            Column(title="Approved", share=0),
            Column(title="Stores", kind="number", share=0),
            Column(title="Stores that may", kind="number", share=0),
            Column(title="Processors", kind="number", share=0),
            Column(title="Processors that may", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=country(code)),
                Cell(text=approval(code, approved)),
                *(Cell(text=number(count)) for count in row),
            )
            for code, row in shown
        ),
        note=_note(held, left),
    )


def _note(held: Sequence[object], left: int) -> str:
    if not held:
        return "No store and no processor was seen that has or may have protected data."
    return f"{counted(left, 'more country', 'more countries')} not shown." if left else ""


def _processors(places: Sequence[ProcessorsAt], approved: Approved) -> Grid:
    away = [place for place in places if gravity(place.country, approved) != 2]  # noqa: PLR2004
    regions = _by_region(away, approved)
    shown, rest = regions[:_MOST_ROWS], regions[_MOST_ROWS:]
    left = sum(sum(map(_size, found)) for _, found in rest)
    home = sum(map(_size, places)) - sum(map(_size, away))
    more = f"{number(left)} more of these are in the processors table. " if left else ""
    none = "No processor is known to be, or may be, outside the approved countries. "
    return Grid(
        caption="Processors that are not known to be in an approved country"
        if approved is not None
        else "Processors",
        columns=(
            Column(title="Country", share=3),
            Column(title="Region", kind="code", share=2),
            Column(title="What", share=8),
            Column(title="Processors", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=country(code)),
                Cell(text=region or "unknown"),
                Cell(text=_kinds(found)),
                Cell(text=number(sum(map(_size, found)))),
            )
            for (code, region), found in shown
        ),
        note=(more if away else none)
        + (f"{counted(home, 'processor')} in approved countries not listed." if home else ""),
    )


def _kinds(places: Sequence[ProcessorsAt]) -> str:
    counts = Counter[str]()
    for place in places:
        counts[f"{place.service} {place.kind}"] += _size(place)
    return tallied(counts, _MOST_KINDS, "other kind")


def _by_region(
    places: Sequence[ProcessorsAt], approved: Approved
) -> list[tuple[tuple[str | None, str | None], list[ProcessorsAt]]]:
    """Return processors by country and region: the gravest country first, then the most."""
    found: dict[tuple[str | None, str | None], list[ProcessorsAt]] = {}
    whole: Counter[str | None] = Counter()
    for place in places:
        found.setdefault((place.country, place.region), []).append(place)
        whole[place.country] += _size(place)
    return sorted(
        found.items(),
        key=lambda item: (
            gravity(item[0][0], approved),
            -whole[item[0][0]],
            item[0][0] or "",
            -sum(map(_size, item[1])),
            item[0][1] or "",
        ),
    )


def _size(place: ProcessorsAt) -> int:
    return place.protected + place.possible
