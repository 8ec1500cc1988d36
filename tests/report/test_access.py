"""Statements across tenancies, the providers' own people, and what of them was not read."""

from pathlib import Path

import pytest

from auditor.report import EvidenceSummary, Report, build
from auditor.report.model import Grid, Section
from tests.report import oracle, parts
from tests.report.facts import write_facts
from tests.report.reading import lines

NOTHING = EvidenceSummary(records=0, root="", denied=0, failed=0)


def report_of(folder: Path, tables: dict[str, oracle.Rows]) -> Report:
    """Return the report of an audit with these tables alone."""
    return build(parts.results([]), parts.audit(), write_facts(folder, tables), NOTHING)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of a tenancy with something of everything."""
    return report_of(tmp_path_factory.mktemp("facts"), dict(oracle.tenancy()))


def chapter(report: Report, anchor: str) -> Section:
    """Return a chapter by its anchor."""
    return next(s for s in (*report.opening, *report.closing) if s.anchor == anchor)


def grid(section: Section, beginning: str) -> Grid:
    """Return the table with that caption."""
    return next(made for made in section.grids if made.caption.startswith(beginning))


def test_statements_across_tenancies_are_listed_once_each(report: Report) -> None:
    """Protected data first; alike ones are one line; what nobody could read is there in full."""
    made = grid(chapter(report, "access"), "Statements across")
    assert lines(made) == [
        f"admit | outside the boundary, {oracle.FAR}: group Engineers | read objects | prod | yes "
        "| unknown | yes",
        "allow | any-user | read objects | prod | no | not needed | yes",
        "endorse | group Admins | read objects | any tenancy | no | unknown | not read",
        "unknown | unknown | Allow group Helpers to approve things | unknown | unknown | unknown "
        "| may be",
    ]
    assert made.note == "1 such statement gives nothing now: it ended or denies."


def test_requests_are_counted_and_doubt_counts_as_access(report: Report) -> None:
    """From abroad first; a rule's yes is nobody's, and an unknown record is none."""
    assert lines(grid(chapter(report, "access"), "Requests of")) == [
        "oci lockbox | Oracle | India | no | 2 | 1 | 0 | 0 | 2026-09-01",
        "oci operator access control | Oracle | not stated | unknown | 2 | 2 | 1 | 1 | 2026-09-01",
    ]


@pytest.mark.parametrize("name", ["mixed", "clean", "unreadable", "large"])
def test_every_report_says_what_is_not_told_of_operators(
    reports: dict[str, Report], name: str
) -> None:
    """Their country stands on page one and in the chapter, also where nobody asked to come in."""
    section = chapter(reports[name], "access")
    assert "states neither their access nor where they were" in section.paragraphs[-1].text
    assert "does not show that nobody had access" in section.paragraphs[-1].text
    assert any("which country they do it from" in said.text for said in reports[name].cannot_tell)


def test_no_statement_read_is_no_good_news(tmp_path: Path) -> None:
    """An empty chapter says what was not read, and that this shows nothing."""
    section = chapter(report_of(tmp_path, {}), "access")
    said = [text.text for text in section.paragraphs]
    assert said[0] == "0 stores hold protected data. No right of anybody to it was found."
    assert said[1].startswith("No audit log was read: nothing can be said of who did reach the")
    assert "No statement of a policy of Oracle Cloud was read." in said
    assert [made.caption for made in section.grids] == ["Who can reach protected data, by side"]


def test_what_the_index_closed_is_counted_by_region(report: Report) -> None:
    """Ninety collections are two lines, and the condition is said once."""
    coverage = chapter(report, "coverage")
    made = grid(coverage, "Gaps that witnesses closed")
    assert [line.split(" | ")[0] for line in lines(made)] == [
        "oci us-ashburn-1, 1 account",
        "oci us-phoenix-1, 1 account",
    ]
    assert "service36, service38" in lines(made)[0]
    assert lines(made)[0].endswith(
        "and 25 more | unlisted | Not listed in 4 of 7 compartments, in "
        "which the provider's index names none. | Resource Search and "
        "the bill | 45"
    )
    said = " ".join(text.text for text in coverage.paragraphs)
    assert "90 collections are closed for that; 1 more stays open." in said


def test_many_gaps_of_one_place_are_one_line(report: Report) -> None:
    """A compartment that denied everything is mended at once; a lone gap keeps its own line."""
    first, *rest = lines(grid(chapter(report, "coverage"), "Open gaps: what"))
    assert first.startswith("oci thing0, thing1, thing10,")
    assert "And 29 more reasons like it." in first
    assert first.endswith("and 22 more | 30")
    assert [line.split(" | ")[0] for line in rest] == ["oci alone", "oci left"]


def test_the_index_and_the_bill_of_a_tenancy_are_heard(report: Report) -> None:
    """Oracle's bill is a list of lines, and Resource Search its index; Config is Amazon's."""
    assert lines(grid(chapter(report, "witnesses"), "Who spoke")) == [
        f"{oracle.TENANCY} | n | 2025-11-21 to 2026-11-21 | 2 of 2 regions | none there | "
        "2 of 2 regions"
    ]


def test_a_bill_without_a_line_was_heard_and_a_denied_one_was_not(tmp_path: Path) -> None:
    """No charge is not silence; a refusal is."""
    heard = dict(oracle.tenancy()) | {"spend": []}
    (line,) = lines(grid(chapter(report_of(tmp_path / "a", heard), "witnesses"), "Who spoke"))
    assert " | no charge | " in line
    usage = oracle.spared(0, "", "usage", collector="oci.usage.line", outcome="denied", refusals=1)
    denied = heard | {"coverage": [{**usage, "open": True, "complete": None, "tables": ["spend"]}]}
    (line,) = lines(grid(chapter(report_of(tmp_path / "b", denied), "witnesses"), "Who spoke"))
    assert " | silent | " in line
