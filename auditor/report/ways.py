"""How protected data can leave the boundary: each path from left to right, and each mechanism."""

from collections import Counter
from collections.abc import Sequence

from auditor.report.inventory import FlowsBetween, Inventory
from auditor.report.mapwords import exit_of
from auditor.report.model import Cell, Column, Grid, Section, Text
from auditor.report.words import counted, country, number, tallied

_MOST_ROWS = 60
_MOST_MECHANISMS = 6  # of paths between the same two places
_MECHANISMS = {
    "replication": "kept alike in another place, all the time",
    "copy": "copied there, once or on a schedule",
    "backup": "kept there for recovery",
    "export": "written out there, often in another form",
    "stream": "passed on as it arrives",
    "sync": "compared and brought up to date there by a task",
    "share": "opened to others by name",
    "link": "open to whoever has a link",
    "public": "open to anybody",
    "mount": "used there as a file system",
    "edge": "cached or routed at the edges of a network",
    "inference": "sent to a model that may run there",
}


def ways_section(inventory: Inventory, approved: frozenset[str] | None) -> Section:
    """Return the paths that lead out of the boundary, or that nobody can say where they lead."""
    out = [way for way in inventory.paths if exit_of(way, approved)]
    lost = [way for way in inventory.paths if _is_lost(way) and not exit_of(way, approved)]
    inside = sum(way.count for way in inventory.paths) - sum(way.count for way in [*out, *lost])
    leads = counted(sum(way.count for way in out), "path leads", "paths lead")
    unsaid = counted(sum(way.count for way in lost), "path leads", "paths lead")
    stay = counted(inside, "more stays", "more stay")
    return Section(
        anchor="ways",
        title="Ways out of the boundary",
        paragraphs=(
            Text(
                text=f"{leads} out of the boundary, and {unsaid} to a place not known; "
                f"{stay} inside. A path is one way for data to move on its own from a store that "
                "holds or may hold protected data, or from a processor that works on it, or "
                "several in a row."
            ),
        ),
        grids=(
            _mechanisms(inventory, approved),
            _paths([*out, *lost]),
        ),
    )


def _paths(ways: Sequence[FlowsBetween]) -> Grid:
    """Return the paths that leave, or may, by where they start and end; the most first."""
    between: dict[tuple[str, str], Counter[str]] = {}
    for way in ways:
        ends = (_place(way.country, way.region), _end(way))
        between.setdefault(ends, Counter())[way.mechanism] += way.count
    ordered = sorted(between.items(), key=lambda item: (-item[1].total(), item[0]))
    shown, rest = ordered[:_MOST_ROWS], ordered[_MOST_ROWS:]
    left = counted(sum(counts.total() for _, counts in rest), "more path is", "more paths are")
    return Grid(
        caption="Paths out of the boundary, or to a place not known",
        columns=(
            Column(title="From", share=4),
            Column(title="To", share=4),
            Column(title="By", share=6),
            Column(title="Paths", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=start),
                Cell(text=end),
                Cell(text=tallied(counts, _MOST_MECHANISMS, "other way")),
                Cell(text=number(counts.total())),
            )
            for (start, end), counts in shown
        ),
        note=f"{left} in the reach table." if rest else ("" if shown else "None was found."),
    )


def _mechanisms(inventory: Inventory, approved: frozenset[str] | None) -> Grid:
    """Return single flows by mechanism, those with the most ways out first."""
    counts: dict[str, list[int]] = {}
    for flow in inventory.flows:
        end = 0 if exit_of(flow, approved) else 1 if _is_lost(flow) else 2
        counts.setdefault(flow.mechanism, [0, 0, 0])[end] += flow.count
    ordered = sorted(counts.items(), key=lambda item: (*(-count for count in item[1]), item[0]))
    return Grid(
        caption="Single flows, by how data moves",
        columns=(
            Column(title="Mechanism", share=2),
            Column(title="The data is", share=6),
            Column(title="Out", kind="number", share=0),
            Column(title="Not known", kind="number", share=0),
            Column(title="Inside", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=mechanism),
                Cell(text=_MECHANISMS.get(mechanism, "")),
                *(Cell(text=number(count)) for count in row),
            )
            for mechanism, row in ordered
        ),
        note="" if ordered else "No flow of protected data was found.",
    )


def _is_lost(way: FlowsBetween) -> bool:
    return way.end_country is None or way.end_account is None


def _place(code: str | None, region: str | None) -> str:
    if not code:
        return region or "a place not known"
    return f"{country(code)}, {region}" if region else country(code)


def _end(way: FlowsBetween) -> str:
    if way.end_account == "*":
        return "anybody"
    place = _place(way.end_country, way.end_region)
    return f"{place}, in an account outside the boundary" if way.end_account == "outside" else place
