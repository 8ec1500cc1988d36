"""The statements of the reconciliation, in order.

They read these tables besides the fact tables: ``claims`` (types that collectors collect),
``quiet_types`` (types that hold and move no data), ``listed`` (identifiers of what was listed in
Oracle Cloud), ``kinds`` (collectors, with every short name of their service) and ``period`` (the
days that a bill has to cover).
"""

# A type as a collector writes it, for each name that any inventory has for it; Oracle's index does
# not always write one name alike.
_TYPES = """
CREATE TEMP TABLE types AS
WITH named AS (
    SELECT provider, type AS alias, type FROM claims
    UNION SELECT provider, split_part(type, '/', 1), type FROM claims
    UNION SELECT provider, unnest(covers), name FROM witnesses
    WHERE witness = 'resource explorer' AND name <> ''
)
SELECT provider, lower(alias) AS alias, list_sort(list(DISTINCT type)) AS types
FROM named GROUP BY ALL
"""

_HOLDS_DATA = """
CREATE TEMP TABLE judged AS
SELECT s.id, types.types, CASE
    WHEN list_has_any(types.types, claimed.types) THEN true
    WHEN lower(s.type) IN (SELECT lower(type) FROM quiet_types) THEN false
    WHEN len(types.types) > 0
        AND list_has_all((SELECT coalesce(list(type), []) FROM quiet_types), types.types) THEN false
    END AS holds_data
FROM sightings AS s LEFT JOIN types ON types.provider = s.provider AND types.alias = lower(s.type)
LEFT JOIN (SELECT provider, list(DISTINCT type) AS types FROM claims GROUP BY provider) AS claimed
    ON claimed.provider = s.provider
"""

_JUDGE = """
UPDATE sightings SET holds_data = judged.holds_data, service = coalesce(
    service, (SELECT min(service) FROM claims
        WHERE claims.provider = sightings.provider AND claims.type = judged.types[1]),
    split_part(judged.types[1], ':', 1))
FROM judged WHERE judged.id = sightings.id
"""

_COLLECTED = """
CREATE TEMP TABLE collected AS
SELECT DISTINCT provider, resource_name(id) AS name FROM (
    SELECT provider, id FROM stores UNION ALL SELECT provider, id FROM processors
    UNION ALL SELECT provider, id FROM keys UNION ALL SELECT provider, id FROM trails
    UNION ALL SELECT provider, id FROM guardrails
    UNION ALL SELECT provider, target_id FROM guardrails WHERE target_id IS NOT NULL
    UNION ALL SELECT 'oci', name FROM listed
)
"""

_EXPLAINED = """
UPDATE sightings SET explained = true
WHERE holds_data = false OR resource_id <> '' AND EXISTS (
    FROM collected AS c
    WHERE c.provider = sightings.provider AND c.name = resource_name(sightings.resource_id))
"""

# An inventory that names types only is explained when all of a type could be seen there.
_EXPLAINED_TYPES = """
UPDATE sightings SET explained = true FROM (
    SELECT s.id FROM sightings AS s JOIN judged USING (id)
    JOIN claims ON claims.provider = s.provider AND list_contains(judged.types, claims.type)
    LEFT JOIN coverage AS c ON c.collector = claims.kind AND c.account = s.account
        AND c.region IN (s.region, '')
    WHERE s.resource_id = '' AND s.explained IS NULL
    GROUP BY s.id HAVING bool_and(coalesce(c.complete, false))
) AS seen WHERE seen.id = sightings.id
"""

_WHY_NOT_EXPLAINED = """
INSERT INTO unknowns
SELECT concat_ws('/', 'sightings', id, 'explained'), evidence, 'sightings', id, 'explained',
    CASE WHEN holds_data THEN 'its type is collected, and no row was collected for it'
    ELSE 'no collector knows its type, and nobody has judged whether it holds data' END, ''
FROM sightings WHERE explained IS NULL
"""

# Whether all that is collected of what a line charges for was seen, where it was charged.
_LOOKED = """
CREATE TEMP TABLE looked AS
SELECT s.id, count(c.id) AS units, count(c.id) FILTER (c.complete IS NOT TRUE) AS unseen
FROM spend AS s
LEFT JOIN kinds AS k ON NOT k.is_axis AND list_has_any(k.names, s.services)
LEFT JOIN coverage AS c ON c.collector = k.kind AND c.provider = s.provider
    AND c.account = s.account AND (c.region IN (s.region, '') OR s.region = '')
    AND (s.compartment = '' OR c.compartment IN (s.compartment, '')) AND c.outcome <> 'unlisted'
GROUP BY s.id
"""

_SPEND_EXPLAINED = """
UPDATE spend SET explained = true FROM looked
WHERE looked.id = spend.id AND (spend.services = [] OR units > 0 AND unseen = 0)
"""

_WHY_NOT_SPEND = """
INSERT INTO unknowns
SELECT concat_ws('/', 'spend', s.id, 'explained'), s.evidence, 'spend', s.id, 'explained',
    CASE WHEN s.services IS NULL THEN 'which service it is charged for is not known'
    WHEN units = 0 THEN 'no collector looked into ' || array_to_string(s.services, ', ') || ' there'
    ELSE 'not all of ' || array_to_string(s.services, ', ') || ' there could be seen' END, ''
FROM spend AS s JOIN looked USING (id) WHERE s.explained IS NULL
"""

# Gaps that witnesses could close: nothing of it was seen, its place is known, and no places that
# others are looked into hang on it.
_GAPS = """
CREATE TEMP TABLE gaps AS
SELECT c.id, c.provider, c.account, c.region, k.names,
    list_sort(list(DISTINCT claims.type) FILTER (claims.type IS NOT NULL)) AS types,
    list_sort(list(DISTINCT claims.service) FILTER (claims.service IS NOT NULL)) AS services
FROM coverage AS c JOIN kinds AS k ON k.kind = c.collector
LEFT JOIN claims ON claims.kind = c.collector
WHERE c.open AND c.outcome NOT IN ('excluded', 'unlisted') AND c.items = 0 AND NOT k.is_axis
    AND c.account <> '' AND c.region <> ''
GROUP BY ALL
"""

# A witness was heard where every unit of its collector there is complete.
_HEARD = """
CREATE TEMP TABLE heard AS
SELECT provider, collector, account, region, max(items) AS items
FROM coverage GROUP BY provider, collector, account, region
HAVING bool_and(NOT open AND coalesce(complete, false) AND closed_by = '')
"""

# The list speaks of a service only if some region offers it under that name, and of a region only
# if it offers anything. As many rows as were listed must be there: a lost one would read as "no".
_NOT_OFFERED = """
CREATE TEMP TABLE not_offered AS
WITH offered AS (FROM witnesses WHERE witness = 'service list'),
list AS (
    SELECT h.provider FROM heard AS h JOIN offered AS o USING (provider)
    WHERE h.collector = h.provider || '.ssm.service'
    GROUP BY h.provider, h.items HAVING count(*) = h.items AND bool_and(coalesce(complete, false))
)
SELECT gaps.id FROM gaps JOIN list USING (provider)
WHERE EXISTS (
        FROM offered AS o
        WHERE o.provider = gaps.provider AND o.region = gaps.region AND o.name <> '')
    AND EXISTS (
        FROM offered AS o
        WHERE o.provider = gaps.provider AND list_contains(gaps.names, o.name))
    AND NOT EXISTS (
        FROM offered AS o WHERE o.provider = gaps.provider AND o.region = gaps.region
        AND list_contains(gaps.names, o.name))
"""

# Accounts whose bill covers every day of the period, each once.
_BILLED = """
CREATE TEMP TABLE billed AS
SELECT w.provider, w.account, list_sort(list_distinct(flatten(list(w.covers)))) AS covers
FROM witnesses AS w JOIN heard AS h ON h.provider = w.provider AND h.account = w.account
    AND h.collector = w.provider || '.ce.line', period
WHERE w.witness = 'bill'
GROUP BY w.provider, w.account, period.first, period.after
HAVING bool_and(coalesce(w.complete, false) AND try_cast(w.period_start AS DATE) IS NOT NULL
        AND try_cast(w.period_end AS DATE) IS NOT NULL)
    AND min(try_cast(w.period_start AS DATE)) <= try_cast(period.first AS DATE)
    AND max(try_cast(w.period_end AS DATE)) >= try_cast(period.after AS DATE)
    AND sum(try_cast(w.period_end AS DATE) - try_cast(w.period_start AS DATE))
        = max(try_cast(w.period_end AS DATE)) - min(try_cast(w.period_start AS DATE))
"""

_INVENTORIED = """
CREATE TEMP TABLE inventoried AS
SELECT w.provider, w.account, w.region
FROM witnesses AS w JOIN heard AS h ON h.provider = w.provider AND h.account = w.account
    AND h.region = w.region AND h.collector = w.provider || '.resourceexplorer.resource'
WHERE w.witness = 'resource explorer' AND w.region <> ''
GROUP BY ALL HAVING bool_and(coalesce(w.complete, false))
"""

# False only where both inventories were asked about, and neither is set up for everything.
_REGIONS = """
UPDATE regions SET inventoried = CASE
    WHEN EXISTS (FROM inventoried AS i WHERE i.provider = regions.provider
        AND i.account = regions.account AND i.region = regions.region) THEN true
    WHEN recorded THEN true
    WHEN asked = 2 AND unsure = 0 THEN false END
FROM (
    SELECT r.id,
        (SELECT count(DISTINCT h.collector) FROM heard AS h WHERE h.provider = r.provider
            AND h.account = r.account AND h.region = r.region AND h.collector IN (
                r.provider || '.resourceexplorer.view', r.provider || '.config.recorder'))
            AS asked,
        coalesce(bool_or(w.complete) FILTER (w.witness = 'config'), false) AS recorded,
        count(w.id) FILTER (w.complete IS NULL) AS unsure
    FROM regions AS r LEFT JOIN witnesses AS w ON w.provider = r.provider
        AND w.account = r.account AND w.region = r.region AND w.region <> ''
    GROUP BY ALL
) AS told WHERE told.id = regions.id
"""

_NAMEABLE = """
CREATE TEMP TABLE nameable AS
SELECT w.provider, list(DISTINCT w.name) AS types
FROM witnesses AS w JOIN heard AS h ON h.provider = w.provider
    AND h.collector = w.provider || '.resourceexplorer.type'
WHERE w.witness = 'resource explorer' AND w.region = '' AND w.complete
GROUP BY w.provider
"""

_NOTHING_THERE = """
CREATE TEMP TABLE nothing_there AS
SELECT gaps.id FROM gaps
JOIN billed USING (provider, account)
JOIN inventoried USING (provider, account, region)
JOIN nameable USING (provider)
WHERE len(gaps.types) > 0 AND list_has_all(nameable.types, gaps.types)
    AND list_has_all(billed.covers, gaps.services)
    AND NOT EXISTS (
        FROM spend AS s WHERE s.provider = gaps.provider AND s.account = gaps.account
        AND (s.region IS NULL OR s.region IN (gaps.region, ''))
        AND (s.services IS NULL OR list_has_any(s.services, gaps.services)))
    AND NOT EXISTS (
        FROM sightings AS s WHERE s.provider = gaps.provider AND s.account = gaps.account
        AND (s.region IS NULL OR s.region IN (gaps.region, ''))
        AND s.holds_data IS DISTINCT FROM false
        AND (s.service IS NULL OR list_contains(gaps.services, s.service)))
"""

_CLOSE = """
UPDATE coverage SET open = false, complete = true, closed_by = '{witnesses}'
WHERE id IN (SELECT id FROM {table})
"""

EXPLAIN = (
    _TYPES,
    _HOLDS_DATA,
    _JUDGE,
    _COLLECTED,
    _EXPLAINED,
    _EXPLAINED_TYPES,
    _WHY_NOT_EXPLAINED,
    _LOOKED,
    _SPEND_EXPLAINED,
    _WHY_NOT_SPEND,
)

CLOSE = (
    _GAPS,
    _HEARD,
    _NOT_OFFERED,
    _BILLED,
    _INVENTORIED,
    _REGIONS,
    _NAMEABLE,
    _NOTHING_THERE,
    _CLOSE.format(witnesses="the bill and Resource Explorer", table="nothing_there"),
    _CLOSE.format(witnesses="the provider's own list of services", table="not_offered").replace(
        "provider's", "provider''s"
    ),
)
