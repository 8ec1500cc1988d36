"""GoldenGate connections to Oracle Cloud and elsewhere."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.oci.simulated import TENANCY, Collected, collected
from tests.collect.oci.things import thing

FAR = "ocid1.tenancy.oc1..far"
DATABASE = "ocid1.autonomousdatabase.oc1.phx.d"


def connection(name: str, kind: str, **more: Json) -> dict[str, Json]:
    """Return a connection."""
    routed = {"connection_type": kind, "routing_method": "SHARED_SERVICE_ENDPOINT"}
    return thing("goldengateconnection", name, **routed, **more)


@pytest.fixture(scope="module")
def found() -> Collected:
    """A connection of each kind."""
    connections = {
        "OciObjectStorageConnectionSummary": [
            connection("far", "OCI_OBJECT_STORAGE", tenancy_id=FAR, region="eu-frankfurt-1"),
            connection("here", "OCI_OBJECT_STORAGE", tenancy_id=TENANCY),
        ],
        "OracleConnectionSummary": [connection("database", "ORACLE", database_id=DATABASE)],
        "AmazonS3ConnectionSummary": [connection("lake", "AMAZON_S3", region="eu-west-1")],
        "SnowflakeConnectionSummary": [connection("snow", "SNOWFLAKE")],
        "KafkaConnectionSummary": [connection("idle", "KAFKA", lifecycle_state="DELETED")],
    }
    return collected(
        {"us-ashburn-1": {"golden_gate": connections}}, kinds="oci.goldengate.connection"
    )


def test_object_storage_is_of_a_tenancy_and_region(found: Collected) -> None:
    """Left out, the region is the connection's."""
    far, here = (found.row(Flow, f"{name}/sync/*") for name in ("far", "here"))

    assert (far.target_account, far.target_country) == (FAR, "DE")
    assert (here.target_account, here.target_country) == (TENANCY, "US")


def test_a_database_is_named_by_its_id(found: Collected) -> None:
    """So it can be joined."""
    flow = found.row(Flow, f"database/sync/{DATABASE}")

    assert (flow.target_id, flow.target_country) == (DATABASE, "US")


def test_another_cloud_is_named_and_not_placed(found: Collected) -> None:
    """A region of Amazon's is not one of Oracle's table."""
    lake, snow = (found.row(Flow, f"{name}/sync/*") for name in ("lake", "snow"))

    assert (lake.target_operator, lake.target_region) == ("Amazon Web Services", "eu-west-1")
    assert isinstance(lake.target_country, Unknown)
    assert isinstance(snow.target_operator, Unknown)


def test_a_deleted_connection_leads_nowhere(found: Collected) -> None:
    """It is listed for a while."""
    assert len(found.of(Flow)) == 5
