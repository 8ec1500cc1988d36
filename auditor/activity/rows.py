"""Writes rows as Parquet, and opens the database that reads them."""

import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

import duckdb
import msgspec

from auditor.columns import one_file

_TYPES = {
    **dict.fromkeys(
        (
            "bytes_known", "bytes_out", "doubled", "errors", "events", "files", "malformed",
            "rank", "size",
        ),
        "BIGINT",
    ),
    **dict.fromkeys(("integrity", "whole"), "BOOLEAN"),
}  # fmt: skip
_ENCODER = msgspec.json.Encoder()
_AT_ONCE = 10_000


def open_database(spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Return an empty database; one thread, so that the same rows give the same bytes.

    Args:
        spill: folder for what does not fit into memory.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": "700MB",
    }
    if spill is not None:
        config["temp_directory"] = str(spill)
    return duckdb.connect(config=config)


def write_rows(rows: Iterable[Sequence[object]], columns: Sequence[str], path: Path) -> None:
    """Write rows, text and whole numbers, in the order in which they come."""
    types = {name: _TYPES.get(name, "VARCHAR") for name in columns}
    with tempfile.TemporaryDirectory(prefix="auditor-rows-") as folder:
        lines = Path(folder, "rows.jsonl")
        with lines.open("wb", buffering=2**20) as file:
            several = iter(rows)
            while some := list(islice(several, _AT_ONCE)):
                file.write(_ENCODER.encode_lines(some))
        items = ", ".join(
            f'"row"[{number}]::{types[name]} AS "{name}"' for number, name in enumerate(columns, 1)
        )
        empty = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in types.items())
        query = (
            f"SELECT {items} FROM "  # noqa: S608  columns are ours
            f"read_json({one_file(lines)}, columns := {{'row': 'VARCHAR[]'}}, records := false, "
            "format := 'newline_delimited', hive_partitioning := false)"
            if lines.stat().st_size
            else f"SELECT {empty} WHERE false"
        )
        with _writer().cursor() as database:
            save(database, query, path)


@cache
def _writer() -> duckdb.DuckDBPyConnection:
    """Return the one database through which rows are written: opening it is a tenth of the work."""
    return open_database()


def save(database: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the rows of a query as one Parquet file, whole or not at all."""
    unfinished = path.with_suffix(".unfinished")
    target = str(unfinished).replace("'", "''")
    # Of these rows, other levels make no smaller files, just slower ones; and they are read whole,
    # so that filters would only cost.
    options = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, WRITE_BLOOM_FILTER false"
    database.execute(f"COPY ({query}) TO '{target}' ({options})")
    unfinished.replace(path)
