"""What we claim to know about AppStream, given what AWS answered."""

import pytest

from auditor.collect.aws.appstream import IMAGES, STACKS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

pytestmark = pytest.mark.usefixtures("cloud")

_ARN = f"arn:aws:appstream:{HOME}:{ACCOUNT}"
_FOLDERS = f"arn:aws:s3:::appstream2-36fb080bb8-{HOME}-{ACCOUNT}"


_NOTHING_OUT = [
    {"Action": action, "Permission": "DISABLED"}
    for action in ("CLIPBOARD_COPY_TO_LOCAL_DEVICE", "FILE_DOWNLOAD", "PRINTING_TO_LOCAL_DEVICE")
]


def stack(**item: Json) -> list[Flow]:
    answer = {"Stacks": [{"Arn": f"{_ARN}:stack/s", "Name": "s", **item}]}
    rules = [Rule(operation="appstream.DescribeStacks", answer=answer)]
    return gather((IDENTITY, REGIONS, STACKS), rules=rules).flows


def test_home_folders_are_in_a_bucket_and_others_drives_elsewhere() -> None:
    own, other = stack(
        StorageConnectors=[
            {"ConnectorType": "HOMEFOLDERS", "ResourceIdentifier": _FOLDERS},
            {"ConnectorType": "GOOGLE_DRIVE", "Domains": ["example.com"]},
        ],
        UserSettings=_NOTHING_OUT,
    )

    assert own.target_id == _FOLDERS
    assert isinstance(other.target_operator, Unknown)
    assert "Google Drive" in other.target_operator.reason


def test_people_may_carry_data_out_unless_that_is_disabled() -> None:
    """What the answer leaves out is enabled, the reference says."""
    flows = stack(
        UserSettings=[
            {"Action": "FILE_DOWNLOAD", "Permission": "ENABLED"},
            {"Action": "PRINTING_TO_LOCAL_DEVICE", "Permission": "DISABLED"},
            {"Action": "FILE_UPLOAD", "Permission": "ENABLED"},
        ]
    )

    assert [(flow.mechanism, flow.id.rpartition("/")[2]) for flow in flows] == [
        ("export", "CLIPBOARD_COPY_TO_LOCAL_DEVICE"),
        ("export", "FILE_DOWNLOAD"),
    ]


def test_an_image_is_shared_with_the_accounts_that_are_named() -> None:
    image = {"Arn": f"{_ARN}:image/i", "Name": "i", "Visibility": "PRIVATE"}
    account = {"sharedAccountId": "222222222222", "imagePermissions": {"allowFleet": True}}
    rules = [
        Rule(operation="appstream.DescribeImages", answer={"Images": [image]}),
        Rule(
            operation="appstream.DescribeImagePermissions",
            answer={"SharedImagePermissionsList": [account]},
        ),
    ]
    collectors = (IDENTITY, REGIONS, IMAGES)

    (flow,) = gather(collectors, rules=rules).flows
    (unread,) = gather(collectors, rules=rules, deny=["DescribeImagePermissions"]).flows

    assert flow.target_account == "222222222222"
    assert isinstance(unread.active, Unknown)
