"""What policies let principals do to stores of protected data, and who of a provider asked in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from auditor.model import Json

Ask = Callable[..., list[tuple[Json, ...]]]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Statements alike that admit, endorse or speak of everybody, or that nobody could read.

    Everything is None where it is not known.

    Attributes:
        text: one of them, as it was written.
        account: tenancy that they belong to.
        protected: they are about stores that hold protected data; None if they may be.
        count: number of statements.
    """

    text: str
    parsed: bool
    effect: str | None
    kind: str | None
    principal: str | None
    principal_account: str | None
    access: str | None
    resource: str | None
    path: tuple[str, ...] | None
    account: str
    target_account: str | None
    conditional: bool | None
    agreed: bool | None
    protected: bool | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacher:
    """One principal, and stores that hold or may hold protected data, by the most it may do.

    ``manage`` counts those that it may administer, ``use`` those that it may write to.

    Attributes:
        account: its tenancy; '*' for any, '' for a service of the provider's, None if not known.
        conditional: how many of the stores only under a condition.
        unsure: statements whose stores, or whose access, are not known.
    """

    kind: str | None
    principal: str | None
    account: str | None
    manage: int
    use: int
    read: int
    conditional: int
    unsure: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Requests of the provider's people, alike in way, company and country.

    Attributes:
        employer, country: None where the provider does not state it.
        granted: access was given, or may have been.
        unasked: of those, how many nobody of the customer's is known to have agreed to.
        unlogged: of those, how many whose record the customer is not known to have.
        last: moment of the latest request; None where that is not known.
    """

    provider: str
    kind: str
    employer: str | None
    country: str | None
    count: int
    granted: int
    unasked: int
    unlogged: int
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions:
    """Everything that the report says of who may reach the data.

    Attributes:
        statements: (statements read, statements that could not be understood).
        idle: statements across tenancies, or of everybody, that give nothing now.
        open_to: (stores that everybody of a tenancy may reach, stores that a tenancy outside the
            boundary, or not known, may) among those that hold or may hold protected data.
    """

    statements: tuple[int, int]
    idle: int
    clauses: tuple[Clause, ...]
    reachers: tuple[Reacher, ...]
    open_to: tuple[int, int]
    visits: tuple[Visits, ...]


def take_permissions(ask: Ask, boundary: list[str], protected: list[str]) -> Permissions:
    """Count who may reach stores of protected data.

    Args:
        ask: answers a query over the fact tables.
        boundary: accounts inside the boundary; empty if the audit names none.
        protected: data classes that count as protected.
    """

    def taken(shape: type[_T], names: str, query: str, *given: Json) -> tuple[_T, ...]:
        return tuple(
            shape(**dict(zip(names.split(), row, strict=True))) for row in ask(query, *given)
        )

    ((read, illegible, idle),) = ask(_WHOLE)
    ((everybody, outsiders),) = ask(_OPEN, protected, protected, boundary, boundary)
    return Permissions(
        statements=(read, illegible),
        idle=idle,
        clauses=tuple(_clause(row) for row in ask(_CLAUSES, protected)),
        reachers=taken(Reacher, _REACHER, _REACHERS, protected, protected),
        open_to=(everybody, outsiders),
        visits=taken(Visits, _VISIT, _VISITS),
    )


def _clause(row: tuple[Json, ...]) -> Clause:
    found = dict(zip(_CLAUSE, row, strict=True))
    path = found["path"]
    return Clause(**{**found, "path": None if path is None else tuple(path)})


_BROAD = "(effect IN ('admit', 'endorse') OR principal_kind IN ('any-user', 'any-group'))"

_WHOLE = f"""
SELECT count(*), count(*) FILTER (NOT parsed),
    count(*) FILTER ({_BROAD} AND effective = false)
FROM policy_statements
"""  # noqa: S608  our own words

_CLAUSE = (
    *("parsed", "effect", "kind", "principal", "principal_account", "access", "resource"),
    *("path", "account", "target_account", "conditional", "agreed", "protected"),
    *("text", "count"),
)
# An endorsement is about stores of the other tenancy, whose classes nobody here can know.
_CLAUSES = f"""
SELECT parsed, effect, principal_kind, principal, principal_account, access, resource, path,
    account, target_account, conditional, agreed,
    CASE WHEN effect = 'endorse' THEN NULL
        WHEN list_has_any(data_classes, ?::VARCHAR[]) THEN true
        WHEN data_classes IS NULL OR more_classes IS NULL THEN NULL ELSE false END AS protected,
    min(text), count(*)
FROM policy_statements
WHERE NOT parsed OR ({_BROAD} AND effective IS NOT FALSE AND denies IS NOT TRUE)
GROUP BY ALL ORDER BY ALL NULLS LAST
"""  # noqa: S608  our own words

_REACHER = "kind principal account manage use read conditional unsure"
# What principals themselves are given over stores that hold protected data, or may. Members of
# groups have the same again, and are left to the table.
_OVER = """
WITH rights AS (
    SELECT grants.* EXCLUDE (stores, store_id),
        CASE WHEN grants.principal_id LIKE '%/any-user' THEN 'any-user'
            WHEN grants.principal_id LIKE '%/any-group' THEN 'any-group'
            ELSE principals.kind END AS kind,
        principals.name, principals.account AS home
    FROM grants LEFT JOIN principals ON principals.id = grants.principal_id
    WHERE grants.provider = 'oci' AND len(through) = 0 AND (grants.data_classes IS NULL
        OR more_classes IS NULL OR list_has_any(grants.data_classes, ?::VARCHAR[]))
), over AS (
    SELECT rights.*, stores.id AS store_id,
        coalesce(list_position(['read', 'write', 'administer'], access), 0) AS strength
    FROM rights LEFT JOIN (
        SELECT extent_id, stores.id FROM extents
        JOIN stores ON stores.id BETWEEN first_store AND last_store
        WHERE stores.data_classes IS NULL OR list_has_any(stores.data_classes, ?::VARCHAR[])
    ) AS stores USING (extent_id)
)
"""
_REACHERS = f"""{_OVER}, most AS (
    SELECT kind, name, home, store_id, max(strength) FILTER (given) AS strength,
        bool_or(given) AND bool_and(conditional IS NOT FALSE) AS conditional,
        count(DISTINCT statements) FILTER (given IS NULL) AS unsure
    FROM over WHERE store_id IS NOT NULL OR extent_id IS NULL GROUP BY ALL
)
SELECT kind, name, home,
    count(store_id) FILTER (strength = 3), count(store_id) FILTER (strength = 2),
    count(store_id) FILTER (strength = 1), count(store_id) FILTER (conditional),
    coalesce(max(unsure), 0)
FROM most GROUP BY kind, name, home ORDER BY ALL NULLS LAST
"""  # noqa: S608  our own words

_OPEN = f"""{_OVER}
SELECT count(DISTINCT store_id) FILTER (kind IN ('any-user', 'any-group', 'anybody')),
    count(DISTINCT store_id) FILTER (home IS NULL OR home = '*'
        OR home NOT IN ('', account) AND len(?::VARCHAR[]) > 0
        AND NOT list_contains(?::VARCHAR[], home))
FROM over
"""  # noqa: S608  our own words

_VISIT = "provider kind employer country count granted unasked unlogged last"
_VISITS = """
SELECT provider, kind, employer, requester_country, count(*),
    count(*) FILTER (granted IS NOT FALSE),
    count(*) FILTER (granted IS NOT FALSE AND (approved AND NOT automatic) IS NOT TRUE),
    count(*) FILTER (granted IS NOT FALSE AND logged IS NOT TRUE),
    max(opened)
FROM provider_accesses
GROUP BY provider, kind, employer, requester_country
ORDER BY ALL NULLS LAST
"""
