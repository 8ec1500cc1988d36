"""Page one: the answers, what stands out, what cannot be told, and how far the reader got."""

from collections import Counter
from collections.abc import Mapping

from auditor.report.anchors import commitment_anchor, control_anchor, finding_anchor
from auditor.report.grouping import Group, group
from auditor.report.inventory import Inventory
from auditor.report.model import Cell, Column, CommitmentView, EvidenceSummary, Grid, Text
from auditor.report.words import (
    MARKS,
    counted,
    listed,
    number,
    rows,
    sentence,
    value,
)
from auditor.results import CommitmentResult, ControlResult, Finding, Results, Verdict

_SEVERITIES = ("critical", "high", "medium", "low")
_MOST_SENTENCES = 3
_MOST_TABLES = 3
_LONGEST_VALUES = 90  # characters of the values said in one sentence
_LONGEST_REASON = 180


def commitment_views(results: Results) -> tuple[CommitmentView, ...]:
    """Return the answer to each commitment, in the pack's order."""
    controls = {control.id: control for control in results.controls}
    return tuple(_commitment(answer, controls) for answer in results.commitments)


def _commitment(
    answer: CommitmentResult, controls: Mapping[str, ControlResult]
) -> CommitmentView:
    own = [controls[name] for name in answer.controls if name in controls]
    return CommitmentView(
        id=answer.id,
        title=answer.title,
        mark=MARKS[answer.verdict],
        count=_count(answer.verdict, own),
        reason=sentence(answer.reason),
        anchor=commitment_anchor(answer.id),
        controls=_control_grid(own),
    )


def _count(verdict: Verdict, controls: list[ControlResult]) -> str:
    """Return how many of what gave the verdict, table by table, over what was tested."""
    deciding = [control for control in controls if control.verdict is verdict]
    if verdict in (Verdict.PASS, Verdict.PASS_ATTESTED):
        parts = _passed(deciding)
    else:
        parts = _not_passed(deciding, verdict)
    if len(parts) > _MOST_TABLES:
        parts = [*parts[:_MOST_TABLES], f"{len(parts) - _MOST_TABLES} more"]
    if parts:
        return " · ".join(parts)
    gaps = len({gap.coverage_id for control in deciding for gap in control.gaps})
    if gaps:
        return counted(gaps, "gap in coverage", "gaps in coverage")
    return "nothing in scope" if verdict is Verdict.NOT_APPLICABLE else "nothing was tested"


def _passed(controls: list[ControlResult]) -> list[str]:
    tested: dict[str, tuple[int, int]] = {}
    for control in controls:
        found = control.population
        tested[found.table] = max(
            tested.get(found.table, (0, 0)), (found.tested, found.passed)
        )
    return [
        f"{number(passed)} of {rows(total, table)}"
        for table, (total, passed) in tested.items()
        if total
    ]


def _not_passed(controls: list[ControlResult], verdict: Verdict) -> list[str]:
    found: dict[str, set[str]] = {}
    whole: dict[str, int] = {}
    for control in controls:
        table = control.population.table
        named = {finding.row_id for finding in control.findings if finding.verdict is verdict}
        if named:
            found.setdefault(table, set()).update(named)
            whole[table] = max(whole.get(table, 0), control.population.tested)
    return [
        f"{number(len(named))} of {rows(max(whole[table], len(named)), table)}"
        for table, named in found.items()
    ]


def _control_grid(controls: list[ControlResult]) -> Grid:
    body = tuple(
        (
            Cell(text=control.id, anchor=control_anchor(control.id)),
            Cell(text=control.title),
            Cell(text=MARKS[control.verdict].word, mark=MARKS[control.verdict]),
            Cell(text=number(control.population.passed)),
            Cell(text=number(control.population.failed)),
            Cell(text=number(control.population.indeterminate)),
            Cell(text=number(control.population.tested)),
        )
        for control in controls
    )
    return Grid(
        columns=(
            Column(title="Control", share=0),
            Column(title="What it asks", share=6),
            Column(title="Answer", kind="mark", share=0),
            Column(title="Met", kind="number", share=0),
            Column(title="Not met", kind="number", share=0),
            Column(title="Unknown", kind="number", share=0),
            Column(title="Tested", kind="number", share=0),
        ),
        rows=body,
    )


def stands_out(results: Results) -> tuple[Text, ...]:
    """Return three sentences, each with a number and a link, the gravest first."""
    groups = [made for control in results.controls for made in group(control)]
    grave = [made for made in groups if made.first.verdict is Verdict.FAIL]
    grave += [made for made in groups if made.first.verdict is Verdict.INDETERMINATE]
    chosen: list[Group] = []
    for made in sorted(grave, key=_gravity):
        if made.control.id not in {other.control.id for other in chosen}:
            chosen.append(made)
    if not chosen:
        return _nothing_stands_out(results)
    return tuple(_sentence(made) for made in chosen[:_MOST_SENTENCES])


def _gravity(made: Group) -> tuple[bool, int, int, str]:
    severity = made.control.severity
    rank = _SEVERITIES.index(severity) if severity in _SEVERITIES else len(_SEVERITIES)
    failed = made.first.verdict is Verdict.FAIL
    return (not failed, rank, -len(made.findings), made.control.id)


def _sentence(made: Group) -> Text:
    control, size = made.control, len(made.findings)
    of = f"{number(size)} of {rows(control.population.tested, control.population.table)}"
    says = listed(
        [f"“{control.clauses[b.clause].says}”" for b in made.first.broken if b.clause >= 0]
    )
    about = says or f"whether {control.id} applies"
    failed = made.first.verdict is Verdict.FAIL
    start = f"{of} did not meet {about}" if failed else f"For {of} nobody could tell {about}"
    because = _values(made) if failed else _because(made.first)
    anchor = finding_anchor(control.id, made.first.row_id, made.first.verdict)
    return Text(text=f"{start}{because} ({control.id}, {control.severity}).", anchor=anchor)


def _values(made: Group) -> str:
    said = [value(column, seen) for column, seen in sorted(made.shared.items()) if seen != ""]
    text = ", ".join(said)
    return f": seen {text}" if text and len(text) <= _LONGEST_VALUES else ""


def _because(finding: Finding) -> str:
    reasons = [reason for part in finding.broken for reason in part.reasons]
    short = reasons and len(reasons[0]) <= _LONGEST_REASON
    return f": {reasons[0].rstrip('.')}" if short else ""


def _nothing_stands_out(results: Results) -> tuple[Text, ...]:
    tested = Counter(
        {control.id: control.population.tested for control in results.controls}
    ).total()
    passed = [control for control in results.controls if control.verdict is Verdict.PASS]
    return (
        Text(
            text=f"No row was found that breaks a rule: {counted(tested, 'test')} in "
            f"{counted(len(results.controls), 'control')}, {number(len(passed))} of which were met.",
            anchor="findings",
        ),
    )


def cannot_tell(
    results: Results, inventory: Inventory, evidence: EvidenceSummary
) -> tuple[Text, ...]:
    """Return two or three sentences on what the report does not know."""
    said = []
    open_controls = [c for c in results.controls if c.verdict is Verdict.INDETERMINATE]
    if open_controls:
        names = listed([control.id for control in open_controls][:6])
        more = f" and {len(open_controls) - 6} more" if len(open_controls) > 6 else ""
        said.append(
            Text(
                text=f"{counted(len(open_controls), 'control')} of {number(len(results.controls))} "
                f"could not be answered ({names}{more}).",
                anchor="findings",
            )
        )
    refused = evidence.denied + evidence.failed
    units = sum(gap.units for gap in inventory.gaps)
    said.append(
        Text(
            text=f"{counted(refused, 'call was', 'calls were')} refused or failed, and "
            f"{counted(units, 'planned unit', 'planned units')} of collection "
            f"{'remains an open gap' if units == 1 else 'remain open gaps'}: what is there was not seen.",
            anchor="coverage",
        )
    )
    said.append(
        Text(
            text="What the cloud providers' own staff can do, and what was copied by hand before or "
            "after the moment of this audit, does not show in their answers.",
            anchor="limits",
        )
    )
    return tuple(said)


def coverage_line(inventory: Inventory, evidence: EvidenceSummary) -> Text:
    """Return how much of what was planned was answered."""
    answered = evidence.records - evidence.denied - evidence.failed
    units = sum(count for _, count, _, _ in inventory.outcomes)
    gaps = sum(gap.units for gap in inventory.gaps)
    if not evidence.records:
        return Text(text="No provider gave any answer.", anchor="coverage")
    share = int(1000 * answered / evidence.records) / 10
    return Text(
        text=f"{share:.1f} % of {number(evidence.records)} calls were answered; "
        f"{number(evidence.denied)} denied, {number(evidence.failed)} failed; "
        f"{number(gaps)} of {counted(units, 'planned unit')} are open gaps.",
        anchor="coverage",
    )
