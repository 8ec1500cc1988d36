"""Merges what single files came to into days, each event once, and writes what a bundle keeps.

The same event may have been delivered twice: by two trails, or by an export beside the trail. So
rows add up within one source and stream; of several that tell of the same thing, the one that tells
of most events counts, and what the others tell of is counted as doubled. A trail that records only
some kinds of event takes nothing away from another that records the rest; and where one tells of
refusals and another of successes, neither hides the other.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from auditor.activity.rows import open_database, save, write_rows
from auditor.activity.state import State
from auditor.activity.summary import CHAIN, SUMMARY_KEY
from auditor.columns import one_file

_TOLD = tuple(name for name in SUMMARY_KEY if name != "source")
_SAME = ", ".join(f'"{name}"' for name in (*_TOLD, "family"))

# Ids of events are unique: two files whose rows of one key begin and end with the same events are
# one delivery, made twice. Rows without ids cannot be told to be the same.
_STREAMS = """
CREATE OR REPLACE TEMP TABLE told AS
SELECT {told}, r.source, r.rank, r.stream, r.family, min(first) AS first, max(last) AS last,
    sum(events)::BIGINT AS events, sum(errors)::BIGINT AS errors,
    sum(bytes_out)::BIGINT AS bytes_out, sum(bytes_known)::BIGINT AS bytes_known,
    min(first_id) AS first_id, max(last_id) AS last_id
FROM (
    SELECT DISTINCT each.* EXCLUDE (file, source), f.source, f.rank, f.stream, f.family,
        CASE WHEN first_id = '' THEN file END AS apart
    FROM {rows} AS each JOIN counted AS f USING (file) WHERE each.day = ?
) AS r
GROUP BY ALL
"""
_DAY = """
SELECT source, {told}, first, last, events, errors, bytes_out, bytes_known, doubled,
    first_id, last_id
FROM (
    SELECT * REPLACE (
            min(first) OVER same AS first, max(last) OVER same AS last,
            min(first_id) OVER same AS first_id, max(last_id) OVER same AS last_id,
            max(told.errors) OVER same AS errors, {events} AS events
        ),
        (sum(told.events) OVER same - ({events}))::BIGINT AS doubled,
        row_number() OVER (
            PARTITION BY {same} ORDER BY told.events DESC, rank, source, stream
        ) AS place
    FROM told WINDOW same AS (PARTITION BY {same})
)
WHERE place = 1
ORDER BY {told}, source
"""

# Of a log that has all that another has, just its own events.
_EVENTS = "max(told.events - told.errors) OVER same + max(told.errors) OVER same"

_LISTED = (
    "rank", "source", "kind", "family", "key", "role", "stream", "account", "region", "day",
    "size", "sha256", "fault", "events", "malformed", "samples", "first", "last",
)  # fmt: skip
_COUNTED = """
CREATE TABLE counted AS
SELECT DISTINCT ON (sha256, family) sha256 AS file, source, rank, stream, family
FROM listed WHERE role = 'log' AND sha256 <> '' ORDER BY rank, key
"""
_KEPT_FILES = """
SELECT l.source, kind, key, role, account, region, day, size, l.sha256, fault, events, malformed,
    samples, first, last,
    l.role = 'log' AND l.sha256 <> '' AND row_number() OVER (
        PARTITION BY l.sha256, l.family ORDER BY l.rank, l.key
    ) > 1 AS repeated
FROM listed AS l ORDER BY l.rank, l.key
"""


def write_days(state: State, bundle: Path, kinds: dict[str, str], days: list[str]) -> None:
    """Write ``summaries``, ``chains`` and ``files`` into the folder ``activity`` of a bundle.

    Args:
        kinds: kind of each source, in the order of the configuration: the first counts first.
        days: days of the audit's period.
    """
    folder = bundle / "activity"
    (folder / "summaries").mkdir(parents=True, exist_ok=True)
    with open_database(state.folder / "spill") as database:
        _load_files(database, state, kinds)
        save(database, _KEPT_FILES, folder / "files.parquet")
        rows = sorted(state.folder.glob("rows-*.parquet"))
        _write_chains(database, state, folder, bool(rows))
        if not rows:
            return
        told = ", ".join(f'r."{name}"' for name in _TOLD)
        for day in days:
            database.execute(_STREAMS.format(told=told, rows=_several(rows)), [day])
            if database.execute("SELECT count(*) FROM told").fetchone() != (0,):
                plain = ", ".join(f'"{name}"' for name in _TOLD)
                query = _DAY.format(told=plain, same=_SAME, events=_EVENTS)
                save(database, query, folder / "summaries" / f"{day}.parquet")


def _load_files(database: duckdb.DuckDBPyConnection, state: State, kinds: dict[str, str]) -> None:
    path = state.folder / "listed.parquet"
    write_rows(_listed(state, kinds), _LISTED, path)
    database.execute(f"CREATE TABLE listed AS FROM {_several([path])}")
    database.execute(_COUNTED)


def _listed(state: State, kinds: dict[str, str]) -> Iterator[tuple[object, ...]]:
    for rank, (source, kind) in enumerate(kinds.items()):
        family = "cloudtrail" if kind == "cloudtrail lookup" else kind
        rows = state.each(
            "SELECT f.key, f.role, f.stream, f.account, f.region, f.day, f.size, f.sha256, "
            "f.fault, coalesce(c.events, 0), coalesce(c.malformed, 0), "
            "coalesce(c.samples, '[]'), coalesce(c.first, ''), coalesce(c.last, '') "
            "FROM files AS f LEFT JOIN contents AS c ON c.kind = f.kind AND c.sha256 = f.sha256 "
            "AND f.role = 'log' WHERE f.source = ? AND f.seen ORDER BY f.key",
            (source,),
        )
        for row in rows:
            yield rank, source, kind, family, *row


def _write_chains(
    database: duckdb.DuckDBPyConnection, state: State, folder: Path, exists: bool
) -> None:
    columns = ", ".join(f'"{name}"' for name in CHAIN)
    if exists:
        rows = _several(sorted(state.folder.glob("chains-*.parquet")))
        query = (
            f"SELECT DISTINCT {columns} FROM {rows} "  # noqa: S608
            "WHERE file IN (SELECT file FROM counted) ORDER BY ALL"
        )
    else:
        empty = ", ".join(f"'' AS \"{name}\"" for name in CHAIN)
        query = f"SELECT {empty} WHERE false"
    save(database, query, folder / "chains.parquet")


def _several(paths: list[Path]) -> str:
    files = ", ".join(one_file(path) for path in paths)
    return f"read_parquet([{files}], hive_partitioning => false)"
