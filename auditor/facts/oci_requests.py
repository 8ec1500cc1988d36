"""Which request brought which commit of a repository of OCI DevOps, and who wrote it.

The service states neither. A commit of the branch is a request's if it is among its own commits, or
merges its last one into a branch to which nobody can push. Where anybody can push, such a merge may
hold more than was reviewed. What a squash or a rebase leaves on the branch nothing ties to a
request: while one of the period's requests is not found on the branch, commits that no other
request brought may be its, and otherwise they were pushed.

Authors are the users of the tenancy whose address a commit states, as nobody checked; who pushed to
the request counts as one of them, too.
"""

import duckdb

from auditor.model import Audit

_ADDRESSES = """
CREATE TEMP TABLE stated_addresses AS
SELECT account, address, CASE WHEN count(DISTINCT id) = 1 THEN min(id) END AS id
FROM (SELECT id, account,
        lower(unnest(list_append(coalesce(known_as, []), coalesce(name, '')))) AS address
    FROM principals WHERE provider = 'oci' AND kind = 'user')
WHERE address LIKE '%@%' GROUP BY ALL
"""

_WHO_WROTE = """
UPDATE commits SET author_id = found.id FROM stated_addresses AS found
WHERE commits.provider = 'oci' AND found.account = commits.account
    AND found.address = lower(commits.author_address)
"""

_OWN = """
CREATE TEMP TABLE own_commits AS
SELECT id, change_id, repository_id, "commit", author_id, co_authors
FROM commits WHERE provider = 'oci' AND id LIKE '%/change/%/own/%'
"""

_WRITERS = """
UPDATE changes SET writers = CASE WHEN NOT lost AND writers IS NOT NULL
    THEN list_sort(list_distinct(list_concat(writers, own.authors))) END
FROM (
    SELECT change_id, bool_or(author_id IS NULL OR co_authors IS NULL OR "commit" = '?') AS lost,
        coalesce(list(DISTINCT author_id) FILTER (author_id IS NOT NULL), []) AS authors
    FROM own_commits GROUP BY change_id
) AS own WHERE own.change_id = changes.id
"""

# A commit that is one of a request's own merges something into that, and not that into the branch.
_MERGES = """
CREATE TEMP TABLE request_merges AS
SELECT changes.id AS change_id, any_value(c.id) AS row_id, any_value(c.commit) AS "commit",
    coalesce(any_value(branches.no_direct_push), false) AS guarded
FROM changes JOIN commits AS c ON c.repository_id = changes.repository_id
    AND len(c.parents) > 1 AND list_contains(c.parents[2:], changes.head)
JOIN branches ON branches.id = changes.branch_id
WHERE changes.provider = 'oci' AND changes.kind = 'merged' AND NOT EXISTS (FROM own_commits
    WHERE own_commits.repository_id = c.repository_id AND own_commits.commit = c.commit)
GROUP BY changes.id HAVING count(*) = 1
"""

_BROUGHT = """
CREATE TEMP TABLE brought AS
SELECT row_id, min_by(change_id, (changes.merged, change_id)) AS change_id,
    bool_or(by_host) AS by_host
FROM (
    SELECT c.id AS row_id, own.change_id, false AS by_host
    FROM commits AS c JOIN own_commits AS own USING (repository_id, "commit")
    WHERE c.provider = 'oci'
    UNION ALL SELECT row_id, change_id, true FROM request_merges WHERE guarded
) JOIN changes ON changes.id = change_id
GROUP BY row_id
"""

_FOUND = """
CREATE TEMP TABLE found_requests AS
SELECT changes.id, CASE WHEN m.change_id IS NULL THEN c.commit WHEN guarded THEN m.commit END
    AS "commit"
FROM changes LEFT JOIN request_merges AS m ON m.change_id = changes.id
LEFT JOIN commits AS c ON c.repository_id = changes.repository_id AND c.commit = changes.head
WHERE changes.provider = 'oci' AND changes.kind = 'merged'
    AND (m.change_id IS NOT NULL OR c.id IS NOT NULL)
"""

# Repositories of which not every commit that no request brought was surely pushed.
_UNSURE = """
CREATE TEMP TABLE unsure AS
SELECT repository_id FROM changes
WHERE provider = 'oci' AND kind = 'merged' AND id NOT IN (SELECT id FROM found_requests)
    AND (merged IS NULL OR left(merged, 10) BETWEEN ?1 AND ?2)
UNION SELECT repository_id FROM own_commits WHERE "commit" = '?'
UNION SELECT repositories.id FROM repositories JOIN coverage
    ON coverage.provider = 'oci' AND coverage.account = repositories.account
WHERE open AND collector LIKE '%.request' AND contains(coverage.id, repositories.id)
"""

_LOOSE = """
CREATE TEMP TABLE loose AS
SELECT id, evidence, account, repository_id FROM commits
WHERE provider = 'oci' AND id NOT IN (SELECT row_id FROM brought)
    AND (repository_id IN (FROM unsure) OR id IN (SELECT row_id FROM request_merges))
"""

_STATEMENTS = (
    "DELETE FROM unknowns WHERE of_table = 'commits' AND row_id IN (SELECT id FROM own_commits)",
    "DELETE FROM commits WHERE id IN (SELECT id FROM own_commits)",
)
_TIED = (
    """
    UPDATE commits SET change_id = brought.change_id,
        committer_id = CASE WHEN by_host THEN '' END
    FROM brought WHERE brought.row_id = commits.id
    """,
    "UPDATE commits SET change_id = id WHERE provider = 'oci' AND change_id IS NULL",
    "DELETE FROM unknowns WHERE of_table = 'changes' AND row_id IN (SELECT row_id FROM brought)",
    "DELETE FROM changes WHERE id IN (SELECT row_id FROM brought)",
    """
    UPDATE changes SET "commit" = found.commit,
        method = CASE WHEN found.commit IS NOT NULL THEN 'merge' END
    FROM found_requests AS found WHERE found.id = changes.id
    """,
    """
    UPDATE changes SET author_id = commits.author_id FROM commits
    WHERE commits.id = changes.id AND changes.provider = 'oci'
    """,
    """
    UPDATE changes SET kind = 'merged', number = NULL, author_id = NULL, method = NULL,
        opened = NULL, head = NULL, comments = NULL
    WHERE id IN (SELECT id FROM loose)
    """,
    """
    INSERT INTO unknowns BY NAME
    SELECT concat_ws('/', 'changes', id, "column") AS id, [] AS evidence, 'changes' AS of_table,
        id AS row_id, "column", 'which request brought it, or whether one did, is not stated'
        AS reason, '' AS permission
    FROM loose, (SELECT unnest(['number', 'author_id', 'method', 'opened', 'head', 'comments']))
        AS lost ("column")
    """,
    """
    INSERT INTO reviews BY NAME
    SELECT concat(id, '/review/?') AS id, evidence, 'oci' AS provider, account, repository_id,
        id AS change_id FROM loose
    """,
)

REQUEST_REASONS = {
    ("commits", "author_id"): "no user of the tenancy, or several, have the address that it states",
    ("commits", "committer_id"): "nothing binds what a commit states to a user",
    ("commits", "change_id"): "which request brought it is not stated",
    ("changes", "author_id"): "no user of the tenancy, or several, have the address that it states",
    ("changes", "by_bot"): "whether its author is a program is not stated",
    ("changes", "method"): "which commit the merge made is not stated",
    ("changes", "commit"): "which commit the merge made is not stated",
    ("changes", "writers"): "a commit of it states an address that is no one user's",
    **{
        ("reviews", name): "which request brought the commit, or whether one did, is not stated"
        for name in ("reviewer_id", "state", "commit", "at", "comments")
    },
}


def tie_requests(database: duckdb.DuckDBPyConnection, audit: Audit) -> None:
    """Say which change brought each commit of OCI DevOps, and who wrote it.

    Needs principals, and branches whose guards are known; changes are judged afterwards.
    """
    for statement in (_ADDRESSES, _WHO_WROTE, _OWN, _WRITERS, *_STATEMENTS, _MERGES, _BROUGHT):
        database.execute(statement)
    database.execute(_FOUND)
    database.execute(_UNSURE, [audit.period_start, audit.period_end])
    for statement in (_LOOSE, *_TIED):
        database.execute(statement)
