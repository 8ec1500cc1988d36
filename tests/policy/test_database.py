import duckdb
import pytest

from auditor.policy.database import lock, open_database


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/auditor-was-here'",
        "ATTACH '/tmp/auditor-was-here.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '1TB'",
        "RESET lock_configuration",
    ],
)
def test_a_locked_database_reaches_nothing(sql: str) -> None:
    """No file, no extension, and no way back."""
    with open_database() as connection:
        lock(connection)
        with pytest.raises(duckdb.Error):
            connection.execute(sql)
