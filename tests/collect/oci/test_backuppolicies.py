"""Which policies back volumes up, and when volumes need not be asked."""

from auditor.model import Json
from auditor.tables import Flow
from tests.collect.oci.simulated import DATA, Collected, Regions, collected

VOLUME: dict[str, Json] = {
    "id": "ocid1.volume.oc1.iad.v",
    "compartment_id": DATA,
    "display_name": "v",
    "lifecycle_state": "AVAILABLE",
    "size_in_gbs": 50,
    "time_created": "2024-01-01T00:00:00Z",
}
POLICY: dict[str, Json] = {
    "id": "ocid1.volumebackuppolicy.oc1.iad.p",
    "compartment_id": DATA,
    "display_name": "nightly",
    "schedules": [],
    "destination_region": "eu-frankfurt-1",
    "time_created": "2024-01-01T00:00:00Z",
}
ASSIGNED: dict[str, Json] = {
    "_path": {"assetId": VOLUME["id"]},
    "id": "ocid1.volumebackuppolicyassignment.oc1.iad.a",
    "asset_id": VOLUME["id"],
    "policy_id": POLICY["id"],
}


def _of(**models: list[dict[str, Json]]) -> Collected:
    regions: Regions = {"us-ashburn-1": {"core": {"Volume": [VOLUME], **models}}}
    return collected(regions, kinds="oci.")


def test_a_policy_that_copies_abroad_is_a_way_out_of_its_volumes() -> None:
    found = _of(VolumeBackupPolicy=[POLICY], VolumeBackupPolicyAssignment=[ASSIGNED])
    (flow,) = (flow for flow in found.of(Flow) if flow.store_id == VOLUME["id"])

    assert (flow.mechanism, flow.target_region) == ("backup", "eu-frankfurt-1")


def test_no_volume_is_asked_where_nobody_defined_a_policy() -> None:
    """The index names policies, and it names none; that they could be listed is on record."""
    found = _of(VolumeBackupPolicyAssignment=[ASSIGNED])

    assert found.asked("get_volume_backup_policy_asset_assignment") == []
    assert len(found.asked("list_volume_backup_policies")) == 3
    assert [flow for flow in found.of(Flow) if flow.store_id == VOLUME["id"]] == []
