"""The findings of each control, as the report shows them."""

from collections.abc import Mapping, Sequence

from auditor.model import Json
from auditor.report.anchors import control_anchor, finding_anchor, row_anchor
from auditor.report.gaps import control_gaps
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
from auditor.report.subjects import kind_of, name_of, part
from auditor.report.summary import summary
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
_MOST_UNITS = 40
_MOST_QUOTED = 2  # clauses that a headline quotes
_MOST_COLUMNS = 3  # of values that differ from row to row; more stand together in one
_MOST_NAMED = 5  # columns that are unknown for one reason
_NOT_KNOWN = " is not known"
_TOGETHER = "Seen on this row"


def control_views(results: Results) -> tuple[ControlView, ...]:
    """Return every control with its findings, grouped and within the report's limit of rows."""
    grouped = {control.id: group(control) for control in results.controls}
    cap = rows_shown([len(made.findings) for groups in grouped.values() for made in groups])
    waivers = {waiver.id: waiver for waiver in results.waivers}
    told: dict[tuple[str, ...], str] = {}
    return tuple(
        _control(control, grouped[control.id], cap, waivers, _told(control, told))
        for control in results.controls
    )


def _told(control: ControlResult, told: dict[tuple[str, ...], str]) -> str:
    """Return the control that told of the same gaps before; '' if none did."""
    first = told.setdefault(tuple(gap.coverage_id for gap in control.gaps), control.id)
    return "" if first == control.id else first


def headline(made: Group) -> str:
    """Return a finding in one line: how many of what, and the clause."""
    control, size = made.control, len(made.findings)
    of = f"{number(size)} of {rows(control.population.tested, control.population.table)}"
    broken = [_quoted(control, part.clause) for part in made.first.broken]
    if len(broken) > _MOST_QUOTED:
        broken = [broken[0], f"{number(len(broken) - 1)} more clauses"]
    said = listed(broken)
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
    told: str,
) -> ControlView:
    return ControlView(
        anchor=control_anchor(control.id),
        id=control.id,
        title=control.title.rstrip("."),
        mark=MARKS[control.verdict],
        severity=control.severity,
        counts=_counts(control),
        reason="" if _counts_say(control) else sentence(control.reason),
        why=sentence(control.why),
        facts=_facts(control),
        clauses=_clauses(control),
        gaps=control_gaps(control, told),
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
    if not found.tested:
        total = f"No {noun(1, found.table)} was tested"
    verb = "is" if found.out_of_scope == 1 else "are"
    more = " more" if found.tested else ""
    left = f"{number(found.out_of_scope)}{more} {verb} out of scope"
    scope = f"; {left}" if found.out_of_scope else ""
    return f"{'; '.join([total, *parts])}{scope}."


def _counts_say(control: ControlResult) -> bool:
    """Whether the reason only says again how many rows passed, failed or could not be told."""
    found = control.population
    counts = (found.failed, found.indeterminate, found.passed)
    said = [f"{number(count)} of {rows(found.tested, found.table)}" for count in counts]
    starts = (*said, *(f"it could not be told for {each}." for each in said))
    return control.reason.casefold().startswith(tuple(start.casefold() for start in starts))


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


def _finding(made: Group, label: str, cap: int, waivers: Mapping[str, WaiverResult]) -> FindingView:
    control, first = made.control, made.first
    shown = made.findings[:cap]
    return FindingView(
        anchor=finding_anchor(control.id, first.row_id, first.verdict),
        label=label,
        mark=MARKS[first.verdict],
        headline=headline(made),
        expected=_expected(made),
        seen=tuple((column, value(column, seen)) for column, seen in sorted(made.shared.items())),
        reasons=_reasons(made) + _waiver(first.waiver, waivers),
        remedy=_remedy(made),
        varying=(_TOGETHER,) if len(made.varying) > _MOST_COLUMNS else made.varying,
        summary=summary(made),
        rows=tuple(_row(made, place) for place in range(len(shown))),
        total=len(made.findings),
        note=_note(made, len(shown)),
    )


def _expected(made: Group) -> tuple[Expectation, ...]:
    """Return the clauses that did not pass, unless the headline says all that is to be said."""
    broken = made.first.broken
    alike = len({part.verdict for part in broken}) == 1
    if alike and len(broken) <= _MOST_QUOTED:
        return ()
    return tuple(
        Expectation(
            says=_says(made.control, part.clause), mark=None if alike else MARKS[part.verdict]
        )
        for part in broken
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


def _reasons(made: Group) -> tuple[str, ...]:
    """Return why nothing could be told, each reason once, with how many rows it concerns."""
    concerned: dict[str, set[int]] = {}
    for place, finding in enumerate(made.findings):
        for reason in (reason for broken in finding.broken for reason in broken.reasons):
            concerned.setdefault(reason, set()).add(place)
    alike: dict[tuple[str, frozenset[int]], list[str]] = {}
    for reason, places in concerned.items():
        column, why = _parted(reason)
        alike.setdefault((why, frozenset(places)), []).append(column)
    ordered = sorted(alike.items(), key=lambda item: (-len(item[0][1]), item[1], item[0][0]))
    said = [
        _reason(columns, why, len(places), len(made.findings))
        for (why, places), columns in ordered[:_MOST_REASONS]
    ]
    more = len(ordered) - _MOST_REASONS
    if more > 0:
        said.append(f"{counted(more, 'more reason')}: see results.json.")
    return tuple(said)


def _parted(reason: str) -> tuple[str, str]:
    """Return the column that a reason says is not known, and why; ('', all of it) without one."""
    column, said, why = reason.partition(_NOT_KNOWN)
    return (column, why) if said and " " not in column else ("", reason)


def _reason(columns: Sequence[str], why: str, count: int, whole: int) -> str:
    named = [column for column in columns if column]
    if len(named) > _MOST_NAMED:
        named = [*named[: _MOST_NAMED - 1], f"{number(len(named) - _MOST_NAMED + 1)} more"]
    verb = _NOT_KNOWN if len(named) == 1 else " are not known"
    said = sentence(f"{listed(named)}{verb}{why}" if named else why)
    return said if count == whole else f"{said} ({number(count)} of them)"


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
    return RowView(
        anchor=row_anchor(made.control.id, finding.row_id),
        name=name_of(finding.subject),
        id=finding.row_id,
        kind=kind_of(finding.subject),
        account=part(finding.subject, "account"),
        region=part(finding.subject, "region"),
        values=_values(made, values_of(finding)),
        evidence=evidence_names(finding.evidence),
    )


def _values(made: Group, seen: Mapping[str, Json]) -> tuple[str, ...]:
    """Return what differs from row to row: a text for each column, or one for all of them."""
    said = [value(column, seen[column]) if column in seen else "" for column in made.varying]
    if len(said) <= _MOST_COLUMNS:
        return tuple(said)
    return ("; ".join(f"{c} {v}" for c, v in zip(made.varying, said, strict=True) if v),)
