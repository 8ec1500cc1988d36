"""Reads what was recorded of audit logs in a bundle's folder ``activity`` into rows of accesses.

Whom and what logs name is found among what was collected only afterwards.
"""

from pathlib import Path

import duckdb

from auditor.columns import one_file
from auditor.model import Audit

DISAGREE = "country databases disagree about the address"
UNKNOWN_ADDRESS = "no country database knows the address"
NO_COUNTRY = "it is no address of the internet, so no database can place it"

_CHAINS_FOLLOWED = 16  # roles that one session may have come through

_LOGS = """
CREATE TEMP TABLE log_kinds AS
SELECT unnest(?1::VARCHAR[]) AS source, unnest(?2::VARCHAR[]) AS kind
"""

# Who is at the start of the chain of roles that a temporary credential came through. The account
# of a role logs an outsider who assumed it by account only, and the outsider's own account by name
# and credential: what says more counts. Of what two are said to have got, nobody knows the start.
_ROOTS = f"""
CREATE TEMP TABLE roots AS
WITH RECURSIVE links AS (
    SELECT credential, min(issued_to) AS issued_to, min(issued_by) AS issued_by
    FROM (
        FROM chains QUALIFY rank() OVER (PARTITION BY credential
            ORDER BY issued_by <> '' DESC, contains(issued_to, ':') DESC) = 1
    ) GROUP BY credential HAVING count(DISTINCT (issued_to, issued_by)) = 1
), walked AS (
    SELECT credential, issued_to, issued_by, 1 AS hops FROM links
    UNION ALL
    SELECT walked.credential, links.issued_to, links.issued_by, hops + 1
    FROM walked JOIN links ON links.credential = walked.issued_by
    WHERE hops < {_CHAINS_FOLLOWED}
)
SELECT credential, arg_max(issued_to, hops) AS root,
    arg_max(issued_by, hops) = '' AS is_start
FROM walked GROUP BY credential
"""

_PLACES = """
CREATE TEMP TABLE placed AS
SELECT address, endpoint = 'yes' AS by_endpoint, origin,
    list_sort(list_distinct(map_values(said::JSON::MAP(VARCHAR, VARCHAR)))) AS countries
FROM addresses
"""

_REGION_COUNTRIES = """
CREATE TEMP TABLE region_countries AS
SELECT provider, region, min(country) AS country FROM regions WHERE country IS NOT NULL
GROUP BY ALL HAVING count(DISTINCT country) = 1
"""

# A service that asks for somebody hides the address, and not the session: where else that was used.
_SESSIONS = """
CREATE TEMP TABLE sessions AS
SELECT credential, list_sort(list_distinct(flatten(list(p.countries)))) AS countries
FROM summaries AS s JOIN placed AS p ON p.address = s.address AND NOT p.by_endpoint
WHERE s.credential <> '' AND s.endpoint = '' AND p.origin = 'internet'
GROUP BY credential HAVING bool_and(len(p.countries) = 1)
"""

# Sums up over days, credentials and logs; what differs in who, what or whence stays apart. Behind
# an endpoint of an account that was not looked at may be any network, wherever the log lies.
_SUMMED = """
CREATE TEMP TABLE summed AS
SELECT
    CASE WHEN starts_with(k.kind, 'oci') THEN 'oci' ELSE 'aws' END AS provider,
    s.account, s.region, s.service, s.access,
    CASE WHEN s.principal <> '' THEN s.principal END AS principal_id,
    CASE WHEN s.principal = '' THEN NULL WHEN r.is_start AND r.root <> '' THEN r.root
        WHEN s.credential = '' AND NOT (contains(s.principal, ':role/') AND s.session <> '')
        THEN s.principal END AS root_id,
    CASE WHEN s.source_identity <> '' THEN s.source_identity ELSE s.session END AS session,
    CASE WHEN s.principal = 'anybody' THEN '*'
        WHEN s.principal_account <> '' OR starts_with(s.principal, 'service:')
        THEN s.principal_account END AS principal_account,
    CASE WHEN s.store <> '' OR s.access NOT IN ('read', 'write', 'share', 'decrypt')
        THEN s.store END AS store_id, s.address, p.origin, s.endpoint AS network,
    CASE WHEN p.origin = 'endpoint' AND s.principal_account NOT IN (SELECT account FROM regions)
        THEN []
        WHEN p.origin = 'endpoint' OR p.origin = 'private' AND starts_with(k.kind, 'oci')
        THEN [c.country]
        WHEN p.origin = 'provider' AND NOT starts_with(s.principal, 'service:')
        THEN coalesce(used.countries, [])
        ELSE p.countries END AS countries,
    list_sort(list_distinct(list(s.operation))) AS operations,
    CASE WHEN bool_or(s.second_factor = 'no') THEN false
        WHEN bool_and(s.second_factor = 'yes') THEN true END AS second_factor,
    min(s.first) AS first, max(s.last) AS last,
    sum(s.events)::BIGINT AS events, sum(s.errors)::BIGINT AS errors,
    CASE WHEN sum(s.bytes_known) > 0 AND sum(s.bytes_known) >= sum(s.events) - sum(s.errors)
        THEN sum(s.bytes_out)::BIGINT END AS bytes_out,
    list_sort(list_distinct([min(s.first_id), max(s.last_id)])) AS samples
FROM summaries AS s JOIN log_kinds AS k USING (source)
LEFT JOIN placed AS p ON p.address = s.address AND p.by_endpoint = (s.endpoint <> '')
LEFT JOIN roots AS r ON r.credential = s.credential
LEFT JOIN sessions AS used ON used.credential = s.credential
LEFT JOIN region_countries AS c ON c.region = s.region
    AND c.provider = CASE WHEN starts_with(k.kind, 'oci') THEN 'oci' ELSE 'aws' END
GROUP BY ALL
"""

_KEY = (
    "provider, account, region, service, access, principal_id, root_id, session, "
    "principal_account, store_id, address, network"
)
_ACCESSES = f"""
INSERT INTO accesses BY NAME
SELECT concat_ws('/', provider, account, region, service, access,
        left(sha256(concat(to_json([{_KEY}])::VARCHAR,
            CASE WHEN origin = 'provider' AND countries <> [] THEN countries::VARCHAR END)), 16)
    ) AS id,
    [] AS evidence, * EXCLUDE (countries),
    list_filter(countries, lambda each: each IS NOT NULL) AS countries,
    CASE WHEN len(countries) = 1 THEN countries[1] END AS country
FROM summed
"""

_UNPLACED = """
INSERT INTO unknowns BY NAME
SELECT concat('accesses/', id, '/country') AS id, [] AS evidence, 'accesses' AS of_table,
    id AS row_id, 'country' AS "column", CASE WHEN origin <> 'internet' THEN ?
        WHEN len(countries) > 1 THEN ? ELSE ? END AS reason, '' AS permission
FROM accesses WHERE country IS NULL
"""

ACTIVITY_REASONS = {
    ("accesses", "principal_account"): "the log does not say whose the principal is",
    ("accesses", "second_factor"): "the log does not say of every session how it was begun",
    ("accesses", "bytes_out"): "the log does not state the size of every answer",
    ("recordings", "integrity"): "no signed digest speaks of this time",
    ("recordings", "whole"): "nobody can tell whether all of the log is there",
}


def read_activity(database: duckdb.DuckDBPyConnection, activity: Path, audit: Audit) -> None:
    """Fill ``accesses`` from the summaries of a bundle; nothing if no log was read."""
    summaries = sorted((activity / "summaries").glob("*.parquet"))
    if not summaries:
        return
    database.execute(_LOGS, [[log.name for log in audit.logs], [log.kind for log in audit.logs]])
    _view(database, "summaries", summaries)
    _view(database, "addresses", [activity / "addresses.parquet"])
    _view(database, "chains", [activity / "chains.parquet"])
    for statement in (_ROOTS, _PLACES, _SESSIONS, _REGION_COUNTRIES, _SUMMED, _ACCESSES):
        database.execute(statement)
    database.execute(_UNPLACED, [NO_COUNTRY, DISAGREE, UNKNOWN_ADDRESS])
    for name in ("summaries", "addresses", "chains"):
        database.execute(f"DROP VIEW {name}")


def _view(database: duckdb.DuckDBPyConnection, name: str, paths: list[Path]) -> None:
    files = ", ".join(map(one_file, paths))
    database.execute(
        f"CREATE TEMP VIEW {name} AS FROM read_parquet([{files}], hive_partitioning => false)"
    )
