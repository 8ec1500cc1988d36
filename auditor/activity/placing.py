"""Writes ``addresses.parquet``: each distinct address once, with what every database says of it."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from auditor.activity.addresses import Database, place
from auditor.activity.rows import open_database, write_rows
from auditor.columns import one_file

ADDRESS = ("address", "endpoint", "origin", "said")
_AT_ONCE = 10_000


def write_addresses(folder: Path, databases: Sequence[Database]) -> None:
    """Place every address of the summaries in a bundle's folder ``activity``."""
    with open_database() as database:
        rows = _rows(database, sorted((folder / "summaries").glob("*.parquet")), databases)
        write_rows(rows, ADDRESS, folder / "addresses.parquet")


def _rows(
    database: duckdb.DuckDBPyConnection, summaries: Sequence[Path], databases: Sequence[Database]
) -> Iterator[tuple[str, ...]]:
    if not summaries:
        return
    files = ", ".join(map(one_file, summaries))
    found = database.execute(
        "SELECT DISTINCT address, endpoint <> '' FROM "  # noqa: S608
        f"read_parquet([{files}], hive_partitioning => false) ORDER BY ALL"
    )
    while several := found.fetchmany(_AT_ONCE):
        for address, has_endpoint in several:
            placed = place(address, "endpoint" if has_endpoint else "", databases)
            said = json.dumps(dict(sorted(placed.said.items())))
            yield address, "yes" if has_endpoint else "", placed.origin, said
