"""Counts the rows of a long finding by place, or by principal, with the first few of each.

Nobody reads two hundred names on paper; everybody wants to know where they are and how many.
"""

from collections import Counter
from collections.abc import Sequence

from auditor.report.grouping import Group
from auditor.report.model import Cell, Column, Grid
from auditor.report.subjects import name_of, part, sort_of, who
from auditor.report.words import counted, number, tallied
from auditor.results import Finding

MOST_SINGLE = 6  # rows of a finding that need no summary
_MOST_LINES = 10
_MOST_KINDS = 5
_LONGEST = 280  # characters of the names on one line


def summary(made: Group) -> Grid | None:
    """Return the rows of a finding, counted; None if they are few enough to be read."""
    if len(made.findings) <= MOST_SINGLE:
        return None
    by_principal = "principal_id" in made.first.subject
    lines = _lines(made, by_principal=by_principal)
    shown, rest = lines[:_MOST_LINES], lines[_MOST_LINES:]
    body = [_line(key, found) for key, found in shown]
    if rest:
        others = counted(len(rest), "other principal" if by_principal else "other place")
        body.append(_line(others, [each for _, found in rest for each in found]))
    return Grid(
        columns=(
            Column(title="Who" if by_principal else "Where", kind="code", share=3),
            Column(title="What", share=3),
            Column(title="Rows", kind="number", share=0),
            Column(title="The first of them", kind="code", share=6),
        ),
        rows=tuple(body),
    )


def _lines(made: Group, *, by_principal: bool) -> list[tuple[str, list[Finding]]]:
    """Return the rows by principal or by place, those with most rows first."""
    found: dict[str, list[Finding]] = {}
    for each in made.findings:
        key = who(each.subject) if by_principal else _place(each)
        found.setdefault(key, []).append(each)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def _place(finding: Finding) -> str:
    """Return where a row is: its repository if it is of code, else account and region."""
    repository = part(finding.subject, "repository_id")
    named = [part(finding.subject, key) for key in ("account", "region", "compartment")]
    return repository or " ".join(name for name in named if name) or "no single account"


def _line(key: str, found: Sequence[Finding]) -> tuple[Cell, ...]:
    return (
        Cell(text=key),
        Cell(text=_kinds(found)),
        Cell(text=number(len(found))),
        Cell(text=_first(found)),
    )


def _kinds(found: Sequence[Finding]) -> str:
    counts = Counter(sort_of(each.subject) for each in found)
    del counts[""]
    return tallied(counts, _MOST_KINDS, "other kind")


def _first(found: Sequence[Finding]) -> str:
    """Return the names of as many rows as fit, and at least one."""
    said: list[str] = []
    for each in found:
        name = _short(each)
        if said and len(", ".join((*said, name))) > _LONGEST:
            break
        if name not in said:
            said.append(name)
    return ", ".join(said)


def _short(finding: Finding) -> str:
    """Return the name of a row beside its principal or its place."""
    store = finding.subject.get("store_id") or finding.subject.get("repository_id")
    if "principal_id" in finding.subject and store:
        return str(store)
    return finding.row_id or name_of(finding.subject)
