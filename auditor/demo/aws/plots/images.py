"""Machine images and what moves them: an image abroad, shares, lifecycle policies, exports."""

from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, SINGAPORE, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, as_list, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_FILES_ABROAD = "northstar-image-files"
_FILES_AT_HOME = "northstar-image-archive"


def _image_arn(region: str, image: str) -> str:
    return f"arn:aws:ec2:{region}::image/{image}"


_WEB = _image_arn(HOME, "ami-0feed0001")
_WORKER = _image_arn(HOME, "ami-0feed0002")
_OLD = _image_arn(HOME, "ami-0feed0003")
_COPY = _image_arn(FRANKFURT, "ami-0feed0004")
_DELETED = f"arn:aws:ec2:{SINGAPORE}::snapshot/snap-0feed0001"
_SPARE = f"arn:aws:ec2:{SINGAPORE}::snapshot/snap-0feed0002"
_NIGHTLY = f"arn:aws:dlm:{HOME}:{USER_DATA}:policy/policy-0feed0001"
_WEEKLY = f"arn:aws:dlm:{HOME}:{USER_DATA}:policy/policy-0feed0002"
_DISTRIBUTION = f"arn:aws:imagebuilder:{HOME}:{USER_DATA}:distribution-configuration"


def _build(ground: Ground) -> None:
    for region, name in ((FRANKFURT, _FILES_ABROAD), (WEST, _FILES_AT_HOME)):
        make_bucket(ground.at(region), name, ground.keys[region], UNPROTECTED)


def _image(name: str, image: str, **item: Any) -> dict[str, Any]:
    disk = {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0feed00ff", "Encrypted": True}}
    return {
        "ImageId": image,
        "Name": name,
        "Public": False,
        "CreationDate": "2020-09-20T00:00:00.000Z",
        "BlockDeviceMappings": [disk],
        "Tags": as_list(PROTECTED),
        **item,
    }


_OPEN_DISK = {"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": False}}
_IMAGES = [
    _image("northstar-web", "ami-0feed0001", SourceInstanceId="i-0feed0001"),
    _image("northstar-worker", "ami-0feed0002"),
    _image(
        "northstar-web-old",
        "ami-0feed0003",
        Public=True,
        BlockDeviceMappings=[_OPEN_DISK],
    ),
]
_COPIED = _image(
    "northstar-web", "ami-0feed0004", SourceImageId="ami-0feed0001", SourceImageRegion=HOME
)
_PERMISSIONS = {
    "ami-0feed0001": [{"UserId": STRANGER}],
    "ami-0feed0002": [{"UserId": LOGS}],
    "ami-0feed0003": [{"Group": "all"}],
}
_EXPORTS = [
    {
        "AmiId": image.rpartition("/")[2],
        "Bucket": bucket,
        "S3objectKey": "web.bin",
        "StoreTaskState": "Completed",
    }
    for image, bucket in ((_WEB, _FILES_ABROAD), (_WORKER, _FILES_AT_HOME))
]
_SCHEDULES = {
    "policy-0feed0001": (FRANKFURT, STRANGER),
    "policy-0feed0002": (WEST, LOGS),
}


def _schedule(region: str, account: str) -> dict[str, Any]:
    return {
        "Name": "all volumes",
        "CrossRegionCopyRules": [{"Target": region, "Encrypted": True}],
        "ShareRules": [{"TargetAccounts": [account]}],
    }


def _policy_rules() -> list[Rule]:
    listed = [
        {
            "PolicyId": name,
            "State": "ENABLED",
            "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
            "Tags": PROTECTED,
        }
        for name in _SCHEDULES
    ]
    details = [
        answered(
            "dlm.GetLifecyclePolicy",
            {"Policy": {"PolicyId": name, "PolicyDetails": {"Schedules": [_schedule(*place)]}}},
            words=name,
        )
        for name, place in _SCHEDULES.items()
    ]
    return [answered("dlm.GetLifecyclePolicies", {"Policies": listed}), *details]


def _distribution(region: str, account: str, bucket: str) -> dict[str, Any]:
    return {
        "region": region,
        "amiDistributionConfiguration": {"launchPermission": {"userIds": [account]}},
        "s3ExportConfiguration": {
            "roleName": "export",
            "diskImageFormat": "RAW",
            "s3Bucket": bucket,
        },
    }


def _distribution_rules() -> list[Rule]:
    plans = {
        "worldwide": _distribution(FRANKFURT, STRANGER, _FILES_ABROAD),
        "domestic": _distribution(WEST, LOGS, _FILES_AT_HOME),
    }
    listed = [{"arn": f"{_DISTRIBUTION}/{name}", "name": name, "tags": PROTECTED} for name in plans]
    details = [
        answered(
            "imagebuilder.GetDistributionConfiguration",
            {
                "distributionConfiguration": {
                    "arn": f"{_DISTRIBUTION}/{name}",
                    "distributions": [distribution],
                    "timeoutMinutes": 60,
                }
            },
            words=name,
        )
        for name, distribution in plans.items()
    ]
    operation = "imagebuilder.ListDistributionConfigurations"
    return [answered(operation, {"distributionConfigurationSummaryList": listed}), *details]


PLOT = Plot(
    build=_build,
    tags={_DELETED: PROTECTED, _SPARE: UNPROTECTED},
    rules=(
        answered("ec2.DescribeImages", {"Images": _IMAGES}),
        answered("ec2.DescribeImages", {"Images": [_COPIED]}, region=FRANKFURT),
        *(
            answered(
                "ec2.DescribeImageAttribute",
                {"ImageId": image, "LaunchPermissions": granted},
                words=image,
            )
            for image, granted in _PERMISSIONS.items()
        ),
        answered(
            "ec2.DescribeImageAttribute",
            {"ImageId": "ami-0feed0004", "LaunchPermissions": []},
            region=FRANKFURT,
        ),
        answered("ec2.DescribeStoreImageTasks", {"StoreImageTaskResults": _EXPORTS}),
        answered(
            "ec2.ListSnapshotsInRecycleBin",
            {
                "Snapshots": [
                    {"SnapshotId": each.rpartition("/")[2], "VolumeId": "vol-0feed0001"}
                    for each in (_DELETED, _SPARE)
                ]
            },
            region=SINGAPORE,
        ),
        *_policy_rules(),
        *_distribution_rules(),
    ),
    planted=(
        *fails("an image was copied to Frankfurt", A_02=_COPY, A_05=_COPY),
        *stays_open(
            "images do not say which keys their snapshots have",
            A_07b="arn:aws:ec2:*::image/ami-0feed000[124]",
        ),
        *fails("a stranger's account may launch an image", A_05b=f"{_WEB}/share/{STRANGER}"),
        *fails(
            "anybody may launch an image, and it is not encrypted",
            A_05=_OLD,
            A_05b=f"{_OLD}/public/*",
            A_06=_OLD,
            A_07b=_OLD,
        ),
        *fails(
            "an image was written to a bucket in Frankfurt",
            A_04=f"{_WEB}/export/{_FILES_ABROAD}/*",
        ),
        *fails("a deleted snapshot lies in Singapore", A_02=_DELETED, A_05=_DELETED),
        *stays_open(
            "the recycle bin does not say whether it is encrypted", A_06=_DELETED, A_07b=_DELETED
        ),
        *fails(
            "a lifecycle policy copies to Frankfurt and shares with a stranger",
            A_04=f"{_NIGHTLY}/copy/{FRANKFURT}",
            A_05b=f"{_NIGHTLY}/share/{STRANGER}",
        ),
        *fails(
            "Image Builder sends images to Frankfurt, and lets a stranger launch them",
            A_04=f"{_DISTRIBUTION}/worldwide/*/{FRANKFURT}/*",
            A_05b=f"{_DISTRIBUTION}/worldwide/share/{STRANGER}",
        ),
    ),
)
