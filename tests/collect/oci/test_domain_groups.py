"""Groups of identity domains: by which names policies know them, and who fills them."""

from typing import Any

import pytest

from auditor.model import Json
from auditor.tables import Membership, Principal
from tests.collect.oci.simulated import TENANCY, Collected, collected


def domain(name: str, kind: str) -> dict[str, Json]:
    """Return a domain of the root compartment."""
    return {
        "id": f"ocid1.domain.oc1..{name}",
        "compartment_id": TENANCY,
        "display_name": name,
        "url": f"https://{name.lower()}.identity.oraclecloud.com:443",
        "type": kind,
        "lifecycle_state": "ACTIVE",
    }


def group(host: str, name: str, **more: Json) -> dict[str, Json]:
    """Return a group of a domain."""
    return {
        "_host": f"{host}.identity.oraclecloud.com",
        "id": f"scim-{name}",
        "ocid": f"ocid1.group.oc1..{name}",
        "display_name": name,
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """The default domain and another one, with a group each, one of functions, and a provider."""
    ann = {"value": "scim-ann", "ocid": "ocid1.user.oc1..ann", "type": "User"}
    provider = {
        **group("partners", "parent"),
        "ocid": "ocid1.domainidp.oc1..parent",
        "partner_name": "parent",
        "type": "SAML",
        "enabled": True,
        "jit_user_prov_assigned_groups": [{"value": "scim-guests"}],
        "jit_user_prov_group_mappings": [{"value": "scim-guests", "idp_group": "g"}],
    }
    del provider["display_name"]
    local = {**provider, "id": "local", "ocid": "ocid1.domainidp.oc1..local", "type": "LOCAL"}
    rule = "resource.type = 'fnfunc'"
    models: dict[str, Any] = {
        "identity": {"Domain": [domain("Default", "DEFAULT"), domain("partners", "SECONDARY")]},
        "identity_domains": {
            "Group": [group("default", "readers", members=[ann]), group("partners", "guests")],
            "DynamicResourceGroup": [
                {**group("partners", "jobs"), "matching_rule": rule},
            ],
            "IdentityProvider": [provider, local],
        },
    }
    return collected({"global": models}, kinds="oci.identity.domain")


def test_a_group_of_the_default_domain_has_a_short_name(found: Collected) -> None:
    """Policies name every other one with its domain."""
    readers, guests = found.row(Principal, ".readers"), found.row(Principal, ".guests")

    assert readers.known_as == ("readers", "Default/readers")
    assert guests.known_as == ("partners/guests",)
    assert guests.kind == "group"


def test_members_are_known_by_their_ocid(found: Collected) -> None:
    """Which is the same in both of Oracle's interfaces."""
    assert found.row(Membership, ".ann").id == "ocid1.group.oc1..readers/ocid1.user.oc1..ann"


def test_a_group_of_resources_has_its_rule(found: Collected) -> None:
    """Every function of the tenancy is in it."""
    row = found.row(Principal, ".jobs")

    assert row.kind == "dynamic group"
    assert row.attributes == {
        "rule": "resource.type = 'fnfunc'",
        "compartments": "*",
        "members": "fnfunc",
    }


def test_a_provider_fills_groups_once(found: Collected) -> None:
    """By the name that the group has within its domain; the domain itself is no provider."""
    (provider,) = (row for row in found.of(Principal) if row.kind == "federation")

    assert (provider.name, provider.enabled) == ("parent", True)
    assert found.row(Membership, provider.id).group_id == "scim-guests"
