"""Roles in the place of the permission sets that they were made from."""

from dataclasses import replace

from auditor.model import Unknown
from auditor.tables import Membership, Principal
from tests.facts.deriving import Facts

SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
PERSON = "identitystore/d-1/user/u-1"
ASSIGNED = Principal(
    id=f"{SET}/222222222222",
    provider="aws",
    account="222222222222",
    kind="role",
    name="AWSReservedSSO_Support",
    created="",
    last_used=Unknown("not found"),
    attributes={},
    tags={},
)
ROLE = replace(
    ASSIGNED,
    id="arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/"
    "AWSReservedSSO_Support_0123456789abcdef",
    name="AWSReservedSSO_Support_0123456789abcdef",
    last_used="",
)
ASSIGNMENT = Membership(
    id=f"{ASSIGNED.id}/{PERSON}", provider="aws", group_id=ASSIGNED.id, member_id=PERSON
)


def test_an_assignment_names_the_role_of_the_account() -> None:
    facts = Facts([ASSIGNED, ROLE, ASSIGNMENT])

    assert facts.one("memberships", "id, group_id, member_id") == (
        f"{ROLE.id}/{PERSON}",
        ROLE.id,
        PERSON,
    )
    assert facts.one("principals", "id") == (ROLE.id,)
    assert ASSIGNED.id not in facts.why("principals", "last_used")


def test_a_role_of_another_set_whose_name_goes_on_is_left_alone() -> None:
    name = "AWSReservedSSO_Support_Lead_0123456789abcdef"
    other = replace(
        ROLE, id=f"arn:aws:iam::1:role/aws-reserved/sso.amazonaws.com/{name}", name=name
    )

    assert Facts([ASSIGNED, other, ASSIGNMENT]).one("memberships", "group_id") == (ASSIGNED.id,)


def test_a_role_of_ones_own_with_such_a_name_is_no_such_role() -> None:
    """Only Identity Center can make roles in its path."""
    forged = replace(ROLE, id=f"arn:aws:iam::222222222222:role/{ROLE.name}")

    assert Facts([ASSIGNED, forged, ASSIGNMENT]).one("memberships", "group_id") == (ASSIGNED.id,)


def test_an_account_that_shows_no_roles_keeps_the_permission_set() -> None:
    facts = Facts([ASSIGNED, replace(ROLE, account="333333333333"), ASSIGNMENT])

    assert facts.one("memberships", "group_id") == (ASSIGNED.id,)
    assert ASSIGNED.id in facts.why("principals", "last_used")
