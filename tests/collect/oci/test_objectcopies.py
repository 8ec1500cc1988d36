"""Copies of objects that somebody asked for, told by the service's work requests."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

HERE = "oci:objectstorage:us-ashburn-1:acme/user-data"


def end(action: str, region: str, namespace: str, bucket: str) -> dict[str, Json]:
    """Return one end of a copy."""
    stated = {"REGION": region, "NAMESPACE": namespace, "BUCKET": bucket, "OBJECT": "o"}
    return {"action_type": action, "entity_type": "object", "metadata": stated}


def work(name: str, *ends: dict[str, Json], **more: Json) -> dict[str, Json]:
    """Return a copy that is complete."""
    return {
        "id": name,
        "compartment_id": DATA,
        "operation_type": "COPY_OBJECT",
        "status": "COMPLETED",
        "resources": list(ends),
        **more,
    }


READ = end("READ", "us-ashburn-1", "acme", "user-data")


@pytest.fixture(scope="module")
def found() -> Collected:
    """Copies to Frankfurt, to a stranger, one that failed, and one without a target."""
    abroad = end("WRITTEN", "eu-frankfurt-1", "acme", "copy")
    works = [
        work("abroad", READ, abroad),
        work("given", READ, end("WRITTEN", "us-ashburn-1", "other", "theirs")),
        work("failed", READ, abroad, status="FAILED"),
        work("odd", READ),
        work("other", READ, abroad, operation_type="REENCRYPT"),
    ]
    return collected(
        {"us-ashburn-1": {"object_storage": {"WorkRequestSummary": works}}},
        kinds="oci.objectstorage.copy",
    )


def test_a_copy_leads_from_bucket_to_bucket(found: Collected) -> None:
    """Nothing of the buckets tells of it."""
    flow = found.row(Flow, "copy/abroad")

    assert (flow.store_id, flow.target_id) == (
        HERE,
        "oci:objectstorage:eu-frankfurt-1:acme/copy",
    )
    assert (flow.target_account, flow.target_country, flow.active) == (TENANCY, "DE", True)


def test_a_strangers_namespace_is_of_an_unknown_tenancy(found: Collected) -> None:
    """Namespaces are names that the answer ties to nobody."""
    flow = found.row(Flow, "copy/given")

    assert isinstance(flow.target_account, Unknown)
    assert flow.target_country == "US"


def test_what_failed_copied_nothing(found: Collected) -> None:
    """And what is no copy makes no row."""
    assert found.row(Flow, "copy/failed").active is False
    assert len(found.of(Flow)) == 4


def test_half_a_copy_stays_open(found: Collected) -> None:
    """An answer that names one end must not read as no copy."""
    flow = found.row(Flow, "odd/?")

    assert flow.store_id == HERE
    assert isinstance(flow.active, Unknown)
