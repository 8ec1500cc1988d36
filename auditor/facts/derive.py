"""Walks again with the kept answers, and writes what they mean as fact tables."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from auditor.facts.classification import classify
from auditor.facts.coverage import cover, leave_out, leave_unasked
from auditor.facts.joins import JOINS
from auditor.facts.own_calls import compare_calls
from auditor.facts.reach import fill_reach
from auditor.facts.reconciliation import reconcile
from auditor.facts.rows import RowWriter
from auditor.facts.statements import read_statements
from auditor.facts.storage import store_tables
from auditor.facts.tags import fill_tags
from auditor.model import Audit, Outcome, Record
from auditor.spec import Collector, Found
from auditor.walk import Revealed, Unit, Walk


def derive(
    audit: Audit,
    collectors: Sequence[Collector],
    evidence: Iterable[tuple[int, Record]],
    *,
    statements: Path,
    facts: Path,
) -> None:
    """Write ``facts/<table>.parquet`` for every table, from evidence and signed statements.

    Args:
        evidence: every record with its index, in order.
        statements: folder of signed statements; may be missing.
        facts: folder to write to; made if missing.

    Raises:
        EvidenceError: a record answers what the collectors never ask.
    """
    with tempfile.TemporaryDirectory(prefix="auditor-facts-") as folder:
        with RowWriter(Path(folder)) as writer:
            derivation = _Derivation(audit, collectors, writer)
            derivation.replay(evidence)
            for statement in read_statements(statements, audit):
                writer.write(statement)
        asked = derivation.asked
        store_tables(Path(folder), facts, lambda database: fill(database, audit, collectors, asked))


def fill(
    database: duckdb.DuckDBPyConnection,
    audit: Audit,
    collectors: Sequence[Collector],
    asked: Iterable[tuple[str, str]] = (),
) -> None:
    """Fill every derived column; each step reads what the ones before it filled.

    Args:
        asked: account and operation of every record of the evidence.
    """
    fill_tags(database)
    classify(database, audit.classification)
    reconcile(database, audit, collectors)
    compare_calls(database, asked)
    for statement in JOINS:
        database.execute(statement)
    fill_reach(database)


class _Derivation:
    def __init__(self, audit: Audit, collectors: Sequence[Collector], writer: RowWriter) -> None:
        self._targets, self._collectors = audit.targets, collectors
        self._walk = Walk(audit.targets, collectors)
        self._writer = writer
        self.asked: set[tuple[str, str]] = set()

    def replay(self, evidence: Iterable[tuple[int, Record]]) -> None:
        self._walk.start()
        for index, record in evidence:
            self.asked.add((record.request.place.get("account", ""), record.request.operation))
            self._write(self._walk.answer(record.request, record.answer, index))
        for unit in self._walk.unfinished:
            self._writer.write(cover(unit, self._walk))
        for unit, value in self._walk.excluded:
            self._writer.write(leave_out(unit, value, self._walk))
        for collector in self._collectors:
            for target in self._targets:
                if collector.provider == target.provider and (
                    row := leave_unasked(collector, target, self._walk)
                ):
                    self._writer.write(row)

    def _write(self, revealed: Revealed) -> None:
        for unit, found in revealed.found:
            self._write_rows(unit, found)
        for unit in revealed.finished:
            self._writer.write(cover(unit, self._walk))

    def _write_rows(self, unit: Unit, found: Found) -> None:
        try:
            rows = tuple(unit.collector.rows(found))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            # A cloud may answer with shapes that nobody foresaw: that is a gap, not a crash.
            reason = f"an answer could not be read ({type(error).__name__}: {error})"
            unit.issues.append((Outcome.FAILED, reason, ""))
            unit.evidence.extend(found.evidence)
            return
        for row in rows:
            self._writer.write(row)
