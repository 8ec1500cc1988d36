"""Amazon AppStream: images and whom they are shared with, and stacks that let data out.

API: https://docs.aws.amazon.com/appstream2/latest/APIReference/API_DescribeStacks.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits, to_buckets, to_outside
from auditor.collect.aws.flows import to_account
from auditor.collect.aws.reading import entries, maybe_text, member, text
from auditor.collect.aws.resources import NO_KEY_STATED, processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/appstream2/latest/APIReference/API_"
_NOT_STATED = Unknown("AWS does not state whether this image is encrypted at rest")
_OTHERS_DRIVES = {"GOOGLE_DRIVE": "Google Drive", "ONE_DRIVE": "OneDrive"}
_OUT = {
    "CLIPBOARD_COPY_TO_LOCAL_DEVICE": "users may copy to the clipboard of their own device",
    "FILE_DOWNLOAD": "users may download files to their own device",
    "PRINTING_TO_LOCAL_DEVICE": "users may print on their own device",
}


def _image(found: Found) -> Iterator[Store | Flow]:
    row = store_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="image",
        encrypted=_NOT_STATED,
        key_id=NO_KEY_STATED,
        public=False,  # images of customers are shared with accounts that are named
        created=maybe_text(found, "item.CreatedTime", absent=""),
    )
    yield row
    several = found.read("permissions")
    if isinstance(several, Unknown):
        yield possible(row, "share", several)
        return
    for account in dict.fromkeys(member(each, "sharedAccountId") for each in entries(several)):
        if account:
            yield to_account(row, account)


def _stack(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="stack",
        public=False,  # its users sign in
        created=maybe_text(found, "item.CreatedTime", absent=""),
    )
    yield row
    for each in entries(found.read("item.StorageConnectors", absent=[])):
        yield from _connector(
            row, member(each, "ConnectorType"), member(each, "ResourceIdentifier")
        )
    settings = entries(found.read("item.UserSettings", absent=[]))
    permissions = {member(each, "Action"): member(each, "Permission") for each in settings}
    for action, why in _OUT.items():
        # The reference: enabled by default.
        if permissions.get(action) != "DISABLED":
            yield to_outside(row, "export", action, f"{why}, wherever they are")
    yield from to_buckets(row, "sync", [text(found, "item.ApplicationSettings.S3BucketName")])
    yield from exits(row, "stream", [text(found, "item.AgentAccessConfig.S3BucketArn")])


def _connector(row: Processor, kind: str, resource: str) -> Iterator[Flow]:
    """Yield where files are kept: a bucket for home folders, or another company's drive."""
    if kind == "HOMEFOLDERS" and resource.startswith("arn:"):
        yield from exits(row, "sync", [resource])
    elif kind == "HOMEFOLDERS":
        yield possible(row, "sync", Unknown("the bucket of its home folders is not named"))
    else:
        where = _OTHERS_DRIVES.get(kind, f"{kind[:100]}, which this version does not know")
        yield to_outside(row, "sync", kind, f"users keep files in {where}")


IMAGES = Collector(
    kind="aws.appstream.image",
    service="appstream",
    title="images of AppStream",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeImages",
        permission="appstream:DescribeImages",
        parameters={"Type": "PRIVATE", "MaxResults": 25},
        items="Images",
    ),
    details=(
        Detail(
            name="permissions",
            operation="DescribeImagePermissions",
            permission="appstream:DescribeImagePermissions",
            bind={"Name": "item.Name"},
            items="SharedImagePermissionsList",
        ),
    ),
    tables=(Store, Flow),
    rows=_image,
    types=("appstream:image",),
    source=_REFERENCE + "DescribeImages.html",
)

STACKS = Collector(
    kind="aws.appstream.stack",
    service="appstream",
    title="stacks of AppStream",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeStacks", permission="appstream:DescribeStacks", items="Stacks"
    ),
    tables=(Processor, Flow),
    rows=_stack,
    types=("appstream:stack",),
    source=_REFERENCE + "DescribeStacks.html",
)
