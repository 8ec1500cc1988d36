"""GoldenGate connections to Oracle Cloud and elsewhere."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor
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
    iceberg = {
        "storage": {
            "storage_type": "AMAZON_S3",
            "scheme_type": "S3",
            "access_key_id": "a",
            "region": "eu-central-1",
            "bucket": "b",
        }
    }
    own = {"auth_type": "OCI_GEN_AI", "region": "eu-frankfurt-1", "tenancy_id": TENANCY}
    bought = {"auth_type": "API_KEY"}
    connections = {
        "OciObjectStorageConnectionSummary": [
            connection("far", "OCI_OBJECT_STORAGE", tenancy_id=FAR, region="eu-frankfurt-1"),
            connection("here", "OCI_OBJECT_STORAGE", tenancy_id=TENANCY),
            connection("unsaid", "OCI_OBJECT_STORAGE"),
            connection(
                "housed",
                "OCI_OBJECT_STORAGE",
                cluster_placement_group_id="ocid1.clusterplacementgroup.oc1.iad.azure",
            ),
        ],
        "OracleConnectionSummary": [connection("database", "ORACLE", database_id=DATABASE)],
        "AmazonS3ConnectionSummary": [
            connection("lake", "AMAZON_S3", region="eu-west-1"),
            connection(
                "alike", "AMAZON_S3", region="us-east-1", endpoint="https://s3.example.cn/b?k=v"
            ),
        ],
        "AmazonKinesisConnectionSummary": [
            connection(
                "stream",
                "AMAZON_KINESIS",
                region="us-east-1",
                endpoint="https://kinesis.us-east-1.amazonaws.com",
            ),
            connection(
                "strays",
                "AMAZON_KINESIS",
                region="us-east-1",
                endpoint="https://kinesis.eu-west-1.amazonaws.com",
            ),
        ],
        "SnowflakeConnectionSummary": [connection("snow", "SNOWFLAKE")],
        "IcebergConnectionSummary": [connection("tables", "ICEBERG", **iceberg)],
        "AiModelConnectionSummary": [
            connection("own", "AI_MODEL", provider_type="OCI_GENERATIVE_AI", auth_details=own),
            connection("bought", "AI_MODEL", provider_type="OPEN_AI", auth_details=bought),
        ],
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


def test_a_tenancy_that_is_left_out_need_not_be_the_own(found: Collected) -> None:
    """The reference says what it means for a region only."""
    flow = found.row(Flow, "unsaid/sync/*")

    assert isinstance(flow.target_account, Unknown)
    assert flow.target_country == "US"


def test_a_connection_in_another_clouds_data_centre_is_in_no_known_country(
    found: Collected,
) -> None:
    """Only those have a cluster placement group."""
    assert isinstance(found.row(Processor, ".housed").country, Unknown)
    assert found.row(Processor, ".here").country == "US"


@pytest.mark.parametrize("name", ["alike", "strays"])
def test_an_address_may_be_elsewhere_than_the_region(found: Collected, name: str) -> None:
    """It is what data is sent to, and others than Amazon answer as S3 does."""
    flow = found.row(Flow, f"{name}/sync/*")

    assert isinstance(flow.target_country, Unknown)
    assert isinstance(flow.target_operator, Unknown)
    assert "k=v" not in str(found.records)


def test_an_address_in_the_region_stated_agrees_with_it(found: Collected) -> None:
    """Then the region says where."""
    flow = found.row(Flow, "stream/sync/*")

    assert (flow.target_operator, flow.target_country) == ("Amazon Web Services", "US")


def test_a_database_is_named_by_its_id(found: Collected) -> None:
    """So it can be joined."""
    flow = found.row(Flow, f"database/sync/{DATABASE}")

    assert (flow.target_id, flow.target_country) == (DATABASE, "US")


def test_another_cloud_is_named_and_its_account_is_not_known(found: Collected) -> None:
    """Of Amazon's, the region may be stated."""
    lake, snow = (found.row(Flow, f"{name}/sync/*") for name in ("lake", "snow"))

    assert (lake.target_operator, lake.target_country) == ("Amazon Web Services", "IE")
    assert isinstance(lake.target_account, Unknown)
    assert isinstance(snow.target_operator, Unknown)


def test_a_deleted_connection_leads_nowhere(found: Collected) -> None:
    """It is listed for a while."""
    assert not [flow for flow in found.of(Flow) if "idle" in flow.id]


def test_tables_are_where_their_storage_is(found: Collected) -> None:
    """It may be in another cloud."""
    assert found.row(Flow, "tables/sync/*").target_country == "DE"


def test_a_model_is_asked_where_its_provider_is(found: Collected) -> None:
    """Oracle's own is in a region; of others, only the name is known."""
    own, bought = (found.row(Flow, f"{name}/inference/*") for name in ("own", "bought"))

    assert (own.target_account, own.target_country) == (TENANCY, "DE")
    assert bought.target_operator == "OpenAI"
    assert isinstance(bought.target_country, Unknown)
