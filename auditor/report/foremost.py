"""Page one: what stands out, the gravest of each kind of problem first."""

from collections import Counter
from collections.abc import Hashable
from itertools import groupby

from auditor.report.anchors import control_anchor, finding_anchor
from auditor.report.grouping import Group, group
from auditor.report.model import Text
from auditor.report.words import counted, listed, number, rows, value
from auditor.results import ControlResult, Finding, Results, Verdict

_SEVERITIES = ("critical", "high", "medium", "low")
_MOST_SENTENCES = 3
_LONGEST_VALUES = 90  # characters of the values said in one sentence
_LONGEST_REASON = 180


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
    return [*_kind_by_kind(first), *sorted(later, key=_gravity)]


def _kind_by_kind(groups: list[Group]) -> list[Group]:
    """Return the groups so that of equally grave ones each table's speak once before any again."""
    ordered: list[Group] = []
    for _, tier in groupby(groups, key=lambda made: _gravity(made)[:2]):
        turns = Counter[str]()
        waiting: list[tuple[int, Group]] = []
        for made in tier:
            table = made.control.population.table
            waiting.append((turns[table], made))
            turns[table] += 1
        ordered.extend(made for _, made in sorted(waiting, key=lambda each: each[0]))
    return ordered


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
