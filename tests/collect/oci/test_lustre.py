"""Lustre file systems, and the buckets that they are linked to."""

from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, collected

SYSTEM = "ocid1.lustrefilesystem.oc1.iad.l"
BUCKET = "oci:objectstorage:us-ashburn-1:acme/training"


def test_a_link_leads_both_ways() -> None:
    """Whoever starts a job chooses the direction."""
    system: dict[str, Json] = {
        "id": SYSTEM,
        "compartment_id": DATA,
        "display_name": "training",
        "lifecycle_state": "ACTIVE",
        "capacity_in_gbs": 2,
        "time_created": "2024-01-01T00:00:00Z",
    }
    link: dict[str, Json] = {
        "compartment_id": DATA,
        "lifecycle_state": "ACTIVE",
        "lustre_file_system_id": SYSTEM,
        "object_storage_prefix": "acme:/training/2026/",
    }
    links = [{**link, "id": "live"}, {**link, "id": "new", "lifecycle_state": "CREATING"}]
    service = {"LustreFileSystem": [system], "ObjectStorageLink": links}
    found = collected({"us-ashburn-1": {"lustre_file_storage": service}}, kinds="oci.lustre")

    store = found.row(Store, SYSTEM)
    ways = {(flow.store_id, flow.target_id) for flow in found.of(Flow)}
    assert (store.encrypted, store.key_id, store.size_bytes) == (True, "", 2 * 2**30)
    assert ways == {(SYSTEM, BUCKET), (BUCKET, SYSTEM)}
    assert found.row(Flow, f"{SYSTEM}/sync/live").active is True
    assert isinstance(found.row(Flow, f"{SYSTEM}/sync/new").active, Unknown)
