"""Schedules of cost reports."""

from auditor.collect.oci.costreports import SCHEDULES
from auditor.collect.oci.objectstorage import bucket_id
from auditor.demo.oci.faults import denied
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import TENANCY, collected
from tests.collect.oci.things import named


def schedule(name: str, state: str = "ACTIVE") -> dict[str, Json]:
    """Return a schedule that writes to a bucket in Frankfurt."""
    location = {
        "location_type": "OBJECT_STORAGE",
        "region": "eu-frankfurt-1",
        "namespace": "acme",
        "bucket_name": name,
    }
    made = {"compartment_id": TENANCY, "lifecycle_state": state, "result_location": location}
    return {**named("usageschedule", name), **made}


def test_a_report_goes_to_the_region_that_its_schedule_names() -> None:
    """Wherever it runs; one that is refused may write anywhere."""
    schedules = [schedule("daily"), schedule("paused", "INACTIVE"), schedule("hidden")]
    found = collected(
        {"us-ashburn-1": {"usage_api": {"Schedule": schedules}}},
        denied("usage_api.*get_schedule", resource=str(schedules[2]["id"])),
        kinds="oci.costmanagement",
    )
    bucket = bucket_id("eu-frankfurt-1", "acme", "daily")
    flow = found.row(Flow, bucket)

    assert (flow.target_id, flow.target_country, flow.active) == (bucket, "DE", True)
    assert found.row(Flow, "paused").active is False
    assert isinstance(found.row(Flow, "hidden/export/?").target_country, Unknown)
    assert isinstance(found.row(Processor, "daily").country, Unknown)
    assert found.row(Processor, "daily").operator == "Oracle"


def test_a_state_that_is_new_does_not_mean_that_nothing_is_written() -> None:
    """Only what is inactive rests."""
    item: dict[str, Json] = {"id": "s", "lifecycleState": "RESTING"}
    body: Json = {"resultLocation": {"region": "us-phoenix-1", "bucketName": "b"}}
    found = Found(
        place={"account": TENANCY},
        item=item,
        answers={"schedule": (Answer(outcome=Outcome.OK, body=body),)},
        records={"item": (0,), "schedule": (1,)},
        details={each.name: each for each in SCHEDULES.details},
    )
    (flow,) = (row for row in SCHEDULES.rows(found) if isinstance(row, Flow))

    assert flow.target_region == "us-phoenix-1"
    assert isinstance(flow.active, Unknown)
