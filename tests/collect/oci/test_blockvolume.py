"""Volumes, boot volumes and their replicas."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, Collected, collected

VOLUME, BOOT = "ocid1.volume.oc1.iad.v", "ocid1.bootvolume.oc1.iad.b"
REPLICA = "ocid1.blockvolumereplica.oc1.phx.r"
BOOT_REPLICA = "ocid1.bootvolumereplica.oc1.eu-frankfurt-1.r"


def volume(id_: str, **more: Json) -> dict[str, Json]:
    """Return a volume of 50 GB."""
    return {
        "id": id_,
        "compartment_id": DATA,
        "display_name": id_[-1],
        "lifecycle_state": "AVAILABLE",
        "size_in_gbs": 50,
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """A volume with a replica in Phoenix, a boot volume with one in Frankfurt, and clones."""
    clone = {"source_details": {"type": "volume", "id": VOLUME}}
    return collected(
        {
            "us-ashburn-1": {
                "core": {
                    "Volume": [
                        volume(
                            VOLUME,
                            size_in_mbs=51200,
                            block_volume_replicas=[{"block_volume_replica_id": REPLICA}],
                        ),
                        volume(f"{VOLUME}2", size_in_mbs=1024, **clone),
                        volume(f"{VOLUME}3", lifecycle_state="TERMINATED"),
                    ],
                    "BootVolume": [
                        volume(
                            BOOT,
                            size_in_mbs=51200,
                            kms_key_id="ocid1.key.oc1.iad.v.k",
                            boot_volume_replicas=[{"boot_volume_replica_id": BOOT_REPLICA}],
                        )
                    ],
                }
            },
            "us-phoenix-1": {
                "core": {"BlockVolumeReplica": [volume(REPLICA, block_volume_id=VOLUME)]}
            },
            "eu-frankfurt-1": {
                "core": {"BootVolumeReplica": [volume(BOOT_REPLICA, boot_volume_id=BOOT)]}
            },
        },
        kinds="oci.blockvolume",
    )


def test_a_volume_is_encrypted_and_never_public(found: Collected) -> None:
    """Oracle's documentation says so of each."""
    store = found.row(Store, VOLUME)

    assert (store.kind, store.encrypted, store.public, store.key_id) == ("volume", True, False, "")
    assert store.size_bytes == 50 * 2**30
    assert store.source_id == ""


def test_a_replica_flows_to_the_region_in_its_id(found: Collected) -> None:
    """Both spellings of a region stand in OCIDs: a key of three letters, and the name."""
    block, boot = found.row(Flow, REPLICA), found.row(Flow, BOOT_REPLICA)

    assert (block.store_id, block.target_region, block.target_country) == (
        VOLUME,
        "us-phoenix-1",
        "US",
    )
    assert (boot.store_id, boot.target_region, boot.target_country) == (
        BOOT,
        "eu-frankfurt-1",
        "DE",
    )


def test_a_replica_is_a_copy_of_its_volume(found: Collected) -> None:
    """So that it holds the same classes of data."""
    replica = found.row(Store, f"{REPLICA}")

    assert (replica.kind, replica.backup, replica.source_id) == ("replica", True, VOLUME)
    assert found.row(Store, BOOT_REPLICA).country == "DE"


def test_a_clone_names_its_source_and_a_terminated_volume_is_gone(found: Collected) -> None:
    """A clone holds what its source held; a terminated volume holds nothing."""
    assert found.row(Store, f"{VOLUME}2").source_id == VOLUME
    assert all(not store.id.endswith("v3") for store in found.of(Store))


@pytest.fixture(scope="module")
def scheduled() -> Collected:
    """Volumes with a policy that copies to Frankfurt, with one that does not, and with none."""
    policies = [
        {"id": "away", "destination_region": "eu-frankfurt-1"},
        {"id": "here", "display_name": "gold"},
    ]
    ids = {name: f"ocid1.volume.oc1.iad.{name}" for name in ("away", "here", "none", "hidden")}
    assigned = [{"id": name, "asset_id": ids[name], "policy_id": name} for name in ("away", "here")]
    core = {
        "Volume": [volume(id_) for id_ in ids.values()],
        "VolumeBackupPolicy": policies,
        "VolumeBackupPolicyAssignment": assigned,
    }
    refusal = denied(".*get_volume_backup_policy_asset_assignment", resource=ids["hidden"])
    return collected({"us-ashburn-1": {"core": core}}, refusal, kinds="oci.blockvolume.volume")


def test_a_policy_copies_backups_to_its_region(scheduled: Collected) -> None:
    """Before the first of them is there."""
    flow = scheduled.row(Flow, "away/backup/away")

    assert (flow.target_country, flow.active, flow.target_id) == ("DE", True, "")
    assert [
        each.id for each in scheduled.of(Flow) if each.id.startswith(f"{VOLUME[:-1]}here")
    ] == []


def test_policies_are_asked_for_where_one_is_assigned(scheduled: Collected) -> None:
    """A volume that has none costs one call."""
    assert len(scheduled.asked("get_volume_backup_policy_asset_assignment")) == 4
    assert len(scheduled.asked("get_volume_backup_policy")) == 2


def test_an_assignment_that_is_refused_may_copy_anywhere(scheduled: Collected) -> None:
    """Not knowing a policy is not the same as having none."""
    flow = scheduled.row(Flow, "hidden/backup/?")

    assert isinstance(flow.active, Unknown)
    assert flow.active.permission == "inspect backup-policy-assignments and inspect volumes"
