"""Amazon EC2: machine images that the account owns, and who may launch them.

An image is made of snapshots, which have rows of their own; who may launch it has what is on them.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flows import publication, shares, to_organization
from auditor.collect.aws.reading import entries, maybe_flag, maybe_text, tags_of, text, texts
from auditor.collect.aws.regions import arn, country_of
from auditor.collect.aws.resources import store_of
from auditor.collect.aws.running import artifact_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Artifact, Flow, Maybe, Store

_ON_S3 = Unknown("an image without snapshots is kept in a bucket that the answer does not describe")
_KEYS = Unknown("its snapshots have rows of their own, which name their keys")


def image_arn(region: str, image: str) -> str:
    """Return the ARN of a machine image; its id is unique in the world."""
    return arn("ec2", region, "", f"image/{image}")


def _rows(found: Found) -> Iterator[Store | Flow | Artifact]:
    name = text(found, "item.ImageId")
    encrypted = _is_encrypted(found)
    permissions = found.read("sharing.LaunchPermissions")
    store = store_of(
        found,
        id=image_arn(found.place["region"], name),
        name=text(found, "item.Name") or name,
        kind="image",
        backup=True,
        source_id=_source(found),
        country=_place(found),
        encrypted=encrypted,
        key_id="" if encrypted is False else _KEYS,
        public=maybe_flag(found, "item.Public"),
        created=maybe_text(found, "item.CreationDate"),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield store
    yield from publication(store)
    yield from _shares(store, permissions)
    yield artifact_of(
        found,
        id=store.id,
        kind="machine image",
        digest=maybe_text(found, "item.ImageId"),
        name=store.name,
        made=store.created,
    )


def _disks(found: Found) -> list[Json]:
    mappings = found.read("item.BlockDeviceMappings", absent=[])
    return [disk for each in entries(mappings) if (disk := dig(each, "Ebs"))]


def _is_encrypted(found: Found) -> Maybe[bool]:
    flags = [dig(disk, "Encrypted") for disk in _disks(found)]
    if not flags:
        return _ON_S3
    if any(flag is False for flag in flags):
        return False
    return all(flag is True for flag in flags) or Unknown("not all of its snapshots say so")


def _place(found: Found) -> Maybe[str]:
    for disk in _disks(found):
        if dig(disk, "OutpostArn"):
            return Unknown("its snapshots are on an Outpost, whose place AWS does not state")
    return country_of(found.place["region"])


def _source(found: Found) -> Maybe[str]:
    """Return the image that this is a copy of, or the instance that it was made from."""
    image, region = text(found, "item.SourceImageId"), text(found, "item.SourceImageRegion")
    if image:
        return image_arn(region, image) if region else Unknown("its original is in no region")
    instance = text(found, "item.SourceInstanceId")
    if instance:
        return arn("ec2", found.place["region"], found.place["account"], f"instance/{instance}")
    return Unknown("the answer does not name what it was made from")


def _shares(store: Store, permissions: Json) -> Iterator[Flow]:
    if isinstance(permissions, Unknown):
        yield possible(store, "share", permissions)
        return
    granted = entries(permissions)
    yield from shares(store, tuple(texts([each.get("UserId") for each in granted])))
    for each in granted:
        whole = each.get("OrganizationArn") or each.get("OrganizationalUnitArn")
        if whole:
            yield to_organization(store, str(whole))


IMAGES = Collector(
    kind="aws.ec2.image",
    service="ec2",
    title="machine images that the account owns",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeImages",
        permission="ec2:DescribeImages",
        # Disabled images still hold data.
        parameters={
            "Owners": ["self"],
            "IncludeDeprecated": True,
            "IncludeDisabled": True,
            "MaxResults": 1000,
        },
        items="Images",
    ),
    details=(
        Detail(
            name="sharing",
            operation="DescribeImageAttribute",
            permission="ec2:DescribeImageAttribute",
            parameters={"Attribute": "launchPermission"},
            bind={"ImageId": "item.ImageId"},
        ),
    ),
    tables=(Store, Flow, Artifact),
    rows=_rows,
    types=("ec2:image",),
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html",
)
