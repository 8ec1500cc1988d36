"""Where regions are drawn, and the outlines of countries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from auditor.report.projection import project
from auditor.resources import data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The city that stands for a cloud region, and its place on the drawing."""

    city: str
    country: str
    x: float
    y: float


@cache
def sites() -> Mapping[str, Site]:
    """Return the site of each region by its name; the providers' names do not collide."""
    path = data_folder("reports/map") / "regions.tsv"
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        _, region, city, latitude, longitude, country = line.split("\t")
        x, y = project(float(latitude), float(longitude))
        found[region] = Site(city=city, country=country, x=x, y=y)
    return found


@cache
def outlines() -> Mapping[str, str]:
    """Return the outline of each country as an SVG path, by ISO 3166-1 alpha-2 code."""
    path = data_folder("reports/map") / "land.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found
