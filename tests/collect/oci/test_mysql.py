"""HeatWave MySQL, its replicas and backups."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import described

ID, BACKUP = "ocid1.mysqldbsystem.oc1.iad", "ocid1.mysqlbackup.oc1"
KEY = "ocid1.key.oc1.iad.v.k"


@pytest.fixture(scope="module")
def found() -> Collected:
    """A DB system that copies its backups to Frankfurt, and others."""
    policy = {"is_enabled": True, "copy_policies": [{"copy_to_region": "eu-frankfurt-1"}]}
    idle = {**policy, "is_enabled": False}
    byok = {"key_generation_type": "BYOK", "key_id": KEY}
    restored = {"source_type": "BACKUP", "backup_id": f"{BACKUP}.iad.b"}
    return collected(
        {
            "us-ashburn-1": {
                "mysql": {
                    "DbSystem": [
                        described(f"{ID}.users", backup_policy=policy, encrypt_data=byok),
                        described(f"{ID}.idle", backup_policy=idle, source=restored),
                        described(f"{ID}.hidden"),
                    ],
                    "Backup": [described(f"{BACKUP}.iad.b", db_system_id=f"{ID}.users")],
                    "Replica": [described("replica", db_system_id=f"{ID}.users")],
                }
            },
            "eu-frankfurt-1": {
                "mysql": {
                    "Backup": [
                        described(
                            f"{BACKUP}.eu-frankfurt-1.copy",
                            db_system_id=f"{ID}.users",
                            immediate_source_backup_id=f"{BACKUP}.iad.b",
                            encrypt_data=byok,
                        )
                    ]
                }
            },
        },
        denied(".*(get_db_system|list_replicas)", resource=f"{ID}.hidden"),
        kinds="oci.mysql",
    )


def test_backups_are_copied_abroad_by_policy(found: Collected) -> None:
    """For as long as backups are made at all."""
    flow = found.row(Flow, f"{ID}.users/backup/copy/0")

    assert (flow.target_country, flow.active) == ("DE", True)
    assert found.row(Flow, f"{ID}.idle/backup/copy/0").active is False


def test_keys_are_named_or_oracles_or_unknown(found: Collected) -> None:
    """A refused answer may have named one."""
    assert found.row(Store, f"{ID}.users").key_id == KEY
    assert found.row(Store, f"{ID}.idle").key_id == ""
    assert isinstance(found.row(Store, f"{ID}.hidden").key_id, Unknown)
    assert isinstance(found.row(Store, f"{ID}.hidden").source_id, Unknown)


def test_a_restored_system_comes_from_its_backup(found: Collected) -> None:
    """And is of its class, unless its own tags say otherwise."""
    assert found.row(Store, f"{ID}.idle").source_id == f"{BACKUP}.iad.b"


def test_a_copy_comes_from_the_backup_elsewhere(found: Collected) -> None:
    """The backup itself comes from its DB system."""
    flow = found.row(Flow, f"/copy/{BACKUP}.eu-frankfurt-1.copy")

    assert (flow.store_id, flow.region) == (f"{BACKUP}.iad.b", "us-ashburn-1")
    assert flow.target_country == "DE"
    assert found.row(Store, "copy").source_id == f"{BACKUP}.iad.b"
    assert found.row(Flow, f"/backup/{BACKUP}.iad.b").store_id == f"{ID}.users"


def test_replicas_are_asked_for_where_there_are_systems(found: Collected) -> None:
    """One that cannot be seen may be there."""
    hidden = found.row(Store, f"{ID}.hidden/replica/?")

    assert len(found.asked("list_replicas")) == 3
    assert hidden.source_id == f"{ID}.hidden"
    assert isinstance(hidden.tags, Unknown)


def test_a_replica_is_a_copy_with_a_key_nobody_states(found: Collected) -> None:
    """It is where its DB system is."""
    store = found.row(Store, "replica")

    assert (store.backup, store.source_id) == (True, f"{ID}.users")
    assert isinstance(store.key_id, Unknown)
    assert found.row(Flow, "/replication/replica").store_id == f"{ID}.users"
