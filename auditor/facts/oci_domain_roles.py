"""What administrators' roles within an identity domain come to: becoming others of that domain.

Roles are groups whose attributes say so. What each lets one do is in
https://docs.oracle.com/en-us/iaas/Content/Identity/roles/understand-administrator-roles.htm : who
manages users and groups puts himself into any group; who manages users, or the identity providers
that vouch for them, signs in as any. Only a domain's own administrators surely have power over each
other, so that of lesser roles that stays open. A help desk resets passwords, and whether it learns
the new one is not stated. What a role of another name lets one do is not known either.
"""

import duckdb

from auditor.facts.oci_abilities import GUARDRAILS

_CHIEF = "identity domain administrator"

# role, what its holders do, surely, how they do it.
_ROLES: tuple[tuple[str, str, bool, str], ...] = (
    (_CHIEF, "joins", True, ""),
    (_CHIEF, "acts", True, "makes credentials of user "),
    (_CHIEF, "settings", True, ""),
    ("user administrator", "joins", True, ""),
    ("user administrator", "acts", True, "makes credentials of user "),
    ("user manager", "acts", True, "makes credentials of user "),
    ("help desk administrator", "acts", False, "resets the password of user "),
    ("security administrator", "acts", True, "changes who vouches for user "),
    ("security administrator", "settings", True, ""),
    ("?", "joins", False, ""),
    ("?", "acts", False, "may become user "),
)
_HARMLESS = ("audit administrator",)

_NAMED = """
CREATE TEMP TABLE domain_roles AS
SELECT id, account, name, evidence, attributes['domain'] AS domain,
    lower(attributes['administrator role']) AS word,
    CASE WHEN attributes['limited to groups'] IS NOT NULL
        THEN string_split(attributes['limited to groups'], ' ') END AS bounds
FROM principals WHERE provider = 'oci' AND kind = 'group'
    AND attributes['administrator role'] IS NOT NULL
    AND lower(attributes['administrator role']) NOT IN (SELECT unnest($harmless::VARCHAR[]))
"""

_HOLDERS = """
CREATE TEMP TABLE domain_holders AS
WITH held AS (
    SELECT roles.*, m.member_id AS holder, []::VARCHAR[] AS path, [roles.id] AS through
    FROM domain_roles AS roles JOIN oci_members AS m ON m.group_id = roles.id
    UNION ALL
    SELECT roles.*, mine.member_id, ['is in group ' || mine.group_name], [mine.group_id, roles.id]
    FROM domain_roles AS roles JOIN oci_members AS m ON m.group_id = roles.id
    JOIN oci_members AS mine ON mine.group_id = m.member_id
)
SELECT holder, account, domain, bounds, word, through, evidence,
    list_append(path, 'has administrator role ' || coalesce(name, '?')) AS path
FROM held
"""

_RIGHTS = """
CREATE TEMP TABLE domain_rights AS
SELECT h.holder, h.account, h.domain, h.bounds, w.thing, w.step, h.path, h.through, h.evidence,
    CASE WHEN w.sure AND (h.bounds IS NULL OR w.thing = 'acts'
        AND NOT list_contains(h.bounds, '?')) THEN true END AS given,
    h.word = $chief AS chief
FROM domain_holders AS h JOIN role_words AS w
    ON w.word = CASE WHEN h.word IN (SELECT word FROM role_words) THEN h.word ELSE '?' END
"""

# Over whom only the domain's own administrators surely have power: each other, and their groups.
_CHIEFS = """
CREATE TEMP TABLE domain_chiefs AS
SELECT DISTINCT holder FROM domain_rights
UNION SELECT DISTINCT unnest(through) FROM domain_rights
"""

_SETTINGS = """
INSERT INTO abilities BY NAME
SELECT DISTINCT ON (r.account, g.kind, r.holder) r.account, g.kind AS thing, $power AS power,
    r.holder, r.path, r.through, []::VARCHAR[] AS statements, r.evidence, r.given,
    false AS conditional, []::VARCHAR[] AS depends_on
FROM domain_rights AS r JOIN guardrails AS g ON g.target_id = r.domain
WHERE r.thing = 'settings' AND g.kind IN ('sign-on policy', 'network perimeter')
    AND g.enforced IS NOT false
ORDER BY r.account, g.kind, r.holder, len(r.path), r.path, r.through
"""

_REASONS = """
INSERT INTO unknowns
SELECT concat_ws('/', of_table, id, 'given'), [], of_table, id, 'given',
    'what an administrator''s role of an identity domain gives here is not known: the role could '
    'not be read, is of another name than this version knows, or whom it is over could not be told',
    ''
FROM (
    SELECT 'grants' AS of_table, id, given, through FROM grants WHERE provider = 'oci'
    UNION ALL SELECT 'powers', id, given, through FROM powers WHERE provider = 'oci'
) WHERE given IS NULL AND list_has_any(through, (SELECT coalesce(list(id), []) FROM domain_roles))
"""


def follow_roles(database: duckdb.DuckDBPyConnection) -> None:
    """Make ``domain_rights`` and ``domain_chiefs``, and add what roles change to ``abilities``."""
    database.execute(
        "CREATE TEMP TABLE role_words AS SELECT unnest(?::VARCHAR[]) AS word, "
        "unnest(?::VARCHAR[]) AS thing, unnest(?::BOOLEAN[]) AS sure, unnest(?::VARCHAR[]) AS step",
        [list(column) for column in zip(*_ROLES, strict=True)],
    )
    database.execute(_NAMED, {"harmless": list(_HARMLESS)})
    database.execute(_HOLDERS)
    database.execute(_RIGHTS, {"chief": _CHIEF})
    database.execute(_CHIEFS)
    database.execute(_SETTINGS, {"power": GUARDRAILS})


def tell_what_roles_leave_open(database: duckdb.DuckDBPyConnection) -> None:
    """Write why it is not known what somebody has by a role, once all grants and powers exist."""
    database.execute(_REASONS)
