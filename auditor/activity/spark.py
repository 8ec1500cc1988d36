"""The kernel on Spark, for logs that outgrow a machine: the extra ``spark``.

Files go in as a table with their path and content, as Spark's source ``binaryFile`` reads them;
rows of partial summaries come out, the same as on one machine. See docs/logs-on-spark.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from auditor.activity.kernel import summarise
from auditor.activity.partial import ROW_COLUMNS, Origin, Partial

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

NUMBERS: Final = frozenset({"bytes_known", "bytes_out", "errors", "events"})
COUNTS: Final = ("name", "file", "inflated_sha256", "first", "last", "events", "malformed")
"""Columns of the table of files: what each came to."""

_BATCH: Final = 10_000


def summaries(files: DataFrame, kind: str, source: str) -> DataFrame:
    """Return the rows of all files' partial summaries, in the columns of a summary.

    Args:
        files: with the columns ``path`` and ``content``.
        kind, source: as LogSource names them.
    """
    schema = ", ".join(f"`{name}` {_type(name)}" for name in ROW_COLUMNS)

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for partial in _partials(batches, kind, source, hash_inflated=False):
            for start in range(0, len(partial.rows), _BATCH):
                yield _batch(partial.rows[start : start + _BATCH], ROW_COLUMNS)

    return files.select("path", "content").mapInArrow(run, schema)


def counts(files: DataFrame, kind: str, source: str) -> DataFrame:
    """Return a row for each file: its hashes, and how many events and malformed records it has."""
    schema = ", ".join(f"`{name}` {_type(name)}" for name in COUNTS)

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for each in _partials(batches, kind, source, hash_inflated=True):
            hashes = each.sha256, each.inflated_sha256
            row = (each.origin.name, *hashes, each.first, each.last, each.events, each.malformed)
            yield _batch([row], COUNTS)

    return files.select("path", "content").mapInArrow(run, schema)


def _type(name: str) -> str:
    return "bigint" if name in NUMBERS or name == "malformed" else "string"


def _partials(
    batches: Iterable[pa.RecordBatch], kind: str, source: str, *, hash_inflated: bool
) -> Iterator[Partial]:
    for batch in batches:
        for path, content in zip(batch.column(0), batch.column(1), strict=True):
            origin = Origin(kind=kind, source=source, name=path.as_py())
            yield summarise(origin, content.as_py(), hash_inflated=hash_inflated)


def _batch(rows: Iterable[tuple[str | int, ...]], columns: tuple[str, ...]) -> pa.RecordBatch:
    import pyarrow as pa  # noqa: PLC0415  of the extra, on the workers

    types = (pa.int64() if _type(name) == "bigint" else pa.string() for name in columns)
    arrays = [pa.array(cells, t) for cells, t in zip(zip(*rows, strict=True), types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, names=list(columns))
