"""Witnesses: who spoke, who was silent, what nothing explains."""

from pathlib import Path

import pytest

from auditor.report import EvidenceSummary, Report, build
from auditor.report.model import Grid, Section
from tests.report import independent, parts
from tests.report.facts import common, unit, write_facts
from tests.report.reading import lines

NOTHING = EvidenceSummary(records=0, root="", denied=0, failed=0)


@pytest.fixture(scope="module")
def section(reports: dict[str, Report]) -> Section:
    """The chapter of the mixed audit."""
    return chapter(reports["mixed"], "witnesses")


def chapter(report: Report, anchor: str) -> Section:
    """Return a chapter after the findings."""
    return next(s for s in report.closing if s.anchor == anchor)


def grid(section: Section, beginning: str) -> Grid:
    """Return the table with that caption."""
    return next(made for made in section.grids if made.caption.startswith(beginning))


def test_each_account_has_its_witnesses_the_silent_first(section: Section) -> None:
    """The bill with its last day, each inventory with the regions that it is set up for."""
    assert lines(grid(section, "Who spoke")) == [
        "444455556666 | unknown | silent | silent | silent | its regions are not known",
        "ocid1.tenancy.oc1..aaaademo | example-media | silent | silent | none there | none",
        "111122223333 | production | 2025-11-21 to 2026-11-21 | 1 of 3 regions | silent | "
        "1 of 3 regions",
    ]


def test_what_nothing_explains_is_named(section: Section) -> None:
    """Resources by name, charges with their sum, and how many more there are."""
    (seen,) = lines(grid(section, "Resources that"))
    assert seen.startswith("deadline:farm | resource explorer | 111122223333; us-east-1 | No coll")
    assert seen.endswith("farm/farm-2 and 2 more | 5")
    assert lines(grid(section, "Charges that")) == [
        "Amazon Oddity | 111122223333; us-east-1 | 2025-11-21 to 2026-11-21 | "
        "Its service is not known. | 25 USD | 2"
    ]


def test_a_call_that_did_not_only_read_is_named(section: Section) -> None:
    """What the provider recorded in the auditor's name is held against the evidence."""
    assert lines(grid(section, "Recorded in")) == [
        "s3 PutObject | 111122223333 | audit-reader | no | not found | 1"
    ]


def test_closed_gaps_are_listed_apart(reports: dict[str, Report]) -> None:
    """They block nothing, and the reader sees who closed them."""
    coverage = chapter(reports["mixed"], "coverage")
    (row,) = lines(grid(coverage, "Gaps that witnesses closed"))
    assert "| the bill and Resource Explorer | 1" in row
    assert reports["mixed"].coverage.text.endswith("incomplete, 1 more gap closed by witnesses.")
    assert lines(grid(coverage, "Open gaps by account")) == [
        "111122223333 | production | denied | 2 | 3 | 5 | 156",
        "111122223333 | unknown | denied | 2 | 3 | 4 | 155",
    ]


def test_silence_and_doubt_stand_on_page_one(reports: dict[str, Report]) -> None:
    """A reader of page one learns that nobody spoke for an account."""
    said = [text.text for text in reports["mixed"].cannot_tell]
    assert (
        "For 2 of 3 accounts no independent witness spoke; nothing that was collected explains "
        "5 resources of inventories and 2 lines of the bill." in said
    )
    assert any("For 2 of 3 accounts" in text.text for text in reports["clean"].cannot_tell)


def test_no_witness_at_all_is_said(reports: dict[str, Report]) -> None:
    """Empty tables say so in a sentence."""
    section = chapter(reports["clean"], "witnesses")
    assert grid(section, "Resources that").note == "No inventory named anything."
    assert grid(section, "Charges that").note == "No bill was read."
    assert "No record of calls" in section.paragraphs[2].text


@pytest.mark.parametrize(
    ("complete", "gap", "said"),
    [(True, False, "2026-01-01 to"), (False, False, "not all of 2026"), (True, True, "not all of")],
)
def test_a_bill_that_was_not_read_whole_says_so(
    tmp_path: Path, complete: bool, gap: bool, said: str
) -> None:
    """A list that broke off is no whole bill, whatever it says of itself."""
    days = {"period_start": "2026-01-01", "period_end": "2026-02-01"}
    tables = {
        **common(),
        "witnesses": [independent.witness(0, "bill", complete=complete, **days)],
        "coverage": [{**unit(1, "failed", refused=gap), "tables": ["spend"]}],
    }
    report = build(parts.results([]), parts.audit(), write_facts(tmp_path, tables), NOTHING)
    rows = lines(grid(chapter(report, "witnesses"), "Who spoke"))
    assert said in next(row for row in rows if row.startswith("111122223333"))


def test_an_amount_that_cannot_be_read_makes_no_sum(tmp_path: Path) -> None:
    """Unknown, and never the sum of the others."""
    tables = {"spend": [independent.charge(0), independent.charge(1, amount="1,5")]}
    report = build(parts.results([]), parts.audit(), write_facts(tmp_path, tables), NOTHING)
    (row,) = lines(grid(chapter(report, "witnesses"), "Charges that"))
    assert row.endswith("| unknown | 2")


def test_long_lists_are_cut_and_counted(tmp_path: Path) -> None:
    """A page stays a page: what is left out is counted, with where it is."""
    seen = [independent.sighting(n, type=f"type:{n:04d}") for n in range(500)]
    report = build(
        parts.results([]), parts.audit(), write_facts(tmp_path, {"sightings": seen}), NOTHING
    )
    made = grid(chapter(report, "witnesses"), "Resources that")
    assert len(made.rows) == 60
    assert made.note == "440 more are in the sightings table."
