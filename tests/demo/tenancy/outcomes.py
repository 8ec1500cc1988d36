"""What came of an audit: which collector found each row, and where collectors looked."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from auditor.model import Record
from auditor.spec import Collector

Place = tuple[str, str]  # region, compartment


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """One row of a fact table.

    Attributes:
        kind: of the collector that found it.
        mechanism: of a flow, '' for what holds or works on data.
        verdicts: what controls say of it; none if all pass.
    """

    id: str
    kind: str
    mechanism: str
    verdicts: frozenset[str]


def read_judged(
    facts: Path, records: Mapping[int, Record], shown: Iterable[tuple[str, str, str]]
) -> Iterator[JudgedRow]:
    """Yield every store, processor and flow.

    Args:
        records: by their index in the evidence.
        shown: control, row and verdict of everything that did not pass.
    """
    verdicts: dict[str, set[str]] = {}
    for _, row, verdict in shown:
        verdicts.setdefault(row, set()).add(verdict)
    for table, mechanism in (("stores", "''"), ("processors", "''"), ("flows", "mechanism")):
        query = f"SELECT id, {mechanism}, evidence FROM '{facts / table}.parquet'"
        for row, way, evidence in duckdb.execute(query).fetchall():
            for kind in {records[index].request.collector for index in evidence}:
                yield JudgedRow(row, kind, way, frozenset(verdicts.get(row, ())))


def named_types(records: Iterable[Record]) -> frozenset[str]:
    """Return the types that the index has a name for, without their case."""
    return frozenset(item["name"].casefold() for item in _items(records, "oci.resourcesearch.type"))


def places_indexed(records: Collection[Record]) -> frozenset[Place]:
    """Return every compartment in which the index names anything."""
    kind = "oci.resourcesearch.resource"
    return frozenset(
        (record.request.region, item["compartmentId"])
        for record in records
        for item in _items([record], kind)
    )


def places_charged(records: Iterable[Record]) -> frozenset[Place]:
    """Return every compartment in which the bill charges anything."""
    return frozenset(
        (item["region"], item["compartmentId"]) for item in _items(records, "oci.usage.line")
    )


def places_listed(records: Iterable[Record], collector: Collector) -> frozenset[Place]:
    """Return every compartment that a collector was asked to look into."""
    return frozenset(
        (record.request.region, record.request.place["compartment"])
        for record in records
        if record.request.collector == collector.kind
    )


def _items(records: Iterable[Record], kind: str) -> Iterator[Mapping[str, str]]:
    for record in records:
        if record.request.collector == kind:
            body = record.answer.body
            yield from body["items"] if isinstance(body, dict) else body or ()
