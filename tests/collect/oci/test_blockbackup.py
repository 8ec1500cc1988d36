"""Backups of volumes, and copies of backups in other regions."""

import pytest

from auditor.model import Json
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, Collected, collected

VOLUME, BOOT = "ocid1.volume.oc1.iad.v", "ocid1.bootvolume.oc1.iad.b"
BACKUP = "ocid1.volumebackup.oc1.iad.original"
COPY = "ocid1.volumebackup.oc1.eu-frankfurt-1.copy"


def backup(id_: str, **more: Json) -> dict[str, Json]:
    """Return a backup that takes 2 GB."""
    return {
        "id": id_,
        "compartment_id": DATA,
        "display_name": id_,
        "lifecycle_state": "AVAILABLE",
        "unique_size_in_gbs": 2,
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """A backup in Ashburn, its copy in Frankfurt, and one of a boot volume."""
    boot = backup("ocid1.bootvolumebackup.oc1.iad.boot", boot_volume_id=BOOT)
    return collected(
        {
            "us-ashburn-1": {
                "core": {
                    "VolumeBackup": [backup(BACKUP, volume_id=VOLUME)],
                    "BootVolumeBackup": [{**boot, "is_retention_lock_enabled": True}],
                }
            },
            "eu-frankfurt-1": {
                "core": {
                    "VolumeBackup": [backup(COPY, volume_id=VOLUME, source_volume_backup_id=BACKUP)]
                }
            },
        },
        kinds="oci.blockvolume",
    )


def test_a_backup_comes_from_its_volume(found: Collected) -> None:
    """It is a store of its own, and a copy."""
    store, flow = found.row(Store, "original"), found.row(Flow, f"backup/{BACKUP}")

    assert (store.kind, store.backup, store.source_id) == ("backup", True, VOLUME)
    assert store.size_bytes == 2 * 2**30
    assert (flow.store_id, flow.target_country) == (VOLUME, "US")


def test_a_copy_abroad_comes_from_the_backup(found: Collected) -> None:
    """Where the original was is in its OCID."""
    store, flow = found.row(Store, "copy"), found.row(Flow, f"copy/{COPY}")

    assert (store.country, store.source_id) == ("DE", BACKUP)
    assert (flow.store_id, flow.region, flow.target_country) == (BACKUP, "us-ashburn-1", "DE")


def test_a_retention_lock_locks(found: Collected) -> None:
    """Left out, there is none."""
    assert found.row(Store, "boot").locked is True
    assert found.row(Store, "original").locked is False
