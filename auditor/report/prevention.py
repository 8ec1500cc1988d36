"""What prevents: where data could be created, and the guardrails with what escapes them."""

from collections.abc import Callable
from dataclasses import dataclass

from auditor.model import Json

Ask = Callable[..., list[tuple[Json, ...]]]
Names = tuple[str, ...] | None  # None where not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Creation:
    """Regions by account of one country, by whether data can be created there.

    Attributes:
        disabled: not enabled for the account.
        denied: enabled or not known to be, and a guardrail stops everybody from creating data.
        unknown: nobody can say.
    """

    country: str | None
    disabled: int
    denied: int
    possible: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy of an organisation, or its like, at every place to which it is attached.

    Attributes:
        targets: names of those places, or their ids where they have none.
        places: what those places are, such as 'compartment'; none for a resource.
        accounts: accounts at and below them that it binds: policies of service and resource
            control leave out the one that manages the organisation.
    """

    provider: str
    name: str
    kind: str
    enforced: bool | None
    limits: Names
    allowed_regions: Names
    denied_regions: Names
    escapes: Names
    exempt: Names
    targets: tuple[str, ...]
    places: tuple[str, ...]
    accounts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """Guardrails of one kind on accounts and resources, by whether they hold now."""

    provider: str
    kind: str
    limits: Names
    enforced: int
    not_enforced: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevention:
    """Everything that the report says of guardrails.

    Attributes:
        policies: what somebody wrote for a place, or about the provider's people.
        locks: all else, by kind.
        idle: (number of those policies that limit nothing, their attachments).
    """

    creation: tuple[Creation, ...]
    policies: tuple[Policy, ...]
    locks: tuple[Locks, ...]
    idle: tuple[int, int]


def take_prevention(ask: Ask) -> Prevention:
    """Count guardrails and what they come to in the regions.

    Args:
        ask: answers a query over the fact tables.
    """
    (idle,) = ask(_IDLE)
    return Prevention(
        creation=tuple(
            Creation(country=c, disabled=off, denied=no, possible=yes, unknown=doubt)
            for c, off, no, yes, doubt in ask(_CREATION)
        ),
        policies=tuple(_policy(row) for row in ask(_POLICIES)),
        locks=tuple(
            Locks(
                provider=p, kind=k, limits=_names(n), enforced=yes, not_enforced=no, unknown=doubt
            )
            for p, k, n, yes, no, doubt in ask(_LOCKS)
        ),
        idle=(idle[0], idle[1]),
    )


def _policy(row: tuple[Json, ...]) -> Policy:
    provider, name, kind, enforced, limits, allowed, denied, escapes, exempt, *places, count = row
    targets, kinds = places
    return Policy(
        provider=provider,
        name=name,
        kind=kind,
        enforced=enforced,
        limits=_names(limits),
        allowed_regions=_names(allowed),
        denied_regions=_names(denied),
        escapes=_names(escapes),
        exempt=_names(exempt),
        targets=tuple(targets),
        places=tuple(kinds or ()),
        accounts=count,
    )


def _names(found: Json) -> Names:
    return None if found is None else tuple(found)


_CREATION = """
SELECT country, count(*) FILTER (enabled = false),
    count(*) FILTER (enabled IS NOT FALSE AND creation_denied),
    count(*) FILTER (enabled AND creation_denied = false),
    count(*) FILTER (enabled IS NOT FALSE AND creation_denied IS NOT TRUE
        AND (enabled IS NULL OR creation_denied IS NULL))
FROM regions GROUP BY country ORDER BY country NULLS LAST
"""

# Policies bind what is below the place that they are attached to; other guardrails only that place.
_INHERITED = "contains(kind, 'policy') AND target_id IN (SELECT id FROM hierarchy)"
# What somebody wrote, with holes of its own, is named one by one, as policies are.
_WRITTEN = (
    "kind IN ('quota', 'governance rule', 'security zone', 'operator access control', 'lockbox', "
    "'delegated access')"
)
_NAMED = f"({_INHERITED} OR {_WRITTEN})"

_POLICIES = f"""
WITH RECURSIVE below AS (
    SELECT id AS node, id AS place, kind, 1 AS hops FROM hierarchy
    UNION
    SELECT below.node, lower.id, lower.kind, hops + 1
    FROM below JOIN hierarchy AS lower ON lower.parent_id = below.place WHERE hops < 16
), bound AS (
    SELECT DISTINCT node, place, place IN (SELECT id FROM accounts WHERE management) AS manages
    FROM below WHERE kind = 'account'
)
SELECT g.provider, g.name, g.kind, g.enforced, g.limits, g.allowed_regions, g.denied_regions,
    g.escapes, g.exempt_principals,
    list_sort(list(DISTINCT coalesce(nullif(h.name, ''), g.target_id))),
    list_sort(list(DISTINCT h.kind) FILTER (h.kind IS NOT NULL)), count(DISTINCT bound.place)
FROM (FROM guardrails WHERE {_NAMED}) AS g
LEFT JOIN hierarchy AS h ON h.id = g.target_id
LEFT JOIN bound ON bound.node = g.target_id
    AND NOT (manages AND g.kind IN ('service control policy', 'resource control policy'))
WHERE g.limits IS NULL OR len(g.limits) > 0
GROUP BY ALL
ORDER BY list_contains(any_value(g.limits), 'regions') DESC NULLS LAST, 4 DESC NULLS LAST,
    1, 2, 3, 5, 6, 7, 8, 9
"""  # noqa: S608  our own words

_IDLE = f"""
SELECT count(DISTINCT (name, kind)), count(*) FROM guardrails
WHERE {_NAMED} AND len(limits) = 0
"""  # noqa: S608  our own words

_LOCKS = f"""
SELECT provider, kind, limits, count(*) FILTER (enforced), count(*) FILTER (enforced = false),
    count(*) FILTER (enforced IS NULL)
FROM guardrails WHERE NOT {_NAMED}
GROUP BY ALL ORDER BY provider, kind, limits
"""  # noqa: S608  our own words
