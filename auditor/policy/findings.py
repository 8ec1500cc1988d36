"""The rows that did not pass: what they are, what was seen, and why something is unknown."""
# ruff: noqa: S608 (names come from the vocabulary, values are bound)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from auditor.model import Json
from auditor.policy.expression import Expression
from auditor.policy.pack import Control
from auditor.policy.parameters import MISSING
from auditor.policy.vocabulary import POPULATIONS, REFERENCES, aliases, column_types
from auditor.results import Broken, Finding, Verdict

SCOPE = -1

_SUBJECT = ("id", "name", "provider", "account", "region", "service", "kind")
_MORE_SUBJECT: Mapping[str, tuple[str, ...]] = {
    "flows": ("store_id", "mechanism", "target_id"),
    "reach": ("store_id", "end_id"),
    "openings": ("network", "direction", "peer", "through"),
    "policy_statements": ("text", "principal"),
    "principals": ("person_name",),
    "grants": ("principal_id", "access", "store_id"),
    "powers": ("principal_id", "power"),
    "accesses": ("principal_id", "access", "store_id", "address", "first", "last"),
    "recordings": ("source", "start", "end", "reason"),
    "statements": ("subject", "signer"),
    "coverage": ("collector", "compartment"),
    "changes": ("repository_id", "title"),
    "commits": ("repository_id",),
    "branches": ("repository_id",),
    "repository_rights": ("principal_id", "access", "repository_id"),
    "alerts": ("repository_id",),
    "builders": ("repository_id",),
    "throughput": ("repository_id",),
    "apps": ("application", "version"),
    "app_destinations": ("host", "application"),
    "app_loaders": ("application",),
}
_Cell = tuple[str, str]  # alias, column
_Reasons = Mapping[tuple[str, str, str], tuple[str, str]]  # table, row, column


def subject_columns(table: str) -> tuple[str, ...]:
    """Columns by which a reader recognises a row of the table."""
    known = column_types(table)
    return (*(name for name in _SUBJECT if name in known), *_MORE_SUBJECT.get(table, ()))


def columns_to_load(control: Control) -> dict[str, set[str]]:
    """Table -> columns that judging the control and describing its rows takes."""
    tables = aliases(control.table)
    wanted = {table: {"id"} for table in control.reads}
    wanted[control.table] |= {"evidence", *subject_columns(control.table)}
    used = {alias for alias, _ in _cells(control)}
    for reference in REFERENCES.get(control.table, ()):
        if reference.alias in used:
            wanted[control.table].add(reference.column)
    for alias, column in _cells(control):
        wanted[tables[alias]].add(column)
    return wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Broken:
    """One row as it came from the database."""

    failed: bool
    scope: bool | None
    checks: Sequence[bool | None]
    cells: Mapping[_Cell, Json]  # includes the id behind each alias


def read_findings(
    connection: duckdb.DuckDBPyConnection, control: Control, parameters: Mapping[str, Json]
) -> tuple[Finding, ...]:
    """Return the rows of the table ``judged`` that did not pass, gravest first, then by id."""
    cells = _wanted_cells(control)
    own = POPULATIONS[control.table]
    checks = [f"judged.c{index}" for index in range(len(control.must))]
    picked = ["judged.verdict = 3", "judged.scope", *checks]
    picked += [f'"{alias}"."{column}"' for alias, column in cells]
    found = connection.execute(
        f"SELECT {', '.join(picked)} FROM judged"
        f' JOIN "{control.table}" AS "{own}" ON "{own}".rowid = judged.row_number'
        f"{_lookups(control)} WHERE judged.verdict >= 2"
        f' ORDER BY judged.verdict DESC, "{own}".id NULLS FIRST, judged.row_number'
    ).fetchall()
    rows = [
        _Broken(
            failed=line[0],
            scope=line[1],
            checks=line[2 : 2 + len(checks)],
            cells=dict(zip(cells, line[2 + len(checks) :], strict=True)),
        )
        for line in found
    ]
    reasons = _read_reasons(connection, control) if rows else {}
    describer = _Describer(control, parameters, reasons)
    return tuple(describer.describe(row) for row in rows)


def _lookups(control: Control) -> str:
    own = POPULATIONS[control.table]
    used = {alias for alias, _ in _cells(control)}
    return "".join(
        f' LEFT JOIN "{reference.table}" AS "{reference.alias}"'
        f' ON "{reference.alias}".id = "{own}"."{reference.column}"'
        for reference in REFERENCES.get(control.table, ())
        if reference.alias in used
    )


def _cells(control: Control) -> list[_Cell]:
    return list(dict.fromkeys(cell for written in control.expressions for cell in written.columns))


def _wanted_cells(control: Control) -> list[_Cell]:
    """The cells used, what identifies the row, and the ids that lead to other rows."""
    own = POPULATIONS[control.table]
    used = {alias for alias, _ in _cells(control)}
    wanted = [(own, name) for name in (*subject_columns(control.table), "evidence")]
    for reference in REFERENCES.get(control.table, ()):
        if reference.alias in used:
            wanted += [(own, reference.column), (reference.alias, "id")]
    return list(dict.fromkeys([*wanted, *_cells(control)]))


def _read_reasons(connection: duckdb.DuckDBPyConnection, control: Control) -> _Reasons:
    """Why cells of the broken rows, or of the rows that they lead to, are unknown."""
    own = POPULATIONS[control.table]
    ids = [(control.table, f'"{own}".id')]
    used = {alias for alias, _ in _cells(control)}
    for reference in REFERENCES.get(control.table, ()):
        if reference.alias in used:
            ids.append((reference.table, f'"{own}"."{reference.column}"'))
    rows = " UNION ".join(
        f"SELECT '{table}' AS of_table, {name} AS row_id FROM judged"
        f' JOIN "{control.table}" AS "{own}" ON "{own}".rowid = judged.row_number'
        f" WHERE judged.verdict >= 2"
        for table, name in ids
    )
    found = connection.execute(
        f'SELECT of_table, row_id, "column", reason, permission FROM unknowns'
        f" SEMI JOIN ({rows}) AS broken USING (of_table, row_id)"
        f" ORDER BY ALL"
    ).fetchall()
    return {(table, row, column): (why, grant) for table, row, column, why, grant in found}


class _Describer:
    """Turns broken rows of one control into findings."""

    def __init__(self, control: Control, parameters: Mapping[str, Json], reasons: _Reasons) -> None:
        self._control = control
        self._parameters = parameters
        self._reasons = reasons
        self._own = POPULATIONS[control.table]
        self._tables = aliases(control.table)
        self._keys = {
            reference.alias: reference.column for reference in REFERENCES.get(control.table, ())
        }

    def describe(self, row: _Broken) -> Finding:
        subject = {
            name: row.cells[self._own, name] for name in subject_columns(self._control.table)
        }
        return Finding(
            row_id=subject["id"] or "",
            verdict=Verdict.FAIL if row.failed else Verdict.INDETERMINATE,
            subject=subject,
            broken=tuple(self._broken(row)),
            evidence=tuple(row.cells[self._own, "evidence"] or ()),
        )

    def _broken(self, row: _Broken) -> list[Broken]:
        broken = []
        if row.scope is None and self._control.where:
            broken.append(self._clause(SCOPE, self._control.where, row, Verdict.INDETERMINATE))
        for index, (must, holds) in enumerate(zip(self._control.must, row.checks, strict=True)):
            if holds:
                continue
            failed = holds is False and row.scope is True
            verdict = Verdict.FAIL if failed else Verdict.INDETERMINATE
            broken.append(self._clause(index, must.check, row, verdict))
        return broken

    def _clause(self, index: int, written: Expression, row: _Broken, verdict: Verdict) -> Broken:
        seen = {f"{alias}.{column}": row.cells[alias, column] for alias, column in written.columns}
        reasons = [
            self._reason(alias, column, row)
            for alias, column in written.columns
            if row.cells[alias, column] is None
        ]
        reasons += [
            f"${name} is not known: {MISSING.get(name, 'it has no value')}"
            for name in written.parameters
            if self._parameters.get(name) is None
        ]
        return Broken(
            clause=index, verdict=verdict, seen=seen, reasons=tuple(dict.fromkeys(reasons))
        )

    def _reason(self, alias: str, column: str, row: _Broken) -> str:
        subject = f"{alias}.{column} is not known"
        row_id = row.cells[alias, "id"]
        if row_id is None and alias != self._own:
            return self._lost(alias, column, row)
        why, permission = self._reasons.get(
            (self._tables[alias], row_id, column), ("the facts do not say why", "")
        )
        return f"{subject}: {why}" + (f" (grant {permission})" if permission else "")

    def _lost(self, alias: str, column: str, row: _Broken) -> str:
        """Why there is no row behind an alias."""
        subject = f"{alias}.{column} is not known"
        key = row.cells[self._own, self._keys[alias]]
        if key is None:
            why = self._reason(self._own, self._keys[alias], row)
            return f"{subject}, because {why}"
        if key == "":
            return f"{subject}: {self._own}.{self._keys[alias]} names none"
        return f"{subject}: {key} was not found among the {self._tables[alias]} collected"
