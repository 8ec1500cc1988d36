"""Fills the derived columns of rows, as deriving facts does, and reads the tables again."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from auditor.facts.aws_explaining import explain_aws
from auditor.facts.derive import fill
from auditor.facts.explanation import Explanation
from auditor.facts.rows import RowWriter
from auditor.facts.storage import store_tables
from auditor.model import Audit, Json
from auditor.spec import Collector
from auditor.tables import Row
from tests.fakes import COLLECTORS, audit


class Facts:
    """The fact tables of some rows."""

    def __init__(
        self,
        rows: Iterable[Row],
        about: Audit | None = None,
        collectors: Sequence[Collector] = COLLECTORS,
        listed: Sequence[str] = (),
    ) -> None:
        self._database = duckdb.connect()
        with tempfile.TemporaryDirectory() as folder:
            written, facts = Path(folder, "rows"), Path(folder, "facts")
            written.mkdir()
            with RowWriter(written) as writer:
                for row in rows:
                    writer.write(row)
            settled = about or audit()
            store_tables(
                written, facts, lambda database: fill(database, settled, collectors, (), listed)
            )
            for path in facts.iterdir():
                self._database.execute(f"CREATE TABLE {path.stem} AS FROM '{path}'")

    def rows(self, table: str, columns: str) -> list[tuple[Json, ...]]:
        """Return columns of a table, in the order of its ids."""
        return self._database.execute(f"SELECT {columns} FROM {table} ORDER BY id").fetchall()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what a query over the tables answers."""
        return self._database.execute(sql).fetchall()

    def one(self, table: str, columns: str) -> Any:
        """Return columns of a table's only row."""
        (row,) = self.rows(table, columns)
        return row

    def explain(self, principal: str, store: str) -> Explanation:
        """Return what is told of a principal and a store of AWS."""
        return explain_aws(self._database, principal, store)

    def why(self, table: str, column: str) -> dict[str, str]:
        """Return why a column is unknown, by row."""
        return dict(
            self._database.execute(
                'SELECT row_id, reason FROM unknowns WHERE of_table = ? AND "column" = ?',
                [table, column],
            ).fetchall()
        )
