"""Finds, of people and groups that Lake Formation names, the directory that has them.

Lake Formation names them by their number alone, which is one directory's. Where no directory that
was read has it, or several do, the name stays a principal of its own.

Source: https://docs.aws.amazon.com/lake-formation/latest/dg/grant-permissions-sso.html
"""

import duckdb

_FOUND = """
CREATE OR REPLACE TEMP TABLE lake_people AS
SELECT named.id AS named_id, min(known.id) AS known_id
FROM principals AS named JOIN principals AS known ON starts_with(known.id, 'identitystore/')
    AND split_part(known.id, '/', 3) = split_part(split_part(named.id, ':', 6), '/', 1)
    AND split_part(known.id, '/', 4) = split_part(named.id, '/', 2)
WHERE regexp_matches(named.id, '^arn:[^:]+:identitystore:::(user|group)/')
GROUP BY named.id HAVING count(DISTINCT known.id) = 1
"""
_MEMBERSHIPS = """
UPDATE memberships SET member_id = known_id, id = concat(group_id, '/', known_id)
FROM lake_people WHERE member_id = named_id
"""
_ATTACHMENTS = """
UPDATE attachments SET holder_id = known_id, id = concat(known_id, '/', use, '/', policy_id)
FROM lake_people WHERE holder_id = named_id
"""
_UNKNOWNS = """
DELETE FROM unknowns WHERE of_table = 'principals'
    AND row_id IN (SELECT named_id FROM lake_people)
"""
_PRINCIPALS = "DELETE FROM principals WHERE id IN (SELECT named_id FROM lake_people)"


def find_lake_people(database: duckdb.DuckDBPyConnection) -> None:
    """Let what Lake Formation lends name people and groups as their directory does."""
    for statement in (_FOUND, _MEMBERSHIPS, _ATTACHMENTS, _UNKNOWNS, _PRINCIPALS):
        database.execute(statement)
