"""Backup destinations and key stores that are not Oracle Cloud's."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Key, Store
from tests.collect.oci.simulated import DATA, Collected, collected


def destination(name: str, *databases: str, **more: Json) -> dict[str, Json]:
    """Return an NFS server that holds 3 GB of backups of databases."""
    return {
        "id": f"ocid1.backupdestination.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "type": "NFS",
        "nfs_server": ["10.0.0.1"],
        "utilized_storage_size_in_gbs": 3,
        "associated_databases": [{"id": each} for each in databases],
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """Servers with no, one and two databases, and a key store."""
    store: Json = {
        "id": "ocid1.keystore.oc1.iad.okv",
        "compartment_id": DATA,
        "display_name": "okv",
        "lifecycle_state": "ACTIVE",
        "type_details": {
            "type": "ORACLE_KEY_VAULT",
            "connection_ips": ["10.0.0.2"],
            "admin_username": "admin",
            "vault_id": "v",
            "secret_id": "s",
        },
    }
    return collected(
        {
            "us-ashburn-1": {
                "database": {
                    "BackupDestinationSummary": [
                        destination("empty"),
                        destination("single", "db"),
                        destination("shared", "db", "other"),
                        destination("gone", lifecycle_state="DELETED"),
                    ],
                    "KeyStore": [store],
                }
            }
        },
        kinds="oci.database",
    )


def test_a_destination_outside_is_not_where_it_is_listed(found: Collected) -> None:
    """Nor is it run by Oracle."""
    row = found.row(Store, "single")

    assert isinstance(row.country, Unknown)
    assert row.operator == "operator of NFS, not Oracle Cloud"
    assert (row.backup, row.size_bytes) == (True, 3 * 2**30)


def test_a_destination_holds_what_one_database_sends(found: Collected) -> None:
    """The row has place for one source; two leave its class to its tags."""
    assert found.row(Store, "single").source_id == "db"
    assert found.row(Store, "empty").source_id == ""
    assert isinstance(found.row(Store, "shared").source_id, Unknown)


def test_a_deleted_destination_has_no_row(found: Collected) -> None:
    """It is still listed for a while."""
    assert len(found.of(Store)) == 3


def test_a_key_store_is_an_external_key(found: Collected) -> None:
    """Whoever runs it can read what its keys protect."""
    row = found.row(Key, "okv")

    assert row.custody == "external"
    assert isinstance(row.country, Unknown)
