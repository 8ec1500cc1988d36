"""Writes the extents that grants name: of places among all stores, rows by the stores' ids."""

from pathlib import Path

import duckdb
import msgspec

from auditor.access.extents import Extents
from auditor.columns import one_file

_INSERT = """
INSERT INTO extents BY NAME
WITH placed AS (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM stores
), runs AS (
    SELECT extent_id, unnest(firsts) AS first, unnest(lasts) AS last
    FROM read_json({file}, format := 'newline_delimited', hive_partitioning := false,
        maximum_object_size := 268435456,
        columns := {{extent_id: 'VARCHAR', firsts: 'BIGINT[]', lasts: 'BIGINT[]'}})
)
SELECT concat_ws('/', extent_id, one.id) AS id, []::BIGINT[] AS evidence, extent_id,
    one.id AS first_store, other.id AS last_store, last - first + 1 AS stores
FROM runs JOIN placed AS one ON one.place = first JOIN placed AS other ON other.place = last
"""


def write_extents(database: duckdb.DuckDBPyConnection, extents: Extents, folder: Path) -> None:
    """Insert the runs of all extents that were named.

    Args:
        extents: of all stores of the database, in the order of their ids.
        folder: takes a file.
    """
    path = folder / "runs.jsonl"
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        for name, runs in extents.named():
            firsts, lasts = [first for first, _ in runs], [last for _, last in runs]
            line = {"extent_id": name, "firsts": firsts, "lasts": lasts}
            file.write(encoder.encode(line) + b"\n")
    database.execute(_INSERT.format(file=one_file(path)))
