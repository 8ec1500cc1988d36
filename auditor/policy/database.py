"""One DuckDB in memory, filled first and then shut off from everything outside."""
# ruff: noqa: S608 (names come from the vocabulary, values are bound)

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from auditor.columns import parquet
from auditor.errors import EvidenceError
from auditor.model import Json
from auditor.policy.vocabulary import column_types

_MEMORY_LIMIT = "1500MB"
_MOST_THREADS = 4


@contextmanager
def open_database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield an empty database in memory that can load no extension."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY_LIMIT,
        "threads": min(os.cpu_count() or 1, _MOST_THREADS),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "preserve_insertion_order": False,
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        yield connection
    finally:
        connection.close()


def lock(connection: duckdb.DuckDBPyConnection) -> None:
    """Shut the database off from files and network; nothing can undo it."""
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def load_table(
    connection: duckdb.DuckDBPyConnection, facts: Path, table: str, names: Sequence[str]
) -> None:
    """Read some columns of ``facts/<table>.parquet`` into a table.

    A list that has an unknown entry is itself unknown: DuckDB would find an entry to be
    absent from it that may well be there.

    Raises:
        EvidenceError: the file is missing, damaged, lacks a column, or two rows share an id.
    """
    path = facts / f"{table}.parquet"
    if not path.is_file():
        raise EvidenceError(f"{path} is missing.")
    types = column_types(table)
    cells = ", ".join(_cell(name, types[name]) for name in names)
    try:
        connection.execute(f'CREATE TABLE "{table}" AS SELECT {cells} FROM {parquet(path)}')
        counted = connection.execute(f'SELECT count(*), count(DISTINCT id) FROM "{table}"')
        rows, ids = counted.fetchone() or (0, 0)
    except duckdb.Error as error:
        raise EvidenceError(f"{path} cannot be read as the table {table}: {error}") from error
    if rows != ids:
        raise EvidenceError(f"{path} has {rows} rows but only {ids} different ids.")


def load_reasons(
    connection: duckdb.DuckDBPyConnection, facts: Path, names: Mapping[str, Sequence[str]]
) -> None:
    """Read why columns are unknown, for the columns that policies use."""
    path = facts / "unknowns.parquet"
    if not path.is_file():
        raise EvidenceError(f"{path} is missing.")
    used = [f"{table}.{column}" for table, columns in names.items() for column in columns]
    columns = 'of_table, row_id, "column", reason, permission'
    try:
        connection.execute(
            f"CREATE TABLE unknowns AS SELECT {columns} FROM {parquet(path)}"
            " WHERE list_contains($used::VARCHAR[], concat(of_table, '.', \"column\"))",
            {"used": used},
        )
    except duckdb.Error as error:
        raise EvidenceError(f"{path} cannot be read as the table unknowns: {error}") from error


def fill_table(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Json]]
) -> None:
    """Make a table of rows given in memory; a column left out is unknown.

    Ids that are left out are made up, except that ``id: null`` stays unknown.
    """
    types = {name: kind for name, kind in column_types(table).items() if kind[:3] != "MAP"}
    columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
    connection.execute(f'CREATE OR REPLACE TABLE "{table}" ({columns})')
    if not rows:
        return
    given = sorted({"id", *(name for row in rows for name in row)} & set(types))
    named = ", ".join(f'"{name}"' for name in given)
    marks = ", ".join("?" for _ in given)
    connection.executemany(
        f'INSERT INTO "{table}" ({named}) VALUES ({marks})',
        [
            [({"id": f"{table}-{number}"} | dict(row)).get(name) for name in given]
            for number, row in enumerate(rows, 1)
        ],
    )


def _cell(name: str, kind: str) -> str:
    value = f'CAST("{name}" AS {kind})'
    if kind.endswith("[]"):
        return f'CASE WHEN len({value}) = list_count({value}) THEN {value} END AS "{name}"'
    return f'{value} AS "{name}"'
