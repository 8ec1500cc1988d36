"""Counts over the fact tables that the report shows besides the results."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from auditor.columns import columns, parquet
from auditor.errors import ReportError
from auditor.model import Json
from auditor.tables import TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class StoresAt:
    """Stores in one region; ``country`` and ``region`` are None where not known."""

    provider: str
    region: str | None
    country: str | None
    protected: int
    possible: int  # no rule names their class, so they may hold protected data
    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsBetween:
    """Ways out of stores that hold or may hold protected data, from one region to one end.

    Of one flow, or of several in a row; ``mechanism`` then names each, joined by arrows.

    Attributes:
        end_account: 'inside' or 'outside' the boundary, '*' for anybody, None if not known.
    """

    region: str | None
    country: str | None
    end_region: str | None
    end_country: str | None
    end_account: str | None
    mechanism: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapGroup:
    """Open coverage gaps that share their service, outcome, reason and permission."""

    provider: str
    service: str
    outcome: str
    reason: str
    permission: str
    accounts: tuple[str, ...]
    regions: tuple[str, ...]
    compartments: tuple[str, ...]
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Everything that the report counts in the fact tables.

    Attributes:
        accounts: (provider, account, name or None, stores in it).
        paths: like ``flows``, but over any number of flows to where they end.
        classes: (data class or None where not known, stores of it).
        statements: the columns of the table, as read.
        outcomes: (outcome, units, answers kept, answers that refused).
        closed: gaps that witnesses closed, as (provider, service, outcome, reason, units).
        unknowns: (table, columns, reason, permission, rows), the most frequent first; what was not
            collected at all is in ``gaps``.
    """

    stores: tuple[StoresAt, ...]
    flows: tuple[FlowsBetween, ...]
    paths: tuple[FlowsBetween, ...]
    accounts: tuple[tuple[str, str, str | None, int], ...]
    regions: tuple[tuple[str, str, str | None, int], ...]
    classes: tuple[tuple[str | None, int], ...]
    statements: tuple[dict[str, Json], ...]
    outcomes: tuple[tuple[str, int, int, int], ...]
    gaps: tuple[GapGroup, ...]
    closed: tuple[tuple[str, str, str, str, int], ...]
    unknowns: tuple[tuple[str, tuple[str, ...], str, str, int], ...]


def take_inventory(facts: Path, boundary: tuple[str, ...], protected: tuple[str, ...]) -> Inventory:
    """Count what the report shows; a table without a file counts as empty.

    Args:
        facts: folder of ``<table>.parquet``.
        boundary: accounts inside the boundary; empty if the audit names none.
        protected: data classes that count as protected.

    Raises:
        ReportError: a table cannot be read.
    """
    try:
        with duckdb.connect(config={"threads": 2}) as connection:
            _open(connection, facts)
            return _count(connection, list(boundary), list(protected))
    except duckdb.Error as error:
        message = f"the fact tables in {facts} cannot be read: {error}"
        raise ReportError(message) from error


def _open(connection: duckdb.DuckDBPyConnection, facts: Path) -> None:
    for table in TABLES:
        path = facts / f"{table.table}.parquet"
        if path.is_file():
            connection.execute(f"CREATE VIEW {table.table} AS FROM {parquet(path)}")
        else:
            shape = ", ".join(f'"{column.name}" {column.type}' for column in columns(table))
            connection.execute(f"CREATE TABLE {table.table} ({shape})")


def _count(
    connection: duckdb.DuckDBPyConnection, boundary: list[str], protected: list[str]
) -> Inventory:
    def ask(query: str, *parameters: Json) -> list[tuple[Json, ...]]:
        return connection.execute(query, parameters).fetchall()

    names = [column.name for column in columns(next(t for t in TABLES if t.table == "statements"))]
    listed = ", ".join(f'"{name}"' for name in names)
    return Inventory(
        stores=tuple(
            StoresAt(**dict(zip(_STORE, row, strict=True)))
            for row in ask(_STORES, protected, protected)
        ),
        flows=tuple(
            FlowsBetween(**dict(zip(_FLOW, row, strict=True)))
            for row in ask(_FLOWS, boundary, boundary, protected)
        ),
        paths=tuple(
            FlowsBetween(**dict(zip(_FLOW, row, strict=True)))
            for row in ask(_PATHS, boundary, boundary, protected)
        ),
        accounts=tuple((p, a, n, c) for p, a, n, c in ask(_ACCOUNTS)),
        regions=tuple((p, r, c, n) for p, r, c, n in ask(_REGIONS)),
        classes=tuple((name, count) for name, count in ask(_CLASSES)),
        statements=tuple(
            dict(zip(names, row, strict=True))
            for row in ask(f"SELECT {listed} FROM statements ORDER BY id")  # noqa: S608
        ),
        outcomes=tuple((o, u, a, r) for o, u, a, r in ask(_OUTCOMES)),
        gaps=tuple(
            GapGroup(
                provider=row[0],
                service=row[1],
                outcome=row[2],
                reason=row[3],
                permission=row[4],
                accounts=tuple(row[5]),
                regions=tuple(row[6]),
                compartments=tuple(row[7]),
                units=row[8],
            )
            for row in ask(_GAPS)
        ),
        closed=tuple((p, s, o, r, n) for p, s, o, r, n in ask(_CLOSED)),
        unknowns=tuple((t, tuple(c), r, p, n) for t, c, r, p, n in ask(_UNKNOWNS)),
    )


_STORE = ("provider", "region", "country", "protected", "possible", "other")
_STORES = """
SELECT provider, region, country,
       count(*) FILTER (list_has_any(data_classes, ?::VARCHAR[])),
       count(*) FILTER (data_classes IS NULL),
       count(*) FILTER (NOT list_has_any(data_classes, ?::VARCHAR[]))
FROM stores GROUP BY ALL ORDER BY provider, region NULLS LAST, country NULLS LAST
"""

_FLOW = ("region", "country", "end_region", "end_country", "end_account", "mechanism", "count")
_FLOWS = """
SELECT s.region, s.country, f.target_region, f.target_country,
       CASE WHEN f.target_account = '*' THEN '*'
            WHEN f.target_account IS NULL THEN NULL
            WHEN len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], f.target_account)
              OR f.target_account = f.account THEN 'inside'
            ELSE 'outside' END AS end_account,
       f.mechanism, count(*)
FROM flows f JOIN stores s ON s.id = f.store_id
WHERE (s.data_classes IS NULL OR list_has_any(s.data_classes, ?::VARCHAR[]))
  AND f.active IS NOT FALSE
GROUP BY ALL ORDER BY ALL NULLS LAST
"""

_PATHS = """
WITH steps AS (
    SELECT id, unnest(path) AS flow_id, generate_subscripts(path, 1) AS place FROM reach),
ways AS (
    SELECT steps.id, string_agg(f.mechanism, ' → ' ORDER BY place) AS way
    FROM steps JOIN flows f ON f.id = steps.flow_id GROUP BY steps.id)
SELECT s.region, s.country, r.end_region, r.end_country,
       CASE WHEN r.end_account = '*' THEN '*'
            WHEN r.end_account IS NULL THEN NULL
            WHEN len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], r.end_account)
              OR r.end_account = s.account THEN 'inside'
            ELSE 'outside' END AS end_account,
       coalesce(w.way, 'a way not known'), count(*)
FROM reach r JOIN stores s ON s.id = r.store_id LEFT JOIN ways w ON w.id = r.id
WHERE s.data_classes IS NULL OR list_has_any(s.data_classes, ?::VARCHAR[])
GROUP BY ALL ORDER BY ALL NULLS LAST
"""

_ACCOUNTS = """
SELECT a.provider, a.id, a.name, count(s.id)
FROM accounts a LEFT JOIN stores s ON s.account = a.id
GROUP BY ALL ORDER BY a.provider, a.id, a.name NULLS LAST
"""

_REGIONS = """
SELECT provider, region, country, count(DISTINCT account)
FROM regions GROUP BY ALL ORDER BY provider, region, country NULLS LAST
"""

_CLASSES = """
SELECT class, count(*) FROM (
    SELECT unnest(data_classes) AS class FROM stores WHERE len(data_classes) > 0
    UNION ALL SELECT '' FROM stores WHERE len(data_classes) = 0
    UNION ALL SELECT NULL FROM stores WHERE data_classes IS NULL)
GROUP BY class ORDER BY class NULLS LAST
"""

_OUTCOMES = """
SELECT outcome, count(*), sum(answers)::BIGINT, sum(refusals)::BIGINT
FROM coverage GROUP BY outcome ORDER BY outcome
"""

_GAPS = """
SELECT provider, service, outcome, reason, permission,
       list_sort(list(DISTINCT account)), list_sort(list(DISTINCT region)),
       list_sort(list(DISTINCT compartment)), count(*)
FROM coverage WHERE open
GROUP BY provider, service, outcome, reason, permission
ORDER BY count(*) DESC, provider, service, outcome, reason, permission
"""

_CLOSED = """
SELECT provider, service, outcome, reason, count(*)
FROM coverage WHERE NOT open AND outcome <> 'complete'
GROUP BY ALL ORDER BY provider, service, outcome, reason
"""

# What was not collected at all is in the list of gaps; one reason is said once for all columns.
_UNKNOWNS = """
SELECT of_table, list_sort(list(DISTINCT "column")), reason, permission, count(DISTINCT row_id)
FROM unknowns WHERE of_table <> 'coverage' GROUP BY of_table, reason, permission
ORDER BY count(DISTINCT row_id) DESC, of_table, reason, permission
"""
