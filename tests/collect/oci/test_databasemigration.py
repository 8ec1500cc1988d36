"""Migrations of databases."""

import pytest

from auditor.collect.oci.databasemigration import MIGRATIONS
from auditor.demo.oci.faults import denied
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected
from tests.collect.oci.things import described

HERE = "ocid1.autonomousdatabase.oc1.iad.users"
MOUNT = "ocid1.mounttarget.oc1.eu_frankfurt_1.m"
HUB = "ocid1.instance.oc1.eu-frankfurt-1.h"
ABROAD = "ocid1.autonomousdatabase.oc1.eu-frankfurt-1.users"


def migration(id_: str, target: str, **more: Json) -> dict[str, Json]:
    """Return a migration of the database here."""
    return described(
        id_,
        database_combination="ORACLE",
        source_database_connection_id="here",
        target_database_connection_id=target,
        **more,
    )


@pytest.fixture(scope="module")
def found() -> Collected:
    """Migrations abroad, to Amazon, and one that is over."""
    medium: dict[str, Json] = {
        "type": "AWS_S3",
        "name": "waiting",
        "region": "us-east-1",
        "access_key_id": "AKIA",
        "secret_access_key": "hunter2",
        "object_storage_bucket": {"namespace_name": "acme", "bucket_name": "waiting"},
    }
    hub: dict[str, Json] = {
        "rest_admin_credentials": {"username": "oggadmin"},
        "url": "https://gg.example.com/hunter2",
        "key_id": "k",
        "vault_id": "v",
    }
    files: dict[str, Json] = {"type": "NFS", "shared_storage_mount_target_id": MOUNT}
    oracle: dict[str, Json] = {"connection_type": "ORACLE", "password": "hunter2"}
    more: dict[str, Json] = {
        "host": "h",
        "additional_attributes": [{"name": "trustStorePassword", "value": "hunter2"}],
    }
    amazon: dict[str, Json] = {
        "connection_type": "MYSQL",
        "technology_type": "AMAZON_RDS_MYSQL",
        **more,
    }
    return collected(
        {
            "us-ashburn-1": {
                "database_migration": {
                    "OracleMigration": [
                        migration("abroad", "frankfurt", data_transfer_medium_details=medium),
                        migration("over", "frankfurt", lifecycle_state="SUCCEEDED"),
                        migration("amazon", "rds"),
                        migration("hidden", "secret"),
                        migration("hub", "frankfurt", hub_details=hub),
                        migration("own-hub", "frankfurt", hub_details={**hub, "compute_id": HUB}),
                        migration("files", "frankfurt", data_transfer_medium_details=files),
                    ],
                    "OracleConnection": [
                        described("here", database_id=HERE, **oracle),
                        described("frankfurt", database_id=ABROAD, **oracle),
                        described("secret", **oracle),
                    ],
                    "MysqlConnection": [described("rds", **amazon)],
                }
            }
        },
        denied(".*get_connection", resource="secret"),
        kinds="oci.databasemigration",
    )


def test_data_passes_from_one_database_to_the_other(found: Collected) -> None:
    """The migration itself is where it is worked on."""
    source, target = found.row(Flow, "/sync/abroad"), found.row(Flow, f"abroad/sync/{ABROAD}")

    assert found.row(Processor, "abroad").country == "US"
    assert (source.store_id, source.active) == (HERE, True)
    assert (target.target_country, target.active) == ("DE", True)
    assert found.row(Flow, f"over/sync/{ABROAD}").active is False


def test_data_waits_in_a_bucket_of_amazons(found: Collected) -> None:
    """And in one here: both are ways out."""
    amazon = found.row(Flow, "abroad/export/AWS_S3")

    assert (amazon.target_operator, amazon.target_region) == ("Amazon Web Services", "us-east-1")
    assert isinstance(amazon.target_country, Unknown)
    here = found.row(Flow, "us-ashburn-1:acme/waiting")
    assert here.target_id == "oci:objectstorage:us-ashburn-1:acme/waiting"


def test_data_may_wait_in_a_file_system(found: Collected) -> None:
    """Its mount target says where; a kind of place that is new may be anywhere."""
    assert found.row(Flow, f"files/export/{MOUNT}").target_country == "DE"
    answer = Answer(outcome=Outcome.OK, body={"dataTransferMediumDetails": {"type": "PIGEON"}})
    new = Found(
        place={"account": TENANCY, "region": "us-ashburn-1", "compartment": DATA},
        item={"id": "new", "lifecycleState": "ACTIVE"},
        answers={"migration": (answer,)},
        records={"item": (0,), "migration": (1,)},
        details={each.name: each for each in MIGRATIONS.details},
    )
    ways = {row.id: row for row in MIGRATIONS.rows(new) if isinstance(row, Flow)}
    assert isinstance(ways["new/export/?"].target_country, Unknown)


def test_changes_may_pass_through_a_hub(found: Collected) -> None:
    """A machine here, or an address."""
    assert found.row(Flow, f"own-hub/stream/{HUB}").target_country == "DE"
    assert isinstance(found.row(Flow, "hub/stream/gg.example.com").target_country, Unknown)


def test_a_database_at_an_address_is_nowhere(found: Collected) -> None:
    """The kind of database may tell whose cloud it is in."""
    flow = found.row(Flow, "amazon/sync/rds")

    assert flow.target_operator == "Amazon Web Services"
    assert isinstance(flow.target_country, Unknown)


def test_a_refused_connection_may_lead_anywhere(found: Collected) -> None:
    """Nothing is known of that end."""
    assert isinstance(found.row(Flow, "hidden/sync/?").target_country, Unknown)


def test_secrets_are_not_kept(found: Collected) -> None:
    """Neither passwords nor keys of Amazon's."""
    assert "hunter2" not in repr(found.records)
    assert "AKIA" not in repr(found.records)
