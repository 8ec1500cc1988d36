"""What statements of policies come to: where they apply, over which stores, and for whose keys.

Who they speak of, and what they give to whom, is in ``oci_principals`` and ``oci_grants``.

A statement is about the compartment that it names and all below. Stores are grouped by
compartment, kind and classes before statements meet them, because there are many of both and few
of those groups.
"""

import duckdb

from auditor.facts.oci_databases import grant_within_databases
from auditor.facts.oci_grants import grant
from auditor.facts.oci_paths import PATH_REASONS
from auditor.facts.oci_principals import PRINCIPAL_REASONS, name_principals

# Every compartment below every other, itself included, with the names on the way down.
_NESTED = """
CREATE TEMP TABLE nested AS
WITH RECURSIVE places AS (
    SELECT id, lower(name) AS name, parent_id FROM hierarchy
    WHERE provider = 'oci' AND kind IN ('tenancy', 'compartment')
), chain AS (
    SELECT id AS node, id AS above, []::VARCHAR[] AS path FROM places
    UNION ALL
    SELECT node, parent_id, list_prepend(name, path)
    FROM chain JOIN places ON places.id = chain.above
    WHERE parent_id <> '' AND len(path) < 16
)
FROM chain
"""

# A path starts below where the policy is attached; if there is no such, with that compartment's
# own name.
_NAMED_PLACES = """
UPDATE policy_statements SET compartment = found.node
FROM (
    SELECT s.id, coalesce(
        min(nested.node) FILTER (nested.above = s.place), min(nested.node)) AS node
    FROM policy_statements AS s
    LEFT JOIN hierarchy AS own ON own.id = s.place
    JOIN nested ON nested.path = list_transform(s.path, lambda name: lower(name))
        AND nested.above IN (s.place, own.parent_id)
        AND (nested.above = s.place OR nested.path[1] = lower(own.name))
    WHERE s.compartment IS NULL AND s.parsed AND len(s.path) > 0
    GROUP BY s.id
    HAVING count(DISTINCT nested.node) = 1
        OR count(DISTINCT nested.node) FILTER (nested.above = s.place) = 1
) AS found WHERE found.id = policy_statements.id
"""

_EFFECTIVE = """
UPDATE policy_statements SET effective = NOT denies AND effect <> 'define'
    AND (ends = '' OR ends > ?) AND len(regions) > 0
WHERE parsed
"""

# Accounts whose statements are all known: read without a gap, and every one of them legible.
_WHOLLY_READ = """
CREATE TEMP TABLE wholly_read AS
SELECT account FROM coverage WHERE list_contains(tables, 'policy_statements') AND account <> ''
GROUP BY account HAVING NOT bool_or(open)
EXCEPT SELECT account FROM policy_statements WHERE NOT parsed
EXCEPT SELECT accounts.id FROM accounts, coverage
WHERE open AND account = '' AND list_contains(tables, 'policy_statements')
"""

_AGREED = """
UPDATE policy_statements SET agreed = CASE
    WHEN effect NOT IN ('admit', 'endorse') THEN true
    WHEN effect = 'admit' AND EXISTS (
        FROM policy_statements AS other WHERE other.effect = 'endorse' AND other.effective
        AND other.account = policy_statements.principal_account
        AND other.target_account IN (policy_statements.account, '*')) THEN true
    WHEN effect = 'endorse' AND EXISTS (
        FROM policy_statements AS other WHERE other.effect = 'admit' AND other.effective
        AND other.account = policy_statements.target_account
        AND other.principal_account IN (policy_statements.account, '*')) THEN true
    WHEN effect = 'admit' AND principal_account IN (FROM wholly_read) THEN false
    WHEN effect = 'endorse' AND target_account IN (FROM wholly_read) THEN false
    ELSE NULL END
WHERE parsed
"""

_PLOTS = """
CREATE TEMP TABLE plots AS
SELECT row_number() OVER () AS plot, stores.account, stores.compartment, data_classes,
    ['*', service || '/*', service || '/' || kind] AS held, keys.account AS key_account,
    keys.compartment AS key_compartment, list(stores.id) AS stores
FROM stores LEFT JOIN keys ON keys.id = stores.key_id AND keys.provider = 'oci'
WHERE stores.provider = 'oci'
GROUP BY stores.account, stores.compartment, service, kind, data_classes, keys.account,
    keys.compartment
"""

# Statements about the same things at the same place: far fewer than statements. To decrypt is to
# use a key, whose place counts then and not that of what it encrypts.
_SCOPES = """
CREATE TEMP TABLE scopes AS
SELECT row_number() OVER () AS scope, account, compartment, holdings, by_key
FROM policy_statements, (VALUES (false), (true)) AS sides (by_key)
WHERE effective AND effect IN ('allow', 'admit') AND len(holdings) > 0 AND compartment <> ''
    AND (NOT by_key OR list_contains(gives, 'decrypt'))
GROUP BY account, compartment, holdings, by_key
"""

# What is in the tenancy is below its root, also where its compartment was not seen.
_MEETINGS = """
CREATE TEMP TABLE meetings AS
SELECT DISTINCT scope, plot
FROM scopes JOIN (
    SELECT plot, account, held, above, false AS by_key
    FROM plots JOIN nested ON nested.node = plots.compartment
    UNION SELECT plot, account, held, account, false FROM plots
    UNION SELECT plot, key_account, ['*', 'vault/*', 'vault/key'], above, true
    FROM plots JOIN nested ON nested.node = plots.key_compartment
    UNION SELECT plot, key_account, ['*', 'vault/*', 'vault/key'], key_account, true
    FROM plots WHERE key_account IS NOT NULL
) AS placed ON placed.account = scopes.account AND placed.above = scopes.compartment
    AND placed.by_key = scopes.by_key AND list_has_any(scopes.holdings, placed.held)
"""

# Stores in compartments that no hierarchy names may be below any.
_STRAYS = """
CREATE TEMP TABLE strays AS
SELECT DISTINCT account FROM plots
WHERE compartment <> account AND NOT EXISTS (
    FROM nested WHERE nested.node = plots.compartment AND nested.above = plots.account)
"""

_STATEMENT_CLASSES = """
UPDATE policy_statements SET data_classes = found.classes, more_classes = found.more
FROM (
    SELECT scopes.account, scopes.compartment, scopes.holdings,
        coalesce(list_sort(list_distinct(flatten(list(data_classes)))), []) AS classes,
        CASE WHEN bool_or(plot IS NOT NULL AND data_classes IS NULL)
            OR scopes.account IN (FROM strays) THEN NULL ELSE false END AS more
    FROM scopes LEFT JOIN meetings USING (scope) LEFT JOIN plots USING (plot)
    WHERE NOT by_key
    GROUP BY scopes.account, scopes.compartment, scopes.holdings
) AS found
WHERE found.account = policy_statements.account
    AND found.compartment = policy_statements.compartment
    AND found.holdings = policy_statements.holdings
    AND effective AND effect IN ('allow', 'admit')
"""

_NO_CLASSES = """
UPDATE policy_statements SET data_classes = [], more_classes = false
WHERE NOT effective OR effect IN ('endorse', 'define') OR len(holdings) = 0
"""

# Who is let in from elsewhere to keys: surely, or perhaps.
_LET_IN = """
CREATE TEMP TABLE let_in AS
SELECT keys.id, s.principal_account,
    s.principal_account IS NULL OR s.holdings IS NULL OR s.access IS NULL
        OR s.compartment IS NULL OR placed.above IS NULL AS unsure
FROM keys JOIN policy_statements AS s ON s.account = keys.account
    AND s.effect = 'admit' AND s.effective AND coalesce(s.agreed, true)
    AND coalesce(s.access NOT IN ('', 'inspect'), true)
    AND coalesce(list_has_any(s.holdings, ['*', 'vault/*', 'vault/key']), true)
LEFT JOIN (
    FROM nested UNION SELECT id, id, [] FROM accounts
) AS placed ON placed.above = s.compartment
    AND (placed.node = keys.compartment OR s.compartment = keys.account)
WHERE keys.provider = 'oci' AND (placed.above IS NOT NULL OR s.compartment IS NULL
    OR keys.compartment NOT IN (SELECT node FROM nested))
"""

# Places whose policies are not all known. A policy gives nothing outside of where it is attached,
# so that others' policies may be known all the same.
_UNREAD = """
CREATE TEMP TABLE unread AS
SELECT account, compartment FROM coverage
WHERE open AND list_contains(tables, 'policy_statements')
UNION SELECT account, place FROM policy_statements WHERE NOT parsed
"""

_KEY_UNREAD = """
CREATE TEMP TABLE key_unread AS
SELECT keys.id FROM keys JOIN unread ON unread.account IN (keys.account, '')
WHERE provider = 'oci' AND (
    unread.compartment IN ('', keys.account) OR keys.compartment NOT IN (SELECT node FROM nested)
    OR (keys.compartment, unread.compartment) IN (SELECT (node, above) FROM nested))
"""

# Policies speak of principals of the own tenancy, and of others only where they admit them.
_KEY_PRINCIPALS = """
UPDATE keys SET principal_accounts = (
    SELECT list_sort(list_distinct(list_append(
        coalesce(list(principal_account), []), keys.account)))
    FROM let_in WHERE let_in.id = keys.id
)
WHERE provider = 'oci' AND principal_accounts IS NULL
    AND account IN (SELECT account FROM coverage WHERE list_contains(tables, 'policy_statements'))
    AND id NOT IN (FROM key_unread) AND id NOT IN (SELECT id FROM let_in WHERE unsure)
    AND id NOT IN (SELECT row_id FROM unknowns
        WHERE of_table = 'keys' AND "column" = 'principal_accounts')
"""

_STATEMENTS = (
    _NESTED,
    _NAMED_PLACES,
    _EFFECTIVE,
    _WHOLLY_READ,
    _AGREED,
    _PLOTS,
    _SCOPES,
    _MEETINGS,
    _STRAYS,
    _STATEMENT_CLASSES,
    _NO_CLASSES,
    _LET_IN,
    _UNREAD,
    _KEY_UNREAD,
    _KEY_PRINCIPALS,
)

GRANT_REASONS = {
    ("policy_statements", "compartment"): "no compartment of that name was seen where it is named",
    ("policy_statements", "effective"): "this version cannot read the statement",
    ("policy_statements", "agreed"): "the tenancy at the other side is not audited",
    ("policy_statements", "data_classes"): "which stores it is about is not known",
    ("policy_statements", "more_classes"): "it is about stores that are not known, or that "
    "no rule classifies",
    **PRINCIPAL_REASONS,
    **PATH_REASONS,
    **{
        ("grants", column): "which stores the statement is about is not known"
        for column in ("extent_id", "stores", "store_id", "data_classes")
    },
    **{
        ("grants", column): "what the statement says could not be read"
        for column in ("access", "conditional", "depends_on")
    },
    ("grants", "given"): "the statement could not be understood, or another one denies a part",
    ("grants", "more_classes"): "the stores are not known, or not all classified",
    ("grants", "agreed"): "the tenancy at the other side is not audited",
    ("keys", "principal_accounts"): "the policies that could let other tenancies in were not all "
    "read",
}


def fill_grants(database: duckdb.DuckDBPyConnection, as_of: str) -> None:
    """Fill what statements of policies come to, once stores have their classes.

    Args:
        as_of: the moment that the audit speaks of; what has ended by then gives nothing.
    """
    for statement in _STATEMENTS:
        database.execute(statement, [as_of] if statement is _EFFECTIVE else None)
    name_principals(database)
    grant(database, as_of)
    grant_within_databases(database)
