"""Statements of Oracle Cloud that reach across tenancies, and who of a provider asked in."""

from dataclasses import dataclass
from typing import TypeVar

from auditor.model import Json
from auditor.report.fact_tables import Ask

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
    """Statements across tenancies, and requests of the providers' people.

    Attributes:
        statements: (statements read, statements that could not be understood).
        idle: statements across tenancies, or of everybody, that give nothing now.
    """

    statements: tuple[int, int]
    idle: int
    clauses: tuple[Clause, ...]
    visits: tuple[Visits, ...]


def take_permissions(ask: Ask, protected: list[str]) -> Permissions:
    """Count statements across tenancies, and requests.

    Args:
        ask: answers a query over the fact tables.
        protected: data classes that count as protected.
    """

    def taken(shape: type[_T], names: str, query: str, *given: Json) -> tuple[_T, ...]:
        return tuple(
            shape(**dict(zip(names.split(), row, strict=True))) for row in ask(query, *given)
        )

    ((read, illegible, idle),) = ask(_WHOLE)
    return Permissions(
        statements=(read, illegible),
        idle=idle,
        clauses=tuple(_clause(row) for row in ask(_CLAUSES, protected)),
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
