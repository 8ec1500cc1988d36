"""Organisations: the tenancies beside this one, and above it."""

from auditor.model import Json, Unknown
from auditor.tables import HierarchyNode
from tests.collect.oci.simulated import TENANCY, collected

PARENT, SISTER = "ocid1.tenancy.oc1..parent", "ocid1.tenancy.oc1..sister"
ORGANIZATION = "ocid1.organization.oc1..acme"


def test_other_tenancies_are_places_in_the_hierarchy() -> None:
    """The own one stays the root of its compartments; what left is no longer there."""
    members = [(TENANCY, "ACTIVE"), (SISTER, "ACTIVE"), (f"{SISTER}2", "DELETED")]
    tenancies = [
        {
            "_path": {"organizationId": ORGANIZATION},
            "tenancy_id": tenancy,
            "name": tenancy.rpartition(".")[2],
            "lifecycle_state": state,
            "role": "CHILD",
            "governance_status": "OPTED_OUT",
        }
        for tenancy, state in members
    ]
    organization = {"id": ORGANIZATION, "compartment_id": TENANCY, "display_name": "acme group"}
    estate: dict[str, list[dict[str, Json]]] = {
        "Organization": [organization],
        "OrganizationTenancy": tenancies,
    }
    found = collected(
        {"global": {"tenant_manager_control_plane": estate}}, kinds="oci.organizations"
    )

    assert found.row(HierarchyNode, "sister").parent_id == ORGANIZATION
    assert found.row(HierarchyNode, TENANCY).parent_id == ""
    assert not any(node.id.endswith("sister2") for node in found.of(HierarchyNode))


def test_a_child_sees_who_is_above_it() -> None:
    """Nothing else is told about that tenancy."""
    link = {"id": "l", "lifecycle_state": "ACTIVE"}
    link |= {"parent_tenancy_id": PARENT, "child_tenancy_id": TENANCY}
    found = collected(
        {"global": {"tenant_manager_control_plane": {"Link": [link]}}}, kinds="oci.organizations"
    )
    node = found.row(HierarchyNode, "parent")

    assert node.kind == "tenancy"
    assert isinstance(node.parent_id, Unknown)
