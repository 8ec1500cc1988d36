"""Schedules of cost reports."""

from auditor.collect.oci.objectstorage import bucket_id
from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
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
