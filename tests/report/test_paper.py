"""Paper leaves out lists, never counts."""

from auditor.report import Report
from auditor.report.paper import abridged


def test_rows_that_are_counted_are_left_to_the_screen(reports: dict[str, Report]) -> None:
    """Long findings keep their count and their summary, and say where their rows are."""
    for name, report in reports.items():
        paper = abridged(report)
        for full, short in zip(report.controls, paper.controls, strict=True):
            for one, other in zip(full.findings, short.findings, strict=True):
                assert (one.total, one.summary) == (other.total, other.summary)
                assert bool(other.rows) == (one.summary is None), name
                assert one.summary is None or f"under control {full.id}." in other.note


def test_the_counts_of_a_summary_are_those_of_its_finding(reports: dict[str, Report]) -> None:
    """Every row is in one line, and in one only."""
    findings = [f for report in reports.values() for c in report.controls for f in c.findings]
    counted = [one for one in findings if one.summary is not None]
    assert counted
    for one in counted:
        rows = one.summary.rows if one.summary else ()
        assert sum(int(row[2].text.replace(",", "")) for row in rows) == one.total


def test_advice_is_given_once(reports: dict[str, Report]) -> None:
    """The same remedy stands with the first finding of a control, and not with the next."""
    for control in abridged(reports["mixed"]).controls:
        advice = [finding.remedy for finding in control.findings if finding.remedy]
        assert len(advice) == len(set(advice))
