"""The audit log: every call that was answered, by compartment, region and whole minutes."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import oci
import pytest

from auditor.demo.oci import credentials
from auditor.demo.oci.estate import Estate
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.transport import in_process
from tests.demo.oci.conftest import DATA

Connect = Callable[..., Any]
PHOENIX = "us-phoenix-1"


def events(connect: Connect, start: str, end: str, **place: str) -> list[Any]:
    """Return the events of a range, over all pages."""
    client = connect(oci.audit.AuditClient, region=place.get("region", credentials.REGION))
    compartment = place.get("compartment", DATA)
    return list(
        oci.pagination.list_call_get_all_results(client.list_events, compartment, start, end).data
    )


def day(simulator: Simulator) -> tuple[str, str]:
    """Return the midnights around the last call."""
    today = dt.datetime.fromtimestamp(simulator.log[-1].at, dt.UTC).date()
    return f"{today}T00:00:00Z", f"{today + dt.timedelta(days=1)}T00:00:00Z"


def test_every_answered_call_is_an_event(simulator: Simulator, connect: Connect) -> None:
    """Also one that was refused; each in the compartment that it is about."""
    storage = connect(oci.object_storage.ObjectStorageClient)
    storage.list_buckets("acme", DATA)
    storage.get_bucket("acme", "logs")
    with pytest.raises(oci.exceptions.ServiceError):
        storage.get_bucket("acme", "nope")
    connect(oci.core.BlockstorageClient).get_volume("ocid1.volume.oc1.iad.a")
    # Reading the log is an event as well, which the second page of it shows.
    found = events(connect, *day(simulator))[:3]

    assert [event.data.event_name for event in found] == ["ListBuckets", "GetBucket", "GetVolume"]
    assert {event.data.compartment_id for event in found} == {DATA}
    assert {event.data.identity.principal_id for event in found} == {credentials.USER}
    assert found[0].source == "ObjectStorage"
    elsewhere = events(connect, *day(simulator), compartment=credentials.TENANCY)
    assert [event.data.response.status for event in elsewhere][:1] == ["404"]


def test_a_region_has_its_own_log(simulator: Simulator, connect: Connect) -> None:
    """What was asked of Phoenix is not told in Ashburn."""
    connect(oci.core.BlockstorageClient, region=PHOENIX).list_volumes(compartment_id=DATA)

    assert events(connect, *day(simulator)) == []
    assert len(events(connect, *day(simulator), region=PHOENIX)) == 1


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-01-01T00:00:01Z", "2026-01-01T01:00:00Z"),
        ("2026-01-01T00:00:00Z", "2026-01-01T01:00:00.500Z"),
        ("2026-01-01T00:00:00", "2026-01-01T01:00:00Z"),
        ("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"),
        ("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"),
        ("yesterday", "2026-03-01T00:00:00Z"),
    ],
)
def test_times_are_whole_minutes(
    simulator: Simulator, connect: Connect, start: str, end: str
) -> None:
    """Anything else is a bad request, as it is there."""
    with pytest.raises(oci.exceptions.ServiceError) as caught:
        events(connect, start, end)
    assert caught.value.status == 400


def test_a_compartment_that_is_not_there_has_no_log(simulator: Simulator, connect: Connect) -> None:
    """It is refused as one that may not be seen."""
    with pytest.raises(oci.exceptions.ServiceError) as caught:
        events(connect, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", compartment="ocid1.no")
    assert caught.value.status == 404


def test_an_estate_states_what_others_did(connect: Connect) -> None:
    """Events of the estate are told beside the simulator's own, from start to before end."""
    event: dict[str, Any] = {
        "event_id": "e",
        "event_time": "2026-01-01T00:10:00Z",
        "data": {"event_name": "GetObject", "compartment_id": DATA},
    }
    late = {**event, "event_id": "late", "event_time": "2026-01-01T00:20:00Z"}
    logs = {credentials.REGION: {"audit": {"AuditEvent": [late, event]}}}
    compartment = {"id": DATA, "compartment_id": credentials.TENANCY}
    logs["global"] = {"identity": {"Compartment": [compartment]}}
    estate: Estate = make_estate({"tenancy": credentials.TENANCY, "regions": logs})
    with in_process(Simulator(estate)):
        found = events(connect, "2026-01-01T00:10:00Z", "2026-01-01T00:21:00Z")
        assert [each.event_id for each in found] == ["e", "late"]
        found = events(connect, "2026-01-01T00:10:00Z", "2026-01-01T00:20:00Z")
        assert [each.event_id for each in found] == ["e"]
