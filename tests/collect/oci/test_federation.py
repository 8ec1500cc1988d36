"""Identity providers: whose word counts, and for which groups."""

from auditor.demo.oci.faults import InjectedFault
from auditor.model import Json, Unknown
from auditor.tables import Membership, Principal
from tests.collect.oci.simulated import TENANCY, Collected, collected

PROVIDER, GROUP = "ocid1.saml2idp.oc1..parent", "ocid1.group.oc1..readers"


def collect(*faults: InjectedFault) -> Collected:
    """Collect a provider that fills one group."""
    provider: dict[str, Json] = {
        "id": PROVIDER,
        "compartment_id": TENANCY,
        "name": "parent",
        "protocol": "SAML2",
        "metadata_url": "https://login.example.com/metadata",
        "lifecycle_state": "ACTIVE",
    }
    mapping: dict[str, Json] = {
        "_path": {"identityProviderId": PROVIDER},
        "id": "m",
        "idp_id": PROVIDER,
        "idp_group_name": "engineers",
        "group_id": GROUP,
        "lifecycle_state": "ACTIVE",
    }
    models = {"Saml2IdentityProvider": [provider], "IdpGroupMapping": [mapping]}
    return collected(
        {"global": {"identity": models}}, *faults, kinds="oci.identity.identityprovider"
    )


def test_a_provider_is_in_the_groups_that_it_fills() -> None:
    """Whoever it vouches for has what they have."""
    found = collect()
    (row,) = found.of(Principal)

    assert (row.id, row.kind, row.enabled) == (PROVIDER, "federation", True)
    assert [(each.group_id, each.member_id) for each in found.of(Membership)] == [(GROUP, PROVIDER)]


def test_mappings_that_cannot_be_read_may_fill_any_group() -> None:
    """The provider is in a group that nobody knows."""
    fault = InjectedFault(
        operation=".*list_idp_group_mappings", status=404, code="NotAuthorizedOrNotFound"
    )
    found = collect(fault)

    assert isinstance(found.row(Principal, PROVIDER).attributes, Unknown)
    assert found.row(Membership, "?").group_id.endswith("?")
