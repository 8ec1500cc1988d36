"""The findings of each control, as the report shows them."""

from collections import Counter
from collections.abc import Mapping, Sequence

from auditor.model import Json
from auditor.report.anchors import control_anchor, finding_anchor, row_anchor
from auditor.report.grouping import Group, group, rows_shown, values_of
from auditor.report.model import (
    Cell,
    Column,
    ControlView,
    Expectation,
    FindingView,
    Grid,
    RowView,
)
from auditor.report.words import (
    MARKS,
    counted,
    evidence_names,
    listed,
    number,
    rows,
    sentence,
    value,
)
from auditor.results import ControlResult, Results, Verdict, WaiverResult
from auditor.tables.nouns import noun

_SCOPE = "whether the control applies to it"
_LEARN = "Grant what the reasons name, or state what they miss, and audit again."
_MOST_REASONS = 6
_MOST_GAPS = 5
_MOST_UNITS = 40


def control_views(results: Results) -> tuple[ControlView, ...]:
    """Return every control with its findings, grouped and within the report's limit of rows."""
    grouped = {control.id: group(control) for control in results.controls}
    cap = rows_shown([len(made.findings) for groups in grouped.values() for made in groups])
    waivers = {waiver.id: waiver for waiver in results.waivers}
    return tuple(
        _control(control, grouped[control.id], cap, waivers) for control in results.controls
    )


def headline(made: Group) -> str:
    """Return a finding in one line: how many of what, and the clause."""
    control, size = made.control, len(made.findings)
    of = f"{number(size)} of {rows(control.population.tested, control.population.table)}"
    said = listed([_quoted(control, part.clause) for part in made.first.broken])
    match made.first.verdict:
        case Verdict.FAIL:
            return f"Not met by {of}: {said}"
        case Verdict.WAIVED:
            return f"Waived for {of}: {said}"
        case _:
            return f"Could not tell for {of}: {said}"


def _control(
    control: ControlResult,
    groups: Sequence[Group],
    cap: int,
    waivers: Mapping[str, WaiverResult],
) -> ControlView:
    return ControlView(
        anchor=control_anchor(control.id),
        id=control.id,
        title=control.title.rstrip("."),
        mark=MARKS[control.verdict],
        severity=control.severity,
        counts=_counts(control),
        reason=sentence(control.reason),
        why=sentence(control.why),
        facts=_facts(control),
        clauses=_clauses(control),
        gaps=_gaps(control),
        findings=tuple(
            _finding(made, f"{control.id}.{place}", _cap(control, cap), waivers)
            for place, made in enumerate(groups, start=1)
        ),
    )


def _counts(control: ControlResult) -> str:
    found = control.population
    parts = [
        f"{number(count)} {said}"
        for count, said in (
            (found.failed, "not met"),
            (found.indeterminate, "could not be told"),
            (found.waived, "waived"),
        )
        if count
    ]
    total = f"Met in {number(found.passed)} of {rows(found.tested, found.table)} tested"
    verb = "is" if found.out_of_scope == 1 else "are"
    left = f"{number(found.out_of_scope)} more {verb} out of scope"
    scope = f"; {left}" if found.out_of_scope else ""
    return f"{'; '.join([total, *parts])}{scope}."


def _cap(control: ControlResult, cap: int) -> int:
    """Return how many rows of a group are shown: what was not collected is in Coverage, too."""
    return min(cap, _MOST_UNITS) if control.population.table == "coverage" else cap


def _facts(control: ControlResult) -> tuple[tuple[str, str], ...]:
    facts = [("Rule", f"{control.pack}/{control.id}, {control.place}")]
    if control.also:
        facts.append(("Bears also on", f"commitment {listed(control.also)}"))
    if control.cites:
        facts.append(("Cites", "; ".join(control.cites)))
    if control.parameters:
        chosen = sorted(control.parameters.items())
        facts.append(("Parameters", "; ".join(f"{name}: {value(name, v)}" for name, v in chosen)))
    facts.append(("Reads", listed(control.reads)))
    return tuple(facts)


def _clauses(control: ControlResult) -> Grid:
    columns = (
        Column(title="Clause", share=5),
        Column(title="Test", kind="code", share=5),
        Column(title="Met", kind="number", share=0),
        Column(title="Not met", kind="number", share=0),
        Column(title="Unknown", kind="number", share=0),
    )
    body = tuple(
        (
            Cell(text=clause.says),
            Cell(text=" ".join(clause.check.split())),
            Cell(text=number(clause.passed)),
            Cell(text=number(clause.failed)),
            Cell(text=number(clause.indeterminate)),
        )
        for clause in control.clauses
    )
    return Grid(columns=columns, rows=body)


def _gaps(control: ControlResult) -> Grid | None:
    if not control.gaps:
        return None
    grouped = Counter((gap.outcome, gap.reason, gap.permission) for gap in control.gaps)
    body = tuple(
        (
            Cell(text=outcome),
            Cell(text=sentence(reason)),
            Cell(text=permission),
            Cell(text=number(n)),
        )
        for (outcome, reason, permission), n in sorted(
            grouped.items(), key=lambda item: (-item[1], item[0])
        )[:_MOST_GAPS]
    )
    left = len(grouped) - len(body)
    return Grid(
        caption="What was not collected, so that this control cannot be met",
        columns=(
            Column(title="Outcome", share=0),
            Column(title="Reason", share=5),
            Column(title="Permission to grant", kind="code", share=3),
            Column(title="Units", kind="number", share=0),
        ),
        rows=body,
        note=f"{counted(left, 'more reason')}: see Coverage." if left > 0 else "",
    )


def _finding(made: Group, label: str, cap: int, waivers: Mapping[str, WaiverResult]) -> FindingView:
    control, first = made.control, made.first
    shown = made.findings[:cap]
    return FindingView(
        anchor=finding_anchor(control.id, first.row_id, first.verdict),
        label=label,
        mark=MARKS[first.verdict],
        headline=headline(made),
        expected=tuple(
            Expectation(
                says=_says(control, part.clause),
                check=_check(control, part.clause),
                mark=MARKS[part.verdict],
            )
            for part in first.broken
        ),
        seen=tuple((column, value(column, seen)) for column, seen in sorted(made.shared.items())),
        reasons=_reasons(made) + _waiver(first.waiver, waivers),
        remedy=_remedy(made),
        varying=made.varying,
        rows=tuple(_row(made, place) for place in range(len(shown))),
        total=len(made.findings),
        note=_note(made, len(shown)),
    )


def _remedy(made: Group) -> str:
    if made.first.verdict is Verdict.INDETERMINATE:
        return _LEARN
    return sentence(made.control.remedy)


def _note(made: Group, shown: int) -> str:
    if shown == len(made.findings):
        return ""
    return (
        f"{number(shown)} of {rows(len(made.findings), made.control.population.table)} shown. "
        f"All of them are in results.json under control {made.control.id}."
    )


def _says(control: ControlResult, clause: int) -> str:
    return control.clauses[clause].says if 0 <= clause < len(control.clauses) else _SCOPE


def _quoted(control: ControlResult, clause: int) -> str:
    said = _says(control, clause)
    return said if said == _SCOPE else f"“{said}”"


def _check(control: ControlResult, clause: int) -> str:
    known = 0 <= clause < len(control.clauses)
    return " ".join(control.clauses[clause].check.split()) if known else ""


def _reasons(made: Group) -> tuple[str, ...]:
    counts = Counter(
        reason
        for finding in made.findings
        for reason in {reason for part in finding.broken for reason in part.reasons}
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    table = made.control.population.table
    many = len(made.findings) > 1
    said = [
        f"{sentence(reason)} ({rows(count, table)})" if many else sentence(reason)
        for reason, count in ordered[:_MOST_REASONS]
    ]
    more = len(ordered) - _MOST_REASONS
    if more > 0:
        said.append(
            f"{counted(more, 'more reason')} for single {noun(2, table)}: see results.json."
        )
    return tuple(said)


def _waiver(waiver_id: str, waivers: Mapping[str, WaiverResult]) -> tuple[str, ...]:
    waiver = waivers.get(waiver_id)
    if waiver is None:
        return ()
    approvers = listed(waiver.approvers) or "nobody named"
    return (
        f"Waiver {waiver.id}, approved by {approvers}, until {waiver.expires}: "
        f"{sentence(waiver.reason)}",
    )


def _row(made: Group, place: int) -> RowView:
    finding = made.findings[place]
    seen = values_of(finding)
    return RowView(
        anchor=row_anchor(made.control.id, finding.row_id),
        # What has no name has words of its own: a statement of a policy is known by them.
        name=_subject(finding.subject, "name") or _subject(finding.subject, "text"),
        id=finding.row_id,
        kind=_subject(finding.subject, "kind"),
        account=_subject(finding.subject, "account"),
        region=_subject(finding.subject, "region"),
        values=tuple(value(c, seen[c]) if c in seen else "" for c in made.varying),
        evidence=evidence_names(finding.evidence),
    )


def _subject(subject: Mapping[str, Json], key: str) -> str:
    if key not in subject:
        return ""
    found = subject[key]
    return "unknown" if found is None else str(found)
