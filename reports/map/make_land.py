"""Redraw ``land.json`` from world-atlas: ``python reports/map/make_land.py countries-110m.json``.

Run by hand when the geometry or the projection changes; see README.md beside this file.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from auditor.report.projection import project

_SMALLEST = 1.5  # units of the drawing: a step that nobody would see is left out
_SOUTH = -58.0  # degrees: Antarctica is left out
_FEWEST = 4  # points of a shape that is worth drawing
_SEAM = 500.0  # units: a longer step crosses the edge of the drawing

Point = tuple[float, float]


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs of a TopoJSON file in degrees, longitude first."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        decoded.append(points)
    return decoded


def _ring(indexes: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _path(ring: list[Point]) -> str:
    if all(latitude < _SOUTH for _, latitude in ring):
        return ""
    kept: list[Point] = []
    for longitude, latitude in ring:
        point = project(latitude, longitude)
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= _SMALLEST:
            kept.append(point)
    torn = any(abs(a[0] - b[0]) > _SEAM for a, b in pairwise(kept))
    if torn or len(kept) < _FEWEST:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


def main() -> None:
    """Write one path for each country, by the number that ISO 3166-1 gives it."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    numbers = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    codes = {number: code for code, _, number, *_ in numbers}
    arcs = _arcs(topology)
    land: dict[str, str] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        code = codes.get(country.get("id", ""), "")
        paths = "".join(_path(_ring(ring, arcs)) for shape in shapes for ring in shape)
        land[code] = land.get(code, "") + paths
    target = Path(__file__).with_name("land.json")
    text = json.dumps({code: land[code] for code in sorted(land) if land[code]}, indent=0)
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
