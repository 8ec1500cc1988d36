"""Clusters of virtual machines on Exadata racks."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import DATA, Collected, collected


def cluster(name: str, **more: Json) -> dict[str, Json]:
    """Return a cluster."""
    return {
        "id": f"ocid1.cluster.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "lifecycle_state": "AVAILABLE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """Clusters of every sort."""
    logs: dict[str, Json] = {"data_collection_options": {"is_incident_logs_enabled": True}}
    quiet: dict[str, Json] = {"data_collection_options": {"is_incident_logs_enabled": False}}
    return collected(
        {
            "us-ashburn-1": {
                "database": {
                    "CloudVmCluster": [
                        cluster("own", **quiet),
                        cluster("housed", subscription_id="amazon"),
                        cluster("gone", lifecycle_state="TERMINATED"),
                    ],
                    "CloudAutonomousVmCluster": [cluster("autonomous")],
                    "VmCluster": [cluster("cellar", **logs)],
                }
            }
        },
        kinds="oci.database",
    )


def test_a_cluster_is_where_its_rack_is(found: Collected) -> None:
    """Known for Oracle's own only."""
    countries = {row.name: row.country for row in found.of(Processor)}

    assert countries.keys() == {"own", "housed", "autonomous", "cellar"}
    assert (countries["own"], countries["autonomous"]) == ("US", "US")
    assert isinstance(countries["housed"], Unknown)
    assert isinstance(countries["cellar"], Unknown)


def test_traces_leave_where_their_owner_lets_them(found: Collected) -> None:
    """They go to Oracle's operations, wherever those are."""
    (flow,) = found.of(Flow)

    assert flow.id.endswith("cellar/export/incident-logs")
    assert (flow.target_operator, flow.active) == ("Oracle", True)
    assert isinstance(flow.target_country, Unknown)
