"""The columns of the fact tables, read from the rows' own annotations."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import get_args, get_type_hints

from auditor.model import Unknown
from auditor.tables import TABLES, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its DuckDB type, its meaning, and whether it can be unknown (NULL)."""

    name: str
    type: str
    meaning: str
    nullable: bool


_DUCKDB_TYPES: Mapping[object, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    bool: "BOOLEAN",
    tuple[str, ...]: "VARCHAR[]",
    tuple[int, ...]: "BIGINT[]",
    Mapping[str, str]: "MAP(VARCHAR, VARCHAR)",
}


def columns(table: type[Row]) -> tuple[Column, ...]:
    """Return the columns of a table, in their stored order."""
    return _COLUMNS[table]


def one_file(path: Path) -> str:
    """Return the SQL literal that makes DuckDB read this file and no other, whatever its name.

    A ``*`` in a path would be a pattern. Readers also need ``hive_partitioning => false``, or a
    folder called ``country=US`` would put all stores into the United States.
    """
    exact = re.sub(r"([*?\[])", r"[\1]", str(path.absolute())).replace("'", "''")
    return f"'{exact}'"


def parquet(path: Path) -> str:
    """Return the SQL that reads the rows of one fact table, nothing taken from its path."""
    return f"read_parquet({one_file(path)}, hive_partitioning => false)"


def _read_columns(table: type[Row]) -> tuple[Column, ...]:
    hints = get_type_hints(table, include_extras=True)
    found = []
    for name in (field.name for field in fields(table)):
        inner, meaning = get_args(hints[name])[:2]
        kinds = [kind for kind in get_args(inner) if kind is not Unknown]
        nullable = Unknown in get_args(inner)
        base = kinds[0] if nullable else inner
        found.append(
            Column(name=name, type=_DUCKDB_TYPES[base], meaning=meaning, nullable=nullable)
        )
    return tuple(found)


_COLUMNS = {table: _read_columns(table) for table in TABLES}
