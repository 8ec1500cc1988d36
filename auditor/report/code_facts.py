"""What the report says of code, of what runs and of phone apps, counted over the fact tables."""

from dataclasses import dataclass
from typing import TypeVar

from auditor.model import Json
from auditor.report.fact_tables import Ask

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One thing that runs, followed back to the approval of its code; None where not known.

    Attributes:
        name: its name, or the id of what runs it where it has none.
        vouched: provenance about it holds.
        builder: who built it by that provenance; '' for none.
        repository: name of the repository that it was built from; '' for none.
        approvers: employers that approved every change up to its commit.
        broken: the first link that does not hold, or is not known to; '' for a whole chain.
    """

    kind: str
    name: str
    account: str
    digest: str | None
    vouched: bool | None
    builder: str | None
    repository: str | None
    commit: str | None
    approvers: tuple[str, ...] | None
    broken: str | None
    why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Things of one kind that run, and why nobody knows what they are.

    Attributes:
        names: sorted.
    """

    kind: str
    account: str
    reason: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Changes of one repository, and how reviewing them went; None where not known.

    Attributes:
        direct: changes that no change request brought.
        unapproved: changes that are known to have no approval that counts.
        untold: changes of which nobody can tell whether they have one.
        own: changes that one of their authors approved.
        bypassed: changes for which rules were bypassed, by the host's own log.
        median, slow: minutes until the first approval: median and 95th percentile.
        busiest: most lines that one reviewer approved within one hour.
        backlog: change requests that wait.
    """

    repository: str
    changes: int
    direct: int
    unapproved: int
    untold: int
    own: int
    bypassed: int
    median: int | None
    slow: int | None
    busiest: int | None
    backlog: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One app package and what it holds; None where not known.

    Attributes:
        foreign: libraries whose owner is known to be of a country that is not approved.
        ownerless: libraries of which nobody knows whose they are, or of which country.
    """

    id: str
    name: str
    platform: str
    digest: str
    signature_holds: bool | None
    readable: bool | None
    permissions: int
    libraries: int
    foreign: int
    ownerless: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Destinations:
    """Hosts in one country that the packages of one app name, or that it talked to.

    Attributes:
        country: None where not known.
        talked: hosts that recorded traffic went to.
        clear: hosts that were named or reached without TLS.
    """

    application: str | None
    country: str | None
    hosts: tuple[str, ...]
    talked: int
    clear: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Everything that the report says of code, of what runs and of phone apps.

    Attributes:
        repositories: (repositories read, of these known to be in scope).
        gaps: collections that bear on all this and could not be read in full.
    """

    repositories: tuple[int, int]
    gaps: int
    chains: tuple[Followed, ...]
    unseen: tuple[Unseen, ...]
    reviewed: tuple[Reviewed, ...]
    packages: tuple[Package, ...]
    destinations: tuple[Destinations, ...]


def take_code(ask: Ask, approved: frozenset[str] | None) -> Code:
    """Count changes, chains and packages.

    Args:
        ask: answers a query over the fact tables.
        approved: codes of the countries that may hold the data; None if no pack says.
    """
    codes = None if approved is None else sorted(approved)
    ((repositories, in_scope, gaps),) = ask(_WHOLE)
    return Code(
        repositories=(repositories, in_scope),
        gaps=gaps,
        chains=_made(Followed, ask(_CHAINS)),
        unseen=_made(Unseen, ask(_UNSEEN)),
        reviewed=_made(Reviewed, ask(_REVIEWED)),
        packages=_made(Package, ask(_PACKAGES, codes)),
        destinations=_made(Destinations, ask(_DESTINATIONS)),
    )


def _made(shape: type[_T], rows: list[tuple[Json, ...]]) -> tuple[_T, ...]:
    names = shape.__slots__  # type: ignore[attr-defined]  # in the order of the fields
    return tuple(shape(**dict(zip(names, map(_frozen, row), strict=True))) for row in rows)


def _frozen(cell: Json) -> Json:
    return tuple(cell) if isinstance(cell, list) else cell


_WHOLE = """
SELECT count(*), count(*) FILTER (in_scope), (SELECT count(*) FROM coverage WHERE open
    AND list_has_any(tables, ['repositories', 'repository_rights', 'branches', 'branch_rules',
        'changes', 'commits', 'reviews', 'builders', 'artifacts', 'attestations', 'deployments',
        'apps']))
FROM repositories
"""

# What is known not to hold comes before what is not known, each by its first link. A tenancy's name
# says more than its OCID; accounts of AWS are known by their numbers.
_CHAINS = """
SELECT c.kind, coalesce(nullif(d.name, ''), nullif(d.resource_id, ''), c.deployment_id),
    coalesce(nullif(a.name, ''), c.account), c.digest, c.vouched, c.builder,
    CASE WHEN c.repository_id = '' THEN '' ELSE coalesce(nullif(r.name, ''), c.repository_id) END,
    c.commit, c.approvers, c.broken, c.why
FROM chains AS c
LEFT JOIN deployments AS d ON d.id = c.deployment_id
LEFT JOIN repositories AS r ON r.id = c.repository_id
LEFT JOIN accounts AS a ON a.id = c.account AND a.id LIKE 'ocid1.%'
ORDER BY c.broken = '' NULLS FIRST,
    coalesce(c.digest = '' OR NOT c.kept OR NOT c.vouched OR NOT c.sourced OR NOT c.approved, false)
        DESC,
    list_position(['digest', 'artefact', 'provenance', 'source',
    'approval'], c.broken) NULLS LAST, c.why NULLS LAST, c.kind, 2, c.id
"""

_UNSEEN = """
SELECT c.kind, coalesce(nullif(a.name, ''), c.account), coalesce(u.reason, c.why, 'nobody says'),
    list_sort(list(coalesce(nullif(d.name, ''), nullif(d.resource_id, ''), c.deployment_id)))
FROM chains AS c
LEFT JOIN deployments AS d ON d.id = c.deployment_id
LEFT JOIN accounts AS a ON a.id = c.account AND a.id LIKE 'ocid1.%'
LEFT JOIN unknowns AS u
    ON u.of_table = 'deployments' AND u."column" = 'digest' AND u.row_id = c.deployment_id
WHERE c.digest IS NULL GROUP BY ALL ORDER BY len(list(c.id)) DESC, 1, 2, 3
"""

_REVIEWED = """
WITH counted AS (
    SELECT repository_id, count(*) AS changes, count(*) FILTER (kind = 'direct') AS direct,
        count(*) FILTER (len(approvers) = 0) AS unapproved,
        count(*) FILTER (approvers IS NULL) AS untold, count(*) FILTER (self_approved) AS own,
        count(*) FILTER (bypassed) AS bypassed
    FROM changes GROUP BY repository_id
)
SELECT coalesce(nullif(r.name, ''), repository_id), counted.changes, direct, unapproved, untold,
    own, bypassed, t.median_minutes, t.slow_minutes, t.busiest_hour_lines, t.backlog
FROM counted
LEFT JOIN repositories AS r ON r.id = repository_id
LEFT JOIN throughput AS t USING (repository_id)
ORDER BY unapproved DESC, untold DESC, counted.changes DESC, repository_id
"""

_PACKAGES = """
WITH held AS (
    SELECT app_id, count(*) AS libraries,
        count(*) FILTER (NOT list_contains(?1::VARCHAR[], owner_country)) AS foreign_,
        count(*) FILTER (owner IS NULL OR owner_country IS NULL) AS ownerless
    FROM app_libraries GROUP BY app_id
), asked AS (SELECT app_id, count(*) AS permissions FROM app_permissions GROUP BY app_id)
SELECT a.id, concat_ws(' ', coalesce(a.application, a.file), a.version,
        CASE WHEN a.build <> '' THEN '(' || a.build || ')' END),
    a.platform || ' ' || a.form, a.digest, a.signature_holds, a.readable,
    coalesce(permissions, 0), coalesce(libraries, 0), coalesce(foreign_, 0),
    coalesce(ownerless, 0)
FROM apps AS a
LEFT JOIN held ON held.app_id = a.id
LEFT JOIN asked ON asked.app_id = a.id
ORDER BY 2, a.id
"""

_DESTINATIONS = """
SELECT application, country, list_sort(list(DISTINCT host)),
    count(DISTINCT host) FILTER (seen = 'traffic'), count(DISTINCT host) FILTER (clear)
FROM app_destinations GROUP BY application, country
ORDER BY application NULLS LAST, len(list(DISTINCT host)) DESC, country NULLS LAST
"""
