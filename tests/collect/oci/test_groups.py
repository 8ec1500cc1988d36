"""Groups: who is in them, and by which rule resources are."""

import pytest

from auditor.demo.oci.faults import InjectedFault
from auditor.model import Json, Unknown
from auditor.tables import Membership, Principal
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

READERS, EMPTY = "ocid1.group.oc1..readers", "ocid1.group.oc1..empty"
JOBS = "ocid1.dynamicgroup.oc1..jobs"
REFUSED = InjectedFault(
    operation=".*list_user_group_memberships", status=404, code="NotAuthorizedOrNotFound"
)


def thing(id_: str, **more: Json) -> dict[str, Json]:
    """Return something of the root compartment."""
    common = {"id": id_, "compartment_id": TENANCY, "lifecycle_state": "ACTIVE"}
    return {**common, "name": id_.rpartition(".")[2], **more}


def collect(*faults: InjectedFault) -> Collected:
    """Collect two groups of people and one of functions."""
    members: list[dict[str, Json]] = [
        {
            "id": name,
            "compartment_id": TENANCY,
            "group_id": READERS,
            "user_id": f"ocid1.user.oc1..{name}",
            "lifecycle_state": "ACTIVE",
        }
        for name in ("ann", "bob", "carl")
    ]
    rule = f"ALL {{resource.type = 'fnfunc', resource.compartment.id = '{DATA}'}}"
    identity = {
        "Group": [thing(READERS), thing(EMPTY)],
        "UserGroupMembership": members,
        "DynamicGroup": [thing(JOBS, matching_rule=rule)],
    }
    return collected({"global": {"identity": identity}}, *faults, kinds="oci.identity")


@pytest.fixture(scope="module")
def found() -> Collected:
    """Two groups of people, one of them empty, and one of functions."""
    return collect()


def test_a_group_is_known_by_its_name_alone_and_with_its_domain(found: Collected) -> None:
    """As policies may name it."""
    row = found.row(Principal, READERS)

    assert (row.kind, row.known_as) == ("group", ("readers", "Default/readers"))
    assert (row.lasting_keys, row.password) == (0, False)


def test_members_are_listed_group_by_group(found: Collected) -> None:
    """An empty group has none."""
    assert {(row.group_id, row.member_id) for row in found.of(Membership)} == {
        (READERS, f"ocid1.user.oc1..{name}") for name in ("ann", "bob", "carl")
    }


def test_a_dynamic_group_says_what_may_be_in_it(found: Collected) -> None:
    """Its rule, and what that comes to."""
    row = found.row(Principal, JOBS)

    assert row.kind == "dynamic group"
    assert isinstance(row.attributes, dict)
    assert (row.attributes["compartments"], row.attributes["members"]) == (DATA, "fnfunc")


def test_members_that_cannot_be_listed_are_somebody() -> None:
    """Somebody of whom nothing is known: that is not nobody."""
    refused = collect(REFUSED)
    row = refused.row(Principal, f"{READERS}/member/?")

    assert isinstance(row.name, Unknown)
    assert {each.member_id for each in refused.of(Membership)} == {
        f"{READERS}/member/?",
        f"{EMPTY}/member/?",
    }
