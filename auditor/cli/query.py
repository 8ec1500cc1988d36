"""Ask the facts of a bundle in SQL (DuckDB's dialect). Without a query, list the tables.

The query sees the bundle's fact tables and nothing else: no file, no network.
"""

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from auditor.cli.flags import add_bundle, add_json
from auditor.cli.terminal import note, plain, print_json, print_table, warn_of
from auditor.columns import columns, parquet
from auditor.errors import AuditorError, BundleError
from auditor.model import Json
from auditor.policy.database import lock, open_database
from auditor.tables import TABLES
from auditor.verify import opened_bundle

EXAMPLES = """\
examples:
  auditor query audits/audit-ID
  auditor query audits/audit-ID 'select country, count(*) as stores from stores group by all'
  auditor query audits/audit-ID 'select * from unknowns' --csv > unknowns.csv
"""

_MOST_ROWS = 500  # that a table for people shows


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_bundle(parser, archive=True)
    parser.add_argument("sql", nargs="?", metavar="SQL", help="one query")
    add_json(parser)
    parser.add_argument("--csv", action="store_true", help="print CSV")


def run(arguments: argparse.Namespace) -> int:
    """Answer one query, or describe the tables."""
    with opened_bundle(arguments.bundle) as (folder, faults):
        warn_of(faults)
        if arguments.sql is None:
            return _describe(as_json=arguments.json)
        names, rows = answer(folder / "facts", arguments.sql)
    if arguments.json:
        print_json([dict(zip(names, row, strict=True)) for row in rows])
    elif arguments.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_shown(names) if sys.stdout.isatty() else names)
        writer.writerows(map(_shown, rows) if sys.stdout.isatty() else rows)
    else:
        print_table(names, rows[:_MOST_ROWS])
        if len(rows) > _MOST_ROWS:
            note(f"… and {len(rows) - _MOST_ROWS:,} more rows; --csv and --json print all")
    return 0


def answer(facts: Path, sql: str) -> tuple[list[str], Sequence[Sequence[Json]]]:
    """Return the column names and rows of one query over a folder of fact tables.

    Raises:
        AuditorError: the query is none, is several, or DuckDB refuses it.
        BundleError: a fact table is missing or damaged.
    """
    with open_database() as connection:
        _load(connection, facts)
        lock(connection)
        try:
            statements = duckdb.extract_statements(sql)
            if len(statements) != 1:
                raise AuditorError(f"expected one query, found {len(statements)}")
            cursor = connection.execute(statements[0])
            rows = cursor.fetchall()
            heads = [column[0] for column in cursor.description or ()]
        except duckdb.Error as error:
            problem = AuditorError(str(error))
            problem.advice = "'auditor query BUNDLE' without a query lists tables and columns"
            raise problem from error
    return _distinct(heads), rows


def _load(connection: duckdb.DuckDBPyConnection, facts: Path) -> None:
    for table in TABLES:
        path = facts / f"{table.table}.parquet"
        if not path.is_file():
            raise BundleError(f"{path} is missing: the bundle has no facts yet")
        try:
            connection.execute(f"CREATE TABLE {table.table} AS FROM {parquet(path)}")
        except duckdb.Error as error:
            raise BundleError(f"{path} cannot be read: {error}") from error


def _distinct(heads: Sequence[str]) -> list[str]:
    """Number columns of one name, so that none hides another."""
    return [
        f"{name}_{heads[:index].count(name) + 1}" if name in heads[:index] else name
        for index, name in enumerate(heads)
    ]


def _shown(row: Sequence[Json]) -> Sequence[Json]:
    """A row for a terminal; programs get each character as it is."""
    return [None if cell is None else plain(str(cell)) for cell in row]


def _describe(*, as_json: bool) -> int:
    described = [
        {"table": table.table, "column": column.name, "type": column.type,
         "may_be_unknown": column.nullable, "meaning": column.meaning}
        for table in TABLES
        for column in columns(table)
    ]  # fmt: skip
    if as_json:
        print_json(described)
    else:
        heads = ("table", "column", "type", "meaning")
        print_table(heads, ([column[head] for head in heads] for column in described))
    return 0
