"""Whether the commits that were listed of a release branch are all that it holds of the period.

A host picks the commits of a period by the moment that each states, which its author chooses: one
that states another year is left out, and its neighbours are not. So the branch is followed from its
head by first parents; a change of it that this way does not meet lies behind a commit that nobody
listed. A merge in which a branch came second may look the same: then, too, it is not known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from auditor.model import Audit

_BRANCHES = """
SELECT b.id, any_value(b.account), any_value(b.repository_id), any_value(b.head),
    list(c.commit ORDER BY c.id)
FROM branches AS b JOIN changes AS c ON c.branch_id = b.id AND c.repository_id = b.repository_id
WHERE b.provider = 'github' AND b.head <> '' AND c.commit IS NOT NULL AND NOT contains(c.id, '@')
GROUP BY b.id ORDER BY b.id
"""

_COMMITS = """
SELECT repository_id, commit, parents[1] FROM commits WHERE provider = 'github'
"""

_GAPS = """
INSERT INTO coverage BY NAME
SELECT concat('history/', branch) AS id, [] AS evidence, 'github' AS provider,
    'github.changes.commit' AS collector, 'graphql' AS service, account, '' AS region,
    '' AS compartment, 'partial' AS outcome, true AS open, NULL AS complete, reason,
    '' AS permission, '' AS closed_by, 0 AS items, 0 AS answers, 0 AS refusals,
    ['changes', 'commits', 'reviews'] AS tables
FROM (SELECT unnest(?::VARCHAR[]) AS branch, unnest(?::VARCHAR[]) AS account,
    unnest(?::VARCHAR[]) AS reason)
"""

_WHY = """
INSERT INTO unknowns BY NAME
SELECT concat('coverage/', id, '/complete') AS id, [] AS evidence, 'coverage' AS of_table,
    id AS row_id, 'complete' AS "column", reason, permission
FROM coverage WHERE complete IS NULL AND starts_with(id, 'history/')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    branch: str
    account: str
    reason: str


def find_unlisted(database: duckdb.DuckDBPyConnection, audit: Audit) -> None:
    """Open a gap for each release branch of which a commit of the period was not listed."""
    first_parents = {
        (repository, commit): parent
        for repository, commit, parent in database.execute(_COMMITS).fetchall()
    }
    gaps = list(_gaps(database, first_parents, whole=audit.as_of[:10] <= audit.period_end))
    columns = [[getattr(gap, name) for gap in gaps] for name in _Gap.__slots__]
    database.execute(_GAPS, columns)
    database.execute(_WHY)


def _gaps(
    database: duckdb.DuckDBPyConnection,
    first_parents: Mapping[tuple[str, str], str | None],
    *,
    whole: bool,
) -> Iterator[_Gap]:
    """Yield what was not listed.

    Args:
        whole: the period reaches to the audit's day, so that a branch's head is of it or older.
    """
    for branch, account, repository, head, commits in database.execute(_BRANCHES).fetchall():
        met, end = _follow(repository, head, first_parents)
        lost = [each for each in commits if (repository, each) in first_parents and each not in met]
        if lost and (met or whole):
            reason = (
                f"commit {end} was not listed of {branch}, because it states a moment outside the "
                f"period, and {len(lost)} changes of the period, such as {lost[0]}, lie behind it"
            )
            yield _Gap(branch=branch, account=account, reason=reason)


def _follow(
    repository: str, head: str, first_parents: Mapping[tuple[str, str], str | None]
) -> tuple[set[str], str]:
    """Return the commits that were listed from a head on, and the first that was not."""
    met: set[str] = set()
    at = head
    while at not in met and (repository, at) in first_parents:
        met.add(at)
        at = first_parents[repository, at] or ""
    return met, at
