"""Draws where protected data rests and where it can move, and says the same in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.report.geography import Site, outlines, sites
from auditor.report.inventory import FlowsBetween, Inventory, StoresAt
from auditor.report.mapwords import exit_of, map_words
from auditor.report.model import WorldMap

_LEFT, _TOP, _WIDTH, _HEIGHT = 70, 0, 880, 408
_SMALLEST, _LARGEST = 4.5, 17.0  # radii of discs
_NEAR = 9.0  # units: discs closer than that are one
_MOST_LABELS = 12
_LETTER = 6.1  # width of a letter of a label
_RED, _GREY, _INK, _LAND, _APPROVED = "#b3261e", "#5f6b7a", "#14324f", "#e4e7eb", "#cfd9e6"
_FONT = 'font-family="\'IBM Plex Sans\', system-ui, sans-serif" font-size="11"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """Stores drawn at one site."""

    site: Site
    stores: int
    protected: int
    foreign: bool | None  # None when no pack says which countries are approved


def draw_map(inventory: Inventory, approved: frozenset[str] | None) -> WorldMap:
    """Return the map.

    Args:
        approved: codes of the countries that may hold the data; None if no pack says.
    """
    discs = _discs(inventory.stores, approved)
    arcs = [arc for flow in inventory.flows if (arc := _arc(flow, approved))]
    words = map_words(inventory, approved)
    return WorldMap(
        svg=_svg(discs, arcs, approved),
        alternative="World map. " + " ".join(words),
        legend=(
            "Disc: stores that hold, or may hold, protected data; its area grows with their number",
            "Red: outside the approved countries or boundary; a line is a way for data to move",
        ),
        words=words,
    )


def _discs(stores: Sequence[StoresAt], approved: frozenset[str] | None) -> list[Disc]:
    merged: list[Disc] = []
    for place in stores:
        site = sites().get(place.region or "")
        count = place.protected + place.possible
        if site is None or not count:
            continue
        foreign = None if approved is None else (place.country or site.country) not in approved
        for index, disc in enumerate(merged):
            if disc.foreign == foreign and _distance(disc.site, site) < _NEAR:
                merged[index] = replace(
                    disc,
                    stores=disc.stores + count,
                    protected=disc.protected + place.protected,
                )
                break
        else:
            merged.append(Disc(site=site, stores=count, protected=place.protected, foreign=foreign))
    return sorted(merged, key=lambda disc: (-disc.stores, disc.site.city))


def _distance(a: Site, b: Site) -> float:
    return float(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5)


def _arc(flow: FlowsBetween, approved: frozenset[str] | None) -> str:
    start, end = sites().get(flow.region or ""), sites().get(flow.end_region or "")
    if start is None or end is None or _distance(start, end) < _NEAR:
        return ""
    red = bool(exit_of(flow, approved))
    lift = min(70.0, _distance(start, end) * 0.28)
    x, y = (start.x + end.x) / 2, (start.y + end.y) / 2 - lift
    colour = _RED if red else _GREY
    name = "flow crossing" if red else "flow"
    return (
        f'<path class="{name}" d="M{start.x:g} {start.y:g}Q{x:.1f} {y:.1f} {end.x:g} {end.y:g}" '
        f'fill="none" stroke="{colour}" stroke-width="{1.8 if red else 1.2}" '
        'stroke-linecap="round"/>'
        f'<circle class="{name} end" cx="{end.x:g}" cy="{end.y:g}" r="3" fill="{colour}"/>'
    )


def _svg(discs: Sequence[Disc], arcs: Sequence[str], approved: frozenset[str] | None) -> str:
    land = "".join(
        f'<path class="{"approved" if approved and code in approved else "land"}" d="{path}" '
        f'fill="{_APPROVED if approved and code in approved else _LAND}" '
        'stroke="#ffffff" stroke-width="0.6"/>'
        for code, path in outlines().items()
    )
    largest = max((disc.stores for disc in discs), default=1)
    circles = "".join(_circle(disc, largest) for disc in discs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_LEFT} {_TOP} {_WIDTH} {_HEIGHT}" '
        f'role="img" aria-labelledby="map-words" {_FONT}>'
        f"{land}{''.join(sorted(set(arcs)))}{circles}{_labels(discs, largest)}</svg>"
    )


def _radius(stores: int, largest: int) -> float:
    return _SMALLEST + (_LARGEST - _SMALLEST) * float((stores / largest) ** 0.5)


def _circle(disc: Disc, largest: int) -> str:
    colour = _RED if disc.foreign else _INK
    name = "disc foreign" if disc.foreign else "disc"
    return (
        f'<circle class="{name}" cx="{disc.site.x:g}" cy="{disc.site.y:g}" '
        f'r="{_radius(disc.stores, largest):.1f}" fill="{colour}" fill-opacity="0.82" '
        'stroke="#ffffff" stroke-width="1"/>'
    )


def _labels(discs: Sequence[Disc], largest: int) -> str:
    """Return city and count beside the discs, leaving out what would overlap."""
    boxes = [_box(disc, largest) for disc in discs]
    drawn = []
    for disc in sorted(discs, key=lambda disc: not disc.foreign)[:_MOST_LABELS]:
        text = f"{disc.site.city} {disc.stores:,}"
        for side in ("right", "left", "above", "below"):
            box, x, y, anchor = _place(disc, largest, len(text) * _LETTER, side)
            if not any(_overlap(box, other) for other in boxes):
                boxes.append(box)
                drawn.append(_label(text, x, y, anchor, foreign=bool(disc.foreign)))
                break
    return "".join(drawn)


Box = tuple[float, float, float, float]


def _box(disc: Disc, largest: int) -> Box:
    reach = _radius(disc.stores, largest)
    return (disc.site.x - reach, disc.site.y - reach, disc.site.x + reach, disc.site.y + reach)


def _place(disc: Disc, largest: int, width: float, side: str) -> tuple[Box, float, float, str]:
    x, y = disc.site.x, disc.site.y
    gap = _radius(disc.stores, largest) + 3
    match side:
        case "right":
            return (x + gap, y - 6, x + gap + width, y + 6), x + gap, y + 4, "start"
        case "left":
            return (x - gap - width, y - 6, x - gap, y + 6), x - gap, y + 4, "end"
        case "above":
            box = (x - width / 2, y - gap - 12, x + width / 2, y - gap)
            return box, x, y - gap - 2, "middle"
        case _:
            box = (x - width / 2, y + gap, x + width / 2, y + gap + 12)
            return box, x, y + gap + 10, "middle"


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _label(text: str, x: float, y: float, anchor: str, *, foreign: bool) -> str:
    halo = (
        f'<text class="halo" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="none" '
        f'stroke="#ffffff" stroke-width="3" stroke-linejoin="round">{text}</text>'
    )
    name, colour = ("label foreign", _RED) if foreign else ("label", "#1b1b1f")
    return (
        f'{halo}<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
        f'fill="{colour}">{text}</text>'
    )


def approved_countries(parameters: Sequence[Mapping[str, object]]) -> frozenset[str] | None:
    """Return the approved countries that the packs name, None if none of them does."""
    named = [
        chosen["approved_countries"] for chosen in parameters if "approved_countries" in chosen
    ]
    lists = [frozenset(map(str, codes)) for codes in named if isinstance(codes, list | tuple)]
    return frozenset.intersection(*lists) if lists else None
