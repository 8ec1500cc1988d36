"""People of identity domains, as their directory describes them."""

from typing import Any

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Principal
from tests.collect.oci.simulated import TENANCY, Collected, collected

HOST, DOMAIN = "idcs-1.identity.oraclecloud.com", "ocid1.domain.oc1..staff"
_ORACLES = "urn_ietf_params_scim_schemas_oracle_idcs_extension_"


def person(name: str, **more: Json) -> dict[str, Json]:
    """Return a person of the domain."""
    return {
        "_host": HOST,
        "id": f"scim-{name}",
        "ocid": f"ocid1.user.oc1..{name}",
        "user_name": name,
        "active": True,
        "meta": {"created": "2024-01-01T00:00:00Z"},
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """A domain with three people."""
    ann = person(
        "ann",
        emails=[{"value": "ann@farshore.example", "type": "work"}],
        title="Engineer",
        addresses=[{"type": "work", "country": "SG"}, {"type": "home", "country": "MY"}],
        urn_ietf_params_scim_schemas_extension_enterprise2_0_user={
            "organization": "Farshore Holdings",
            "employee_number": "17",
        },
        **{
            f"{_ORACLES}capabilities_user": {"can_use_console_password": True},
            f"{_ORACLES}mfa_user": {"mfa_status": "ENROLLED"},
            f"{_ORACLES}user_credentials_user": {"api_keys": [{"key": "f", "value": "k"}]},
            f"{_ORACLES}user_state_user": {"last_successful_login_date": "2026-11-01T00:00:00Z"},
        },
    )
    federated = person("fay", **{f"{_ORACLES}user_user": {"is_federated_user": True}})
    torn = person("tom", addresses=[{"country": "US"}, {"country": "SG"}], ocid=None)
    domain = {
        "id": DOMAIN,
        "compartment_id": TENANCY,
        "display_name": "Staff",
        "url": f"https://{HOST}:443",
        "lifecycle_state": "ACTIVE",
    }
    models: dict[str, Any] = {
        "identity": {"Domain": [domain]},
        "identity_domains": {"User": [ann, federated, torn]},
    }
    return collected({"global": models}, kinds="oci.identity.domain")


def test_a_directory_says_for_whom_somebody_works_and_where(found: Collected) -> None:
    """Where the directory's own words count is another matter."""
    row = found.row(Principal, ".ann")

    assert row.attributes == {
        "organization": "Farshore Holdings",
        "employee number": "17",
        "title": "Engineer",
        "country": "SG",
        "domain": DOMAIN,
    }
    assert row.known_as == ("ann", "scim-ann", "ann@farshore.example")


def test_a_person_signs_in_by_what_the_domain_allows(found: Collected) -> None:
    """One who is federated has no password here; what is not stated is unknown."""
    known = {row.name: row for row in found.of(Principal)}

    assert known["tom"].id == "ocid1.domain.oc1..staff/scim-tom"
    assert (known["ann"].password, known["ann"].second_factor) == (True, True)
    assert (known["fay"].password, known["fay"].second_factor) == (False, False)
    assert isinstance(known["tom"].password, Unknown)
    assert isinstance(known["tom"].second_factor, Unknown)


def test_keys_are_counted_and_their_age_is_not_told(found: Collected) -> None:
    """The other list of users knows it, for those of the default domain."""
    row = found.row(Principal, ".ann")

    assert (row.lasting_keys, row.last_used) == (1, "2026-11-01T00:00:00.000Z")
    assert isinstance(row.oldest_key, Unknown)
    assert isinstance(found.row(Principal, ".fay").lasting_keys, Unknown)


def test_two_countries_are_none(found: Collected) -> None:
    """Nobody is placed by guessing."""
    assert found.row(Principal, "scim-tom").attributes == {"domain": DOMAIN}


def test_only_what_tells_is_asked_for(found: Collected) -> None:
    """No telephone numbers and no streets."""
    (asked,) = {each.request.parameters["attributes"] for each in found.asked("list_users")}

    assert "phone" not in str(asked)
    assert "addresses.country" in str(asked).split(",")
