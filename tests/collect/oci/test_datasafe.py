"""What Data Safe keeps of databases."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, Collected, collected

DATABASE = "ocid1.autonomousdatabase.oc1.iad.users"
ENDPOINT = "ocid1.datasafeprivateendpoint.oc1.eu-frankfurt-1.e"


def target(name: str, *associated: Json, **more: Json) -> dict[str, Json]:
    """Return a registered database."""
    return {
        "id": f"ocid1.datasafetargetdatabase.oc1.eu-frankfurt-1.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "associated_resource_ids": list(associated),
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """Databases that are registered in Frankfurt."""
    targets = [
        target("users", DATABASE, ENDPOINT),
        target("idle", DATABASE, lifecycle_state="INACTIVE"),
        target("cellar", ENDPOINT),
    ]
    return collected(
        {"eu-frankfurt-1": {"data_safe": {"TargetDatabase": targets}}}, kinds="oci.datasafe"
    )


def test_registration_abroad_takes_records_there(found: Collected) -> None:
    """The database is in Ashburn, and says nothing of it."""
    flow, store = found.row(Flow, ".users"), found.row(Store, ".users")

    assert (flow.store_id, flow.region, flow.target_country) == (DATABASE, "us-ashburn-1", "DE")
    assert (store.country, store.source_id) == ("DE", DATABASE)
    assert flow.active is True
    assert found.row(Flow, ".idle").active is False


def test_a_database_that_is_not_named_leaves_its_class_open(found: Collected) -> None:
    """A private endpoint is no database."""
    assert isinstance(found.row(Store, ".cellar").source_id, Unknown)
    assert len(found.of(Flow)) == 2


def test_a_listing_covers_every_compartment(found: Collected) -> None:
    """One call per region is enough; each row knows its compartment."""
    assert found.row(Store, ".users").compartment == DATA
    assert len(found.asked("list_target_databases")) == 4
