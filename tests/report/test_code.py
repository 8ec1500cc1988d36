"""What runs is followed back to its approval, and the first broken link is named."""

from pathlib import Path

import pytest

from auditor.report import Report
from auditor.report.code import duration
from auditor.report.model import Section
from tests.report.reading import lines
from tests.report.releases import releases
from tests.report.test_access import chapter, grid, report_of


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of an estate with code, releases and an app."""
    return report_of(tmp_path_factory.mktemp("facts"), dict(releases()))


@pytest.fixture(scope="module")
def section(report: Report) -> Section:
    """Its chapter on code."""
    return chapter(report, "code")


def test_sentences_count_what_holds_and_what_does_not(section: Section) -> None:
    """Chains, changes and packages, each over its population."""
    assert [text.text for text in section.paragraphs] == [
        "Of 4 things that run or are served, 1 leads back through artefact, provenance and commit "
        "to approved changes. The chain ends, or cannot be followed further, at the digest in 1, "
        "at the provenance in 1 and at the approval in 1.",
        "1 repository was read, 1 known to be in scope. 6 changes reached release branches in the "
        "period, one that reached two counted for each: 2 without an approval that counts, of 1 "
        "nobody can tell, and 1 pushed directly.",
        "1 app package was read. What is in them, and recorded traffic, names 3 hosts: 1 outside "
        "the approved countries, 1 in a country not known.",
    ]


def test_the_first_broken_link_is_named(section: Section) -> None:
    """What surely breaks comes first, then in the order of the links; whole ones are counted."""
    made = grid(section, "What runs")
    assert lines(made) == [
        "container web-2 222222222222 sha256:000000000000… | nobody says | no repository | "
        "nobody | provenance | nothing vouches for it",
        "container web-1 222222222222 sha256:000000000000… | https://builder.example/trusted | "
        "northstar/app@000000000000… | nobody | approval | a change has none",
    ]
    assert made.note.endswith("1 whole chain is not listed.")


def test_what_nobody_knows_is_counted_by_the_reason(section: Section) -> None:
    """Rows without a digest have nothing to follow; why there is none is what can be mended."""
    assert lines(grid(section, "What runs without")) == [
        "container | 222222222222 | 1 | deployment-3 | its tag can move"
    ]


def test_reviewing_is_timed(section: Section) -> None:
    """Changes by how they were approved; median, 95th percentile, busiest hour, what waits."""
    assert lines(grid(section, "Changes of")) == ["northstar/app | 6 | 2 | 1 | 1 | 1 | 1"]
    assert lines(grid(section, "How reviewing")) == [
        "northstar/app | 45 min | 2 d 4 h | 12,000 | 4"
    ]


def test_packages_and_where_they_talk_to(section: Section) -> None:
    """Libraries by owner, hosts by country: those that are not approved first."""
    assert lines(grid(section, "App packages")) == [
        "com.northstar.app 1.2 (12), android apk | sha256:aa | yes | unknown | 1 | 3 | 1 | 1"
    ]
    assert lines(grid(section, "Where the apps")) == [
        "Singapore | com.northstar.app | 1 | 1 | 1 | t.farshore.example",
        "not known | com.northstar.app | 1 | 0 | 0 | cdn.example",
        "United States | com.northstar.app | 1 | 1 | 0 | api.northstar.example",
    ]


def test_nothing_read_is_said_and_no_table_is_empty(tmp_path: Path) -> None:
    """An audit without code says so."""
    bare = chapter(report_of(tmp_path, {}), "code")
    assert [text.text for text in bare.paragraphs] == [
        "Nothing that runs was followed back to its code: none was found.",
        "No repository was read.",
        "No app package was read.",
    ]
    assert bare.grids == ()


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        pytest.param(None, "unknown", id="unknown"),
        pytest.param(0, "0 min", id="none"),
        pytest.param(59, "59 min", id="minutes"),
        pytest.param(190, "3 h 10 min", id="hours"),
        pytest.param(3_130, "2 d 4 h", id="days"),
    ],
)
def test_times_are_said_in_units_that_fit(minutes: int | None, said: str) -> None:
    """Minutes, hours and days."""
    assert duration(minutes) == said
