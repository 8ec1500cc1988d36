"""Which recorded calls the evidence explains."""

import duckdb

from auditor.facts.own_calls import compare_calls


def test_what_was_asked_is_kept_and_the_rest_is_unknown() -> None:
    """By operation and account: who asked it is not recorded in a way that could be relied on."""
    with duckdb.connect() as database:
        database.execute(
            "CREATE TABLE calls AS SELECT unnest(['1', '1', '2', '2', '2']) AS account, "
            "unnest(['ListBuckets', 'PutObject', 'ListBuckets', 'ListKeys', 'AssumeRole']) "
            "AS operation, NULL::BOOLEAN AS kept"
        )
        compare_calls(database, [("1", "ListBuckets"), ("", "ListKeys")])

        rows = database.execute("SELECT kept FROM calls").fetchall()

    assert [kept for (kept,) in rows] == [True, None, None, True, True]


def test_an_audit_that_asked_nothing_explains_nothing() -> None:
    with duckdb.connect() as database:
        database.execute(
            "CREATE TABLE calls AS SELECT '1' AS account, 'x' AS operation, NULL::BOOLEAN AS kept"
        )
        compare_calls(database, [])

        assert database.execute("SELECT kept FROM calls").fetchall() == [(None,)]
