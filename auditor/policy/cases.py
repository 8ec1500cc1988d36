"""Runs the cases of a pack: whether its controls say what their authors expect."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from auditor.model import Json
from auditor.policy.conclusion import conclude
from auditor.policy.database import fill_table, lock, open_database
from auditor.policy.judgement import judge
from auditor.policy.pack import Case, Control, Pack
from auditor.results import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """One case and what its control said of it."""

    control: str
    case: Case
    verdict: Verdict
    reason: str

    @property
    def holds(self) -> bool:
        """Whether the control said what was expected."""
        return self.verdict is self.case.expect


def run_cases(pack: Pack) -> tuple[CaseResult, ...]:
    """Run every case of every control, in order."""
    with open_database() as connection:
        lock(connection)
        return tuple(
            run_case(connection, pack, control, case)
            for control in pack.controls
            for case in control.cases
        )


def run_case(
    connection: duckdb.DuckDBPyConnection, pack: Pack, control: Control, case: Case
) -> CaseResult:
    """Run one case; the database's tables are replaced by what the case gives."""
    fill_tables(connection, control.reads, case.given)
    verdict, reason = conclude(control, judge(connection, control, case_parameters(pack, case)))
    if verdict is Verdict.PASS_ATTESTED:
        verdict = Verdict.PASS  # 'pass' in a case is what the control calls a pass
    return CaseResult(control=control.id, case=case, verdict=verdict, reason=reason)


def fill_tables(
    connection: duckdb.DuckDBPyConnection,
    reads: Iterable[str],
    given: Mapping[str, Sequence[Mapping[str, Json]]],
) -> None:
    """Fill the tables that a control reads, and those that every control needs."""
    for table in {*reads, "coverage", "unknowns"}:
        fill_table(connection, table, given.get(table, ()))


def case_parameters(pack: Pack, case: Case) -> dict[str, Json]:
    """Pack defaults, then the pack's values for cases, then the case's own."""
    defaults = {parameter.name: parameter.default for parameter in pack.parameters}
    return defaults | dict(pack.case_parameters) | dict(case.parameters)
