"""What the services share that keep, pass on and work on data."""

import pytest

from auditor.collect.oci.service_rows import (
    compartment_listing,
    get_detail,
    host_of,
    is_gone,
    member_of,
    runs,
    stand_in,
)
from auditor.model import Json, Place, Unknown
from auditor.spec import Found

PLACE: Place = {
    "target": "here",
    "account": "ocid1.tenancy.oc1..t",
    "region": "us-ashburn-1",
    "compartment": "ocid1.compartment.oc1..c",
}


def found(**item: Json) -> Found:
    """Return a resource with these members."""
    return Found(place=PLACE, item=item, records={"item": (0,)})


@pytest.mark.parametrize(
    ("state", "expected"), [("ACTIVE", True), ("Active", True), ("INACTIVE", False)]
)
def test_a_state_says_whether_data_moves(state: str, expected: bool) -> None:
    """Some services write states in capitals, some do not."""
    assert runs(found(lifecycleState=state)) is expected


@pytest.mark.parametrize("state", ["FAILED", "DELETING", "WAITING_FOR_SOMETHING", 5, None])
def test_other_states_leave_it_unknown(state: Json) -> None:
    """What could not be stopped may go on."""
    assert isinstance(runs(found(lifecycleState=state)), Unknown)


def test_what_is_being_deleted_is_not_gone() -> None:
    """Only what was deleted holds nothing any more."""
    assert is_gone(found(lifecycleState="DELETED"))
    assert not is_gone(found(lifecycleState="DELETING"))


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://user:secret@hooks.example.com/secret", "hooks.example.com"),
        ("tcp+tls://logs.example.com:6514", "logs.example.com"),
        ("https://[", "an address that is none"),
        ("secret", "an address without a host"),
        ("", "an address without a host"),
    ],
)
def test_only_the_host_of_an_address_is_shown(address: str, host: str) -> None:
    """The rest of it may be a secret."""
    assert host_of(address) == host


def test_a_member_is_in_its_own_compartment() -> None:
    """It may have been moved out of what it was listed below."""
    member = member_of(found(id="outer"), {"id": "inner", "compartmentId": "elsewhere"})

    assert member.item["id"] == "inner"
    assert member.place["compartment"] == "elsewhere"
    assert member_of(found(), {}).place == PLACE


def test_a_flow_starts_where_the_id_of_its_start_says() -> None:
    """An id that names no region leaves it unknown."""
    assert stand_in(found(), "ocid1.stream.oc1.phx.s").region == "us-phoenix-1"
    assert isinstance(stand_in(found(), "oci:something").region, Unknown)
    assert stand_in(found(), "oci:something", "eu-frankfurt-1").country == "DE"


def test_calls_are_named_after_what_they_get() -> None:
    """So that a parameter cannot be misspelt."""
    detail = get_detail("queue", "get_queue", "read queues", "password")

    assert (dict(detail.bind), detail.secrets) == ({"queue_id": "item.id"}, ("password",))
    assert compartment_listing("list_queues", "", limit=7).parameters == {"limit": 7}
