"""Loads rows into DuckDB, lets joins fill what only they can fill, and writes Parquet."""

from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from auditor.columns import columns, one_file
from auditor.facts.joins import DEFAULT_REASONS
from auditor.facts.rows import none_written
from auditor.tables import TABLES, Row

Fill = Callable[[duckdb.DuckDBPyConnection], None]


def store_tables(rows: Path, facts: Path, fill: Fill) -> None:
    """Turn a folder of JSON Lines, one file per table, into a folder of Parquet.

    The rows of each table are distinct by id and in the order of their ids, so the same rows
    give the same bytes in whatever order they were found.

    Args:
        fill: fills the derived columns, once all rows are loaded.
    """
    facts.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"threads": 1, "memory_limit": "4GB"}) as database:
        empty = set(none_written(rows))
        for table in TABLES:
            _create(database, table)
            if table.table not in empty:
                _load(database, table, rows / f"{table.table}.jsonl")
        fill(database)
        for table in TABLES:
            _explain(database, table)
        for table in TABLES:
            target = str(facts / f"{table.table}.parquet").replace("'", "''")
            database.execute(
                f"COPY (FROM {table.table} ORDER BY id) TO '{target}' "
                "(FORMAT parquet, COMPRESSION zstd)"
            )


def _create(database: duckdb.DuckDBPyConnection, table: type[Row]) -> None:
    types = ", ".join(f'"{column.name}" {column.type}' for column in columns(table))
    database.execute(f"CREATE TABLE {table.table} ({types})")


def _load(database: duckdb.DuckDBPyConnection, table: type[Row], path: Path) -> None:
    types = {column.name: column.type for column in columns(table)}
    database.execute(
        f"CREATE OR REPLACE TEMP TABLE loaded AS FROM read_json({one_file(path)}, columns := ?, "
        "format := 'newline_delimited', maximum_object_size := 268435456, "
        "hive_partitioning := false)",
        [types],
    )
    doubled = database.execute("SELECT count(*) <> count(DISTINCT id) FROM loaded").fetchone()
    rows = _merged(types) if doubled and doubled[0] else "FROM loaded"
    database.execute(f"INSERT INTO {table.table} BY NAME {rows}")


def _merged(types: Mapping[str, str]) -> str:
    """Rows of one id become one: two targets, or two collectors, may see one resource.

    Each column takes what the earliest record knew of it; what one could not see, another may.
    """
    rest = (name for name in types if name not in ("id", "evidence"))
    merged = (
        f'first("{name}" ORDER BY evidence) FILTER (WHERE "{name}" IS NOT NULL) AS "{name}"'
        for name in rest
    )
    return (
        "SELECT id, list_sort(list_distinct(flatten(list(evidence)))) AS evidence, "
        f"{', '.join(merged)} FROM loaded GROUP BY id"
    )


def _explain(database: duckdb.DuckDBPyConnection, table: type[Row]) -> None:
    """Give every NULL its one reason: none may be missing, none may be left over."""
    name = table.table
    nullable = [column.name for column in columns(table) if column.nullable]
    counts = ", ".join(f'count(*) - count("{column}")' for column in nullable)
    lacking = database.execute(f"SELECT {counts or 'NULL'} FROM {name}").fetchone() or ()
    said = {
        column
        for (column,) in database.execute(
            'SELECT DISTINCT "column" FROM unknowns WHERE of_table = ?', [name]
        ).fetchall()
    }
    for column, nulls in zip(nullable, lacking, strict=False):
        if column in said:
            database.execute(
                f'DELETE FROM unknowns USING {name} AS t WHERE of_table = ? AND "column" = ? '
                f'AND row_id = t.id AND t."{column}" IS NOT NULL',
                [name, column],
            )
        if nulls:
            reason = DEFAULT_REASONS.get((name, column), "no collector of this edition reads it")
            database.execute(
                "INSERT INTO unknowns SELECT concat_ws('/', ?1, t.id, ?2), [], ?1, t.id, ?2, ?3, "
                f"'' FROM {name} AS t WHERE t.\"{column}\" IS NULL AND NOT EXISTS (FROM unknowns "
                'AS u WHERE u.of_table = ?1 AND u."column" = ?2 AND u.row_id = t.id)',
                [name, column, reason],
            )
