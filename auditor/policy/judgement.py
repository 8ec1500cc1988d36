"""One control over one population, judged in SQL; only counts and broken rows leave it."""
# ruff: noqa: S608 (names come from the vocabulary, values are bound)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from auditor.model import Json
from auditor.policy.findings import read_findings
from auditor.policy.pack import Control, Quantifier
from auditor.policy.vocabulary import EITHER, POPULATIONS, REFERENCES, SOURCES
from auditor.results import Clause, Finding, Gap

_HIDES = "tables IS NULL OR list_has_any(tables, $tables::VARCHAR[])"

OUT_OF_SCOPE, PASSED, INDETERMINATE, FAILED = range(4)

_ROW_VERDICT = {
    # Unknown scope passes only if the clauses hold whatever the scope.
    Quantifier.EVERY: f"""CASE WHEN NOT scope THEN {OUT_OF_SCOPE} WHEN holds THEN {PASSED}
        WHEN scope AND NOT holds THEN {FAILED} ELSE {INDETERMINATE} END""",
    # A row of unknown scope is no witness that such a row exists.
    Quantifier.SOME: f"""CASE WHEN NOT scope THEN {OUT_OF_SCOPE} WHEN scope AND holds THEN {PASSED}
        WHEN scope AND NOT holds THEN {FAILED} ELSE {INDETERMINATE} END""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the rows say of a control, before waivers.

    Attributes:
        in_scope: rows known to be in scope, whatever became of them.
        asked: every table that the control reads has a unit of coverage that names it.
    """

    total: int
    out_of_scope: int
    passed: int
    failed: int
    indeterminate: int
    in_scope: int
    clauses: tuple[Clause, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    asked: bool


def judge(
    connection: duckdb.DuckDBPyConnection, control: Control, parameters: Mapping[str, Json]
) -> Judgement:
    """Evaluate a control over the tables of a database."""
    used = {name for written in control.expressions for name in written.parameters}
    bound = {name: parameters.get(name) for name in sorted(used)}
    connection.execute(_judged_sql(control), bound)
    counts = connection.execute(_count_sql(control)).fetchone() or ()
    total, out_of_scope, passed, indeterminate, failed, in_scope = counts[:6]
    existing = control.quantifier is Quantifier.SOME and passed > 0
    gaps, asked = _coverage(connection, control)
    return Judgement(
        total=total,
        out_of_scope=out_of_scope,
        passed=passed,
        failed=failed,
        indeterminate=indeterminate,
        in_scope=in_scope,
        clauses=_clauses(control, counts[6:]),
        findings=() if existing else read_findings(connection, control, parameters),
        gaps=gaps,
        asked=asked,
    )


def joins(control: Control) -> str:
    """The population and the rows that its expressions reach: keyed, at most one row each."""
    own = POPULATIONS[control.table]
    used = {alias for written in control.expressions for alias, _ in written.columns}
    text = f'"{control.table}" AS "{own}"'
    for reference in REFERENCES.get(control.table, ()):
        if reference.alias in used:
            alias = reference.alias
            text += (
                f' LEFT JOIN "{reference.table}" AS "{alias}"'
                f' ON "{alias}".id = "{own}"."{reference.column}"'
            )
    return text


def _judged_sql(control: Control) -> str:
    scope = control.where.sql if control.where else "true"
    checks = [f"{must.check.sql} AS c{index}" for index, must in enumerate(control.must)]
    names = [f"c{index}" for index in range(len(checks))]
    return f"""CREATE OR REPLACE TEMP TABLE judged AS
        SELECT *, {_ROW_VERDICT[control.quantifier]} AS verdict FROM (
            SELECT *, {" AND ".join(names)} AS holds FROM (
                SELECT "{POPULATIONS[control.table]}".rowid AS row_number,
                    {scope} AS scope, {", ".join(checks)}
                FROM {joins(control)}))"""


def _count_sql(control: Control) -> str:
    verdicts = (OUT_OF_SCOPE, PASSED, INDETERMINATE, FAILED)
    counts = ["count(*)", *(f"count(*) FILTER (WHERE verdict = {verdict})" for verdict in verdicts)]
    counts.append("count(*) FILTER (WHERE scope)")
    for index in range(len(control.must)):
        counts.append(f"count(*) FILTER (WHERE verdict > 0 AND c{index})")
        counts.append(f"count(*) FILTER (WHERE scope AND NOT c{index})")
        counts.append("count(*) FILTER (WHERE verdict > 0)")
    return f"SELECT {', '.join(counts)} FROM judged"


def _clauses(control: Control, counts: Sequence[int]) -> tuple[Clause, ...]:
    clauses = []
    for index, must in enumerate(control.must):
        passed, failed, tested = counts[index * 3 : index * 3 + 3]
        clauses.append(
            Clause(
                says=must.says,
                check=must.check.text,
                passed=passed,
                failed=failed,
                indeterminate=tested - passed - failed,
            )
        )
    return tuple(clauses)


def _coverage(
    connection: duckdb.DuckDBPyConnection, control: Control
) -> tuple[tuple[Gap, ...], bool]:
    """Open units that hide rows of the tables read, and whether each table was asked for.

    A unit that does not say whether it is open, or which tables it hides, counts as open and
    as hiding all. A control over coverage itself cannot pass while any unit is open.
    """
    hidden = "true" if control.table == "coverage" else _HIDES
    tables = sorted({of for table in control.reads for of in SOURCES.get(table, (table,))})
    found = connection.execute(
        "SELECT id, outcome, reason, permission FROM coverage WHERE open IS NOT false"
        f" AND ({hidden}) ORDER BY id",
        {} if control.table == "coverage" else {"tables": tables},
    ).fetchall()
    gaps = tuple(
        Gap(
            coverage_id=name or "",
            outcome=outcome or "",
            reason=reason or "",
            permission=permission or "",
        )
        for name, outcome, reason, permission in found
    )
    named = connection.execute("SELECT DISTINCT unnest(tables) FROM coverage").fetchall()
    asked = {name for (name,) in named}
    if asked & EITHER:
        asked |= EITHER
    return gaps, set(tables) - {"statements", "coverage"} <= asked
