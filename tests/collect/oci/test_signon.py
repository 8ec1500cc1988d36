"""From where people may sign in: lists of addresses, and the policies that name them."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Guardrail
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

HOST = "idcs-9.identity.oraclecloud.com"
DOMAIN = "ocid1.domain.oc1..people"


def in_domain(name: str, **more: Json) -> dict[str, Json]:
    """Return something of the domain."""
    return {
        "_host": HOST,
        "id": name,
        "ocid": f"ocid1.domainthing.oc1..{name}",
        "name": name,
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """A tenancy whose console is limited to one network source, with one domain and one hidden."""
    domain = {"compartment_id": DATA, "lifecycle_state": "ACTIVE", "home_region": "us-ashburn-1"}
    hidden = {**domain, "id": f"{DOMAIN}2", "url": "https://people.example.com"}
    identity: dict[str, list[dict[str, Json]]] = {
        "NetworkSources": [
            {
                "id": "ocid1.networksource.oc1..office",
                "compartment_id": TENANCY,
                "name": "office",
                "public_source_list": ["198.51.100.0/24"],
                "lifecycle_state": "ACTIVE",
            }
        ],
        "AuthenticationPolicy": [
            {
                "_path": {"compartmentId": TENANCY},
                "network_policy": {"network_source_ids": ["ocid1.networksource.oc1..office"]},
            }
        ],
        "Domain": [{**domain, "id": DOMAIN, "url": f"https://{HOST}:443"}, hidden],
    }
    policies = [
        in_domain("console", active=True, policy_type={"value": "SignOn"}),
        in_domain("passwords", active=True, policy_type={"value": "Password"}),
    ]
    domains = {"NetworkPerimeter": [in_domain("vpn")], "Policy": policies}
    return collected(
        {"global": {"identity": identity, "identity_domains": domains}},
        kinds="oci.identity",
    )


def test_the_console_is_limited_where_network_sources_are_named(found: Collected) -> None:
    """Without any, people may sign in from anywhere."""
    row = found.row(Guardrail, f"authenticationpolicy:{TENANCY}")

    assert (row.kind, row.enforced, row.limits) == ("sign-on policy", True, ("networks",))
    estate: dict[str, Json] = {"_path": {"compartmentId": TENANCY}, "password_policy": {}}
    other = collected(
        {"global": {"identity": {"AuthenticationPolicy": [estate]}}}, kinds="oci.identity"
    )
    assert other.row(Guardrail, TENANCY).enforced is False


def test_a_list_of_addresses_keeps_nobody_out_by_itself(found: Collected) -> None:
    """A policy must name it."""
    for name in (".office", ".vpn"):
        assert isinstance(found.row(Guardrail, name).enforced, Unknown)


def test_sign_on_policies_of_a_domain_are_told_from_others(found: Collected) -> None:
    """One for passwords limits no network."""
    assert found.row(Guardrail, ".console").enforced is True
    assert not any(row.id.endswith("passwords") for row in found.of(Guardrail))


def test_a_domain_that_does_not_answer_leaves_rows(found: Collected) -> None:
    """Its address leads to nobody."""
    assert isinstance(found.row(Guardrail, f"{DOMAIN}2/perimeters/?").enforced, Unknown)
    assert isinstance(found.row(Guardrail, f"{DOMAIN}2/policies/?").enforced, Unknown)
