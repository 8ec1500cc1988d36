"""Who may do what in Oracle Cloud: rows of grants, for groups, their members, and anybody.

A grant is one kind of access of one principal to the stores of one scope. What a denial surely
takes away is left out; where it may, or takes away a part, the grant is unknown; one that depends
on the request makes the grant conditional. No denial binds the default domain's administrators:
https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/denypolicies.htm
"""

import duckdb

from auditor.facts.oci_abilities import find_abilities
from auditor.facts.oci_domain_roles import follow_roles
from auditor.facts.oci_extents import find_extents, store_extents
from auditor.facts.oci_paths import follow_paths

_GIVING = """
CREATE TEMP TABLE giving AS
SELECT s.id AS statement_id, s.evidence, scope, s.account, s.compartment,
    s.holdings, speaker, speakers.id AS principal_id, s.resource, s.conditional,
    s.depends_on, s.agreed, list_position($verbs, s.access) AS strength, s.word AS access
FROM (SELECT *, unnest(coalesce(gives, [NULL])) AS word FROM policy_statements) AS s
JOIN scopes ON scopes.account = s.account AND scopes.compartment = s.compartment
    AND scopes.holdings = s.holdings AND scopes.by_key = (word IS NOT DISTINCT FROM 'decrypt')
JOIN speakers ON label = s.account AND speakers.principal_kind = s.principal_kind
    AND speakers.principal = s.principal
    AND speakers.principal_account IS NOT DISTINCT FROM s.principal_account
WHERE effective AND effect IN ('allow', 'admit') AND coalesce(agreed, true)
    AND scope IN (SELECT scope FROM scope_plots)
"""

_HELD = """
CREATE TEMP TABLE held AS
SELECT *, speaker AS holder, principal_id AS holder_id, []::VARCHAR[] AS path,
    []::VARCHAR[] AS through
FROM giving
UNION ALL
SELECT giving.*, member_id, member_id, ['is in group ' || group_name], [group_id]
FROM giving JOIN oci_members ON group_id = principal_id
"""

# A denial that could not be read may take anything from anybody, at its policy's place or below.
_DENIALS = """
CREATE TEMP TABLE denials AS
SELECT d.id AS denial, d.account, d.compartment, d.resource, d.conditional, d.depends_on,
    d.regions, speakers.id AS denied, list_position($verbs, d.access) AS strength,
    CASE WHEN d.access = 'inspect' THEN NULL ELSE d.holdings END AS holdings
FROM policy_statements AS d JOIN speakers ON label = d.account
    AND speakers.principal_kind = d.principal_kind AND speakers.principal = d.principal
    AND speakers.principal_account IS NOT DISTINCT FROM d.principal_account
WHERE denies AND effect IN ('allow', 'admit') AND (ends = '' OR ends > $as_of)
    AND len(d.regions) > 0
UNION ALL
SELECT id, account, place, '', false, [], ['*'], NULL, NULL, NULL
FROM policy_statements WHERE NOT parsed AND regexp_matches(text, '(?i)^\\s*deny\\b')
"""

# Whom denials bind: those they name, the members of those, and everybody where they say so. Any
# user is one of the own tenancy; only the denial of an admission binds others.
_DENIED = """
CREATE TEMP TABLE denied AS
WITH exempt AS (
    SELECT id FROM principals WHERE provider = 'oci' AND kind = 'group'
        AND list_contains(list_transform(known_as, lambda name: lower(name)), 'administrators')
    UNION SELECT member_id FROM oci_members JOIN principals ON principals.id = group_id
    WHERE list_contains(list_transform(known_as, lambda name: lower(name)), 'administrators')
), bound AS (
    SELECT denial, denied AS holder_id FROM denials
    UNION SELECT denial, member_id FROM denials JOIN oci_members ON group_id = denied
    UNION SELECT denial, holder_id FROM denials
    JOIN (SELECT DISTINCT account, holder_id FROM held) AS holders USING (account)
    LEFT JOIN principals ON principals.id = holder_id
    WHERE denied IS NULL
        OR denied = denials.account || '/any-user' AND principals.account = denials.account
        OR denied = principals.account
        OR denied = 'anybody' AND principals.account NOT IN (denials.account, '')
)
SELECT denials.*, bound.holder_id FROM bound JOIN denials USING (denial)
WHERE holder_id IS NOT NULL AND holder_id NOT IN (SELECT id FROM exempt)
"""

# A denial says the same of every scope that is alike: how it meets the place, the thing, the verb.
_TOUCHING = """
CREATE TEMP VIEW touching AS
SELECT held.statement_id, held.holder, held.access, denied.denial, denied.depends_on AS more,
    coalesce(NOT denied.conditional OR (denied.depends_on = ['request.region']
        AND list_has_all(denied.regions, scope_regions.regions)), false) AS always,
    coalesce((above.node IS NOT NULL OR denied.compartment = held.account)
        AND denied.denied IS NOT NULL AND denied.strength >= held.strength
        AND (denied.resource = 'all-resources' OR denied.resource = held.resource),
        false) AS whole
FROM held JOIN denied ON denied.holder_id = held.holder_id AND denied.account = held.account
JOIN scope_regions USING (scope)
LEFT JOIN nested AS above ON above.node = held.compartment
    AND above.above = denied.compartment
LEFT JOIN nested AS below ON below.node = denied.compartment
    AND below.above = held.compartment
WHERE (denied.compartment IS NULL OR denied.compartment = held.account
        OR above.node IS NOT NULL OR below.node IS NOT NULL)
    AND (denied.holdings IS NULL OR list_contains(held.holdings, '*')
        OR list_contains(denied.holdings, '*')
        OR list_has_any(denied.holdings, held.holdings)
        OR list_has_any(
            list_transform(denied.holdings, lambda each: split_part(each, '/', 1)),
            list_transform(held.holdings, lambda each: split_part(each, '/', 1))))
    AND (denied.regions = ['*'] OR list_contains(scope_regions.regions, '?')
        OR list_has_any(denied.regions, scope_regions.regions))
"""

_TOUCHES = """
CREATE TEMP TABLE touches AS
SELECT statement_id, holder, access, bool_or(whole AND always) AS gone,
    bool_or(NOT whole) AS doubtful, bool_or(whole AND NOT always) AS depends,
    list_distinct(flatten(list(more) FILTER (whole AND NOT always))) AS more
FROM touching GROUP BY statement_id, holder, access
"""

_RIGHTS = """
CREATE TEMP TABLE rights AS
SELECT * FROM (
    SELECT holder, any_value(holder_id) AS principal_id, access, scope,
        any_value(account) AS account, agreed, given, conditional, path, through,
        list_sort(list(DISTINCT statement_id)) AS statements,
        list_sort(list_distinct(flatten(list(evidence)))) AS evidence,
        coalesce(list_sort(list_distinct(flatten(list(depends_on)))), []) AS depends_on
    FROM (
        SELECT held.* EXCLUDE (conditional, depends_on),
            CASE WHEN coalesce(doubtful, false) THEN NULL ELSE true END AS given,
            held.conditional OR coalesce(depends, false) AS conditional,
            list_concat(held.depends_on, coalesce(more, [])) AS depends_on
        FROM held LEFT JOIN touches ON touches.statement_id = held.statement_id
            AND touches.holder = held.holder AND touches.access IS NOT DISTINCT FROM held.access
        WHERE gone IS NOT TRUE
    ) GROUP BY holder, access, scope, agreed, given, conditional, path, through
) QUALIFY row_number() OVER (
    PARTITION BY holder, access, scope, agreed
    ORDER BY given NULLS LAST, conditional, len(path), through
) = 1
"""

_GRANTS = """
INSERT INTO grants BY NAME
SELECT concat_ws('/', statements[1], coalesce(access, '?'),
        CASE WHEN len(through) > 0 THEN holder END, CASE WHEN agreed IS NULL THEN '?' END) AS id,
    evidence, 'oci' AS provider, account, principal_id, access, extent_id, stores, store_id, given,
    conditional, depends_on, path, through, statements, agreed, data_classes, more_classes
FROM rights JOIN scope_plots USING (scope) JOIN found_extents USING (extent)
JOIN extent_classes USING (extent)
"""

# Over stores that nobody knows, or of people whom nobody knows: nothing of it may be left out.
_OVER_NOBODY_KNOWS_WHAT = """
INSERT INTO grants BY NAME
WITH open_statements AS (
    SELECT s.*, speakers.id AS principal_id, unnest(coalesce(gives, [NULL])) AS word
    FROM policy_statements AS s LEFT JOIN speakers ON label = s.account
        AND speakers.principal_kind = s.principal_kind AND speakers.principal = s.principal
        AND speakers.principal_account IS NOT DISTINCT FROM s.principal_account
    WHERE NOT parsed OR effective AND effect IN ('allow', 'admit') AND coalesce(agreed, true)
        AND coalesce(access NOT IN ('', 'inspect'), true)
        AND (holdings IS NULL OR compartment IS NULL)
), held_by AS (
    SELECT *, NULL AS member, [] AS path, [] AS through FROM open_statements
    UNION ALL
    SELECT o.* REPLACE (member_id AS principal_id), member_id, ['is in group ' || group_name],
        [group_id]
    FROM open_statements AS o JOIN oci_members ON group_id = o.principal_id
)
SELECT concat_ws('/', '?', id, coalesce(word, '?'), member) AS id, evidence, provider, account,
    principal_id, word AS access, NULL AS given, conditional, depends_on, path, through,
    [id] AS statements, agreed
FROM held_by
"""

_BY_FLOWS = """
INSERT INTO grants BY NAME
SELECT concat_ws('/', flows.id, 'read') AS id, flows.evidence, 'oci' AS provider, stores.account,
    'anybody' AS principal_id, 'read' AS access, 'extent-' || md5(stores.id) AS extent_id,
    1 AS stores, stores.id AS store_id, CASE WHEN flows.active THEN true END AS given,
    false AS conditional, [] AS depends_on,
    [CASE mechanism WHEN 'link' THEN 'has a pre-authenticated link' ELSE 'is anybody' END] AS path,
    [] AS through, [flows.id] AS statements, true AS agreed,
    coalesce(stores.data_classes, []) AS data_classes,
    CASE WHEN stores.data_classes IS NULL THEN NULL ELSE false END AS more_classes
FROM flows JOIN stores ON stores.id = flows.store_id
WHERE stores.provider = 'oci' AND mechanism IN ('link', 'public') AND target_account = '*'
    AND flows.active IS NOT FALSE
"""

_FLOW_EXTENTS = """
INSERT INTO extents BY NAME
SELECT DISTINCT concat_ws('/', extent_id, store_id) AS id, []::BIGINT[] AS evidence, extent_id,
    store_id AS first_store, store_id AS last_store, 1 AS stores
FROM grants WHERE provider = 'oci' AND extent_id = 'extent-' || md5(store_id)
"""

_ANYBODY = """
INSERT INTO principals BY NAME
SELECT 'anybody' AS id, [] AS evidence, 'oci' AS provider, '*' AS account, 'anybody' AS kind,
    'anybody' AS name, [] AS known_as, true AS enabled, false AS password,
    false AS second_factor, 0 AS lasting_keys, '' AS oldest_key, '' AS created, '' AS last_used,
    '' AS boundary_id, MAP {} AS attributes, MAP {} AS tags
WHERE 'anybody' IN (SELECT principal_id FROM grants)
    AND 'anybody' NOT IN (SELECT id FROM principals)
"""

_VERBS = ["inspect", "read", "use", "manage"]


def grant(database: duckdb.DuckDBPyConnection, as_of: str) -> None:
    """Write the rows of grants, extents and of who holds them, from scopes and speakers."""
    find_extents(database)
    database.execute(_GIVING, {"verbs": _VERBS})
    database.execute(_HELD)
    database.execute(_DENIALS, {"verbs": _VERBS, "as_of": as_of})
    for statement in (_DENIED, _TOUCHING, _TOUCHES, _RIGHTS, _GRANTS, _OVER_NOBODY_KNOWS_WHAT):
        database.execute(statement)
    find_abilities(database)
    follow_roles(database)
    follow_paths(database)
    store_extents(database)
    for statement in (_BY_FLOWS, _FLOW_EXTENTS, _ANYBODY):
        database.execute(statement)
