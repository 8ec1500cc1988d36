"""What logs name, found again among what was collected: stores, keys and principals.

A log names a store by what was touched of it, and a principal by its session. Whom only logs know
becomes a row of principals of its own, so that everybody who acted can be asked about.
"""

import duckdb

# The store that a part of it belongs to. What has a row of its own, such as a backup of a table, is
# found before this is asked.
_STORE_PART = r"""
CREATE TEMP MACRO store_part(id) AS CASE split_part(id, ':', 3)
    WHEN 's3' THEN regexp_extract(id, '^arn:[^:]*:s3:::[^/]+')
    WHEN 'dynamodb' THEN regexp_extract(id, '^arn:[^:]*:dynamodb:[^:]*:[^:]*:table/[^/]+')
    WHEN 'kinesis' THEN regexp_extract(id, '^arn:[^:]*:kinesis:[^:]*:[^:]*:stream/[^/]+')
    WHEN 'logs' THEN regexp_extract(id, '^arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^:]+')
    WHEN 'lambda' THEN regexp_extract(id, '^arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+')
    WHEN 'sns' THEN regexp_extract(id, '^arn:[^:]*:sns:[^:]*:[^:]*:[^:]+')
    ELSE '' END
"""

# A key stands for the stores that it encrypts.
_HOLDINGS = """
CREATE TEMP TABLE holdings AS
SELECT id, data_classes FROM stores
UNION ALL
SELECT id, data_classes FROM processors WHERE id NOT IN (SELECT id FROM stores)
UNION ALL
SELECT keys.id, CASE WHEN bool_or(s.id IS NOT NULL AND s.data_classes IS NULL) THEN NULL
    ELSE coalesce(list_sort(list_distinct(flatten(list(s.data_classes)))), []) END
FROM keys LEFT JOIN stores AS s ON s.key_id = keys.id
WHERE keys.id NOT IN (SELECT id FROM stores) GROUP BY keys.id
"""

# The ARN of a secret ends in six characters that its name, and so a request, may leave out.
_NAMED_HOLDINGS = r"""
CREATE TEMP TABLE named_holdings AS
SELECT name, min(id) AS id FROM (
    SELECT resource_name(id) AS name, id FROM holdings
    UNION SELECT regexp_extract(id, '^(arn:[^:]*:secretsmanager:.*)-[A-Za-z0-9]{6}$', 1), id
    FROM holdings WHERE split_part(id, ':', 3) = 'secretsmanager'
) WHERE name <> '' GROUP BY name HAVING count(*) = 1
"""

_STORE_IDS = """
UPDATE accesses SET store_id = found.id
FROM (
    SELECT logged, coalesce(whole.id, part.id) AS id
    FROM (SELECT DISTINCT store_id AS logged FROM accesses WHERE store_id <> '')
    LEFT JOIN named_holdings AS whole ON whole.name = resource_name(logged)
    LEFT JOIN named_holdings AS part ON part.name = resource_name(store_part(logged))
) AS found
WHERE found.logged = accesses.store_id AND found.id <> found.logged
"""

# What is about no store holds nothing of anybody's.
_CLASSES = """
UPDATE accesses SET data_classes = CASE
    WHEN holdings.id IS NOT NULL THEN holdings.data_classes
    WHEN one.store_id = '' OR one.access IN ('sign-in', 'other') THEN [] END
FROM accesses AS one LEFT JOIN holdings ON holdings.id = one.store_id
WHERE one.id = accesses.id
"""

# Sessions are named by their role's name, without its path.
_ACTORS = r"""
CREATE TEMP TABLE actors AS
WITH logged AS (
    SELECT principal_id AS id, provider, nullif(principal_account, '') AS account FROM accesses
    UNION SELECT root_id, provider, NULL FROM accesses
), told AS (
    SELECT id, any_value(provider) AS provider, any_value(account) AS account,
        regexp_extract(id, '^arn:([^:]*):sts::([0-9]*):assumed-role/([^/]+)',
            ['partition', 'account', 'name']) AS session
    FROM logged WHERE id IS NOT NULL GROUP BY id
), roles AS (
    SELECT account, lower(name) AS name, min(id) AS id FROM principals
    WHERE kind = 'role' AND provider = 'aws' GROUP BY ALL HAVING count(*) = 1
)
SELECT told.id AS logged, told.provider, told.account, CASE
    WHEN told.id = '' THEN NULL
    WHEN lower(told.id) IN ('anonymous', 'anonymous_principal') THEN 'anybody'
    WHEN session.name = '' THEN told.id
    ELSE coalesce(roles.id,
        concat('arn:', session.partition, ':iam::', session.account, ':role/', session.name))
    END AS id
FROM told LEFT JOIN roles
    ON roles.account = session.account AND roles.name = lower(session.name)
"""

_PRINCIPAL_IDS = tuple(
    f"UPDATE accesses SET {column} = actors.id FROM actors "
    f"WHERE actors.logged = accesses.{column} AND actors.id IS DISTINCT FROM actors.logged"
    for column in ("principal_id", "root_id")
)

# Whoever is not among the principals of an account that were all listed is there no more. Of a bare
# id, as of somebody in another account, nobody can say that no person is behind it.
_UNSEEN = r"""
INSERT INTO principals BY NAME
WITH listed AS (
    SELECT account FROM coverage WHERE list_contains(tables, 'principals') AND account <> ''
    GROUP BY account HAVING NOT bool_or(open)
    EXCEPT SELECT accounts.id FROM accounts, coverage
    WHERE open AND coverage.account = '' AND list_contains(tables, 'principals')
), unseen AS (
    SELECT id, any_value(provider) AS provider, coalesce(any_value(account), CASE
        WHEN id = 'anybody' THEN '*' WHEN starts_with(id, 'service:') THEN ''
        WHEN starts_with(id, 'arn:') THEN nullif(split_part(id, ':', 5), '')
        WHEN regexp_full_match(id, '[0-9]{12}|ocid1\.tenancy\..*') THEN id END) AS account
    FROM actors WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM principals) GROUP BY id
)
SELECT id, [] AS evidence, provider, account, CASE
        WHEN id = 'anybody' THEN 'anybody' WHEN starts_with(id, 'service:') THEN 'service'
        WHEN id = account THEN 'account'
        WHEN ends_with(id, ':root') THEN 'root'
        WHEN regexp_matches(id, '^arn:[^:]*:iam::[0-9]*:role/') THEN 'role'
        WHEN regexp_matches(id, '^arn:[^:]*:iam::[0-9]*:(saml|oidc)-provider/|^ocid1\.saml2idp\.')
            THEN 'federation'
        WHEN starts_with(id, 'identitystore/') THEN 'person'
        WHEN regexp_matches(id, '^arn:[^:]*:(iam|sts)::|^ocid1\.user\.') THEN 'user'
        WHEN regexp_matches(id, '^(arn:|ocid1\.)') THEN 'resource'
        ELSE 'user' END AS kind,
    regexp_extract(id, '[^/:]*$') AS name, [] AS known_as,
    CASE WHEN id = 'anybody' OR starts_with(id, 'service:') THEN true
        WHEN account IN (FROM listed) AND regexp_matches(id, ':(user|role)/') THEN false
        END AS enabled,
    CASE WHEN starts_with(id, 'service:') THEN MAP {} END AS attributes
FROM unseen
"""

_UNSEEN_REASONS = """
INSERT INTO unknowns
SELECT concat_ws('/', 'principals', id, cell), [], 'principals', id, cell, 'only logs name it', ''
FROM principals, (SELECT unnest(['enabled', 'password', 'second_factor', 'lasting_keys',
    'oldest_key', 'created', 'last_used', 'boundary_id', 'attributes', 'tags', 'account']) AS cell)
WHERE id IN (SELECT id FROM actors) AND created IS NULL AND tags IS NULL
    AND NOT EXISTS (FROM unknowns WHERE of_table = 'principals' AND row_id = principals.id
        AND "column" = 'created')
"""

ACCESS_REASONS = {
    ("accesses", "principal_id"): "the log does not say who it was",
    ("accesses", "root_id"): "the chain of sessions before this one is in no log that was read",
    ("accesses", "store_id"): "the log does not say what it was about",
    ("accesses", "data_classes"): "what it was about is no store that was collected, or one that "
    "no rule classifies",
}


def name_accesses(database: duckdb.DuckDBPyConnection) -> None:
    """Give accesses the ids of rows of stores, keys and principals, and their classes of data.

    Needs the macro ``resource_name``, which reconciling makes.
    """
    statements = (_STORE_PART, _HOLDINGS, _NAMED_HOLDINGS, _STORE_IDS, _CLASSES, _ACTORS)
    for statement in (*statements, *_PRINCIPAL_IDS, _UNSEEN, _UNSEEN_REASONS):
        database.execute(statement)
