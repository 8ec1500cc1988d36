"""Amazon WorkSpaces: desktops, their standbys in other regions, and images.

API: https://docs.aws.amazon.com/workspaces/latest/api/API_DescribeWorkspaces.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_place
from auditor.collect.aws.flows import to_account
from auditor.collect.aws.reading import (
    encryption_key,
    entries,
    maybe_flag,
    maybe_text,
    member,
    text,
)
from auditor.collect.aws.regions import arn, country_of_zones
from auditor.collect.aws.resources import NO_KEY_STATED, store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

_REFERENCE = "https://docs.aws.amazon.com/workspaces/latest/api/API_"
_REPLICATED = "PRIMARY_AS_SOURCE"
_NOT_REPLICATED = "NO_REPLICATION"
_NOT_STATED = Unknown("AWS does not state whether this image is encrypted at rest")


def _arn(found: Found, region: str, name: str, kind: str = "workspace") -> str:
    return arn("workspaces", region, found.place["account"], f"{kind}/{name}")


def _workspace(found: Found) -> Iterator[Store | Flow]:
    name = text(found, "item.WorkspaceId")
    encrypted = _is_encrypted(found)
    row = store_of(
        found,
        id=_arn(found, found.place["region"], name),
        name=name,
        kind="workspace",
        country=_country(found),
        encrypted=encrypted,
        key_id=encryption_key(encrypted, found, "item.VolumeEncryptionKey"),
        public=False,  # its user signs in
    )
    yield row
    yield from _standbys(found, row)


def _is_encrypted(found: Found) -> Maybe[bool]:
    """Return whether both of its volumes are encrypted."""
    names = ("item.UserVolumeEncryptionEnabled", "item.RootVolumeEncryptionEnabled")
    values = [maybe_flag(found, name) for name in names]
    if False in values:
        return False
    return next((each for each in values if isinstance(each, Unknown)), True)


def _country(found: Found) -> Maybe[str]:
    """Return the country of the subnet's zone: desktops can be in Local Zones."""
    if "subnet" not in found.answers:
        return Unknown("the answer does not name its subnet")
    subnets = found.read("subnet")
    if isinstance(subnets, Unknown):
        return subnets
    zones: Json = [each.get("AvailabilityZone") for each in entries(subnets)]
    return country_of_zones(zones, found.place["region"])


def _standbys(found: Found, row: Store) -> Iterator[Flow]:
    regions = {
        member(each, "WorkspaceId"): member(each, "Region")
        for each in entries(found.read("item.RelatedWorkspaces", absent=[]))
    }
    for each in entries(found.read("item.StandbyWorkspacesProperties", absent=[])):
        name = member(each, "StandbyWorkspaceId")
        mode = each.get("DataReplication")
        active: Maybe[bool] = mode == _REPLICATED
        if mode not in (_REPLICATED, _NOT_REPLICATED):
            active = Unknown(f"this version does not know the replication {str(mode)[:100]}")
        region = regions.get(name, "")
        target: Maybe[str] = _arn(found, region, name)
        if not region:
            target = Unknown("the answer does not name the region of its standby")
        where = region or Unknown("the answer does not name the region of its standby")
        account = found.place["account"]
        yield to_place(row, "replication", name, account, where, target=target, active=active)


def _image(found: Found) -> Iterator[Store | Flow]:
    name = text(found, "item.ImageId")
    row = store_of(
        found,
        id=_arn(found, found.place["region"], name, "workspaceimage"),
        name=text(found, "item.Name"),
        kind="image",
        encrypted=_NOT_STATED,
        key_id=NO_KEY_STATED,
        public=False,  # it is shared with accounts that are named
        created=maybe_text(found, "item.Created", absent=""),
    )
    yield row
    several = found.read("permissions")
    if isinstance(several, Unknown):
        yield possible(row, "share", several)
        return
    for account in dict.fromkeys(member(each, "SharedAccountId") for each in entries(several)):
        if account:
            yield to_account(row, account)


WORKSPACES = Collector(
    kind="aws.workspaces.workspace",
    service="workspaces",
    title="WorkSpaces",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeWorkspaces",
        permission="workspaces:DescribeWorkspaces",
        items="Workspaces",
    ),
    details=(
        Detail(
            name="subnet",
            service="ec2",
            operation="DescribeSubnets",
            permission="ec2:DescribeSubnets",
            compose={"SubnetIds": lambda found: [text(found, "item.SubnetId")]},
            items="Subnets",
            when="item.SubnetId",
        ),
    ),
    tables=(Store, Flow),
    rows=_workspace,
    types=("workspaces:workspace",),
    source=_REFERENCE + "DescribeWorkspaces.html",
)

IMAGES = Collector(
    kind="aws.workspaces.image",
    service="workspaces",
    title="images of WorkSpaces",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeWorkspaceImages",
        permission="workspaces:DescribeWorkspaceImages",
        parameters={"ImageType": "OWNED", "MaxResults": 25},
        items="Images",
    ),
    details=(
        Detail(
            name="permissions",
            operation="DescribeWorkspaceImagePermissions",
            permission="workspaces:DescribeWorkspaceImagePermissions",
            bind={"ImageId": "item.ImageId"},
            items="ImagePermissions",
        ),
    ),
    tables=(Store, Flow),
    rows=_image,
    types=("workspaces:workspaceimage",),
    source=_REFERENCE + "DescribeWorkspaceImages.html",
)
