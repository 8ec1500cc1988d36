"""Puts roles in the place of the permission sets that they were made from.

Identity Center calls what somebody is assigned by permission set and account; the account's role
is named after the set and has sixteen digits more, which only the account tells.

Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
"""

import duckdb

# A name is made up anew when a set is deleted and made again: its old role may still be there.
_ROLES = """
CREATE OR REPLACE TEMP TABLE permission_set_roles AS
SELECT assigned.id AS assigned_id, role.id AS role_id
FROM principals AS assigned
JOIN principals AS role ON role.account = assigned.account AND role.kind = 'role'
    AND contains(role.id, ':role/aws-reserved/sso.amazonaws.com/')
    AND starts_with(role.name, concat(assigned.name, '_'))
    AND length(role.name) = length(assigned.name) + 17
WHERE assigned.provider = 'aws' AND contains(assigned.id, ':sso:::permissionSet/')
"""
_MEMBERSHIPS = """
INSERT INTO memberships BY NAME
SELECT concat(role_id, '/', member_id) AS id, evidence, provider, role_id AS group_id, member_id
FROM memberships JOIN permission_set_roles ON group_id = assigned_id
"""
_REPLACED = """
DELETE FROM memberships WHERE group_id IN (SELECT assigned_id FROM permission_set_roles)
"""
_UNKNOWNS = """
DELETE FROM unknowns WHERE of_table = 'principals'
    AND row_id IN (SELECT assigned_id FROM permission_set_roles)
"""
_PRINCIPALS = "DELETE FROM principals WHERE id IN (SELECT assigned_id FROM permission_set_roles)"


def find_roles(database: duckdb.DuckDBPyConnection) -> None:
    """Let memberships name the roles of permission sets, where an account shows its roles.

    Where it does not, the permission set in that account stays a principal of its own.
    """
    for statement in (_ROLES, _MEMBERSHIPS, _REPLACED, _UNKNOWNS, _PRINCIPALS):
        database.execute(statement)
