"""The questions about what logs show of access to protected data.

``acts`` has a row for each access, with who stood behind it: the principal at the start of the
chain of roles where logs tell, else the one that acted.
"""

ACTS = """
CREATE TEMP TABLE acts AS
SELECT one.* EXCLUDE (evidence), events - errors AS worked,
    one.access = 'sign-in' OR list_has_any(one.data_classes, ?1::VARCHAR[]) AS concerned,
    coalesce(nullif(root_id, ''), principal_id) AS behind,
    coalesce(nullif(root.employer, ''), nullif(actor.employer, '')) AS employer,
    coalesce(nullif(root.person_name, ''), nullif(actor.person_name, ''),
        nullif(root.name, ''), nullif(actor.name, '')) AS called,
    CASE WHEN one.country IS NULL AND len(countries) > 0
            AND NOT list_has_any(?2::VARCHAR[], countries) THEN true
        ELSE NOT list_contains(?2::VARCHAR[], one.country) END AS abroad,
    one.country IS NULL AND NOT list_has_all(?2::VARCHAR[], countries) AS disputed
FROM accesses AS one
LEFT JOIN principals AS root ON root.id = nullif(one.root_id, '')
LEFT JOIN principals AS actor ON actor.id = one.principal_id
"""

WHOLE = """
SELECT count(*), coalesce(sum(events), 0)::BIGINT,
    coalesce(sum(events) FILTER (concerned IS NOT false), 0)::BIGINT,
    coalesce(sum(events) FILTER (concerned IS NULL), 0)::BIGINT,
    coalesce(sum(events) FILTER (concerned IS NOT false AND abroad), 0)::BIGINT,
    coalesce(sum(worked) FILTER (concerned IS NOT false AND abroad), 0)::BIGINT,
    coalesce(sum(events) FILTER (concerned IS NOT false AND abroad IS NULL
        AND origin <> 'provider'), 0)::BIGINT,
    coalesce(sum(worked) FILTER (concerned IS NOT false AND permitted IS NULL), 0)::BIGINT,
    coalesce(sum(worked) FILTER (access = 'sign-in' AND second_factor IS NULL), 0)::BIGINT
FROM acts
"""

RECORD = (
    *("provider", "source", "kind", "places", "first", "last", "hours", "whole", "broken"),
    *("vouched", "files", "events", "malformed", "doubled"),
)
# Hours of one log of one account and region. Seconds: parts of hours add up.
RECORDED = """
WITH timed AS (
    SELECT *, date_diff('second', try_cast(start AS TIMESTAMP), try_cast("end" AS TIMESTAMP))
        AS seconds FROM recordings
)
SELECT provider, source, kind, count(DISTINCT (account, region)), min(start), max("end"),
    coalesce(sum(seconds), 0)::BIGINT,
    coalesce(sum(seconds) FILTER (whole AND integrity IS NOT false), 0)::BIGINT,
    coalesce(sum(seconds) FILTER (whole = false OR integrity = false), 0)::BIGINT,
    coalesce(sum(seconds) FILTER (integrity), 0)::BIGINT,
    sum(files)::BIGINT, sum(events)::BIGINT, sum(malformed)::BIGINT, sum(doubled)::BIGINT
FROM timed GROUP BY provider, source, kind ORDER BY ALL
"""

# Stretches of logs that are not whole, then places of which no log tells.
MISSING = """
SELECT source, reason, places, seconds, first FROM (
    SELECT source, reason, count(DISTINCT (account, region)) AS places, false AS silent,
        coalesce(sum(date_diff('second', try_cast(start AS TIMESTAMP),
            try_cast("end" AS TIMESTAMP))), 0)::BIGINT AS seconds, min(start) AS first
    FROM recordings WHERE whole IS NOT true OR integrity = false GROUP BY source, reason
    UNION ALL
    SELECT '', reason, count(DISTINCT (account, region)), true, NULL, NULL
    FROM coverage WHERE open AND outcome <> 'partial' AND list_contains(tables, 'accesses')
    GROUP BY reason
) ORDER BY silent, seconds DESC, source, reason
"""

ORIGIN = ("country", "origin", "employer", "people", "events", "errors", "first", "last", "abroad")
ORIGINS = """
SELECT country, CASE WHEN country IS NULL THEN origin ELSE '' END AS origin, employer,
    count(DISTINCT behind), sum(events)::BIGINT AS of_all, sum(errors)::BIGINT, min("first"),
    max("last"), coalesce(bool_or(abroad), false) AS far
FROM acts WHERE concerned IS NOT false
GROUP BY ALL
ORDER BY far DESC, of_all DESC, country NULLS LAST, 2, employer NULLS LAST
"""

DEED = (
    *("behind", "called", "employer", "principal", "access", "country", "countries", "origin"),
    *("network", "store", "stores", "addresses", "events", "errors", "first", "last", "samples"),
)
_DEEDS = """
SELECT * EXCLUDE (one, other, did), list_filter([one, CASE WHEN other <> one THEN other END],
    lambda each: each IS NOT NULL) FROM (
SELECT behind, called, employer, principal_id, access, country, countries, origin, network,
    min(store_id) AS store, count(DISTINCT store_id) FILTER (store_id <> ''),
    list_sort(list(DISTINCT address)) AS addresses, sum(events)::BIGINT AS of_all,
    sum(errors)::BIGINT, min("first") AS "first", max("last") AS "last",
    arg_min(samples[1], ("first", id)) AS one, arg_max(samples[-1], ("last", id)) AS other,
    sum(worked) AS did
FROM acts WHERE {} GROUP BY ALL
) ORDER BY country IS NULL, did DESC, of_all DESC, "first", behind, principal_id, access, country,
    countries, origin, network
"""
FOREIGN = _DEEDS.format("concerned IS NOT false AND (abroad OR disputed)")
UNEXPLAINED = _DEEDS.format("concerned IS NOT false AND worked > 0 AND permitted = false")
EMERGENCY = _DEEDS.format(
    "worked > 0 AND excepted IS NOT true AND (list_contains(?1::VARCHAR[], principal_id)"
    " OR list_contains(?1::VARCHAR[], root_id))"
)
ONE_FACTOR = _DEEDS.format("access = 'sign-in' AND worked > 0 AND second_factor = false")
