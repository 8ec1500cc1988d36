"""Amazon EBS: locks of snapshots, and the recycle bin.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/OperationList-query-ebs.html
"""

from collections.abc import Iterator

from auditor.collect.aws.ebs import GIBIBYTE, place_of, snapshot_arn
from auditor.collect.aws.reading import maybe_text, size_in_bytes, state_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import NO_KEY_STATED, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Guardrail, Store

_REFERENCE = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_"
_NOT_STATED = Unknown("the recycle bin does not state it; what was deleted can be restored")
_LOST = Unknown("the recycle bin does not state what an image was made from")


def _lock(found: Found) -> Iterator[Guardrail]:
    region, name = found.place["region"], text(found, "item.SnapshotId")
    snapshot = snapshot_arn(region, name)
    states = ("compliance", "governance", "compliance-cooloff")
    yield Guardrail(
        id=f"{snapshot}/lock",
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        name=f"lock of {name}",
        kind="object lock",
        target_id=snapshot,
        region=region,
        enforced=state_of(maybe_text(found, "item.LockState"), states, ("expired",)),
        limits=("deletion",),
    )


def _recycled_snapshot(found: Found) -> Iterator[Store]:
    region, account = found.place["region"], found.place["account"]
    name, volume = text(found, "item.SnapshotId"), text(found, "item.VolumeId")
    yield store_of(
        found,
        id=snapshot_arn(region, name),
        name=name,
        kind="snapshot in the recycle bin",
        backup=True,
        source_id=arn("ec2", region, account, f"volume/{volume}") if volume else _NOT_STATED,
        encrypted=_NOT_STATED,
        key_id=NO_KEY_STATED,
        public=False,  # nobody can use it until it is restored
    )


def _recycled_volume(found: Found) -> Iterator[Store]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.VolumeId")
    yield store_of(
        found,
        id=arn("ec2", region, account, f"volume/{name}"),
        name=name,
        kind="volume in the recycle bin",
        country=place_of(found, found.read("item.AvailabilityZone")),
        encrypted=_NOT_STATED,
        key_id=NO_KEY_STATED,
        public=False,  # nobody can use it until it is restored
        size_bytes=size_in_bytes(found, "item.Size", GIBIBYTE),
        created=maybe_text(found, "item.CreateTime"),
    )


def _recycled_image(found: Found) -> Iterator[Store]:
    name = text(found, "item.ImageId")
    yield store_of(
        found,
        id=arn("ec2", found.place["region"], "", f"image/{name}"),
        name=text(found, "item.Name") or name,
        kind="image in the recycle bin",
        backup=True,
        source_id=_LOST,
        encrypted=_NOT_STATED,
        key_id=NO_KEY_STATED,
        public=False,  # nobody can use it until it is restored
    )


SNAPSHOT_LOCKS = Collector(
    kind="aws.ec2.snapshot_lock",
    service="ec2",
    title="locks of EBS snapshots",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeLockedSnapshots",
        permission="ec2:DescribeLockedSnapshots",
        parameters={"MaxResults": 1000},
        items="Snapshots",
    ),
    tables=(Guardrail,),
    rows=_lock,
    source=_REFERENCE + "DescribeLockedSnapshots.html",
)

RECYCLED_SNAPSHOTS = Collector(
    kind="aws.ec2.recycled_snapshot",
    service="ec2",
    title="EBS snapshots in the recycle bin",
    per=("account", "region"),
    listing=Listing(
        operation="ListSnapshotsInRecycleBin",
        permission="ec2:ListSnapshotsInRecycleBin",
        parameters={"MaxResults": 1000},
        items="Snapshots",
    ),
    tables=(Store,),
    rows=_recycled_snapshot,
    source=_REFERENCE + "ListSnapshotsInRecycleBin.html",
)

RECYCLED_IMAGES = Collector(
    kind="aws.ec2.recycled_image",
    service="ec2",
    title="machine images in the recycle bin",
    per=("account", "region"),
    listing=Listing(
        operation="ListImagesInRecycleBin",
        permission="ec2:ListImagesInRecycleBin",
        parameters={"MaxResults": 1000},
        items="Images",
    ),
    tables=(Store,),
    rows=_recycled_image,
    source=_REFERENCE + "ListImagesInRecycleBin.html",
)

RECYCLED_VOLUMES = Collector(
    kind="aws.ec2.recycled_volume",
    service="ec2",
    title="EBS volumes in the recycle bin",
    per=("account", "region"),
    listing=Listing(
        operation="ListVolumesInRecycleBin",
        permission="ec2:ListVolumesInRecycleBin",
        items="Volumes",
    ),
    tables=(Store,),
    rows=_recycled_volume,
    source=_REFERENCE + "ListVolumesInRecycleBin.html",
)
