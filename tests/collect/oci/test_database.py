"""DB systems, databases and their backups."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, Collected, collected

ID = "ocid1.database.oc1.iad"
ABROAD = "ocid1.database.oc1.eu-frankfurt-1.standby"


def database(name: str, **more: Json) -> dict[str, Json]:
    """Return a database that backs up to its own region."""
    return {
        "id": f"{ID}.{name}",
        "compartment_id": DATA,
        "db_name": name,
        "lifecycle_state": "AVAILABLE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def backed_up(**destination: Json) -> dict[str, Json]:
    """Return the setting of automatic backups to one destination."""
    return {
        "db_backup_config": {
            "auto_backup_enabled": True,
            "backup_destination_details": [destination],
        }
    }


def backup(name: str, **more: Json) -> dict[str, Json]:
    """Return a backup of 1.5 GB."""
    return {
        "id": f"ocid1.dbbackup.oc1.iad.{name}",
        "compartment_id": DATA,
        "database_id": f"{ID}.users",
        "display_name": name,
        "database_size_in_gbs": 1.5,
        "time_started": "2024-01-01T00:00:00Z",
        **more,
    }


GROUP = {"members": [{"database_id": f"{ID}.users"}, {"database_id": ABROAD}]}
HSM = {"provider_type": "EXTERNAL", "hsm_password": "hunter2"}
ASSOCIATION = {
    "_path": {"databaseId": f"{ID}.old"},
    "id": "dg",
    "database_id": f"{ID}.old",
    "peer_database_id": ABROAD,
}
CLUSTER = "ocid1.cloudvmcluster.oc1.iad"
SYSTEM = "ocid1.dbsystem.oc1.iad"
REMOTE = {"type": "OBJECT_STORE", "is_remote": True, "remote_region": "eu-frankfurt-1"}


def databases() -> list[dict[str, Json]]:
    """Return databases in every state that matters."""
    return [
        database("users", data_guard_group=GROUP, **backed_up(type="LOCAL")),
        database("old", **backed_up(type="NFS", vpc_password="hunter2")),
        database(
            "remote",
            encryption_key_location_details=HSM,
            **backed_up(**REMOTE),
        ),
        database("hidden"),
        database("housed", vm_cluster_id=f"{CLUSTER}.housed"),
        database("own", vm_cluster_id=f"{CLUSTER}.own"),
        database("based", db_system_id=f"{SYSTEM}.s"),
        database("azure", db_system_id=f"{SYSTEM}.housed"),
    ]


@pytest.fixture(scope="module")
def found() -> Collected:
    """Databases in every state that matters."""
    return collected(
        {
            "us-ashburn-1": {
                "database": {
                    "DbSystem": [
                        {
                            "id": f"{SYSTEM}.s",
                            "compartment_id": DATA,
                            "display_name": "s",
                            "data_storage_size_in_gbs": 256,
                            "data_collection_options": {"is_incident_logs_enabled": True},
                            "time_created": "2024-01-01T00:00:00Z",
                        },
                        {
                            "id": f"{SYSTEM}.housed",
                            "compartment_id": DATA,
                            "subscription_id": "azure",
                        },
                    ],
                    "Database": databases(),
                    "DataGuardAssociation": [ASSOCIATION],
                    "CloudVmCluster": [
                        {"id": f"{CLUSTER}.own", "compartment_id": DATA},
                        {
                            "id": f"{CLUSTER}.housed",
                            "compartment_id": DATA,
                            "subscription_id": "azure",
                        },
                    ],
                    "Backup": [
                        backup("here"),
                        backup("elsewhere", backup_destination_type="AWS_S3"),
                        backup("on-site", shape="ExadataCC.X9M"),
                        backup(
                            "sent-in", shape="ExadataCC.X9M", backup_destination_type="OBJECT_STORE"
                        ),
                    ],
                }
            }
        },
        denied(".*list_data_guard_associations", resource=f"{ID}.hidden"),
        kinds="oci.database",
    )


def test_a_db_system_holds_data_on_its_disks(found: Collected) -> None:
    """Also before any database is made."""
    store = found.row(Store, "dbsystem.oc1.iad.s")

    assert (store.kind, store.size_bytes, store.key_id) == ("volume", 256 * 2**30, "")


def test_incident_logs_go_to_oracles_operations(found: Collected) -> None:
    """Wherever those are; what is found in a failed query goes with them."""
    flow = found.row(Flow, "/export/incident-logs")

    assert (flow.target_operator, flow.active) == ("Oracle", True)
    assert isinstance(flow.target_country, Unknown)


@pytest.mark.parametrize("name", ["users", "old"])
def test_data_guard_leads_abroad_by_either_api(found: Collected, name: str) -> None:
    """Older databases have associations, newer ones a group."""
    (flow,) = (
        flow
        for flow in found.of(Flow)
        if flow.mechanism == "replication" and flow.store_id == f"{ID}.{name}"
    )

    assert (flow.target_id, flow.target_country) == (ABROAD, "DE")


def test_what_data_guard_does_is_unknown_when_denied(found: Collected) -> None:
    """A standby may exist."""
    assert isinstance(found.row(Flow, f"{ID}.hidden/replication/?").target_country, Unknown)


def test_automatic_backups_lead_to_their_destination(found: Collected) -> None:
    """Another region, or a place outside Oracle Cloud that the API does not describe."""
    remote = found.row(Flow, f"{ID}.remote/backup/0/OBJECT_STORE")
    outside = found.row(Flow, f"{ID}.old/backup/0/NFS")

    assert (remote.target_country, remote.active) == ("DE", True)
    assert isinstance(outside.target_country, Unknown)


def test_a_backup_kept_elsewhere_has_no_known_country(found: Collected) -> None:
    """It was listed here, and is not here."""
    assert found.row(Store, ".here").country == "US"
    assert isinstance(found.row(Store, ".elsewhere").country, Unknown)
    assert isinstance(found.row(Store, ".on-site").country, Unknown)
    assert found.row(Store, ".sent-in").country == "US"
    assert found.row(Store, ".here").source_id == f"{ID}.users"
    assert found.row(Store, ".here").size_bytes == 3 * 2**29


def test_a_key_outside_oracle_cloud_is_not_taken_for_oracles(found: Collected) -> None:
    """Without a vault key, a database need not have Oracle's."""
    assert isinstance(found.row(Store, ".remote").key_id, Unknown)
    assert found.row(Store, f"{ID}.users").key_id == ""


def test_passwords_never_enter_the_evidence(found: Collected) -> None:
    """The API may show them; a digest is kept."""
    assert "hunter2" not in repr(found.records)
    assert "secret:hmac-sha256:" in repr(found.records)


def test_a_database_may_be_in_another_cloud(found: Collected) -> None:
    """Its cluster belongs to a subscription; one of Oracle's own is in its region."""
    assert isinstance(found.row(Store, f"{ID}.housed").country, Unknown)
    assert found.row(Store, f"{ID}.own").country == "US"


def test_a_database_is_where_its_db_system_is(found: Collected) -> None:
    """Also a DB system may belong to a subscription; the database does not say so."""
    assert found.row(Store, f"{ID}.based").country == "US"
    assert isinstance(found.row(Store, f"{ID}.azure").country, Unknown)
