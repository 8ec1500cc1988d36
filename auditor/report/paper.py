"""Leaves to the screen what nobody reads on paper: long lists, and the same advice again."""

from collections.abc import Iterator
from dataclasses import replace

from auditor.report.model import ControlView, FindingView, Report
from auditor.report.words import number


def abridged(report: Report) -> Report:
    """Return the report for paper: rows that a summary counts are left out, counts are not."""
    controls = (replace(each, findings=tuple(_findings(each))) for each in report.controls)
    return replace(report, controls=tuple(controls))


def _findings(control: ControlView) -> Iterator[FindingView]:
    given: set[str] = set()
    for finding in control.findings:
        remedy = "" if finding.remedy in given else finding.remedy
        given.add(finding.remedy)
        if finding.summary is None:
            yield replace(finding, remedy=remedy)
        else:
            yield replace(finding, remedy=remedy, rows=(), note=_note(control, finding))


def _note(control: ControlView, finding: FindingView) -> str:
    shown = len(finding.rows)
    there = "one by one" if shown == finding.total else f"the first {number(shown)}"
    return f"In report.html {there}, and in results.json all, under control {control.id}."
