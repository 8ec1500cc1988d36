"""Which flows and accesses the parties registered as exceptions, on their days and within limits.

An entry covers an access if all of its events are of the entry's days. One for a flow covers what
its recipients took as well, while the bytes of all of them together are within its limit.
"""

from collections.abc import Iterable, Sequence

import duckdb

from auditor.facts.globs import literal, matches
from auditor.model import Audit, RegisterEntry

_COVERED = """
CREATE TEMP TABLE covered_accesses (id VARCHAR, entry VARCHAR, surely BOOLEAN, begins BOOLEAN,
    ends BOOLEAN, bytes BIGINT)
"""

# Two entries may share the days of one access between them: which events are of which is not known.
_EXCEPTED_ACCESSES = """
UPDATE accesses SET excepted = CASE
    WHEN found.whole THEN true
    WHEN found.begins AND found.ends THEN NULL
    ELSE false END
FROM accesses AS one LEFT JOIN (
    SELECT id, bool_or(surely AND begins AND ends AND limits.kept) AS whole,
        bool_or(begins AND limits.kept IS NOT false) AS begins,
        bool_or(ends AND limits.kept IS NOT false) AS ends
    FROM covered_accesses JOIN (
        SELECT entry, CASE WHEN any_value(limits.bytes) < 0 THEN true
            WHEN sum(covered.bytes) FILTER (surely) > any_value(limits.bytes) THEN false
            WHEN count(*) = count(covered.bytes)
                AND sum(covered.bytes) <= any_value(limits.bytes) THEN true END AS kept
        FROM covered_accesses AS covered
        JOIN (SELECT unnest(?1::VARCHAR[]) AS entry, unnest(?2::BIGINT[]) AS bytes) AS limits
            USING (entry)
        GROUP BY entry
    ) AS limits USING (entry)
    GROUP BY id
) AS found ON found.id = one.id
WHERE one.id = accesses.id
"""

EXCEPTION_REASONS = {
    ("accesses", "excepted"): "an entry of the register may cover it: who it was, what it was "
    "about, or how many bytes left is not known",
    ("flows", "excepted"): "an entry of the register may cover it: where it ends or what it moves "
    "is not known",
}


def fill_exceptions(database: duckdb.DuckDBPyConnection, audit: Audit) -> None:
    """Fill ``excepted`` of flows and accesses from the audit's register."""
    database.execute(_COVERED)
    for entry in audit.register:
        database.execute(_access_cover(entry))
    limits = [[entry.id for entry in audit.register], [e.bytes_limit for e in audit.register]]
    database.execute(_EXCEPTED_ACCESSES, limits)
    flows = [entry for entry in audit.register if entry.kind == "flow"]
    today = audit.as_of[:10]
    valid = [entry for entry in flows if entry.valid_from <= today <= entry.valid_until]
    covered = " OR ".join(f"({_flow_cover(entry)})" for entry in valid) or "false"
    database.execute(f"UPDATE flows SET excepted = ({covered})")


def _access_cover(entry: RegisterEntry) -> str:
    """Return SQL that lists accesses that an entry covers, perhaps, on some of their days."""
    parts = [_classes(entry.data_classes)]
    if entry.stores:
        parts.append(matches("store_id", entry.stores))
    if entry.principals:
        both = (matches(column, entry.principals) for column in ("principal_id", "root_id"))
        parts.append(f"({' OR '.join(both)})")
    if entry.kind == "flow":
        parts.append(_among(("principal_account", "country", "network"), entry.recipients))
    first, last = literal(entry.valid_from), literal(entry.valid_until)
    return (
        f"INSERT INTO covered_accesses SELECT id, {literal(entry.id)}, coalesce(surely, false), "
        f"began BETWEEN {first} AND {last}, ended BETWEEN {first} AND {last}, bytes_out "
        'FROM (SELECT *, left("first", 10) AS began, left("last", 10) AS ended, '
        f"{' AND '.join(parts)} AS surely FROM accesses) "
        f"WHERE surely IS NOT false AND began <= {last} AND ended >= {first}"
    )


def _flow_cover(entry: RegisterEntry) -> str:
    ends = ("target_account", "target_country", "target_operator", "target_id")
    parts = [_classes(entry.data_classes), _among(ends, entry.recipients)]
    if entry.stores:
        parts.append(matches("store_id", entry.stores))
    return " AND ".join(parts)


def _classes(allowed: Sequence[str]) -> str:
    listed = ", ".join(map(literal, allowed))
    return f"list_has_all([{listed}], data_classes)" if allowed else "true"


def _among(columns: Iterable[str], values: Sequence[str]) -> str:
    listed = ", ".join(map(literal, values))
    return f"({' OR '.join(f'{column} IN ({listed})' for column in columns)})"
