"""What policies let people do with repositories of OCI DevOps: each is a store of the tenancy.

Rights are those of grants; a group's are its members', who have grants of their own. A statement of
which nobody knows over what it is, and policies that were not all read, may give a right over every
repository of the tenancy.
"""

import duckdb

_GROUPS = """
CREATE TEMP TABLE groups_of_oci AS
SELECT id FROM principals WHERE provider = 'oci' AND kind = 'group'
"""

_RIGHTS = """
INSERT INTO repository_rights BY NAME
SELECT concat_ws('/', r.id, 'policy', coalesce(g.principal_id, '?'), coalesce(g.access, '?')) AS id,
    list_sort(list_distinct(flatten(list(g.evidence)))) AS evidence, 'oci' AS provider,
    any_value(r.account) AS account, r.id AS repository_id, g.principal_id,
    CASE WHEN bool_or(g.given AND g.agreed) THEN g.access END AS access, 'policy' AS via,
    '' AS through, '' AS expires
FROM repositories AS r JOIN extents AS e ON r.id BETWEEN e.first_store AND e.last_store
JOIN grants AS g USING (extent_id)
WHERE r.provider = 'oci' AND coalesce(g.access IN ('read', 'write', 'administer'), true)
    AND coalesce(g.principal_id NOT IN (FROM groups_of_oci), true)
GROUP BY r.id, g.principal_id, g.access
"""

_MAYBE = """
INSERT INTO repository_rights BY NAME
WITH holding AS (SELECT DISTINCT account FROM repositories WHERE provider = 'oci')
SELECT concat_ws('/', account, 'policy', coalesce(principal_id, '?'), '?') AS id,
    list_sort(list_distinct(flatten(list(evidence)))) AS evidence, 'oci' AS provider, account,
    '*' AS repository_id, principal_id, 'policy' AS via, '' AS through, '' AS expires
FROM (
    SELECT account, principal_id, evidence FROM grants JOIN holding USING (account)
    WHERE provider = 'oci' AND extent_id IS NULL
        AND coalesce(principal_id NOT IN (FROM groups_of_oci), true)
    UNION ALL
    SELECT account, NULL, [] FROM holding WHERE account NOT IN (FROM wholly_read)
) GROUP BY account, principal_id
"""

CODE_RIGHT_REASONS = {
    ("repository_rights", "principal_id"): "whom a statement of a policy is about is not known",
    ("repository_rights", "access"): "whether a policy gives it, or over what, is not known",
}


def find_code_rights(database: duckdb.DuckDBPyConnection) -> None:
    """Write the rows of ``repository_rights`` that grants of Oracle Cloud come to."""
    for statement in (_GROUPS, _RIGHTS, _MAYBE):
        database.execute(statement)
