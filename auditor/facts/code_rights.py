"""Hands what a team may do on to its members: a right is somebody's, and a team is nobody.

A team that nobody is in gives nothing. One whose members could not all be listed gives its right
to somebody unknown, too.
"""

import duckdb

_SPREAD = """
CREATE TEMP TABLE held_by_members AS
SELECT rights.* REPLACE (
    concat_ws('/', rights.id, member_id) AS id,
    list_sort(list_distinct(list_concat(rights.evidence, members.evidence))) AS evidence,
    nullif(member_id, '?') AS principal_id)
FROM repository_rights AS rights JOIN memberships AS members
    ON members.provider = rights.provider AND members.group_id = rights.through
WHERE rights.principal_id = rights.through
"""

_STATEMENTS = (
    _SPREAD,
    "DELETE FROM repository_rights WHERE principal_id = through",
    "INSERT INTO repository_rights BY NAME FROM held_by_members",
    """
    INSERT INTO unknowns BY NAME
    SELECT concat('repository_rights/', id, '/principal_id') AS id, evidence,
        'repository_rights' AS of_table, id AS row_id, 'principal_id' AS "column",
        'not all members of the team could be listed' AS reason, 'members:read' AS permission
    FROM held_by_members WHERE principal_id IS NULL
    """,
    "DROP TABLE held_by_members",
)


def spread_rights(database: duckdb.DuckDBPyConnection) -> None:
    """Give each right of a team to its members, one row for each of them."""
    for statement in _STATEMENTS:
        database.execute(statement)
