"""Container databases, their standbys and where they are backed up."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, Collected, collected

ID = "ocid1.autonomouscontainerdatabase.oc1.iad"
ABROAD = "ocid1.autonomouscontainerdatabase.oc1.eu-frankfurt-1.standby"
CLUSTER = "ocid1.cloudautonomousvmcluster.oc1.iad"
REMOTE: dict[str, Json] = {
    "type": "OBJECT_STORE",
    "is_remote": True,
    "remote_region": "eu-frankfurt-1",
    "vpc_password": "hunter2",
}


def container(id_: str, **more: Json) -> dict[str, Json]:
    """Return a container database."""
    return {
        "id": id_,
        "compartment_id": DATA,
        "display_name": id_,
        "lifecycle_state": "AVAILABLE",
        "infrastructure_type": "CLOUD",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def backup(name: str, of: str, **more: Json) -> dict[str, Json]:
    """Return a backup of a container."""
    return {
        "id": f"ocid1.autonomouscontainerdatabasebackup.oc1.iad.{name}",
        "compartment_id": DATA,
        "autonomous_container_database_id": f"{ID}.{of}",
        "display_name": name,
        "lifecycle_state": "ACTIVE",
        "time_started": "2024-01-01T00:00:00Z",
        **more,
    }


def backups() -> list[dict[str, Json]]:
    """Return backups that are kept in different places."""
    return [
        backup("here", "users"),
        backup(
            "there",
            "users",
            is_remote_backup=True,
            backup_destination_details=REMOTE,
        ),
        backup("housed", "azure", backup_destination_details={"type": "DBRS"}),
        backup("sent-in", "azure", backup_destination_details={"type": "OBJECT_STORE"}),
        backup("on-site", "ours", infrastructure_type="CLOUD_AT_CUSTOMER"),
    ]


@pytest.fixture(scope="module")
def found() -> Collected:
    """A primary in Ashburn with a standby in Frankfurt, and one at a customer's."""
    group = [
        {"autonomous_container_database_id": f"{ID}.users", "role": "PRIMARY"},
        {"autonomous_container_database_id": ABROAD, "role": "STANDBY"},
    ]
    return collected(
        {
            "us-ashburn-1": {
                "database": {
                    "AutonomousContainerDatabase": [
                        container(
                            f"{ID}.users",
                            role="PRIMARY",
                            dataguard_group_members=group,
                            associated_backup_configuration_details=[REMOTE],
                        ),
                        container(
                            f"{ID}.ours",
                            infrastructure_type="CLOUD_AT_CUSTOMER",
                            backup_config={
                                "backup_destination_details": [{"type": "NFS", "id": "d"}]
                            },
                        ),
                        container(f"{ID}.gone", lifecycle_state="TERMINATED"),
                        container(f"{ID}.guarded", is_data_guard_enabled=True),
                        container(f"{ID}.azure", cloud_autonomous_vm_cluster_id=f"{CLUSTER}.h"),
                        container(f"{ID}.own", cloud_autonomous_vm_cluster_id=f"{CLUSTER}.o"),
                        container(f"{ID}.denied", cloud_autonomous_vm_cluster_id=f"{CLUSTER}.d"),
                    ],
                    "CloudAutonomousVmCluster": [
                        {"id": f"{CLUSTER}.h", "compartment_id": DATA, "subscription_id": "azure"},
                        {"id": f"{CLUSTER}.o", "compartment_id": DATA},
                    ],
                    "AutonomousContainerDatabaseBackup": backups(),
                }
            },
            "eu-frankfurt-1": {
                "database": {
                    "AutonomousContainerDatabase": [
                        container(ABROAD, role="STANDBY", dataguard_group_members=group)
                    ]
                }
            },
        },
        kinds="oci.autonomousdatabase.container",
    )


def test_a_standby_abroad_is_a_flow_of_the_primary(found: Collected) -> None:
    """The standby feeds nobody, and knows whom it copies."""
    flow, standby = found.row(Flow, f"/replication/{ABROAD}"), found.row(Store, ABROAD)

    assert (flow.store_id, flow.target_country) == (f"{ID}.users", "DE")
    assert (standby.backup, standby.source_id) == (True, f"{ID}.users")
    assert all(flow.store_id != ABROAD for flow in found.of(Flow))


def test_a_second_destination_is_not_overlooked(found: Collected) -> None:
    """Remote copies of backups are in another member than the preferred destination."""
    flow = found.row(Flow, "associatedBackupConfigurationDetails/0/OBJECT_STORE")

    assert flow.target_country == "DE"
    assert "hunter2" not in repr(found.records)


def test_a_container_at_a_customers_is_not_in_oracles_region(found: Collected) -> None:
    """It answers from Ashburn, and stands nobody knows where."""
    assert isinstance(found.row(Store, f"{ID}.ours").country, Unknown)
    assert found.row(Flow, "backupConfig/0/NFS").target_id == "d"


def test_a_container_may_be_in_another_cloud(found: Collected) -> None:
    """Its cluster knows its subscription; a cluster that nobody may see tells nothing."""
    assert found.row(Store, f"{ID}.own").country == "US"
    for name in ("azure", "denied"):
        assert isinstance(found.row(Store, f"{ID}.{name}").country, Unknown)


def test_what_is_terminated_holds_nothing(found: Collected) -> None:
    """It is still listed for a while."""
    assert not [store for store in found.of(Store) if store.id == f"{ID}.gone"]


def test_a_backup_is_where_it_was_sent(found: Collected) -> None:
    """It comes from its container, and may be remote, or at a customer's."""
    here = found.row(Store, ".here")

    assert (here.country, here.source_id) == ("US", f"{ID}.users")
    assert found.row(Store, ".there").country == "DE"
    for name in ("on-site", "housed"):
        assert isinstance(found.row(Store, f".{name}").country, Unknown)
    assert found.row(Store, ".sent-in").country == "US"


def test_a_standby_that_is_not_named_may_be_anywhere(found: Collected) -> None:
    """Data Guard is on; a container without it has no flow."""
    assert isinstance(found.row(Flow, ".guarded/replication/?").target_country, Unknown)
    assert not [flow for flow in found.of(Flow) if flow.store_id == f"{ID}.own"]
