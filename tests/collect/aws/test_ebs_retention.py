"""What we claim to know about locked and deleted snapshots."""

import pytest

from auditor.collect.aws.ebs_retention import (
    RECYCLED_IMAGES,
    RECYCLED_SNAPSHOTS,
    RECYCLED_VOLUMES,
    SNAPSHOT_LOCKS,
)
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Guardrail
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ROOT = (IDENTITY, REGIONS)
SNAPSHOT = f"arn:aws:ec2:{HOME}::snapshot/snap-1"

pytestmark = pytest.mark.usefixtures("cloud")


def guardrails(collected: Collected) -> dict[str, Guardrail]:
    return {row.id: row for row in collected.rows if isinstance(row, Guardrail)}


@pytest.mark.parametrize(("state", "enforced"), [("governance", True), ("expired", False)])
def test_a_lock_holds_until_it_expires(state: str, enforced: bool) -> None:
    locked = {"SnapshotId": "snap-1", "LockState": state}
    rule = Rule(operation="ec2.DescribeLockedSnapshots", answer={"Snapshots": [locked]})

    (lock,) = guardrails(gather((*ROOT, SNAPSHOT_LOCKS), rules=[rule])).values()

    assert (lock.target_id, lock.enforced, lock.limits) == (SNAPSHOT, enforced, ("deletion",))


def test_what_was_deleted_is_still_there() -> None:
    """It can be restored for as long as the bin keeps it."""
    rules = [
        Rule(
            operation="ec2.ListSnapshotsInRecycleBin",
            answer={"Snapshots": [{"SnapshotId": "snap-1", "VolumeId": "vol-1"}]},
        ),
        Rule(
            operation="ec2.ListImagesInRecycleBin",
            answer={"Images": [{"ImageId": "ami-1", "Name": "golden"}]},
        ),
    ]

    stores = gather((*ROOT, RECYCLED_SNAPSHOTS, RECYCLED_IMAGES), rules=rules).stores

    assert stores["snap-1"].id == SNAPSHOT
    assert stores["snap-1"].source_id == f"arn:aws:ec2:{HOME}:{ACCOUNT}:volume/vol-1"
    assert (stores["golden"].backup, stores["golden"].country) == (True, "US")
    assert isinstance(stores["golden"].encrypted, Unknown)


def test_a_deleted_volume_is_in_its_zone() -> None:
    volume = {"VolumeId": "vol-1", "AvailabilityZone": f"{HOME}a", "Size": 3}
    rule = Rule(operation="ec2.ListVolumesInRecycleBin", answer={"Volumes": [volume]})

    store = gather((*ROOT, RECYCLED_VOLUMES), rules=[rule]).stores["vol-1"]

    assert store.id == f"arn:aws:ec2:{HOME}:{ACCOUNT}:volume/vol-1"
    assert (store.country, store.size_bytes) == ("US", 3 * 2**30)
