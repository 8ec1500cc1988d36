"""How protected data can leave the boundary: each path from left to right."""

from auditor.report.inventory import FlowsBetween, Inventory
from auditor.report.mapwords import exit_of
from auditor.report.model import Cell, Column, Grid, Section, Text
from auditor.report.words import counted, country, number

_MOST_ROWS = 60


def ways_section(inventory: Inventory, approved: frozenset[str] | None) -> Section:
    """Return the paths that lead out of the boundary, or that nobody can say where they lead."""
    out = [way for way in inventory.paths if exit_of(way, approved)]
    lost = [way for way in inventory.paths if _is_lost(way) and not exit_of(way, approved)]
    inside = sum(way.count for way in inventory.paths) - sum(way.count for way in [*out, *lost])
    shown = [*out, *lost][:_MOST_ROWS]
    left = len(out) + len(lost) - len(shown)
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
                "holds or may hold protected data, or several in a row."
            ),
        ),
        grids=(
            Grid(
                columns=(
                    Column(title="From", share=4),
                    Column(title="By", share=5),
                    Column(title="To", share=4),
                    Column(title="Paths", kind="number", share=0),
                ),
                rows=tuple(
                    (
                        Cell(text=_place(way.country, way.region)),
                        Cell(text=way.mechanism),
                        Cell(text=_end(way)),
                        Cell(text=number(way.count)),
                    )
                    for way in shown
                ),
                note=f"{number(left)} more kinds of path are in the reach table." if left else "",
            ),
        ),
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
