"""Requests to open lockboxes, the only ones that say where Oracle's person is."""

import pytest

from auditor.demo.oci.faults import InjectedFault
from auditor.model import Json, Unknown
from auditor.tables import ProviderAccess
from tests.collect.oci.simulated import DATA, Collected, collected

LOCKBOX, EMPTY = "ocid1.lockbox.oc1.iad.fusion", "ocid1.lockbox.oc1.iad.empty"
ENVIRONMENT = "ocid1.fusionenvironment.oc1.iad.erp"


def lockbox(id_: str) -> dict[str, Json]:
    """Return a lockbox of an environment."""
    return {
        "id": id_,
        "compartment_id": DATA,
        "display_name": id_,
        "resource_id": ENVIRONMENT,
        "lifecycle_state": "ACTIVE",
    }


def request(name: str, details: str, *actions: str, **more: Json) -> dict[str, Json]:
    """Return a request in a state, and what was done about it."""
    return {
        "id": f"ocid1.lockboxaccessrequest.oc1.iad.{name}",
        "lockbox_id": LOCKBOX,
        "display_name": name,
        "description": "ticket 3-1",
        "requestor_id": "ocid1.user.oc1..support",
        "requestor_location": "US",
        "lifecycle_state": "SUCCEEDED",
        "lifecycle_state_details": details,
        "activity_logs": [
            {"user_id": f"ocid1.user.oc1..{number}", "action": action}
            for number, action in enumerate(actions)
        ],
        "time_created": "2026-05-01T08:00:00Z",
        "time_expired": "2026-05-02T08:00:00Z",
        **more,
    }


def estate(*faults: InjectedFault) -> Collected:
    """Collect two lockboxes; nobody asked to open one of them."""
    objects = {
        "Lockbox": [lockbox(LOCKBOX), lockbox(EMPTY)],
        "AccessRequest": [
            request("approved", "APPROVED", "APPROVE", "APPROVE"),
            request("by-rule", "AUTO_APPROVED", requestor_location="in"),
            request("denied", "DENIED", "DENY"),
            request("waiting", "WAITING_FOR_APPROVALS", "APPROVE"),
            request("over", "EXPIRED", "APPROVE"),
            request("silent", "EXPIRED", requestor_location="India"),
        ],
    }
    return collected({"us-ashburn-1": {"lockbox": objects}}, *faults, kinds="oci.lockbox")


@pytest.fixture(scope="module")
def rows() -> dict[str, ProviderAccess]:
    """The requests by name."""
    return {row.id.rpartition(".")[2]: row for row in estate().of(ProviderAccess)}


def test_where_the_person_is_stands_in_the_request(rows: dict[str, ProviderAccess]) -> None:
    """As two letters; anything else is not taken for a country."""
    assert (rows["approved"].requester_country, rows["by-rule"].requester_country) == ("US", "IN")
    assert isinstance(rows["silent"].requester_country, Unknown)
    assert rows["approved"].resource_id == ENVIRONMENT
    assert rows["approved"].closes == "2026-05-02T08:00:00.000Z"


def test_the_state_says_who_agreed(rows: dict[str, ProviderAccess]) -> None:
    """One level of approval is not all of them."""
    said = {name: (row.granted, row.approved, row.automatic) for name, row in rows.items()}

    assert said["approved"] == (True, True, False)
    assert said["by-rule"] == (True, True, True)
    assert said["denied"] == said["waiting"] == (False, False, False)
    assert rows["approved"].approver == "ocid1.user.oc1..0, ocid1.user.oc1..1"


def test_what_is_over_does_not_tell_whether_it_was_given(rows: dict[str, ProviderAccess]) -> None:
    """A request can run out, and so can access; who said yes stands in the log."""
    over, silent = rows["over"], rows["silent"]

    assert isinstance(over.granted, Unknown)
    assert (over.approved, over.automatic) == (True, False)
    assert all(isinstance(each, Unknown) for each in (silent.approved, silent.automatic))


def test_a_refused_request_is_a_row_of_unknowns() -> None:
    """The listing alone does not say who agreed."""
    denied = estate(
        InjectedFault(operation=".*get_access_request", status=404, code="NotAuthorizedOrNotFound")
    )
    row = denied.row(ProviderAccess, "approved")

    assert row.requester_country == "US"
    assert all(isinstance(each, Unknown) for each in (row.granted, row.approved, row.approver))
