"""Whom policies of Oracle Cloud speak of: rows of principals for names, kinds and whole tenancies.

Policies name groups, and what exists under a name today has its rights. A name that nothing has
gives nobody anything today, but whoever makes a group of that name gives it to its members: so
its grants stay, at a row of principals that is not enabled.
"""

import duckdb

# Records of a domain point at its groups by the name that they have there.
_WITHIN_DOMAINS = """
UPDATE memberships SET group_id = p.id, id = p.id || '/' || member_id
FROM principals AS p
WHERE memberships.provider = 'oci' AND p.provider = 'oci' AND p.kind = 'group'
    AND p.attributes['id in its domain'] = group_id
    AND p.id || '/' || member_id NOT IN (SELECT id FROM memberships)
"""

# A policy's names ignore case. 'Default/x' and 'x' are the same group.
_NAMED = """
CREATE TEMP TABLE oci_named AS
SELECT account, kind, lower(name) AS name, min(id) AS id
FROM (
    SELECT account, kind, id, unnest(list_append(coalesce(known_as, []), id)) AS name
    FROM principals WHERE provider = 'oci' AND kind IN ('group', 'dynamic group')
) GROUP BY ALL
"""

# Groups that policies name without a domain are those of the tenancy as a whole; other domains may
# be in any compartment.
_WHOLE = """
CREATE TEMP TABLE principals_known AS
SELECT account, bool_or(open) AS gaps
FROM coverage WHERE list_contains(tables, 'principals') AND account <> ''
GROUP BY account HAVING NOT bool_or(open AND compartment = '')
EXCEPT SELECT accounts.id, gaps FROM accounts, coverage, (VALUES (true), (false)) AS either (gaps)
WHERE coverage.provider = 'oci' AND open AND coverage.account = ''
    AND list_contains(tables, 'principals')
"""

# Everybody of the own tenancy is a group of it; of another one, that tenancy as a whole. A group
# of any tenancy that has one of its name is anybody, as anybody may have a tenancy.
_SPEAKERS = """
CREATE TEMP TABLE speakers AS
SELECT *, coalesce(id, concat_ws('/', '?', label, principal_kind, principal)) AS speaker
FROM (
    SELECT said.account AS label, said.principal_kind, said.principal, said.principal_account,
        replace(said.principal_kind, '-', ' ') AS kind,
        CASE
            WHEN said.principal_kind = 'service' THEN 'service:' || lower(said.principal)
            WHEN said.principal_kind = 'resource' THEN 'resource:' || said.principal
            WHEN said.principal_account = '*' THEN 'anybody'
            WHEN said.principal_kind IN ('any-user', 'any-group') THEN
                CASE WHEN said.principal_account = said.account
                THEN said.account || '/' || said.principal_kind ELSE said.principal_account END
            WHEN oci_named.id IS NOT NULL THEN oci_named.id
            WHEN starts_with(lower(said.principal), 'ocid1.') THEN said.principal
            ELSE concat(
                said.principal_account, '/', replace(said.principal_kind, '-', ' '), '/',
                regexp_replace(lower(said.principal), '^default/', ''))
        END AS id
    FROM (
        SELECT DISTINCT account, principal_kind, principal, principal_account
        FROM policy_statements WHERE parsed AND effect IN ('allow', 'admit')
    ) AS said
    LEFT JOIN oci_named ON oci_named.account = said.principal_account
        AND oci_named.kind = replace(said.principal_kind, '-', ' ')
        AND oci_named.name = lower(said.principal)
    WHERE principal_kind <> ''
)
"""

# The concat of an unknown tenancy would name nobody's group.
_NOBODY_KNOWS_WHOSE = """
UPDATE speakers SET id = NULL, speaker = concat_ws('/', '?', label, principal_kind, principal)
WHERE principal_account IS NULL
"""

_NEW_PRINCIPALS = """
INSERT INTO principals BY NAME
SELECT id, [] AS evidence, 'oci' AS provider,
    CASE WHEN id = 'anybody' THEN '*' ELSE any_value(principal_account) END AS account,
    CASE WHEN id = 'anybody' THEN 'anybody' WHEN any_value(kind) IN ('any user', 'any group')
        THEN CASE WHEN id = any_value(principal_account) THEN 'account' ELSE 'group' END
        ELSE any_value(kind) END AS kind,
    CASE WHEN id = 'anybody' THEN 'anybody' WHEN id = any_value(principal_account) THEN id
        ELSE min(principal) END AS name,
    [] AS known_as,
    CASE WHEN any_value(kind) NOT IN ('group', 'dynamic group') OR id = 'anybody' THEN true
        WHEN any_value(principal_account) IN (
            SELECT account FROM principals_known
            WHERE NOT gaps OR regexp_replace(lower(any_value(principal)), '^default/', '')
                NOT LIKE '%/%') THEN false
        ELSE NULL END AS enabled,
    false AS password, false AS second_factor, 0 AS lasting_keys, '' AS oldest_key,
    '' AS created, '' AS last_used, '' AS boundary_id, MAP {} AS attributes, MAP {} AS tags
FROM speakers WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM principals)
GROUP BY id
"""

_GROUP_MEMBERS = """
CREATE TEMP TABLE oci_members AS
SELECT DISTINCT group_id, member_id, coalesce(
    (SELECT any_value(name) FROM principals WHERE principals.id = group_id), group_id) AS group_name
FROM memberships WHERE provider = 'oci'
UNION ALL
SELECT account || '/any-user', id, 'any-user' FROM principals
WHERE provider = 'oci' AND kind = 'user' AND account IN (SELECT label FROM speakers)
UNION ALL
SELECT DISTINCT account || '/any-group', principals.id, 'any-group' FROM principals
JOIN memberships ON member_id = principals.id
WHERE principals.provider = 'oci' AND kind = 'user' AND account IN (SELECT label FROM speakers)
"""

PRINCIPAL_REASONS = {
    ("principals", "enabled"): "the groups of that tenancy were not all read",
    ("grants", "principal_id"): "of which tenancy the statement's principal is could not be told",
}


def name_principals(database: duckdb.DuckDBPyConnection) -> None:
    """Resolve whom statements name, and add rows of principals for those that nothing listed.

    Leaves the tables ``speakers`` (a statement's words -> principal) and ``oci_members`` (group,
    member) behind for what follows.
    """
    for statement in (
        _WITHIN_DOMAINS,
        _NAMED,
        _WHOLE,
        _SPEAKERS,
        _NOBODY_KNOWS_WHOSE,
        _NEW_PRINCIPALS,
        _GROUP_MEMBERS,
    ):
        database.execute(statement)
