"""Groups of volumes: their members are replicated and backed up with them."""

import pytest

from auditor.model import Json
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

MEMBERS = ["ocid1.volume.oc1.iad.a", "ocid1.bootvolume.oc1.iad.b"]
GROUP = "ocid1.volumegroup.oc1.iad.g"
REPLICA = "ocid1.volumegroupreplica.oc1.eu-frankfurt-1.r"


def group(id_: str, **more: Json) -> dict[str, Json]:
    """Return a group of two volumes."""
    return {
        "id": id_,
        "compartment_id": DATA,
        "lifecycle_state": "AVAILABLE",
        "volume_ids": MEMBERS,
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """A group with a replica in Frankfurt and backups that are copied to Phoenix."""
    policy = {"id": "policy", "display_name": "away", "destination_region": "us-phoenix-1"}
    assigned = {"id": "assigned", "asset_id": GROUP, "policy_id": "policy"}
    replicas = [{"volume_group_replica_id": REPLICA}]
    groups = [
        group(GROUP, volume_group_replicas=replicas),
        group(f"{GROUP}2", lifecycle_state="TERMINATED", volume_group_replicas=replicas),
    ]
    core = {
        "VolumeGroup": groups,
        "VolumeBackupPolicy": [policy],
        "VolumeBackupPolicyAssignment": [assigned],
    }
    return collected({"us-ashburn-1": {"core": core}}, kinds="oci.blockvolume.group")


def test_members_are_replicated_with_their_group(found: Collected) -> None:
    """Where to, the replica's id says."""
    flows = [flow for flow in found.of(Flow) if flow.mechanism == "replication"]

    assert [flow.store_id for flow in flows] == sorted(MEMBERS)
    assert {(flow.target_account, flow.target_country) for flow in flows} == {(TENANCY, "DE")}


def test_a_group_keeps_nothing_itself(found: Collected) -> None:
    """A group that is terminated is none."""
    (row,) = found.of(Processor)

    assert (row.id, row.kind, row.country) == (GROUP, "volume group", "US")


def test_members_are_backed_up_with_their_group(found: Collected) -> None:
    """The policy may be assigned to the group alone."""
    flows = [flow for flow in found.of(Flow) if flow.mechanism == "backup"]

    assert [flow.store_id for flow in flows] == sorted(MEMBERS)
    assert {flow.target_region for flow in flows} == {"us-phoenix-1"}
