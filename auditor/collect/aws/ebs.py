"""Amazon EBS: volumes, and their snapshots with whom they are shared.

Locks and the recycle bin are in ``ebs_retention``.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/OperationList-query-ebs.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.flows import publication, to_account
from auditor.collect.aws.reading import (
    encryption_key,
    entries,
    maybe_flag,
    maybe_text,
    size_in_bytes,
    tags_of,
    text,
)
from auditor.collect.aws.regions import arn, country_of, country_of_zones, operator_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

GIBIBYTE = 2**30
_COPIED = re.compile(r"\[Copied (snap-[0-9a-f]+) from ([a-z0-9-]+)\]")
_NO_VOLUME = "vol-ffffffff"  # what a copy shows, the reference says
_LOCK = Unknown("its lock, if there is one, is a row of the guardrails")
_LOST = Unknown("a copy of a snapshot, whose original the answer does not name")


def _volume(found: Found) -> Iterator[Store]:
    region, account = found.place["region"], found.place["account"]
    encrypted = maybe_flag(found, "item.Encrypted")
    name = text(found, "item.VolumeId")
    yield Store(
        id=arn("ec2", region, account, f"volume/{name}"),
        evidence=found.evidence,
        name=name,
        provider="aws",
        operator=operator_of(region),
        account=account,
        region=region,
        country=place_of(found, found.read("item.AvailabilityZone")),
        service="ec2",
        kind="volume",
        backup=False,
        encrypted=encrypted,
        key_id=encryption_key(encrypted, found, "item.KmsKeyId"),
        public=False,  # a volume is attached to instances of its own account only
        locked=False,
        size_bytes=size_in_bytes(found, "item.Size", GIBIBYTE),
        created=maybe_text(found, "item.CreateTime"),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )


def _snapshot(found: Found) -> Iterator[Store | Flow]:
    region, account = found.place["region"], found.place["account"]
    encrypted = maybe_flag(found, "item.Encrypted")
    name = text(found, "item.SnapshotId")
    zone = found.read("item.AvailabilityZone", absent=None)
    permissions = found.read("sharing.CreateVolumePermissions")
    store = Store(
        id=snapshot_arn(region, name),
        evidence=found.evidence,
        name=name,
        provider="aws",
        operator=operator_of(region),
        account=account,
        region=region,
        country=place_of(found, zone),
        service="ec2",
        kind="snapshot",
        backup=True,
        source_id=_source(found),
        encrypted=encrypted,
        key_id=encryption_key(encrypted, found, "item.KmsKeyId"),
        public=_is_public(permissions),
        locked=_LOCK,
        size_bytes=size_in_bytes(found, "item.VolumeSize", GIBIBYTE),
        created=maybe_text(found, "item.StartTime"),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield store
    yield from publication(store)
    yield from _shares(store, permissions)


def place_of(found: Found, zone: Json) -> Maybe[str]:
    """Return the country of a zone, or of the region for what is kept in no zone."""
    outpost = found.read("item.OutpostArn", absent="")
    if outpost:
        return Unknown(f"it is on the Outpost {outpost}, whose place AWS does not state")
    region = found.place["region"]
    return country_of(region) if zone is None else country_of_zones(zone, region)


def _source(found: Found) -> Maybe[str]:
    volume = text(found, "item.VolumeId")
    copied = _COPIED.search(text(found, "item.Description"))
    if copied:
        return snapshot_arn(copied[2], copied[1])
    if volume in ("", _NO_VOLUME):
        return _LOST
    return arn("ec2", found.place["region"], found.place["account"], f"volume/{volume}")


def snapshot_arn(region: str, snapshot: str) -> str:
    """Return the ARN of a snapshot."""
    # Snapshot ids are unique in the world; their ARNs hold no account.
    return arn("ec2", region, "", f"snapshot/{snapshot}")


def _is_public(permissions: Json) -> Maybe[bool]:
    if isinstance(permissions, Unknown):
        return permissions
    return any(each.get("Group") == "all" for each in entries(permissions))


def _shares(store: Store, permissions: Json) -> Iterator[Flow]:
    if isinstance(permissions, Unknown):
        yield possible(store, "share", permissions)
        return
    for each in entries(permissions):
        if each.get("UserId"):
            yield to_account(store, str(each["UserId"]))


VOLUMES = Collector(
    kind="aws.ec2.volume",
    service="ec2",
    title="EBS volumes",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeVolumes",
        permission="ec2:DescribeVolumes",
        # Without it, those that other services of AWS run in the account may be left out.
        parameters={"IncludeManagedResources": True, "MaxResults": 500},
        items="Volumes",
    ),
    tables=(Store,),
    rows=_volume,
    types=("ec2:volume",),
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html",
)

SNAPSHOTS = Collector(
    kind="aws.ec2.snapshot",
    service="ec2",
    title="EBS snapshots that the account owns",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeSnapshots",
        permission="ec2:DescribeSnapshots",
        parameters={"OwnerIds": ["self"], "MaxResults": 1000},
        items="Snapshots",
    ),
    details=(
        Detail(
            name="sharing",
            operation="DescribeSnapshotAttribute",
            permission="ec2:DescribeSnapshotAttribute",
            parameters={"Attribute": "createVolumePermission"},
            bind={"SnapshotId": "item.SnapshotId"},
        ),
    ),
    tables=(Store, Flow),
    rows=_snapshot,
    types=("ec2:snapshot",),
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html",
)
