"""Fills ``recordings``, and turns everything that logs cannot show into open gaps over accesses."""

from pathlib import Path

import duckdb

from auditor.columns import one_file
from auditor.model import Audit

NO_LOGS = "no audit log was read, so nothing is known of who did reach the data"
_NOT_READ = "the log was not read into this bundle"
_SILENT = "no audit log that was read tells of this account and region"
_UNHEARD_OF = (
    "no log that was read tells of any read of content there: perhaps none is recorded, so that "
    "nobody was seen shows nothing"
)
_NOT_ALL = "the trail of this log leaves out some management events, or may"
_NO_TRAIL = "the trail of this log was not collected, so it may leave out any event"
_NO_CONNECTOR = "the connector that exports this log does not run, or may not"
_UNREAD = "files or places of the log that could not be read in full"

_RECORDINGS = """
INSERT INTO recordings BY NAME
WITH doubled AS (
    SELECT source, account, region, sum(doubled)::BIGINT AS doubled FROM summaries GROUP BY ALL
)
SELECT concat_ws('/', r.source, r.account, r.region, nullif(trail, ''), start, "end",
        nullif(row_number() OVER same, 1)) AS id,
    [] AS evidence,
    CASE WHEN starts_with(kind, 'oci') THEN 'oci' ELSE 'aws' END AS provider,
    r.account, r.region, r.source, kind, start, "end", files, events,
    CASE WHEN row_number() OVER place = 1 THEN coalesce(d.doubled, 0) ELSE 0 END AS doubled,
    malformed, integrity, whole, reason
FROM recorded AS r LEFT JOIN doubled AS d
    ON (d.source, d.account, d.region) = (r.source, r.account, r.region)
WINDOW place AS (PARTITION BY r.source, r.account, r.region ORDER BY start, "end", trail, reason),
    same AS (PARTITION BY r.source, r.account, r.region, trail, start, "end" ORDER BY reason)
"""

# Each gap is told once for each log, account and region, with its first stretch.
_GAPS = """
INSERT INTO coverage BY NAME
WITH told AS (
    SELECT provider, source, kind, account, region,
        list(reason || ' (' || start || ' to ' || "end" || ')' ORDER BY start, "end", reason)
            FILTER (whole IS NOT true OR integrity = false) AS gaps,
        sum(events) AS events, sum(files) AS files
    FROM recordings GROUP BY ALL
), said AS (
    SELECT *, list_filter([gaps[1], CASE WHEN len(gaps) > 1
            THEN 'and ' || (len(gaps) - 1) || ' more such times' END],
        lambda each: each IS NOT NULL) AS reasons
    FROM told
)
SELECT concat_ws('/', 'log', source, account, region) AS id, [] AS evidence, provider,
    '' AS collector, kind AS service, account, region, '' AS compartment,
    CASE WHEN len(reasons) = 0 THEN 'complete' ELSE 'partial' END AS outcome,
    len(reasons) > 0 AS open, CASE WHEN len(reasons) = 0 THEN true END AS complete,
    array_to_string(reasons, '; ') AS reason, '' AS permission, '' AS closed_by,
    events::BIGINT AS items, files::BIGINT AS answers, 0 AS refusals,
    ['accesses'] AS tables
FROM said
"""

_REFUSED = """
INSERT INTO coverage BY NAME
SELECT concat_ws('/', 'log', source, 'refusals') AS id, [] AS evidence,
    CASE WHEN starts_with(any_value(k.kind), 'oci') THEN 'oci' ELSE 'aws' END AS provider,
    '' AS collector, any_value(k.kind) AS service, '' AS account, '' AS region, '' AS compartment,
    CASE WHEN bool_or(permission <> '') THEN 'denied' ELSE 'failed' END AS outcome,
    true AS open, NULL AS complete,
    concat($unread, ': ', count(*), ', such as ', min(about || ': ' || reason)) AS reason,
    array_to_string(list_sort(list_distinct(list(permission) FILTER (permission <> ''))), ', ')
        AS permission,
    '' AS closed_by, 0 AS items, 0 AS answers, count(*) AS refusals, ['accesses'] AS tables
FROM refused JOIN log_sources AS k USING (source) GROUP BY source
"""

_EMPTY = """
INSERT INTO coverage BY NAME
SELECT concat_ws('/', 'log', source) AS id, [] AS evidence,
    CASE WHEN starts_with(kind, 'oci') THEN 'oci' ELSE 'aws' END AS provider,
    '' AS collector, kind AS service, '' AS account, '' AS region, '' AS compartment,
    'unasked' AS outcome, true AS open, NULL AS complete, $reason AS reason, '' AS permission,
    '' AS closed_by, 0 AS items, 0 AS answers, 0 AS refusals, ['accesses'] AS tables
FROM log_sources WHERE source NOT IN (SELECT source FROM recordings)
"""

_UNTOLD = """
INSERT INTO coverage BY NAME
SELECT concat_ws('/', 'log', account, nullif(region, '')) AS id, [] AS evidence, provider,
    '' AS collector, '' AS service, account, region, '' AS compartment,
    'unasked' AS outcome, true AS open, NULL AS complete, $reason AS reason, '' AS permission,
    '' AS closed_by, 0 AS items, 0 AS answers, 0 AS refusals, ['accesses'] AS tables
FROM (
    SELECT DISTINCT provider, account, region FROM regions WHERE enabled IS NOT false
    UNION SELECT provider, id, '' FROM accounts
    WHERE active IS NOT false AND provider <> 'github'
        AND id NOT IN (SELECT account FROM regions)
) AS r
WHERE NOT EXISTS (FROM recordings AS told WHERE told.account = r.account
    AND told.region = r.region AND told.kind IN ('cloudtrail', 'cloudtrail lookup', 'oci audit'))
"""

# Reads of content are recorded where somebody chose so: only such an event shows that they are.
_UNHEARD = """
INSERT INTO coverage BY NAME
SELECT concat_ws('/', 'log', held.account, 'content', held.service) AS id, [] AS evidence,
    held.provider, '' AS collector, held.service, held.account, '' AS region, '' AS compartment,
    'unasked' AS outcome, true AS open, NULL AS complete, $reason AS reason, '' AS permission,
    '' AS closed_by, 0 AS items, 0 AS answers, 0 AS refusals, ['accesses'] AS tables
FROM (SELECT DISTINCT provider, account, service FROM stores
    WHERE service IN ('s3', 'dynamodb', 'objectstorage') AND data_classes IS DISTINCT FROM []
) AS held
WHERE NOT EXISTS (FROM accesses AS read LEFT JOIN stores ON stores.id = read.store_id
    WHERE read.access = 'read' AND read.service = held.service
    AND held.account IN (read.account, stores.account))
"""

# A chain of digests is named by its trail and the region that the trail is kept in. A chain whose
# trail nobody collected vouches for files, and not for what the trail records.
_CHOSEN = """
INSERT INTO coverage BY NAME
SELECT concat_ws('/', 'log', source, r.account, r.region, 'events') AS id, [] AS evidence,
    'aws' AS provider, '' AS collector, 'cloudtrail' AS service, r.account, r.region,
    '' AS compartment, 'unasked' AS outcome, true AS open, NULL AS complete,
    CASE WHEN count(t.id) = 0 THEN $uncollected ELSE $reason END AS reason,
    '' AS permission, '' AS closed_by, 0 AS items, 0 AS answers, 0 AS refusals,
    ['accesses'] AS tables
FROM recorded AS r LEFT JOIN trails AS t
    ON t.provider = 'aws' AND concat(t.name, '_', t.region)
        = regexp_extract(r.trail, '^[0-9]+_CloudTrail-Digest_[^_]+_(.*)$', 1)
WHERE r.trail <> ''
GROUP BY source, r.account, r.region HAVING NOT bool_or(coalesce(management_events, false))
"""

# Connector Hub writes what it exports below its own id.
_STOPPED = r"""
INSERT INTO coverage BY NAME
SELECT concat_ws('/', 'log', source, connector) AS id, [] AS evidence, 'oci' AS provider,
    '' AS collector, 'oci audit' AS service, any_value(flows.account) AS account,
    coalesce(any_value(flows.region), '') AS region, '' AS compartment, 'partial' AS outcome,
    true AS open,
    NULL AS complete, $reason AS reason, '' AS permission, '' AS closed_by, 0 AS items,
    0 AS answers, 0 AS refusals, ['accesses'] AS tables
FROM (SELECT DISTINCT source, regexp_extract(key, 'ocid1\.serviceconnector\.[a-zA-Z0-9._-]+')
        AS connector FROM log_files WHERE kind = 'oci audit') AS named
JOIN flows ON flows.store_id = connector
GROUP BY source, connector HAVING NOT coalesce(bool_or(flows.active), false)
"""

_NOTHING = """
INSERT INTO coverage BY NAME
SELECT 'log' AS id, [] AS evidence, '' AS provider, '' AS collector, '' AS service,
    '' AS account, '' AS region, '' AS compartment, 'unasked' AS outcome, true AS open,
    NULL AS complete, $reason AS reason, '' AS permission, '' AS closed_by, 0 AS items,
    0 AS answers, 0 AS refusals, ['accesses'] AS tables
"""

_WHY = (
    """
    INSERT INTO unknowns BY NAME
    SELECT concat('coverage/', id, '/complete') AS id, [] AS evidence, 'coverage' AS of_table,
        id AS row_id, 'complete' AS "column", reason, permission
    FROM coverage WHERE complete IS NULL AND (id = 'log' OR starts_with(id, 'log/'))
    """,
    *(
        f"""
        INSERT INTO unknowns BY NAME
        SELECT concat('recordings/', id, '/{column}') AS id, [] AS evidence,
            'recordings' AS of_table, id AS row_id, '{column}' AS "column", reason,
            '' AS permission
        FROM recordings WHERE {column} IS NULL AND reason <> ''
        """
        for column in ("integrity", "whole")
    ),
)

_FOUND_EMPTY = "nothing of the period was found where the log should lie"


def read_recordings(database: duckdb.DuckDBPyConnection, activity: Path, audit: Audit) -> None:
    """Fill ``recordings`` and add to ``coverage`` what no log can show."""
    _fill(database, activity, audit)
    for statement in _WHY:
        database.execute(statement)


def _fill(database: duckdb.DuckDBPyConnection, activity: Path, audit: Audit) -> None:
    if not audit.logs:
        database.execute(_NOTHING, {"reason": NO_LOGS})
        return
    database.execute(
        "CREATE TEMP TABLE log_sources AS SELECT unnest(?::VARCHAR[]) AS source, "
        "unnest(?::VARCHAR[]) AS kind",
        [[log.name for log in audit.logs], [log.kind for log in audit.logs]],
    )
    if not (activity / "recordings.parquet").is_file():
        database.execute(_EMPTY, {"reason": _NOT_READ})
        return
    _view(database, "recorded", [activity / "recordings.parquet"])
    _view(database, "refused", [activity / "refusals.parquet"])
    _view(database, "log_files", [activity / "files.parquet"])
    _summaries(database, sorted((activity / "summaries").glob("*.parquet")))
    database.execute(_RECORDINGS)
    database.execute(_GAPS)
    database.execute(_REFUSED, {"unread": _UNREAD})
    database.execute(_EMPTY, {"reason": _FOUND_EMPTY})
    database.execute(_UNTOLD, {"reason": _SILENT})
    database.execute(_UNHEARD, {"reason": _UNHEARD_OF})
    database.execute(_CHOSEN, {"reason": _NOT_ALL, "uncollected": _NO_TRAIL})
    database.execute(_STOPPED, {"reason": _NO_CONNECTOR})
    for name in ("recorded", "refused", "summaries", "log_files"):
        database.execute(f"DROP VIEW {name}")


def _view(database: duckdb.DuckDBPyConnection, name: str, paths: list[Path]) -> None:
    files = ", ".join(map(one_file, paths))
    database.execute(
        f"CREATE TEMP VIEW {name} AS FROM read_parquet([{files}], hive_partitioning => false)"
    )


def _summaries(database: duckdb.DuckDBPyConnection, paths: list[Path]) -> None:
    if paths:
        _view(database, "summaries", paths)
        return
    database.execute(
        "CREATE TEMP VIEW summaries AS SELECT '' AS source, '' AS account, '' AS region, "
        "0 AS doubled WHERE false"
    )
