"""Writes rows as Parquet, and opens the database that reads them."""

import tempfile
from collections.abc import Iterable, Sequence
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
            for row in rows:
                file.write(_ENCODER.encode(dict(zip(columns, row, strict=True))) + b"\n")
        with open_database() as database:
            source = (
                f"read_json({one_file(lines)}, columns := ?, format := 'newline_delimited', "
                "hive_partitioning := false)"
                if lines.stat().st_size
                else "(SELECT " + ", ".join(f'NULL::{t} AS "{n}"' for n, t in types.items())
                + " WHERE false)"
            )  # fmt: skip
            values = [types] if lines.stat().st_size else []
            database.execute(f"CREATE TABLE rows AS FROM {source}", values)
            save(database, "FROM rows", path)


def save(database: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the rows of a query as one Parquet file, whole or not at all."""
    unfinished = path.with_suffix(".unfinished")
    target = str(unfinished).replace("'", "''")
    database.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    unfinished.replace(path)
