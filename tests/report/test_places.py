"""Where data rests and is worked on: every country, the worst first."""

import pytest

from auditor.report import Report
from auditor.report.model import Section
from tests.report.reading import lines


@pytest.fixture(scope="module")
def section(reports: dict[str, Report]) -> Section:
    """The chapter of the mixed audit."""
    return next(s for s in reports["mixed"].opening if s.anchor == "places")


def test_processors_stand_beside_stores(section: Section) -> None:
    """What works on the data counts as well as what keeps it; none of it is lost."""
    countries = lines(section.grids[0])
    assert countries[0] == "Germany | no | 3 | 0 | 1 | 0"
    assert "many countries (*) | no | 0 | 0 | 1 | 0" in countries
    assert "an unknown country | unknown | 0 | 0 | 0 | 1" in countries
    assert countries[-1].startswith("United States | yes | ")
    assert countries[-1].endswith(" | 20 | 0")


def test_processors_that_are_not_at_home_are_named(section: Section) -> None:
    """Abroad, everywhere at once, or nobody knows where; the others are counted."""
    assert lines(section.grids[1]) == [
        "many countries (*) | global | cloudfront distribution | 1",
        "Germany | eu-central-1 | lambda function | 1",
        "an unknown country | unknown | lambda function | 1",
    ]
    assert section.grids[1].note == "20 processors in approved countries not listed."


def test_the_map_says_what_it_does_not_draw(reports: dict[str, Report]) -> None:
    """Page one has the processors in a sentence."""
    assert reports["mixed"].map.words[-1] == (
        "23 processors, not drawn, work on it, or may: 2 outside the approved area, "
        "1 in places not known."
    )


def test_flows_out_of_processors_are_counted(reports: dict[str, Report]) -> None:
    """Each mechanism, what leaves by it first."""
    ways = next(s for s in reports["mixed"].opening if s.anchor == "ways")
    assert lines(ways.grids[0])[0] == (
        "replication | kept alike in another place, all the time | 40 | 0 | 30"
    )


def test_nothing_is_said_in_a_sentence(reports: dict[str, Report]) -> None:
    """Empty tables say that they are empty."""
    empty = reports["unreadable"].opening
    notes = {grid.caption: grid.note for s in empty for grid in s.grids if not grid.rows}
    assert notes["Stores and processors by country"].startswith("No store and no processor")
    assert notes["Single flows, by how data moves"] == "No flow of protected data was found."
    assert notes["All other guardrails, by kind"] == "None was found."
