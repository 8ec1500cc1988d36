"""Which accounts' operators state, signed, what their own people could reach.

Nobody else can: no customer sees all of a cloud's own staff. So only a signer counts whom the audit
lists as employed by the company that runs the account's cloud.
"""

import duckdb

PROVIDER_STAFF = "provider-staff-access"
"""Subject of such a statement."""

_STATED = """
UPDATE accounts SET provider_access_stated = coalesce((
    SELECT bool_or(signature_holds) FROM statements
    WHERE subject = ?1 AND employer = accounts.operator
        AND valid_from <= ?2 AND ?2 <= valid_until
), false)
"""

# bool_or leaves out what is unknown: a signature that could not be checked may hold.
_UNSURE = """
UPDATE accounts SET provider_access_stated = NULL
WHERE NOT provider_access_stated AND EXISTS (
    FROM statements WHERE subject = ?1 AND signature_holds IS NULL
        AND coalesce(employer = accounts.operator, true)
        AND valid_from <= ?2 AND ?2 <= valid_until
)
"""


def fill_stated_access(database: duckdb.DuckDBPyConnection, as_of: str) -> None:
    """Fill ``provider_access_stated`` of accounts.

    Args:
        as_of: moment of the audit, ISO 8601, UTC; statements are valid by the day.
    """
    for statement in (_STATED, _UNSURE):
        database.execute(statement, [PROVIDER_STAFF, as_of[:10]])
