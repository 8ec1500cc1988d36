"""Writes rows of the fact tables as JSON Lines, and their unknowns beside them."""

import contextlib
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO, Self

import msgspec

from auditor.columns import columns
from auditor.model import Unknown
from auditor.tables import TABLES, UNJOINED, Row, UnknownFact

_BUFFER = 2**20
_NAMES = {table: tuple(column.name for column in columns(table)) for table in TABLES}
_VALUES = {table: attrgetter(*names) for table, names in _NAMES.items()}
_ENCODER = msgspec.json.Encoder()


class RowWriter:
    """Takes rows in any order and spreads them over one file per table."""

    def __init__(self, folder: Path) -> None:
        """Open a file for every table in an empty folder."""
        self._stack = contextlib.ExitStack()
        self._files: dict[type[Row], BinaryIO] = {
            table: self._stack.enter_context(
                (folder / f"{table.table}.jsonl").open("wb", buffering=_BUFFER)
            )
            for table in TABLES
        }

    def __enter__(self) -> Self:
        """Return itself; the files close with the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the files."""
        self._stack.close()

    def write(self, row: Row) -> None:
        """Write one row. An unknown value becomes null, and its reason a row of ``unknowns``."""
        kind = type(row)
        values = dict(zip(_NAMES[kind], _VALUES[kind](row), strict=True))
        for name, value in values.items():
            if isinstance(value, Unknown):
                if value is not UNJOINED:
                    self._files[UnknownFact].write(_explain(row, name, value))
                values[name] = None
            elif value is None:
                raise TypeError(f"{kind.__name__}.{name} is None: say what is not known")
        self._files[kind].write(_ENCODER.encode(values) + b"\n")


def _explain(row: Row, column: str, unknown: Unknown) -> bytes:
    """Return the line of ``unknowns`` for one column; there are more of them than of all else."""
    fact = {
        "id": f"{row.table}/{row.id}/{column}",
        "evidence": (unknown.evidence,) if unknown.evidence >= 0 else (),
        "of_table": row.table,
        "row_id": row.id,
        "column": column,
        "reason": unknown.reason,
        "permission": unknown.permission,
    }
    return _ENCODER.encode(fact) + b"\n"


def none_written(folder: Path) -> Iterator[str]:
    """Yield the names of tables that have no row in a folder of JSON Lines."""
    for table in TABLES:
        if (folder / f"{table.table}.jsonl").stat().st_size == 0:
            yield table.table
