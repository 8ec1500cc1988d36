"""Servers on their way out: exports to buckets, recycle bins, recovery abroad, an open door."""

from collections.abc import Mapping
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, LOGS, SINGAPORE, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, as_list, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.planted import fails, stays_open

_DISKS_ABROAD, _DISKS_AT_HOME = "northstar-disks-abroad", "northstar-disks"
_IMAGE = f"arn:aws:ec2:{WEST}::image/ami-0feed0011"
_INSTANCE = arn_of("ec2", "instance/i-0feed0011", WEST)
_OLD_IMAGE, _TEST_IMAGE = (f"arn:aws:ec2:{SINGAPORE}::image/ami-0feed001{n}" for n in (2, 3))
_OLD_VOLUME, _TEST_VOLUME = (arn_of("ec2", f"volume/vol-0feed001{n}", SINGAPORE) for n in (2, 3))
_TEMPLATE, _TEMPLATE_AT_HOME = (
    arn_of("drs", f"replication-configuration-template/rct-feed001{n}", region)
    for n, region in ((1, FRANKFURT), (2, WEST))
)
_DOOR = arn_of("ec2", "vpc-endpoint-service/vpce-svc-0feed0011", WEST)


def _build(ground: Ground) -> None:
    for region, name in ((FRANKFURT, _DISKS_ABROAD), (WEST, _DISKS_AT_HOME)):
        make_bucket(ground.at(region), name, ground.keys[region], UNPROTECTED)


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


_EXPORTED = {
    "ImageId": _name(_IMAGE),
    "Name": "northstar-encoder",
    "Public": False,
    "CreationDate": "2020-09-20T00:00:00.000Z",
    "BlockDeviceMappings": [
        {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0feed0011", "Encrypted": True}}
    ],
    "Tags": as_list(PROTECTED),
}
_RUNNING = {
    "InstanceId": _name(_INSTANCE),
    "State": {"Code": 16, "Name": "running"},
    "Placement": {"AvailabilityZone": f"{WEST}a"},
    "Tags": as_list(PROTECTED),
}
_IMAGE_EXPORTS = [
    {
        "ExportImageTaskId": f"export-ami-feed001{number}",
        "ImageId": _name(_IMAGE),
        "S3ExportLocation": {"S3Bucket": bucket},
        "Status": "completed",
    }
    for number, bucket in enumerate((_DISKS_ABROAD, _DISKS_AT_HOME))
]
_INSTANCE_EXPORTS = [
    {
        "ExportTaskId": f"export-i-feed001{number}",
        "InstanceExportDetails": {"InstanceId": _name(_INSTANCE), "TargetEnvironment": "vmware"},
        "ExportToS3Task": {"S3Bucket": bucket, "S3Key": "encoder.ova"},
        "State": "completed",
    }
    for number, bucket in enumerate((_DISKS_ABROAD, _DISKS_AT_HOME))
]
_RECYCLED_VOLUMES = [
    {"VolumeId": _name(arn), "AvailabilityZone": f"{SINGAPORE}a", "Size": 100}
    for arn in (_OLD_VOLUME, _TEST_VOLUME)
]
_OFFER = {
    "ServiceId": _name(_DOOR),
    "ServiceName": f"com.amazonaws.vpce.{WEST}.{_name(_DOOR)}",
    "ServiceState": "Available",
    "Tags": as_list(PROTECTED),
}
_CONNECTED = [
    {
        "ServiceId": _name(_DOOR),
        "VpcEndpointId": f"vpce-{owner}",
        "VpcEndpointOwner": owner,
        "VpcEndpointState": "available",
        "VpcEndpointRegion": WEST,
    }
    for owner in (STRANGER, LOGS)
]


def _template(arn: str) -> Mapping[str, Any]:
    return {"replicationConfigurationTemplateID": _name(arn), "arn": arn, "tags": PROTECTED}


PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_OLD_IMAGE, _OLD_VOLUME), PROTECTED),
        **dict.fromkeys((_TEST_IMAGE, _TEST_VOLUME), UNPROTECTED),
    },
    rules=(
        answered("ec2.DescribeImages", {"Images": [_EXPORTED]}, region=WEST),
        answered(
            "ec2.DescribeImageAttribute",
            {"ImageId": _name(_IMAGE), "LaunchPermissions": []},
            region=WEST,
        ),
        answered(
            "ec2.DescribeInstances",
            {"Reservations": [{"OwnerId": USER_DATA, "Instances": [_RUNNING]}]},
            region=WEST,
        ),
        answered("ec2.DescribeExportImageTasks", {"ExportImageTasks": _IMAGE_EXPORTS}, region=WEST),
        answered("ec2.DescribeExportTasks", {"ExportTasks": _INSTANCE_EXPORTS}, region=WEST),
        answered(
            "ec2.ListImagesInRecycleBin",
            {"Images": [{"ImageId": _name(arn)} for arn in (_OLD_IMAGE, _TEST_IMAGE)]},
            region=SINGAPORE,
        ),
        answered("ec2.ListVolumesInRecycleBin", {"Volumes": _RECYCLED_VOLUMES}, region=SINGAPORE),
        *(
            answered(
                "drs.DescribeReplicationConfigurationTemplates",
                {"items": [_template(arn)]},
                region=region,
            )
            for region, arn in ((FRANKFURT, _TEMPLATE), (WEST, _TEMPLATE_AT_HOME))
        ),
        answered(
            "ec2.DescribeVpcEndpointServiceConfigurations",
            {"ServiceConfigurations": [_OFFER]},
            region=WEST,
        ),
        answered(
            "ec2.DescribeVpcEndpointServicePermissions",
            {"AllowedPrincipals": [{"Principal": f"arn:aws:iam::{LOGS}:root"}]},
            region=WEST,
        ),
        answered(
            "ec2.DescribeVpcEndpointConnections",
            {"VpcEndpointConnections": _CONNECTED},
            region=WEST,
        ),
    ),
    planted=(
        *fails(
            "an image was exported to a bucket in Frankfurt",
            A_04=f"{_IMAGE}/export/export-ami-feed0010",
        ),
        *stays_open("an image does not say which key its snapshot has", A_07b=_IMAGE),
        *fails(
            "an instance was exported to a bucket in Frankfurt",
            A_04=f"{_INSTANCE}/export/export-i-feed0010",
        ),
        *fails("a deleted image lies in Singapore", A_02=_OLD_IMAGE, A_05=_OLD_IMAGE),
        *fails("a deleted volume lies in Singapore", A_02=_OLD_VOLUME),
        *stays_open(
            "the recycle bin does not say whether an image is encrypted",
            A_06=_OLD_IMAGE,
            A_07b=_OLD_IMAGE,
        ),
        *stays_open(
            "the recycle bin does not say whether a volume is encrypted",
            A_06=_OLD_VOLUME,
            A_07b=_OLD_VOLUME,
        ),
        *fails("new servers are set up to be copied to Frankfurt", A_10=_TEMPLATE),
        *fails(
            "a stranger's account stays connected to a service that it may not use",
            A_04=f"{_DOOR}/mount/connection/vpce-{STRANGER}",
            A_05b=f"{_DOOR}/share/connection/vpce-{STRANGER}",
        ),
    ),
)
