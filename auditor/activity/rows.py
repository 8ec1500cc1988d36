"""Writes rows as Parquet, and opens the database that reads them."""

import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

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
            make = _line(tuple(columns))
            while some := [make(*row) for row in islice(several, _AT_ONCE)]:
                file.write(_ENCODER.encode_lines(some))
        named = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
        empty = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in types.items())
        query = (
            f"FROM read_json({one_file(lines)}, columns := {{{named}}}, "
            "format := 'newline_delimited', hive_partitioning := false)"
            if lines.stat().st_size
            else f"SELECT {empty} WHERE false"
        )
        with open_database() as database:
            save(database, query, path)


def save(database: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the rows of a query as one Parquet file, whole or not at all."""
    unfinished = path.with_suffix(".unfinished")
    target = str(unfinished).replace("'", "''")
    database.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    unfinished.replace(path)


@cache
def _line(columns: tuple[str, ...]) -> Any:
    """Return what makes a line of values: an object of a class is encoded faster than a dict."""
    return msgspec.defstruct("Line", columns, gc=False)
