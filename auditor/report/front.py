"""Page one: the answers, what cannot be told, and how far the reader got."""

from collections.abc import Mapping

from auditor.report.anchors import commitment_anchor, control_anchor
from auditor.report.inventory import Inventory
from auditor.report.model import Cell, Column, CommitmentView, EvidenceSummary, Grid, Text
from auditor.report.witnesses import unexplained
from auditor.report.words import (
    MARKS,
    counted,
    listed,
    number,
    rows,
    sentence,
)
from auditor.results import CommitmentResult, ControlResult, Results, Verdict

_MOST_TABLES = 3
_MOST_NAMES = 6


def commitment_views(results: Results) -> tuple[CommitmentView, ...]:
    """Return the answer to each commitment, in the pack's order."""
    controls = {control.id: control for control in results.controls}
    return tuple(_commitment(answer, controls) for answer in results.commitments)


def _commitment(answer: CommitmentResult, controls: Mapping[str, ControlResult]) -> CommitmentView:
    own = [controls[name] for name in answer.controls if name in controls]
    return CommitmentView(
        id=answer.id,
        title=answer.title.rstrip("."),
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
        parts = [
            *parts[:_MOST_TABLES],
            counted(len(parts) - _MOST_TABLES, "more kind", "more kinds"),
        ]
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
        tested[found.table] = max(tested.get(found.table, (0, 0)), (found.tested, found.passed))
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


def cannot_tell(
    results: Results, inventory: Inventory, evidence: EvidenceSummary
) -> tuple[Text, ...]:
    """Return up to four sentences on what the report does not know."""
    said = []
    open_controls = [c for c in results.controls if c.verdict is Verdict.INDETERMINATE]
    if open_controls:
        names = [control.id for control in open_controls[:_MOST_NAMES]]
        more = len(open_controls) - len(names)
        said_names = listed([*names, f"{more} more"] if more else names)
        said.append(
            Text(
                text=f"{counted(len(open_controls), 'control')} of {number(len(results.controls))} "
                f"could not be answered ({said_names}).",
                anchor="findings",
            )
        )
    said.append(Text(text=_refusals(inventory, evidence), anchor="coverage"))
    if doubt := unexplained(inventory.testimony):
        said.append(Text(text=doubt, anchor="witnesses"))
    said.append(
        Text(
            text="What the cloud providers' own people can do, and which country they do it from, "
            "does not show in their answers, but for a few services of Oracle Cloud; nor does what "
            "was copied by hand where no log that was read tells of it.",
            anchor="limits",
        )
    )
    return tuple(said)


def _refusals(inventory: Inventory, evidence: EvidenceSummary) -> str:
    refused = evidence.denied + evidence.failed
    units = sum(gap.units for gap in inventory.gaps)
    if not refused and not units:
        return "No call was refused and no planned collection is missing, within the scope stated."
    calls = counted(refused, "call was", "calls were") if refused else "No call was"
    missing = counted(units, "planned collection remains", "planned collections remain")
    rest = f"{missing} incomplete" if units else "no planned collection remains incomplete"
    return f"{calls} refused or failed, and {rest}: what is there was not seen."


def coverage_line(inventory: Inventory, evidence: EvidenceSummary) -> Text:
    """Return how much of what was planned was answered."""
    answered = evidence.records - evidence.denied - evidence.failed
    units = sum(count for _, count, _, _ in inventory.outcomes)
    gaps = sum(gap.units for gap in inventory.gaps)
    closed = sum(group.units for group in inventory.closed if group.closed_by)
    witnessed = f", {counted(closed, 'more gap')} closed by witnesses" if closed else ""
    if not evidence.records:
        return Text(text="No provider gave any answer.", anchor="coverage")
    share = int(1000 * answered / evidence.records) / 10
    return Text(
        text=f"{share:.1f} % of {number(evidence.records)} calls were answered; "
        f"{number(evidence.denied)} denied, {number(evidence.failed)} failed; "
        f"{number(gaps)} of {counted(units, 'planned collection')} incomplete{witnessed}.",
        anchor="coverage",
    )
