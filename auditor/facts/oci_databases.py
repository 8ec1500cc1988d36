"""What users within databases have: grants that no policy of Oracle Cloud gives.

Data Safe shows the users of a database that is registered with it. Of every other database, MySQL
and PostgreSQL among them, nobody knows them: one principal, 'TENANCY/database user/?', stands for
those, and whether it has anything is unknown. A DB system of PostgreSQL names the administrator
that it was made with, and not whether he can still log in.
"""

import duckdb

USER = "database user"

# Kept by itself, because explaining looks at one store alone.
_TARGETS = """
CREATE TEMP TABLE IF NOT EXISTS database_targets AS
SELECT targets.id, targets.source_id AS database, databases.name
FROM stores AS targets LEFT JOIN stores AS databases ON databases.id = targets.source_id
WHERE targets.service = 'datasafe' AND targets.kind = 'target'
"""

_SHOWN = """
CREATE TEMP TABLE shown_within AS
SELECT id, database, name FROM database_targets
UNION ALL SELECT id, id, name FROM stores WHERE service = 'postgresql' AND kind = 'database'
"""

_NAMED = """
UPDATE principals SET name = substr(principals.id, len(t.id) + 7) || ' in ' || t.name
FROM shown_within AS t
WHERE kind = ?1 AND t.name <> '' AND starts_with(principals.id, t.id || '/user/')
"""

# What a locked account had, nobody has: whoever can unlock it is an administrator by himself.
_HAD = """
CREATE TEMP TABLE had_within AS
SELECT p.id AS user, p.evidence, t.id AS target, stores.id AS store, stores.account,
    stores.data_classes,
    unnest(CASE WHEN p.attributes IS NULL THEN ['read', 'write', 'administer']
        ELSE string_split(p.attributes['access'], ' ') END) AS access,
    CASE WHEN p.attributes IS NULL THEN 'what was granted to it within the database was not read'
        WHEN p.enabled IS NULL THEN 'whether it can log in to the database is not known' END AS why
FROM principals AS p
JOIN shown_within AS t ON t.id = split_part(p.id, '/user/', 1)
JOIN stores ON stores.id = t.database
WHERE p.kind = ?1 AND p.enabled IS NOT false
"""

_OF_USERS = """
INSERT INTO grants BY NAME
SELECT concat_ws('/', "user", access) AS id, evidence, 'oci' AS provider, account,
    "user" AS principal_id, access, 'extent-' || md5(store) AS extent_id, 1 AS stores,
    store AS store_id, CASE WHEN why IS NULL THEN true END AS given, false AS conditional,
    [] AS depends_on, [] AS path, [] AS through, [target] AS statements, true AS agreed,
    coalesce(data_classes, []) AS data_classes,
    CASE WHEN data_classes IS NULL THEN NULL ELSE false END AS more_classes
FROM had_within WHERE access <> ''
"""

# A database counts as shown once Data Safe names any user of it: each has some.
_HIDDEN = """
CREATE TEMP TABLE hidden_within AS
SELECT id, account, data_classes, account || '/' || ?1 || '/?' AS stranger
FROM stores
WHERE provider = 'oci' AND service IN ('autonomousdatabase', 'database', 'mysql', 'postgresql')
    AND kind IN ('database', 'clone') AND id NOT IN (
        SELECT t.database FROM database_targets AS t
        JOIN principals AS p ON p.kind = ?1 AND t.id = split_part(p.id, '/user/', 1)
        WHERE t.database IS NOT NULL)
"""

_STRANGERS = """
INSERT INTO principals BY NAME
SELECT DISTINCT stranger AS id, [] AS evidence, 'oci' AS provider, account, ?1 AS kind,
    'users of databases that Data Safe does not show' AS name, [] AS known_as, '' AS boundary_id
FROM hidden_within WHERE stranger NOT IN (SELECT id FROM principals)
"""

_OF_STRANGERS = """
INSERT INTO grants BY NAME
SELECT concat_ws('/', stranger, access) AS id, [] AS evidence, 'oci' AS provider, account,
    stranger AS principal_id, access, 'extent-' || md5(string_agg(id, ' ' ORDER BY id))
        AS extent_id, count(*) AS stores, min(id) AS store_id, NULL AS given,
    false AS conditional, [] AS depends_on, [] AS path, [] AS through, [stranger] AS statements,
    true AS agreed,
    coalesce(list_sort(list_distinct(flatten(list(data_classes)))), []) AS data_classes,
    CASE WHEN bool_or(data_classes IS NULL) THEN NULL ELSE false END AS more_classes
FROM hidden_within, (SELECT unnest(['read', 'write', 'administer']) AS access)
GROUP BY account, stranger, access
"""

_EXTENTS = """
INSERT INTO extents BY NAME
SELECT concat_ws('/', extent_id, store) AS id, []::BIGINT[] AS evidence, extent_id,
    store AS first_store, store AS last_store, 1 AS stores
FROM (
    SELECT DISTINCT extent_id, store FROM grants JOIN (
        SELECT "user" AS who, store FROM had_within UNION SELECT stranger, id FROM hidden_within
    ) ON who = principal_id
) WHERE extent_id NOT IN (SELECT extent_id FROM extents)
"""

_REASONS = """
INSERT INTO unknowns
SELECT concat_ws('/', 'grants', id, 'given'), [], 'grants', id, 'given', why, ''
FROM (
    SELECT grants.id, had_within.why FROM grants JOIN had_within
        ON had_within."user" = principal_id AND had_within.access = grants.access
    UNION ALL SELECT grants.id,
        'Data Safe shows no users of ' || CASE WHEN stores = 1 THEN 'the database'
            ELSE 'these databases' END || ': nobody outside knows who has an account there'
    FROM grants WHERE principal_id IN (SELECT stranger FROM hidden_within)
) WHERE why IS NOT NULL
"""

_UNSEEN = """
INSERT INTO unknowns
SELECT concat_ws('/', 'principals', stranger, name), [], 'principals', stranger, name,
    'Data Safe does not show who has an account in these databases', ''
FROM (SELECT DISTINCT stranger FROM hidden_within), (SELECT unnest(['enabled', 'password',
    'second_factor', 'lasting_keys', 'oldest_key', 'created', 'last_used', 'attributes', 'tags'])
    AS name)
"""

_PARAMETERS = frozenset({_NAMED, _HAD, _HIDDEN, _STRANGERS})
_STATEMENTS = (
    _SHOWN,
    _NAMED,
    _HAD,
    _OF_USERS,
    _HIDDEN,
    _STRANGERS,
    _OF_STRANGERS,
    _EXTENTS,
)


def find_targets(database: duckdb.DuckDBPyConnection) -> None:
    """Make the table ``database_targets``: registered with Data Safe, and which database it is."""
    database.execute(_TARGETS)


def grant_within_databases(database: duckdb.DuckDBPyConnection) -> None:
    """Write the rows of grants and extents of users within databases."""
    find_targets(database)
    for statement in _STATEMENTS:
        database.execute(statement, [USER] if statement in _PARAMETERS else None)


def tell_why_unknown(database: duckdb.DuckDBPyConnection) -> None:
    """Write why what users within databases have is not known, once their grants are there."""
    for statement in (_REASONS, _UNSEEN):
        database.execute(statement)
