"""NoSQL tables and their replicas."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, Collected, collected

ID = "ocid1.nosqltable.oc1.iad"


def table(name: str, **more: Json) -> dict[str, Json]:
    """Return a table."""
    return {
        "id": f"{ID}.{name}",
        "compartment_id": DATA,
        "name": name,
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """A table in one region, one in two, and one that cannot be read."""
    replica = {"region": "eu-frankfurt-1", "table_id": "there", "lifecycle_state": "ACTIVE"}
    return collected(
        {
            "us-ashburn-1": {
                "nosql": {
                    "Table": [
                        table("plain", is_multi_region=False),
                        table("active", is_multi_region=True, replicas=[replica]),
                        table("hidden", is_multi_region=True),
                        table("unsaid"),
                        table("idle", is_multi_region=False, lifecycle_state="INACTIVE"),
                    ]
                }
            }
        },
        denied(".*get_table", resource=f"{ID}.hidden"),
        kinds="oci.nosql",
    )


def test_a_global_active_table_is_in_several_regions(found: Collected) -> None:
    """Only the table itself says in which; the list says whether to ask."""
    flow = found.row(Flow, f"{ID}.active/replication/there")

    assert flow.target_country == "DE"
    assert len(found.asked("get_table")) == 2
    assert not [flow for flow in found.of(Flow) if flow.store_id == f"{ID}.plain"]


def test_what_was_denied_may_be_anywhere(found: Collected) -> None:
    """It is known to be in several regions."""
    assert isinstance(found.row(Flow, f"{ID}.hidden/replication/?").target_country, Unknown)


def test_a_table_that_does_not_say_may_be_in_several_regions(found: Collected) -> None:
    """The reference does not say what it means if that is left out."""
    assert isinstance(found.row(Flow, f"{ID}.unsaid/replication/?").active, Unknown)


def test_tables_of_every_state_are_asked_for(found: Collected) -> None:
    """Without that, the service may leave out those that are not active."""
    asked = found.asked("list_tables")[0].request.parameters

    assert asked["lifecycle_state"] == "ALL"
    assert found.row(Store, f"{ID}.idle").country == "US"


def test_the_regional_service_has_oracles_key(found: Collected) -> None:
    """It offers no other."""
    assert found.row(Store, f"{ID}.plain").key_id == ""
