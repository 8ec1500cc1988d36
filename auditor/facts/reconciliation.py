"""Holds what was collected against what independent witnesses say is there.

A sighting or a charge is explained by what was collected, or it is unknown why it is there. A gap
in what was collected is closed when witnesses agree that nothing can be behind it: the bill has no
line of that service for the whole period, and an inventory that names everything of these types
names nothing; or the provider's own list says that the region does not offer the service. Whatever
a witness does not know keeps a gap open, and so does a witness who was not heard to the end.
"""

from collections.abc import Iterable, Sequence

import duckdb

from auditor.facts.index_sql import CLOSE_SPARED
from auditor.facts.quiet_types import QUIET_TYPES
from auditor.facts.witness_sql import CLOSE, EXPLAIN
from auditor.model import Audit
from auditor.spec import Collector


def reconcile(
    database: duckdb.DuckDBPyConnection,
    audit: Audit,
    collectors: Sequence[Collector],
    listed: Iterable[str] = (),
) -> None:
    """Fill what witnesses decide: ``explained`` of sightings and spend, and closed gaps.

    Args:
        listed: identifiers of what was listed, whether or not it made a row.
    """
    _list_collectors(database, collectors)
    _fill(database, "listed (name VARCHAR)", ([name] for name in sorted(set(listed))))
    _fill(database, "quiet_types (type VARCHAR)", ([name] for name in sorted(QUIET_TYPES)))
    _fill(
        database,
        "period (first VARCHAR, after VARCHAR)",
        [[audit.period_start, audit.after_period]],
    )
    for statement in (*EXPLAIN, *CLOSE, *CLOSE_SPARED):
        database.execute(statement)


def _list_collectors(database: duckdb.DuckDBPyConnection, collectors: Sequence[Collector]) -> None:
    _fill(
        database,
        "claims (provider VARCHAR, kind VARCHAR, type VARCHAR, service VARCHAR)",
        (
            [each.provider, each.kind, name, _service_of(name, each)]
            for each in collectors
            for name in each.types
        ),
    )
    _fill(
        database,
        "kinds (kind VARCHAR, is_axis BOOLEAN, names VARCHAR[], asked VARCHAR)",
        (
            [each.kind, each.axis is not None, _names(each), _asked(each, collectors)]
            for each in collectors
        ),
    )


def _service_of(type_: str, collector: Collector) -> str:
    """Return the service in the name of a type, such as 's3:bucket'; Oracle's names have none."""
    service, separator, _ = type_.partition(":")
    return service if separator else collector.short_service


def _asked(collector: Collector, collectors: Sequence[Collector]) -> str:
    """Return the kind that is listed compartment by compartment, where a collector's own is not.

    What is within a repository is asked for where repositories were found, and nowhere else.
    """
    within = collector.per[-1] if collector.per else ""
    return next(
        (
            each.kind
            for each in collectors
            if each.axis and each.axis.name == within and "compartment" in each.per
        ),
        collector.kind,
    )


def _names(collector: Collector) -> list[str]:
    """Return every short name that the collector's service goes by."""
    types = {_service_of(name, collector) for name in collector.types}
    return sorted({collector.short_service, collector.service, *types})


def _fill(
    database: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[object]]
) -> None:
    database.execute(f"CREATE TEMP TABLE {table}")
    if columns := [list(values) for values in zip(*rows, strict=True)]:
        # One statement for all: a statement for each row takes a millisecond.
        values = ", ".join("unnest(?)" for _ in columns)
        database.execute(f"INSERT INTO {table.partition(' ')[0]} SELECT {values}", columns)
