"""The map: the right places, red for what crosses, words that say the same."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import oci.regions
import pytest
from botocore.session import get_session

from auditor.report import Report, testimony
from auditor.report.geography import outlines, sites
from auditor.report.inventory import FlowsBetween, Inventory, StoresAt
from auditor.report.novelties import News
from auditor.report.permissions import Permissions
from auditor.report.prevention import Prevention
from auditor.report.projection import HEIGHT, WIDTH, project
from auditor.report.words import country
from auditor.report.worldmap import approved_countries, draw_map
from tests.report.hostile import HOSTILE

EMPTY = Inventory(
    stores=(),
    processors=(),
    flows=(),
    paths=(),
    accounts=(),
    regions=(),
    classes=(),
    statements=(),
    outcomes=(),
    gaps=(),
    gaps_of=(),
    closed=(),
    unknowns=(),
    prevention=Prevention(creation=(), policies=(), locks=(), idle=(0, 0)),
    permissions=Permissions(statements=(0, 0), idle=0, clauses=(), visits=()),
    news=News(members=0, values=0, cut=0, first=()),
    testimony=testimony.Testimony(
        hearings=(),
        sighted=(),
        charged=(),
        recorded=(),
        sightings=(0, 0),
        charges=(0, 0),
        calls=(0, 0),
        offers=(),
    ),
)
US = frozenset({"US"})
UNPLACED = {"us-somerset-1", "us-thames-1"}  # Oracle does not publish their cities


def stores(region: str | None, code: str | None, count: int = 1) -> StoresAt:
    """Return stores in a region that hold protected data."""
    return StoresAt(
        provider="aws", region=region, country=code, protected=count, possible=0, other=0
    )


def flow(end_region: str | None, end_country: str | None, account: str | None) -> FlowsBetween:
    """Return one replication out of Virginia."""
    return FlowsBetween(
        region="us-east-1",
        country="US",
        end_region=end_region,
        end_country=end_country,
        end_account=account,
        mechanism="replication",
        count=2,
    )


def drawn(inventory: Inventory) -> str:
    """Return the drawing without the outlines of the land."""
    return re.sub(r'<path class="(land|approved)"[^>]*>', "", draw_map(inventory, US).svg)


def test_every_region_of_the_sdks_has_a_site() -> None:
    """A new region in an SDK asks for a line in regions.tsv; isolated partitions have none."""
    aws = {
        region
        for partition in ("aws", "aws-cn", "aws-us-gov", "aws-eusc")
        for region in get_session().get_available_regions("ec2", partition)
    }
    assert (aws | set(oci.regions.REGIONS)) - set(sites()) == UNPLACED


def test_sites_lie_on_the_drawing_in_countries_that_have_names() -> None:
    """Coordinates and codes are plausible."""
    for site in sites().values():
        assert 0 <= site.x <= WIDTH
        assert 0 <= site.y <= HEIGHT
        assert country(site.country) != site.country


def test_north_is_up_and_east_is_right() -> None:
    """The projection is not mirrored."""
    assert project(60, 0)[1] < project(0, 0)[1] < project(-50, 0)[1]
    assert project(0, -90)[0] < project(0, 0)[0] < project(0, 90)[0]


def test_foreign_stores_are_red_and_counted_in_words() -> None:
    """Colour is never the only sign."""
    inventory = replace(EMPTY, stores=(stores("us-east-1", "US", 9), stores("eu-west-1", "IE", 2)))
    assert drawn(inventory).count('class="disc foreign"') == 1
    words = " ".join(draw_map(inventory, US).words)
    assert "9 in the United States and 2 in Ireland" in words
    assert "2 of them rest outside the approved country, the United States." in words


@pytest.mark.parametrize(
    ("end_region", "end_country", "account", "red"),
    [
        ("eu-west-1", "IE", "inside", True),
        ("us-west-2", "US", "inside", False),
        ("us-west-2", "US", "outside", True),
        ("us-west-2", "US", None, False),
    ],
)
def test_only_what_is_known_to_cross_is_red(
    end_region: str, end_country: str, account: str | None, red: bool
) -> None:
    """Abroad, or out of the boundary's accounts."""
    inventory = replace(
        EMPTY, stores=(stores("us-east-1", "US"),), flows=(flow(end_region, end_country, account),)
    )
    assert ('class="flow crossing"' in drawn(inventory)) is red


def test_what_is_not_drawn_is_said() -> None:
    """Unknown places do not vanish."""
    inventory = replace(
        EMPTY,
        stores=(stores(None, None, 3), stores("us-east-1", "US")),
        flows=(flow(None, None, None),),
    )
    words = " ".join(draw_map(inventory, US).words)
    assert "3 stores are in places not known, and not drawn." in words
    assert "2 ways out lead to a place that could not be told." in words


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_region_cannot_enter_the_drawing(text: str) -> None:
    """Only regions of our own list are drawn, under our own names."""
    inventory = replace(EMPTY, stores=(stores(text, text),))
    assert draw_map(inventory, US).svg == draw_map(EMPTY, US).svg


def test_the_drawing_is_well_formed(reports: dict[str, Report]) -> None:
    """It parses as XML and holds no script, style element or link."""
    tree = ET.fromstring(reports["mixed"].map.svg)
    tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert tags == {"svg", "path", "circle", "text"}


def test_without_a_pack_nothing_is_foreign() -> None:
    """No approved countries named: said, and nothing is red."""
    inventory = replace(EMPTY, stores=(stores("eu-west-1", "IE"),))
    made = draw_map(inventory, approved_countries([{}]))
    assert 'class="disc foreign"' not in made.svg
    assert "No policy pack names approved countries" in " ".join(made.words)


def test_two_packs_approve_what_both_do() -> None:
    """The stricter reading colours the map."""
    packs = [{"approved_countries": ["US", "CA"]}, {"approved_countries": ["US"]}]
    assert approved_countries(packs) == US


def test_the_land_is_ours_alone() -> None:
    """Outlines hold path commands and numbers only."""
    assert len(outlines()) > 150
    assert all(re.fullmatch(r"[MLZ0-9. -]+", path) for path in outlines().values())
