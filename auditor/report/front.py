"""Page one: the answers, what stands out, what cannot be told, and how far the reader got."""

from collections.abc import Hashable, Mapping

from auditor.report.anchors import commitment_anchor, control_anchor, finding_anchor
from auditor.report.grouping import Group, group
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
    value,
)
from auditor.results import CommitmentResult, ControlResult, Finding, Results, Verdict

_SEVERITIES = ("critical", "high", "medium", "low")
_MOST_SENTENCES = 3
_MOST_TABLES = 3
_MOST_NAMES = 6
_LONGEST_VALUES = 90  # characters of the values said in one sentence
_LONGEST_REASON = 180


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


def stands_out(results: Results) -> tuple[Text, ...]:
    """Return up to three sentences, each with a number and a link, the gravest first.

    Each is another problem as far as there are others: see ``_problem_by_problem``.
    """
    groups = [made for control in results.controls for made in group(control)]
    grave = [made for made in groups if made.first.verdict in (Verdict.FAIL, Verdict.INDETERMINATE)]
    ordered = _problem_by_problem(grave)
    failed = [_sentence(made) for made in ordered if made.first.verdict is Verdict.FAIL]
    unknown = [_sentence(made) for made in ordered if made.first.verdict is not Verdict.FAIL]
    said = [*failed, *unknown, *(_gap_sentence(c) for c in results.controls if _only_gaps(c))]
    return tuple(said[:_MOST_SENTENCES]) or _nothing_stands_out(results)


def _problem_by_problem(groups: list[Group]) -> list[Group]:
    """Return the groups: first one for each problem, the gravest first, then the others.

    Data in Germany, its keys in Germany and flows to Germany are one problem in the eyes of a
    reader: of the groups that saw the same one speaks, the gravest of a control not heard before,
    of equally grave ones that of the control that comes first; and none of their controls speaks
    again before all others have.
    """
    alike: dict[Hashable, list[Group]] = {}
    for made in groups:
        alike.setdefault((made.first.verdict, _sight(made)), []).append(made)
    heard: set[str] = set()
    first: list[Group] = []
    later: list[Group] = []
    for same in sorted(alike.values(), key=lambda same: min(_gravity(made) for made in same)):
        ordered = sorted(same, key=lambda made: _gravity(made)[:2])
        speaker = next((made for made in ordered if made.control.id not in heard), None)
        first.extend([speaker] if speaker else [])
        later.extend(made for made in ordered if made is not speaker)
        heard.update(made.control.id for made in same)
    return first + sorted(later, key=_gravity)


def _sight(made: Group) -> Hashable:
    """Return what a group saw: names and places by value, all else by its column too."""
    seen = {
        shown if isinstance(shown, str) else (column, repr(shown))
        for column, shown in made.shared.items()
        if shown not in ("", None)
    }
    return frozenset(seen) or made.control.id


def _gravity(made: Group) -> tuple[bool, int, int, str]:
    severity = made.control.severity
    rank = _SEVERITIES.index(severity) if severity in _SEVERITIES else len(_SEVERITIES)
    failed = made.first.verdict is Verdict.FAIL
    return (not failed, rank, -len(made.findings), made.control.id)


def _only_gaps(control: ControlResult) -> bool:
    known = any(finding.verdict is not Verdict.WAIVED for finding in control.findings)
    return control.verdict is Verdict.INDETERMINATE and bool(control.gaps) and not known


def _gap_sentence(control: ControlResult) -> Text:
    reasons = [gap.reason for gap in control.gaps if len(gap.reason) <= _LONGEST_REASON]
    because = f", such as: {reasons[0].rstrip('.')}" if reasons else ""
    return Text(
        text=f"{control.id} could not be answered for "
        f"{counted(len(control.gaps), 'gap', 'gaps')} in what was collected{because} "
        f"({control.severity}).",
        anchor=control_anchor(control.id),
    )


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
    said = [
        value(column, seen) if isinstance(seen, str) else f"{column} {value(column, seen)}"
        for column, seen in sorted(made.shared.items())
        if seen not in ("", None) and not isinstance(seen, bool)  # the clause says yes or no
    ]
    text = ", ".join(said)
    return f": seen {text}" if text and len(text) <= _LONGEST_VALUES else ""


def _because(finding: Finding) -> str:
    reasons = [reason for part in finding.broken for reason in part.reasons]
    short = reasons and len(reasons[0]) <= _LONGEST_REASON
    return f": {reasons[0].rstrip('.')}" if short else ""


def _nothing_stands_out(results: Results) -> tuple[Text, ...]:
    tested = sum(control.population.tested for control in results.controls)
    met = sum(c.verdict in (Verdict.PASS, Verdict.PASS_ATTESTED) for c in results.controls)
    of = f"{number(met)} of {counted(len(results.controls), 'control')}"
    if not tested:
        return (Text(text=f"Nothing could be tested: {of} were met.", anchor="findings"),)
    said = f"No row was found that breaks a rule: {counted(tested, 'row was', 'rows were')} tested"
    return (Text(text=f"{said}, and {of} were met.", anchor="findings"),)


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
