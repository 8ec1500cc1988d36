"""The questions that the inventory asks of the fact tables."""

STORE = ("provider", "region", "country", "protected", "possible", "other")
STORES = """
SELECT provider, region, country,
       count(*) FILTER (list_has_any(data_classes, ?::VARCHAR[])),
       count(*) FILTER (data_classes IS NULL),
       count(*) FILTER (NOT list_has_any(data_classes, ?::VARCHAR[]))
FROM stores GROUP BY ALL ORDER BY provider, region NULLS LAST, country NULLS LAST
"""

FLOW = ("region", "country", "end_region", "end_country", "end_account", "mechanism", "count")
# What data leaves, or is worked on in, with its country.
_STARTS = "(SELECT id, country FROM stores UNION ALL SELECT id, country FROM processors)"

FLOWS = f"""
SELECT f.region, s.country, f.target_region, f.target_country,
       CASE WHEN f.target_account = '*' THEN '*'
            WHEN f.target_account IS NULL THEN NULL
            WHEN len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], f.target_account)
              OR f.target_account = f.account THEN 'inside'
            ELSE 'outside' END AS end_account,
       f.mechanism, count(*)
FROM flows f LEFT JOIN {_STARTS} s ON s.id = f.store_id
WHERE (f.data_classes IS NULL OR list_has_any(f.data_classes, ?::VARCHAR[]))
  AND f.active IS NOT FALSE
GROUP BY ALL ORDER BY ALL NULLS LAST
"""  # noqa: S608  our own words

PATHS = f"""
WITH steps AS (
    SELECT id, unnest(path) AS flow_id, generate_subscripts(path, 1) AS place FROM reach),
ways AS (
    SELECT steps.id, string_agg(f.mechanism, ' → ' ORDER BY place) AS way,
           min_by(f.region, place) AS region, min_by(f.account, place) AS account
    FROM steps JOIN flows f ON f.id = steps.flow_id GROUP BY steps.id)
SELECT w.region, s.country, r.end_region, r.end_country,
       CASE WHEN r.end_account = '*' THEN '*'
            WHEN r.end_account IS NULL THEN NULL
            WHEN len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], r.end_account)
              OR r.end_account = w.account THEN 'inside'
            ELSE 'outside' END AS end_account,
       coalesce(w.way, 'a way not known'), count(*)
FROM reach r LEFT JOIN {_STARTS} s ON s.id = r.store_id LEFT JOIN ways w ON w.id = r.id
WHERE r.data_classes IS NULL OR list_has_any(r.data_classes, ?::VARCHAR[])
GROUP BY ALL ORDER BY ALL NULLS LAST
"""  # noqa: S608  our own words

PROCESSOR = ("region", "country", "service", "kind", "accounts", "protected", "possible")
PROCESSORS = """
SELECT region, country, service, kind, count(DISTINCT account),
       count(*) FILTER (list_has_any(data_classes, ?::VARCHAR[])),
       count(*) FILTER (data_classes IS NULL)
FROM processors WHERE data_classes IS NULL OR list_has_any(data_classes, ?::VARCHAR[])
GROUP BY ALL ORDER BY ALL NULLS LAST
"""

ACCOUNTS = """
SELECT a.provider, a.id, a.name, count(s.id)
FROM accounts a LEFT JOIN stores s ON s.account = a.id
GROUP BY ALL ORDER BY a.provider, a.id, a.name NULLS LAST
"""

REGIONS = """
SELECT provider, region, country, count(DISTINCT account)
FROM regions GROUP BY ALL ORDER BY provider, region, country NULLS LAST
"""

CLASSES = """
SELECT class, count(*) FROM (
    SELECT unnest(data_classes) AS class FROM stores WHERE len(data_classes) > 0
    UNION ALL SELECT '' FROM stores WHERE len(data_classes) = 0
    UNION ALL SELECT NULL FROM stores WHERE data_classes IS NULL)
GROUP BY class ORDER BY class NULLS LAST
"""

OUTCOMES = """
SELECT outcome, count(*), sum(answers)::BIGINT, sum(refusals)::BIGINT
FROM coverage GROUP BY outcome ORDER BY outcome
"""

GAPS = """
SELECT provider, service, outcome, reason, permission,
       list_sort(list(DISTINCT account)), list_sort(list(DISTINCT region)),
       list_sort(list(DISTINCT compartment)), count(*)
FROM coverage WHERE open
GROUP BY provider, service, outcome, reason, permission
ORDER BY count(*) DESC, provider, service, outcome, reason, permission
"""

CLOSED_GROUP = (
    "provider",
    "region",
    "outcome",
    "closed_by",
    "services",
    "reason",
    "reasons",
    "accounts",
    "units",
)
CLOSED = """
SELECT provider, region, outcome, closed_by, list_sort(list(DISTINCT service)), min(reason),
       count(DISTINCT reason), count(DISTINCT account), count(*)
FROM coverage WHERE NOT open AND outcome <> 'complete'
GROUP BY provider, region, outcome, closed_by
ORDER BY count(*) DESC, provider, region, outcome, closed_by
"""

GAPS_OF = (
    "provider",
    "account",
    "name",
    "outcome",
    "services",
    "regions",
    "units",
    "planned",
)
GAPS_BY_ACCOUNT = """
WITH planned AS (SELECT provider, account, count(*) AS units FROM coverage GROUP BY ALL)
SELECT c.provider, c.account, any_value(a.name), c.outcome, count(DISTINCT c.service),
    count(DISTINCT nullif(c.region, '')), count(*), any_value(p.units)
FROM coverage AS c JOIN planned AS p USING (provider, account)
LEFT JOIN accounts AS a ON a.provider = c.provider AND a.id = c.account
WHERE c.open GROUP BY c.provider, c.account, c.outcome
ORDER BY count(*) DESC, c.provider, c.account, c.outcome
"""

# What was not collected at all is in the list of gaps; one reason is said once for all columns.
# What no control asks for comes last.
UNKNOWNS = """
SELECT of_table, list_sort(list(DISTINCT "column")), reason, permission, count(DISTINCT row_id)
FROM unknowns WHERE of_table <> 'coverage' GROUP BY of_table, reason, permission
ORDER BY bool_and("column" IN ('created', 'size_bytes', 'name')), count(DISTINCT row_id) DESC,
    of_table, reason, permission
"""
