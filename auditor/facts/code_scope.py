"""Which repositories the agreement is about, which of them run, and whether reviewers can read.

The audit's file says which code is in scope, by patterns of names. One that no repository answers
to names code that nobody was shown: that is a gap, whatever the other repositories are like.
"""

import duckdb

from auditor.facts.globs import matches
from auditor.model import Audit

# A public repository is everybody's to read. Who has left, or was shut out, reads nothing.
_REPOSITORIES = """
UPDATE repositories SET in_scope = {in_scope},
    runs = CASE WHEN id IN (SELECT repository_id FROM chains) THEN true
        WHEN EXISTS (FROM chains
                WHERE repository_id IS NULL OR repository_id = '' OR vouched IS NOT true)
            OR NOT EXISTS (FROM chains) THEN NULL ELSE false END,
    reviewers_read = CASE WHEN visibility = 'public' THEN true
        WHEN found.readers THEN true
        WHEN found.perhaps OR unread THEN NULL ELSE false END
FROM (
    SELECT r.id AS of, bool_or(list_contains(?1::VARCHAR[], p.employer)
            AND p.enabled IS NOT false AND NOT coalesce(p."left" BETWEEN '0' AND ?2, false)
            AND NOT coalesce(left(rights.expires, 10) BETWEEN '0' AND ?2, false)) AS readers,
        bool_or(rights.id IS NOT NULL AND p.employer IS NULL) AS perhaps,
        any_value(r.account IN (SELECT account FROM coverage
            WHERE open AND list_contains(tables, 'repository_rights'))) AS unread
    FROM repositories AS r LEFT JOIN repository_rights AS rights
        ON rights.repository_id = r.id OR rights.repository_id = '*' AND rights.account = r.account
    LEFT JOIN principals AS p ON p.id = rights.principal_id
    GROUP BY r.id
) AS found WHERE found.of = repositories.id
"""

_UNMET = """
INSERT INTO coverage BY NAME
SELECT concat('code/', $pattern) AS id, [] AS evidence, '' AS provider, '' AS collector,
    '' AS service, '' AS account, '' AS region, '' AS compartment, 'unasked' AS outcome,
    true AS open, NULL AS complete,
    'no repository that was read is called ' || $pattern || ', which the audit names as in scope'
        AS reason, '' AS permission, '' AS closed_by, 0 AS items, 0 AS answers, 0 AS refusals,
    ['alerts', 'branch_rules', 'branches', 'changes', 'commits', 'repositories',
        'repository_rights', 'reviews'] AS tables
WHERE NOT EXISTS (FROM repositories WHERE {met})
"""

_WHY = """
INSERT INTO unknowns BY NAME
SELECT concat('coverage/', id, '/complete') AS id, [] AS evidence, 'coverage' AS of_table,
    id AS row_id, 'complete' AS "column", reason, permission
FROM coverage WHERE complete IS NULL AND starts_with(id, 'code/')
"""

SCOPE_REASONS = {
    ("repositories", "in_scope"): "the audit names no code that is in scope",
    ("repositories", "runs"): "the source of something that runs is not known",
    ("repositories", "reviewers_read"): "who can read it is not all known",
}


def judge_scope(database: duckdb.DuckDBPyConnection, audit: Audit) -> None:
    """Fill the derived columns of repositories, and open a gap for code in scope that is not there.

    Needs chains that were followed.
    """
    trusted = [p.name for p in audit.parties if "trusted provider" in p.roles]
    in_scope = _named(audit.code) if audit.code else "NULL"
    database.execute(_REPOSITORIES.format(in_scope=in_scope), [trusted, audit.as_of[:10]])
    for pattern in dict.fromkeys(audit.code):
        database.execute(_UNMET.format(met=_named((pattern,))), {"pattern": pattern})
    database.execute(_WHY)


def _named(patterns: tuple[str, ...]) -> str:
    """Return SQL of whether a repository is called so; GitHub tells no capital letters apart."""
    lower = matches("lower(coalesce(name, ''))", [each.lower() for each in patterns])
    exact = matches("coalesce(name, '')", patterns)
    return f"(CASE WHEN provider = 'github' THEN {lower} ELSE {exact} END)"
