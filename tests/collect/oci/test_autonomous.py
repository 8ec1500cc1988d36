"""Autonomous databases, their peers and clones in other regions, their backups."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, Collected, collected

ID = "ocid1.autonomousdatabase.oc1.iad"
PEER = "ocid1.autonomousdatabase.oc1.eu-frankfurt-1.users"


def database(id_: str, **more: Json) -> dict[str, Json]:
    """Return a database with Oracle's key."""
    return {
        "id": id_,
        "compartment_id": DATA,
        "db_name": "users",
        "lifecycle_state": "AVAILABLE",
        "kms_key_id": "ORACLE_MANAGED_KEY",
        "data_storage_size_in_gbs": 20,
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def backup(name: str, **more: Json) -> dict[str, Json]:
    """Return a backup."""
    return {
        "id": f"ocid1.autonomousdatabasebackup.oc1.iad.{name}",
        "compartment_id": DATA,
        "autonomous_database_id": f"{ID}.users",
        "display_name": name,
        "size_in_tbs": 0.5,
        "time_started": "2024-01-01T00:00:00Z",
        **more,
    }


DEDICATED: dict[str, Json] = {
    "is_dedicated": True,
    "infrastructure_type": "CLOUD_AT_CUSTOMER",
    "data_storage_size_in_gbs": None,
    "data_storage_size_in_tbs": 2,
    "encryption_key_location_details": {
        "provider_type": "AWS",
        "aws_encryption_key_id": "ocid1.oracledbawskey.oc1.iad.k",
    },
}
ASSOCIATION: dict[str, Json] = {
    "_path": {"autonomousDatabaseId": f"{ID}.dedicated"},
    "id": "association",
    "autonomous_database_id": f"{ID}.dedicated",
    "peer_autonomous_database_id": PEER,
}


def backups() -> list[dict[str, Json]]:
    """Return backups that are kept in different places."""
    remote = {"type": "OBJECT_STORE", "is_remote": True, "remote_region": "eu-frankfurt-1"}
    return [
        backup("local"),
        backup("remote", backup_destination_details=remote),
        backup("replicated", region="eu-frankfurt-1"),
        backup("on-site", infrastructure_type="CLOUD_AT_CUSTOMER"),
        backup("outside-key", key_store_id="ocid1.keystore.oc1.iad.k"),
    ]


@pytest.fixture(scope="module")
def found() -> Collected:
    """A primary in Ashburn with a standby in Frankfurt and a clone in Phoenix."""
    path = "autonomousDatabaseId"
    return collected(
        {
            "us-ashburn-1": {
                "database": {
                    "AutonomousDatabase": [
                        database(f"{ID}.users", role="PRIMARY"),
                        database(f"{ID}.hidden", encryption_key={"provider": "AWS"}),
                        database(f"{ID}.dedicated", **DEDICATED),
                        *(
                            database(f"{ID}.in-{name}", autonomous_container_database_id=name)
                            for name in ("azure", "ours", "nobody-knows")
                        ),
                    ],
                    "AutonomousContainerDatabase": [
                        {"id": each, "cloud_autonomous_vm_cluster_id": f"cluster-{each}"}
                        for each in ("azure", "ours")
                    ],
                    "CloudAutonomousVmCluster": [
                        {"id": "cluster-azure", "subscription_id": "azure"},
                        {"id": "cluster-ours"},
                    ],
                    "AutonomousDatabasePeerSummary": [
                        {"_path": {path: f"{ID}.users"}, "id": PEER, "region": "eu-frankfurt-1"}
                    ],
                    "AutonomousDatabaseDataguardAssociation": [ASSOCIATION],
                    "RefreshableCloneSummary": [
                        {"_path": {path: f"{ID}.users"}, "id": "clone", "region": "us-phoenix-1"}
                    ],
                    "AutonomousDatabaseBackup": backups(),
                }
            },
            "eu-frankfurt-1": {
                "database": {
                    "AutonomousDatabase": [database(PEER, role="STANDBY")],
                    "AutonomousDatabasePeerSummary": [
                        {"_path": {path: PEER}, "id": f"{ID}.users", "region": "us-ashburn-1"}
                    ],
                }
            },
        },
        denied(".*list_autonomous_database_(peers|refreshable_clones)", resource=f"{ID}.hidden"),
        kinds="oci.autonomousdatabase",
    )


def test_a_peer_abroad_is_a_flow(found: Collected) -> None:
    """``isDataGuardEnabled`` speaks of local standbys only: the peers are asked for."""
    flow = found.row(Flow, f"{ID}.users/replication/{PEER}")

    assert (flow.target_region, flow.target_country) == ("eu-frankfurt-1", "DE")


def test_a_clone_elsewhere_is_a_flow(found: Collected) -> None:
    """A refreshable clone is fed for as long as it lives."""
    assert found.row(Flow, "/copy/clone").target_region == "us-phoenix-1"


def test_a_copy_may_be_in_another_tenancy(found: Collected) -> None:
    """Oracle lets a standby or a clone be made there, and the list does not say whose it is."""
    for flow in (found.row(Flow, "/copy/clone"), found.row(Flow, f".users/replication/{PEER}")):
        assert isinstance(flow.target_account, Unknown)


def test_a_standby_is_a_copy_and_feeds_nobody(found: Collected) -> None:
    """Its data comes from the primary."""
    standby = found.row(Store, PEER)

    assert (standby.kind, standby.backup, standby.country) == ("replica", True, "DE")
    assert standby.source_id == f"{ID}.users"
    assert all(flow.store_id != PEER for flow in found.of(Flow))


def test_what_was_denied_may_be_a_copy(found: Collected) -> None:
    """A denied list of peers is not an empty one."""
    for mechanism in ("replication", "copy"):
        assert isinstance(found.row(Flow, f"{ID}.hidden/{mechanism}/?").target_country, Unknown)


def test_a_database_is_where_the_cluster_of_its_container_is(found: Collected) -> None:
    """Which may belong to a subscription; what may not be seen may, too."""
    assert found.row(Store, ".in-ours").country == "US"
    for name in ("azure", "nobody-knows"):
        assert isinstance(found.row(Store, f".in-{name}").country, Unknown)


def test_keys_are_oracles_or_named_or_unknown(found: Collected) -> None:
    """Oracle's key has a name of its own in this API."""
    assert found.row(Store, f"{ID}.users").key_id == ""
    assert isinstance(found.row(Store, f"{ID}.hidden").key_id, Unknown)
    assert isinstance(found.row(Store, "outside-key").key_id, Unknown)
    assert found.row(Store, "local").key_id == ""


def test_a_backup_is_where_its_destination_is(found: Collected) -> None:
    """A backup that is listed here may be kept elsewhere."""
    assert found.row(Store, "local").country == "US"
    assert found.row(Store, "remote").country == "DE"
    assert found.row(Store, "replicated").country == "DE"
    assert found.row(Store, "local").size_bytes == 2**39


def test_a_dedicated_database_has_standbys_of_another_api(found: Collected) -> None:
    """They are asked for only where there can be any."""
    flow = found.row(Flow, f"{ID}.dedicated/replication/{PEER}")

    assert flow.target_id == PEER
    assert len(found.asked("list_autonomous_database_dataguard_associations")) == 1


def test_a_database_at_a_customers_is_not_in_oracles_region(found: Collected) -> None:
    """Its size is stated in another unit, and its key may be registered with Oracle."""
    store = found.row(Store, f"{ID}.dedicated")

    assert isinstance(store.country, Unknown)
    assert isinstance(found.row(Store, "on-site").country, Unknown)
    assert store.size_bytes == 2**41
    assert store.key_id == "ocid1.oracledbawskey.oc1.iad.k"
