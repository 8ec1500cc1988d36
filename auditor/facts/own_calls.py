"""Compares what the provider recorded in the auditor's name with what the evidence holds.

By operation and account, not by number: retries are recorded, and the audit of the day before asked
the same. How the auditor enters an account, AssumeRole, is no call of a collector.
"""

from collections.abc import Iterable

import duckdb

_KEPT = """
UPDATE calls SET kept = true WHERE operation = 'AssumeRole' OR EXISTS (
    FROM asked AS a WHERE a.account IN (calls.account, '') AND a.operation = calls.operation)
"""


def compare_calls(database: duckdb.DuckDBPyConnection, asked: Iterable[tuple[str, str]]) -> None:
    """Fill ``kept`` of recorded calls.

    Args:
        asked: account ('' for the credentials' own) and operation of the records of the evidence.
    """
    pairs = sorted(set(asked))
    database.execute(
        "CREATE TEMP TABLE asked AS SELECT unnest(?::VARCHAR[]) AS account, "
        "unnest(?::VARCHAR[]) AS operation",
        [[account for account, _ in pairs], [operation for _, operation in pairs]],
    )
    database.execute(_KEPT)
