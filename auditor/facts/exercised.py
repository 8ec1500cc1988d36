"""Ability held against activity: which grants were used, and which accesses a grant explains.

Grants are as they stand now. An access that no grant explains may have been allowed then.
"""

from datetime import UTC, datetime, timedelta

import duckdb

from auditor.model import Audit

# Stores that an access was about. The use of a key is about every store that it encrypts.
_TOUCHED = """
CREATE TEMP TABLE touched AS
SELECT one.id, one.access, one.events > one.errors AS worked, stores.id AS store,
    one.principal_id, one.root_id, one.principal_account
FROM accesses AS one JOIN stores ON stores.id = one.store_id
UNION
SELECT one.id, one.access, one.events > one.errors, stores.id, one.principal_id, one.root_id,
    one.principal_account
FROM accesses AS one JOIN stores ON stores.key_id = one.store_id
WHERE one.access = 'decrypt' AND one.store_id <> ''
"""

# What is given to everybody, or to a whole account, is given to each. 'itself' tells the principal
# that acted from the one at the start of its chain, whose own grants did not allow this.
_PROBES = """
CREATE TEMP TABLE probes AS
SELECT id, access, worked, store, principal_id AS actor, true AS itself FROM touched
UNION SELECT id, access, worked, store, 'anybody', true FROM touched
UNION SELECT id, access, worked, store, principal_account, true FROM touched
WHERE principal_account <> '' AND principal_account NOT IN (SELECT id FROM accounts)
UNION SELECT id, access, worked, store, root_id, false FROM touched
WHERE root_id IS DISTINCT FROM principal_id
"""

# Of the runs of an extent, only the one that begins last before a store can hold it.
_EXPLAINED = """
CREATE TEMP TABLE explained AS
SELECT DISTINCT probes.id, probes.worked, probes.itself, asked.grant_id, asked.given
FROM (
    SELECT pairs.*, found.last_store FROM (
        SELECT DISTINCT probes.actor, probes.access, probes.store, granted.id AS grant_id,
            granted.given, granted.extent_id
        FROM probes JOIN grants AS granted ON granted.principal_id = probes.actor
            AND granted.access = probes.access AND granted.agreed IS NOT false
    ) AS pairs ASOF JOIN extents AS found
        ON found.extent_id = pairs.extent_id AND pairs.store >= found.first_store
) AS asked JOIN probes
    ON probes.actor = asked.actor AND probes.access = asked.access AND probes.store = asked.store
WHERE asked.store <= asked.last_store
"""

# Accounts whose grants are all known, but for who has some of them. What a listing of stores leaves
# out, their own policies included, gives nothing over those that were listed.
_GRANTS_KNOWN = """
CREATE TEMP TABLE granted_wholly AS
WITH gaps AS (
    SELECT account FROM coverage WHERE open AND (
        list_has_any(tables, ['principals', 'memberships', 'attachments', 'policy_statements'])
        OR list_contains(tables, 'policy_documents') AND NOT list_contains(tables, 'stores'))
)
SELECT id AS account FROM accounts
WHERE id NOT IN (SELECT account FROM gaps) AND '' NOT IN (SELECT account FROM gaps)
    AND id NOT IN (SELECT account FROM grants
        WHERE account IS NOT NULL AND (access IS NULL OR extent_id IS NULL))
    AND NOT EXISTS (FROM grants WHERE account IS NULL)
"""

# Stores that somebody unknown has access to: it may be anybody.
_HAZY = """
CREATE TEMP TABLE hazy AS
SELECT DISTINCT touched.id
FROM touched JOIN (
    SELECT granted.access, extents.first_store, extents.last_store
    FROM grants AS granted JOIN extents USING (extent_id)
    WHERE granted.principal_id IS NULL AND granted.agreed IS NOT false
) AS given ON given.access = touched.access
    AND touched.store BETWEEN given.first_store AND given.last_store
"""

# False needs every grant to be known on both sides, and a principal that policies name: services of
# the provider act on agreements that no policy shows.
_PERMITTED = """
UPDATE accesses SET permitted = judged.answer
FROM (
    SELECT touched.id, CASE
        WHEN bool_or(explained.given) THEN true
        WHEN bool_or(explained.id IS NOT NULL) OR touched.id IN (FROM hazy) THEN NULL
        WHEN any_value(principals.account) IN (FROM granted_wholly)
            AND any_value(stores.account) IN (FROM granted_wholly)
            AND any_value(principals.kind) IN ('user', 'role', 'root', 'person')
            AND any_value(principals.enabled) IS NOT NULL THEN false END AS answer
    FROM touched JOIN stores ON stores.id = touched.store
    LEFT JOIN principals ON principals.id = touched.principal_id
    LEFT JOIN explained ON explained.id = touched.id AND explained.itself
    GROUP BY touched.id
) AS judged
WHERE judged.id = accesses.id AND accesses.access NOT IN ('sign-in', 'other')
"""

_NOTHING_TO_PERMIT = """
UPDATE accesses SET permitted = true WHERE access IN ('sign-in', 'other') OR store_id = ''
"""

# Accounts whose logs of the whole period are there.
_RECORDED = """
CREATE TEMP TABLE recorded_wholly AS
SELECT account FROM recordings
GROUP BY account HAVING bool_and(coalesce(whole, false)) AND min(start) <= ?1 AND max("end") >= ?2
EXCEPT SELECT account FROM coverage WHERE open AND list_contains(tables, 'accesses')
EXCEPT SELECT accounts.id FROM accounts, coverage
WHERE open AND coverage.account = '' AND list_contains(tables, 'accesses')
"""

# Reads and writes of content are recorded for chosen stores only, and a log of writes need not have
# reads: that a store's were, only an event of that kind shows, whoever made it.
_HEARD = """
CREATE TEMP TABLE heard_extents AS
WITH marked AS (
    SELECT stores.id, kinds.access, told.store IS NOT NULL AS heard
    FROM stores CROSS JOIN (SELECT unnest(['read', 'write']) AS access) AS kinds
    LEFT JOIN (SELECT DISTINCT store, access FROM touched) AS told
        ON told.store = stores.id AND told.access = kinds.access
), summed AS (
    SELECT id, access, heard,
        sum(heard::INTEGER) OVER (PARTITION BY access ORDER BY id) AS upto
    FROM marked
)
SELECT extent_id, first.access,
    sum(last.upto - first.upto + first.heard::INTEGER) = sum(extents.stores) AS heard
FROM extents JOIN summed AS first ON first.id = extents.first_store
JOIN summed AS last ON last.id = extents.last_store AND last.access = first.access
GROUP BY extent_id, first.access
"""

_USED = """
UPDATE grants SET used = CASE
    WHEN found.worked THEN true
    WHEN principals.kind = 'database user' THEN NULL  -- no log of the cloud has them
    WHEN NOT principals.collective AND one.account IN (FROM recorded_wholly)
        AND (one.access IN ('administer', 'share', 'decrypt') OR heard_extents.heard) THEN false
    END
FROM grants AS one
LEFT JOIN (
    SELECT grant_id, bool_or(worked) AS worked FROM explained GROUP BY grant_id
) AS found ON found.grant_id = one.id
LEFT JOIN principals ON principals.id = one.principal_id
LEFT JOIN heard_extents ON heard_extents.extent_id = one.extent_id
    AND heard_extents.access = one.access
WHERE one.id = grants.id
"""

_LATE = timedelta(hours=3)
"""Logs of the last hours before an audit need not be there."""

EXERCISE_REASONS = {
    ("accesses", "permitted"): "what would allow or forbid it is not all known",
    ("grants", "used"): "logs of the period are not all there, or do not record what holds data",
}


def compare_exercise(database: duckdb.DuckDBPyConnection, audit: Audit) -> None:
    """Fill ``accesses.permitted`` and ``grants.used``, once both name rows of principals."""
    preparing = (_TOUCHED, _PROBES, _EXPLAINED, _GRANTS_KNOWN, _HAZY)
    for statement in (*preparing, _PERMITTED, _NOTHING_TO_PERMIT):
        database.execute(statement)
    heard = (datetime.fromisoformat(audit.as_of) - _LATE).astimezone(UTC)
    end = min(heard.strftime("%Y-%m-%dT%H:%M:%SZ"), f"{audit.after_period}T00:00:00Z")
    database.execute(_RECORDED, [f"{audit.period_start}T00:00:00Z", end])
    database.execute(_HEARD)
    database.execute(_USED)
