"""Puts rows together that one person would fix at once, and decides how many are shown.

Rows belong together when they broke the same clauses of the same control with the same values
seen. Where that would leave a control with many small groups, the values move into the rows. What
could not be told belongs together when the same is missing: whoever learns that mends all of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.model import Json
from auditor.results import ControlResult, Finding, Verdict

MOST_GROUPS = 12  # of one control and the same broken clauses, before values move into the rows
MOST_ROWS = 6_000  # that the whole report shows, so that it can be read and printed
_CAPS = (6_000, 4_000, 3_000, 2_000, 1_000, 500, 250, 100, 50, 25, 10, 5, 3, 1)
_NAMING = frozenset({"id", "name", "principal_id"})  # columns that only say which row it is

Key = tuple[Verdict, str, tuple[tuple[int, Verdict], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Findings of one control that are one thing to fix.

    Attributes:
        shared: column -> value that all of them showed.
        varying: columns that differ from row to row.
    """

    control: ControlResult
    findings: tuple[Finding, ...]
    shared: Mapping[str, Json]
    varying: tuple[str, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for the group."""
        return self.findings[0]


def group(control: ControlResult) -> tuple[Group, ...]:
    """Return a control's findings in groups: gravest first, then the largest."""
    by_clauses: dict[Key, list[Finding]] = {}
    for finding in control.findings:
        broken = tuple((part.clause, part.verdict) for part in finding.broken)
        by_clauses.setdefault((finding.verdict, finding.waiver, broken), []).append(finding)
    groups = [made for findings in by_clauses.values() for made in _split(control, findings)]
    gravity = list(Verdict)
    return tuple(
        sorted(
            groups,
            key=lambda made: (
                gravity.index(made.first.verdict),
                -len(made.findings),
                made.first.row_id,
            ),
        )
    )


def _split(control: ControlResult, findings: Sequence[Finding]) -> list[Group]:
    by_values: dict[str, list[Finding]] = {}
    for finding in findings:
        by_values.setdefault(_pattern(finding), []).append(finding)
        if len(by_values) > MOST_GROUPS:
            return [_made(control, findings)]
    return [_made(control, part) for part in by_values.values()]


def _pattern(finding: Finding) -> str:
    seen = values_of(finding)
    if finding.verdict is Verdict.INDETERMINATE:
        return repr(sorted(column for column in seen if seen[column] is None))
    return repr([(column, seen[column]) for column in sorted(seen) if not names_row(column)])


def names_row(column: str) -> bool:
    """Whether a column only says which row it is, such as 'store.id'."""
    return column.rpartition(".")[2] in _NAMING


def values_of(finding: Finding) -> dict[str, Json]:
    """Return every column that the broken clauses saw, with its value."""
    return {column: seen for part in finding.broken for column, seen in part.seen.items()}


def _made(control: ControlResult, findings: Sequence[Finding]) -> Group:
    first = values_of(findings[0])
    if len(findings) == 1:
        varying: set[str] = set()
    else:
        varying = set()
        for finding in findings[1:]:
            seen = values_of(finding)
            varying.update(c for c in first.keys() | seen.keys() if _differs(first, seen, c))
    varying = {column for column in varying if not names_row(column)}
    return Group(
        control=control,
        findings=tuple(findings),
        shared={c: v for c, v in first.items() if c not in varying and not names_row(c)},
        varying=tuple(sorted(varying)),
    )


def _differs(first: Mapping[str, Json], seen: Mapping[str, Json], column: str) -> bool:
    return column not in first or column not in seen or first[column] != seen[column]


def rows_shown(sizes: Sequence[int]) -> int:
    """Return how many rows of each group are shown, so that the report stays readable."""
    for cap in _CAPS:
        if sum(min(size, cap) for size in sizes) <= MOST_ROWS:
            return cap
    return _CAPS[-1]
