"""What principals of Oracle Cloud reach by first becoming somebody else, the shortest way.

Whoever may change both users and groups can put himself into any group; whoever may make
credentials of users can act as any of them. Administrators' roles of an identity domain do the
same within it. Who may change policies needs no path: that gives everything by itself. Putting
somebody into a group takes GROUP_UPDATE and USER_UPDATE:
https://docs.oracle.com/en-us/iaas/Content/Identity/Reference/iampolicyreference.htm
"""

import duckdb

# Who can join groups: in one tenancy, as surely as the less sure of the two.
_JOINERS = """
CREATE TEMP TABLE joiners AS
SELECT u.account, u.holder, u.path, u.through,
    list_sort(list_distinct(list_concat(u.statements, g.statements))) AS statements,
    list_sort(list_distinct(list_concat(u.evidence, g.evidence))) AS evidence,
    CASE WHEN u.given AND g.given THEN true END AS given,
    u.conditional OR g.conditional AS conditional,
    list_sort(list_distinct(list_concat(u.depends_on, g.depends_on))) AS depends_on,
    NULL::VARCHAR AS domain, true AS chief
FROM abilities AS u JOIN abilities AS g ON g.account = u.account AND g.holder = u.holder
WHERE u.thing = 'users' AND g.thing = 'groups'
UNION ALL
SELECT account, holder, path, through, [], evidence, given, false, [], domain, chief
FROM domain_rights WHERE thing = 'joins'
"""

# Who acts as users: of the whole tenancy, of one domain, or of groups of it.
_ACTORS = """
CREATE TEMP TABLE oci_actors AS
SELECT account, holder, path, through, statements, evidence, given, conditional, depends_on,
    NULL::VARCHAR AS domain, true AS chief, NULL::VARCHAR[] AS bounds,
    'makes credentials of user ' AS step
FROM abilities WHERE thing = 'credentials'
UNION ALL
SELECT account, holder, path, through, [], evidence, given, false, [], domain, chief, bounds, step
FROM domain_rights WHERE thing = 'acts'
"""

# What somebody has as a group or as a user: stores by scope, and things by power.
_HAD = """
CREATE TEMP TABLE oci_had AS
SELECT p.account AS home, p.kind, coalesce(p.name, p.id) AS called,
    p.attributes['domain'] AS domain, r.holder, r.access AS word,
    r.scope::VARCHAR AS over, r.account, r.agreed, r.given, r.conditional, r.depends_on, r.path,
    r.through, r.statements, r.evidence
FROM rights AS r JOIN principals AS p ON p.id = r.holder WHERE r.access IS NOT NULL
UNION ALL
SELECT p.account, p.kind, coalesce(p.name, p.id), p.attributes['domain'], a.holder, a.power,
    'powers ' || a.account, a.account, true, a.given, a.conditional, a.depends_on, a.path,
    a.through, a.statements, a.evidence
FROM abilities AS a JOIN principals AS p ON p.id = a.holder WHERE a.power <> ''
"""

# A group that is not there can be joined by nobody before somebody makes it.
_BY_JOINING = """
CREATE TEMP TABLE oci_joined AS
SELECT * FROM (
SELECT j.holder, had.word, had.over, had.account, had.agreed,
    CASE WHEN j.given AND had.given AND (j.domain IS NULL OR had.domain = j.domain)
        AND (j.chief OR had.holder NOT IN (FROM domain_chiefs)) THEN true END AS given,
    j.conditional OR had.conditional AS conditional,
    list_sort(list_distinct(list_concat(j.depends_on, had.depends_on))) AS depends_on,
    list_append(j.path, 'joins group ' || had.called) AS path,
    list_append(j.through, had.holder) AS through,
    list_concat(had.statements, j.statements) AS statements,
    list_sort(list_distinct(list_concat(had.evidence, j.evidence))) AS evidence
FROM joiners AS j JOIN oci_had AS had ON had.home = j.account AND had.kind = 'group'
    AND had.holder <> j.holder AND len(had.path) = 0
WHERE had.holder NOT LIKE '%/any-user' AND had.holder NOT LIKE '%/any-group'
    AND had.holder IN (SELECT id FROM principals WHERE enabled IS NOT false)
    AND NOT list_contains(j.through, had.holder)
    AND (j.domain IS NULL OR coalesce(had.domain, j.domain) = j.domain)
)
QUALIFY row_number() OVER (PARTITION BY holder, word, over, agreed
    ORDER BY given NULLS LAST, conditional, len(path), path, through) = 1
"""

_BY_CREDENTIALS = """
CREATE TEMP TABLE oci_acting AS
SELECT * FROM (
SELECT c.holder, had.word, had.over, had.account, had.agreed,
    CASE WHEN c.given AND had.given AND (c.domain IS NULL OR had.domain = c.domain)
        AND (c.chief OR had.holder NOT IN (FROM domain_chiefs)) THEN true END AS given,
    c.conditional OR had.conditional AS conditional,
    list_sort(list_distinct(list_concat(c.depends_on, had.depends_on))) AS depends_on,
    list_concat(c.path, [c.step || had.called], had.path) AS path,
    list_concat(c.through, [had.holder], had.through) AS through,
    list_concat(had.statements, c.statements) AS statements,
    list_sort(list_distinct(list_concat(had.evidence, c.evidence))) AS evidence
FROM oci_actors AS c JOIN (
    SELECT home, called, domain, holder, word, over, account, agreed, given, conditional,
        depends_on, path, through, statements, evidence
    FROM oci_had WHERE kind = 'user'
    UNION ALL
    SELECT p.account, coalesce(p.name, p.id), p.attributes['domain'], j.* FROM oci_joined AS j
    JOIN principals AS p ON p.id = j.holder AND p.kind = 'user'
) AS had ON had.home = c.account AND had.holder <> c.holder
WHERE (c.domain IS NULL OR coalesce(had.domain, c.domain) = c.domain)
    AND (c.bounds IS NULL OR list_contains(c.bounds, '?') OR had.holder IN (
        SELECT member_id FROM oci_members WHERE list_contains(c.bounds, group_id)))
)
QUALIFY row_number() OVER (PARTITION BY holder, word, over, agreed
    ORDER BY given NULLS LAST, conditional, len(path), path, through) = 1
"""

# How sure: certain before conditional before unknown. A path counts if nothing nearer is as sure.
_NEAREST = """
CREATE TEMP TABLE oci_paths AS
WITH every AS (
    SELECT * FROM oci_joined UNION ALL SELECT * FROM oci_acting
), ranked AS (
    SELECT *, CASE WHEN given IS NULL THEN 0 WHEN conditional THEN 1 ELSE 2 END AS sure FROM every
), direct AS (
    SELECT holder, word, over, agreed,
        max(CASE WHEN given IS NULL THEN 0 WHEN conditional THEN 1 ELSE 2 END) AS sure
    FROM oci_had GROUP BY ALL
)
SELECT ranked.* FROM ranked LEFT JOIN direct
    ON direct.holder = ranked.holder AND direct.word = ranked.word AND direct.over = ranked.over
    AND direct.agreed IS NOT DISTINCT FROM ranked.agreed
WHERE direct.sure IS NULL OR direct.sure < ranked.sure
QUALIFY row_number() OVER (PARTITION BY ranked.holder, ranked.word, ranked.over, ranked.agreed
    ORDER BY ranked.sure DESC, len(path), path, through) = 1
"""

# Nor does it count over stores of which one has at least as many, as surely, by itself.
_WIDER = """
DELETE FROM oci_paths USING rights, scope_plots AS mine, scope_plots AS theirs
WHERE rights.holder = oci_paths.holder AND rights.access = oci_paths.word
    AND rights.given AND NOT rights.conditional AND rights.agreed
    AND mine.scope = rights.scope AND theirs.scope::VARCHAR = oci_paths.over
    AND list_has_all(mine.held, theirs.held)
"""

_GRANTS = """
INSERT INTO grants BY NAME
SELECT concat_ws('/', statements[1], word, holder, 'by', array_to_string(through, '/'),
        CASE WHEN agreed IS NULL THEN '?' END) AS id,
    evidence, 'oci' AS provider, account, holder AS principal_id, word AS access, extent_id,
    stores, store_id, given, conditional, depends_on, path, through, statements, agreed,
    data_classes, more_classes
FROM oci_paths JOIN scope_plots ON scope_plots.scope::VARCHAR = over
JOIN found_extents USING (extent) JOIN extent_classes USING (extent)
"""

_POWERS = """
INSERT INTO powers BY NAME
SELECT concat_ws('/', account, holder, word) AS id, evidence, 'oci' AS provider, account,
    holder AS principal_id, word AS power, given, conditional, depends_on, path, through,
    statements[1:20] AS statements
FROM (
    SELECT account, holder, word, evidence, given, conditional, depends_on, path, through,
        statements FROM oci_had WHERE starts_with(over, 'powers ')
    UNION ALL
    SELECT account, holder, word, evidence, given, conditional, depends_on, path, through,
        statements FROM oci_paths WHERE starts_with(over, 'powers ')
)
QUALIFY row_number() OVER (PARTITION BY account, holder, word
    ORDER BY given NULLS LAST, conditional, len(path), path, through) = 1
"""

# What nobody could read may give anything to anybody: told once for each tenancy.
_UNREAD = """
INSERT INTO powers BY NAME
SELECT concat_ws('/', s.account, 'anybody', words.word) AS id,
    list_sort(list_distinct(flatten(list(s.evidence)))) AS evidence, 'oci' AS provider, s.account,
    'anybody' AS principal_id, words.word AS power, NULL AS given, false AS conditional,
    [] AS depends_on, [] AS path, [] AS through,
    (list_sort(list(s.id)))[1:20] AS statements
FROM policy_statements AS s JOIN (
    SELECT DISTINCT account, power AS word FROM oci_things WHERE power <> ''
) AS words ON words.account = s.account
WHERE NOT s.parsed GROUP BY s.account, words.word
"""

PATH_REASONS = {
    ("powers", "given"): "a statement or the place of what it is about could not be told, or "
    "another statement denies a part",
}


def follow_paths(database: duckdb.DuckDBPyConnection) -> None:
    """Write grants at the end of paths, and all powers, once ``rights`` and ``abilities`` exist."""
    for statement in (
        _JOINERS,
        _ACTORS,
        _HAD,
        _BY_JOINING,
        _BY_CREDENTIALS,
        _NEAREST,
        _WIDER,
        _GRANTS,
        _POWERS,
        _UNREAD,
    ):
        database.execute(statement)
