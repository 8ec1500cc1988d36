"""Administrators' roles of identity domains: who has them, and over whom."""

from typing import Any

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Membership, Principal
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.test_domain_groups import domain, group

STAFF = "ocid1.domain.oc1..staff"
_USER = "urn_ietf_params_scim_schemas_oracle_idcs_extension_user_user"


def person(name: str, **more: Json) -> dict[str, Json]:
    """Return a person of the domain."""
    return {
        "_host": "staff.identity.oraclecloud.com",
        "id": f"scim-{name}",
        "ocid": f"ocid1.user.oc1..{name}",
        "user_name": name,
        "active": True,
        **more,
    }


def role(name: str, *members: str, app: str = "IDCSAppId", limits: bool = False) -> dict[str, Json]:
    """Return a role, held by names within the domain."""
    return {
        "_host": "staff.identity.oraclecloud.com",
        "_path": {"filter": "adminRole eq true"},
        "id": f"scim-{name}",
        "ocid": f"ocid1.domainapprole.oc1..{name}",
        "display_name": name,
        "admin_role": True,
        "limited_to_one_or_more_groups": limits,
        "app": {"value": app},
        "members": [{"value": each, "type": "User"} for each in members],
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """A domain with roles: of people, of a group, limited, and of an application."""
    limited = {"idcs_app_role_id": "scim-User Manager", "value": "scim-readers"}
    users = [
        person("ann"),
        person("bob", **{_USER: {"idcs_app_roles_limited_to_groups": [limited]}}),
    ]
    roles = [
        role("User Administrator", "scim-ann", "scim-readers", "scim-stranger"),
        role("User Manager", "scim-bob", "scim-ann", "scim-stranger", limits=True),
        role("Application Owner", "scim-ann", app="some-app"),
    ]
    models: dict[str, Any] = {
        "identity": {"Domain": [domain("staff", "SECONDARY")]},
        "identity_domains": {"User": users, "Group": [group("staff", "readers")], "AppRole": roles},
    }
    return collected({"global": models}, kinds="oci.identity.domain")


def members(found: Collected, role_: str) -> set[str]:
    """Return who has a role, by the end of its id."""
    return {row.member_id for row in found.of(Membership) if row.group_id.endswith(role_)}


def test_people_and_groups_hold_roles(found: Collected) -> None:
    """By the ids that they have everywhere; who is on no list is somebody not known."""
    assert members(found, ".User Administrator") == {
        "ocid1.user.oc1..ann",
        "ocid1.group.oc1..readers",
        f"{STAFF}/scim-stranger",
    }
    strangers = [row for row in found.of(Principal) if row.id == f"{STAFF}/scim-stranger"]
    assert all(isinstance(row.name, Unknown) for row in strangers)
    assert found.row(Principal, ".User Administrator").attributes == {
        "administrator role": "User Administrator",
        "domain": STAFF,
    }


def test_whoever_is_limited_has_a_role_of_his_own(found: Collected) -> None:
    """With the groups; nothing tells those of somebody on no list."""
    assert members(found, ".User Manager") == {"ocid1.user.oc1..ann"}
    limits = {
        row.id.rpartition("/")[2]: row.attributes["limited to groups"]
        for row in found.of(Principal)
        if not isinstance(row.attributes, Unknown) and "limited to groups" in row.attributes
    }
    assert limits == {"ocid1.user.oc1..bob": "ocid1.group.oc1..readers", "scim-stranger": "?"}


def test_roles_of_an_application_are_none_of_the_domain(found: Collected) -> None:
    """Who administers an application is not told here."""
    assert not [row for row in found.of(Principal) if row.name == "Application Owner"]
