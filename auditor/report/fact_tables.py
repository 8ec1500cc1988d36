"""The fact tables of a bundle, opened for questions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from auditor.columns import columns, parquet
from auditor.errors import ReportError
from auditor.model import Json
from auditor.tables import TABLES

Ask = Callable[..., list[tuple[Json, ...]]]


@contextmanager
def open_facts(facts: Path) -> Iterator[Ask]:
    """Yield what answers a query over the fact tables; a table without a file counts as empty.

    Args:
        facts: folder of ``<table>.parquet``.

    Raises:
        ReportError: a table cannot be read, or a query fails.
    """
    try:
        with duckdb.connect(config={"threads": 2}) as connection:
            _open(connection, facts)
            yield lambda query, *given: connection.execute(query, given).fetchall()
    except duckdb.Error as error:
        message = f"the fact tables in {facts} cannot be read: {error}"
        raise ReportError(message) from error


def _open(connection: duckdb.DuckDBPyConnection, facts: Path) -> None:
    for table in TABLES:
        path = facts / f"{table.table}.parquet"
        if path.is_file():
            connection.execute(f"CREATE VIEW {table.table} AS FROM {parquet(path)}")
        else:
            shape = ", ".join(f'"{column.name}" {column.type}' for column in columns(table))
            connection.execute(f"CREATE TABLE {table.table} ({shape})")
