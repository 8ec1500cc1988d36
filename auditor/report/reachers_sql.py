"""The questions about who can reach protected data.

``able`` has a row for each grant over stores that hold or may hold protected data. Its ``standing``
is 1 for certain, 2 for under a condition, 3 where it cannot be told. Groups are left to their
members, and what anybody may do counts for nobody besides: everyone could be named for it.
``reachers`` has a row for each principal, with its side and how grave it is.
"""

ABLE = """
CREATE TEMP TABLE able AS
WITH judged AS (
    SELECT g.* EXCLUDE (evidence, provider, account),
        list_has_any(g.data_classes, ?1::VARCHAR[]) OR g.more_classes AS protected
    FROM grants AS g
)
SELECT judged.*, CASE
    WHEN given AND protected AND agreed AND conditional = false THEN 1
    WHEN given AND protected AND agreed AND conditional THEN 2
    ELSE 3 END AS standing
FROM judged LEFT JOIN principals AS p ON p.id = judged.principal_id
WHERE protected IS NOT false AND agreed IS NOT false AND p.collective IS NOT true
"""

# The best that anybody has on each store.
OPEN = """
CREATE TEMP TABLE open_stores AS
SELECT access, stores.id AS store_id, min(standing) AS standing
FROM (SELECT DISTINCT access, extent_id, standing FROM able WHERE principal_id = 'anybody') AS given
JOIN extents USING (extent_id)
JOIN stores ON stores.id BETWEEN extents.first_store AND extents.last_store
GROUP BY ALL
"""

# An extent is open if each of its stores is, as well or better: counted up to each store, by id.
COMMON = """
CREATE TEMP TABLE common AS
WITH kinds AS (
    SELECT access, best FROM (SELECT DISTINCT access FROM open_stores), range(1, 4) AS each(best)
), summed AS (
    SELECT kinds.access, kinds.best, stores.id,
        (o.store_id IS NOT NULL)::INTEGER AS mark, sum(mark) OVER (
            PARTITION BY kinds.access, kinds.best ORDER BY stores.id) AS upto
    FROM kinds CROSS JOIN stores LEFT JOIN open_stores AS o
        ON o.access = kinds.access AND o.standing <= kinds.best AND o.store_id = stores.id
), asked AS (
    SELECT DISTINCT access, extent_id, standing FROM able WHERE principal_id <> 'anybody'
)
SELECT asked.access, extent_id, asked.standing
FROM asked JOIN extents AS runs USING (extent_id)
JOIN summed AS low
    ON low.access = asked.access AND low.best = asked.standing AND low.id = runs.first_store
JOIN summed AS high
    ON high.access = asked.access AND high.best = asked.standing AND high.id = runs.last_store
GROUP BY ALL HAVING sum(high.upto - low.upto + low.mark) = sum(runs.stores)
"""

ONLY_COMMON = """
SELECT count(*) FILTER (every) FROM (
    SELECT bool_and(common.extent_id IS NOT NULL) AS every
    FROM able LEFT JOIN common
        ON (able.access, able.extent_id, able.standing)
            = (common.access, common.extent_id, common.standing)
    WHERE principal_id <> 'anybody' GROUP BY principal_id
)
"""

LESS_COMMON = """
DELETE FROM able USING common WHERE principal_id <> 'anybody'
    AND (able.access, able.extent_id, able.standing)
        = (common.access, common.extent_id, common.standing)
"""

# A right given to nobody known is of no principal: it is counted, and has no row here.
REACHERS = """
CREATE TEMP TABLE reachers AS
WITH summed AS (
    SELECT principal_id AS id, min(standing) AS standing,
        bool_and(len(path) > 0) AS by_path,
        CASE WHEN bool_or(used) THEN true WHEN bool_and(coalesce(NOT used, false)) THEN false
            END AS used,
        max(stores) AS most
    FROM able WHERE principal_id IS NOT NULL GROUP BY principal_id
), named AS (
    SELECT summed.*, p.name, p.kind, p.account, p.person_name, nullif(p.employer, '') AS employer,
        nullif(p.country, '') AS country, p.covered_person AS covered,
        p.account IN (SELECT id FROM accounts) AS audited
    FROM summed LEFT JOIN principals AS p USING (id)
)
SELECT *, CASE
    WHEN kind = 'anybody' THEN 'anybody'
    WHEN list_contains(?1::VARCHAR[], employer) THEN 'excluded'
    WHEN kind = 'service' THEN 'service'
    WHEN list_contains(?2::VARCHAR[], employer) THEN 'trusted'
    WHEN list_contains(?3::VARCHAR[], employer) THEN 'company'
    WHEN kind IN ('account', 'federation') OR NOT audited OR employer IS NOT NULL THEN 'outside'
    ELSE 'unlisted' END AS side,
    CASE
    WHEN kind = 'anybody' THEN 0
    WHEN list_contains(?1::VARCHAR[], employer) THEN 1
    WHEN covered THEN 2
    WHEN kind <> 'service' AND NOT list_contains(?4::VARCHAR[], country) THEN 3
    WHEN kind = 'service' THEN 6
    WHEN kind IN ('account', 'federation') OR NOT audited THEN 4
    WHEN employer IS NULL OR covered IS NULL OR country IS NULL THEN 5
    ELSE 6 END AS rank
FROM named
"""

SIDES = """
WITH best AS (
    SELECT principal_id AS id, access, min(standing) AS standing FROM able
    WHERE principal_id IS NOT NULL GROUP BY ALL
)
SELECT side, coalesce(access, ''), best.standing, count(*)
FROM best JOIN reachers USING (id) GROUP BY ALL ORDER BY ALL
"""

TOTALS = """
SELECT side, rank, standing, count(*), count(*) FILTER (used), count(*) FILTER (used = false)
FROM reachers GROUP BY ALL ORDER BY ALL
"""

STORES = """
SELECT count(*) FILTER (list_has_any(data_classes, ?1::VARCHAR[])),
    count(*) FILTER (data_classes IS NULL),
    (SELECT count(*) FROM able WHERE principal_id IS NULL),
    (SELECT count(*) FROM coverage WHERE open AND list_has_any(tables, ['principals',
        'memberships', 'policy_documents', 'attachments', 'policy_statements', 'grants']))
FROM stores
"""

EMPLOYED = """
SELECT employer, country, min(rank), count(*) FILTER (standing = 1),
    count(*) FILTER (standing = 2), count(*) FILTER (standing = 3), count(*) FILTER (covered),
    count(*) FILTER (covered IS NULL), count(*) FILTER (by_path), count(*) FILTER (used = false),
    count(*) FILTER (used IS NULL)
FROM reachers GROUP BY employer, country
ORDER BY min(rank), count(*) DESC, employer NULLS LAST, country NULLS LAST
"""

# The gravest principals, and the nearest way of each: certain before unknown, then short.
GRAVEST = """
CREATE TEMP TABLE gravest AS
WITH chosen AS (
    SELECT * FROM reachers WHERE rank < 6 ORDER BY rank, standing, most DESC NULLS LAST, id LIMIT ?1
), nearest AS (
    SELECT able.principal_id AS id, arg_min(
            {'path': path, 'through': through, 'statements': statements},
            {'standing': able.standing, 'steps': len(path), 'access': access, 'id': able.id}
        ) AS way,
        count(DISTINCT path) AS ways,
        list_sort(list_distinct(flatten(list(depends_on) FILTER (depends_on IS NOT NULL)))) AS keys
    FROM able JOIN chosen ON chosen.id = able.principal_id GROUP BY able.principal_id
)
SELECT chosen.*, way, ways, coalesce(keys, []) AS keys FROM chosen JOIN nearest USING (id)
"""

GRAVE = """
SELECT id, name, kind, account, person_name, employer, country, covered, audited, rank, used,
    way['path'], way['through'], way['statements'], ways, keys
FROM gravest ORDER BY rank, standing, most DESC NULLS LAST, id
"""

# Stores of one principal by the best that it has on each of them.
REACHED = """
WITH rights AS (
    SELECT DISTINCT principal_id AS id, access, extent_id, able.standing, able.used = false AS idle
    FROM able JOIN gravest ON gravest.id = able.principal_id
), held AS (
    SELECT DISTINCT runs.extent_id, stores.id AS store_id
    FROM extents AS runs JOIN stores ON stores.id BETWEEN first_store AND last_store
    WHERE runs.extent_id IN (SELECT extent_id FROM rights)
        AND (stores.data_classes IS NULL OR list_has_any(stores.data_classes, ?1::VARCHAR[]))
), best AS (
    SELECT id, rights.access, held.store_id, min(rights.standing) AS standing,
        bool_and(idle) IS true AS idle
    FROM rights LEFT JOIN held USING (extent_id)
    LEFT JOIN open_stores AS o ON o.access = rights.access AND o.store_id = held.store_id
        AND o.standing <= rights.standing AND rights.id <> 'anybody'
    WHERE o.store_id IS NULL GROUP BY ALL
)
SELECT id, coalesce(access, ''), count(store_id) FILTER (standing = 1),
    count(store_id) FILTER (standing = 2), count(store_id) FILTER (standing = 3),
    count(*) FILTER (store_id IS NULL), count(store_id) FILTER (idle)
FROM best GROUP BY ALL
UNION ALL
SELECT id, '*', count(DISTINCT store_id), 0, 0, 0, 0 FROM best GROUP BY id
ORDER BY ALL
"""
