"""PostgreSQL, its replicas and copies of its backups."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Principal, Store
from tests.collect.oci.simulated import DATA, Collected, collected
from tests.collect.oci.things import described

ID, BACKUP = "ocid1.postgresqldbsystem.oc1.iad", "ocid1.postgresqlbackup.oc1.iad"
STANDBY = "ocid1.postgresqldbsystem.oc1.eu-frankfurt-1.users"
KEY = "ocid1.key.oc1.iad.v.k"


def backups() -> list[dict[str, Json]]:
    """Return a backup with copies of every state, and a copy that arrived."""
    status: list[Json] = [
        {"state": "COPIED", "region": "eu-frankfurt-1", "backup_id": "copy"},
        {"state": "FAILED", "region": "us-phoenix-1"},
        {"region": "us-phoenix-1"},
    ]
    return [
        described(f"{BACKUP}.b", db_system_id=f"{ID}.users", copy_status=status),
        described(
            f"{BACKUP}.arrived",
            db_system_id=f"{ID}.users",
            source_type="COPIED",
            source_backup_details={
                "source_region": "eu-frankfurt-1",
                "source_backup_id": "original",
            },
        ),
    ]


@pytest.fixture(scope="module")
def found() -> Collected:
    """A primary in Ashburn with a standby in Frankfurt, backups and copies of them."""
    copies = {"kind": "DAILY", "copy_policy": {"compartment_id": DATA, "regions": ["us-phoenix-1"]}}
    storage = {"system_type": "OCI_OPTIMIZED_STORAGE", "kms_key_id": KEY}
    follows = {"source_type": "DB_SYSTEM", "primary_db_system_id": f"{ID}.users"}
    return collected(
        {
            "us-ashburn-1": {
                "psql": {
                    "DbSystem": [
                        described(
                            f"{ID}.users",
                            system_role="PRIMARY_DB_SYSTEM",
                            admin_username="keeper",
                            storage_details=storage,
                            management_policy={"backup_policy": copies},
                        ),
                        described(f"{ID}.hidden"),
                    ],
                    "DbSystemReplicaSummary": [
                        {
                            "_path": {"dbSystemId": f"{ID}.users"},
                            "id": STANDBY,
                            "region": "eu-frankfurt-1",
                        }
                    ],
                    "Backup": backups(),
                }
            },
            "eu-frankfurt-1": {
                "psql": {
                    "DbSystem": [
                        described(STANDBY, system_role="WARM_STANDBY_DB_SYSTEM", source=follows)
                    ]
                }
            },
        },
        denied(".*(get_db_system|list_db_system_replicas)", resource=f"{ID}.hidden"),
        kinds="oci.postgresql",
    )


def test_a_standby_abroad_is_a_flow_of_the_primary(found: Collected) -> None:
    """The standby is a copy and feeds nobody."""
    flow, standby = found.row(Flow, f"{ID}.users/replication/{STANDBY}"), found.row(Store, STANDBY)

    assert flow.target_country == "DE"
    assert (standby.backup, standby.source_id) == (True, f"{ID}.users")
    assert not [flow for flow in found.of(Flow) if flow.store_id == STANDBY]


def test_backups_are_copied_by_policy_and_one_by_one(found: Collected) -> None:
    """A copy that failed goes nowhere; of another state nobody knows."""
    assert found.row(Flow, f"{ID}.users/backup/copy/0").target_region == "us-phoenix-1"
    done = found.row(Flow, f"{BACKUP}.b/copy/0/eu-frankfurt-1")
    assert (done.target_id, done.target_country, done.active) == ("copy", "DE", True)
    assert found.row(Flow, f"{BACKUP}.b/copy/1/us-phoenix-1").active is False
    assert isinstance(found.row(Flow, f"{BACKUP}.b/copy/2/us-phoenix-1").active, Unknown)


def test_a_backup_comes_from_its_system_or_from_a_backup(found: Collected) -> None:
    """A copy names the one that it was made from."""
    assert found.row(Store, f"{BACKUP}.b").source_id == f"{ID}.users"
    assert found.row(Store, f"{BACKUP}.arrived").source_id == "original"


def test_what_was_denied_may_be_anything(found: Collected) -> None:
    """Replicas, copies and a key."""
    for mechanism in ("replication", "backup"):
        assert isinstance(found.row(Flow, f"{ID}.hidden/{mechanism}/?").target_country, Unknown)
    assert isinstance(found.row(Store, f"{ID}.hidden").key_id, Unknown)
    assert found.row(Store, f"{ID}.users").key_id == KEY


def test_a_system_names_its_first_administrator(found: Collected) -> None:
    """And not whether he can still log in; of one that may not be read, nobody knows who he is."""
    keeper, hidden = found.row(Principal, "/keeper"), found.row(Principal, f"{ID}.hidden/user/?")

    assert (keeper.id, keeper.kind) == (f"{ID}.users/user/keeper", "database user")
    assert isinstance(keeper.enabled, Unknown)
    assert isinstance(hidden.attributes, Unknown)
