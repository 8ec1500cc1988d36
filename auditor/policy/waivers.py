"""Recorded exceptions: what each one covers on the audit's as-of date, decided here only."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TypeAlias

from auditor.model import Waiver
from auditor.results import Finding, Verdict, WaiverResult

USED = "used"
UNUSED = "unused"
EXPIRED = "expired"
OVER_LIMIT = "over its limit"
UNKNOWN_CONTROL = "for an unknown control"

Findings: TypeAlias = Mapping[tuple[str, str], tuple[Finding, ...]]
"""(pack, control) -> rows that did not pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """The findings of all controls after waivers, and what became of each waiver."""

    findings: Findings
    waivers: tuple[WaiverResult, ...]


def apply_waivers(waivers: Sequence[Waiver], findings: Findings, day: str) -> Waived:
    """Cover the failing rows that waivers name.

    A waiver that has expired, or that names more failing rows than its limit, covers none.
    What is unknown cannot be waived. Of several waivers, the first by id covers a row.

    Args:
        day: the as-of date, ISO 8601, UTC. A waiver still holds on its last day.
    """
    covers: dict[str, dict[str, str]] = defaultdict(dict)
    known = {control for _, control in findings}
    results = []
    for waiver in sorted(waivers, key=lambda waiver: waiver.id):
        rows = _matching(waiver, findings)
        state = _state(waiver, rows, known, day)
        if state == USED:
            for row in rows:
                covers[waiver.control].setdefault(row, waiver.id)
        results.append(_result(waiver, state, len(rows)))
    covered = {
        (pack, control): _cover_all(found, covers[control])
        for (pack, control), found in findings.items()
    }
    return Waived(findings=covered, waivers=tuple(results))


def _matching(waiver: Waiver, findings: Findings) -> list[str]:
    return [
        finding.row_id
        for (_, control), found in findings.items()
        if control == waiver.control
        for finding in found
        if finding.verdict is Verdict.FAIL
        and any(fnmatchcase(finding.row_id, pattern) for pattern in waiver.rows)
    ]


def _state(waiver: Waiver, rows: Sequence[str], controls: Collection[str], day: str) -> str:
    if waiver.control not in controls:
        return UNKNOWN_CONTROL
    if waiver.expires < day:
        return EXPIRED
    if len(rows) > waiver.limit:
        return OVER_LIMIT
    return USED if rows else UNUSED


def _result(waiver: Waiver, state: str, rows: int) -> WaiverResult:
    return WaiverResult(
        id=waiver.id,
        control=waiver.control,
        reason=waiver.reason,
        approvers=waiver.approvers,
        expires=waiver.expires,
        state=state,
        rows=rows,
    )


def _cover(finding: Finding, covers: Mapping[str, str]) -> Finding:
    if finding.verdict is not Verdict.FAIL or finding.row_id not in covers:
        return finding
    return replace(
        finding, verdict=Verdict.WAIVED, was=finding.verdict, waiver=covers[finding.row_id]
    )


def _cover_all(findings: tuple[Finding, ...], covers: Mapping[str, str]) -> tuple[Finding, ...]:
    if not covers:
        return findings
    order = list(Verdict)
    return tuple(
        sorted(
            (_cover(finding, covers) for finding in findings),
            key=lambda finding: (order.index(finding.verdict), finding.row_id),
        )
    )
