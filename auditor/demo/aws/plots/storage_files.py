"""File systems and archives: abroad, open or shared, beside look-alikes that are in order."""

import json

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED, as_list, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails

_EFS = f"arn:aws:elasticfilesystem:{HOME}:{USER_DATA}:file-system"
_FSX = f"arn:aws:fsx:{HOME}:{USER_DATA}"
_VAULTS = f"arn:aws:glacier:{FRANKFURT}:{USER_DATA}:vaults"
_FILES = f"arn:aws:s3files:{HOME}:{USER_DATA}:file-system"
_BUCKET, _LET_OUT = "user-projects", "user-sketches"


def _build(ground: Ground) -> None:
    for name in (_BUCKET, _LET_OUT):
        make_bucket(ground.at(), name, ground.keys[HOME])


def _absent(operation: str, code: str, region: str = HOME) -> Rule:
    return Rule(operation=operation, status=404, code=code, account=USER_DATA, region=region)


def _policy(account: str) -> str:
    principal = {"AWS": f"arn:aws:iam::{account}:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def _efs() -> tuple[Rule, ...]:
    """Return an open file system, a shared one, and two with a replica each."""
    systems = [
        {
            "FileSystemId": f"fs-{name}",
            "Encrypted": name != "open",
            "KmsKeyId": "alias/aws/elasticfilesystem",
            "SizeInBytes": {"Value": 6_000},
            "Tags": as_list(PROTECTED),
        }
        for name in ("open", "shared", "replicated")
    ]
    replicas = [
        {
            "SourceFileSystemId": "fs-replicated",
            "SourceFileSystemArn": f"{_EFS}/fs-replicated",
            "Destinations": [
                {
                    "FileSystemId": f"fs-copy-{region}",
                    "Region": region,
                    "OwnerId": USER_DATA,
                    "Status": "ENABLED",
                }
            ],
        }
        for region in (FRANKFURT, WEST)
    ]
    shared = {"FileSystemId": "fs-shared", "Policy": _policy(STRANGER)}
    ours = {"FileSystemId": "fs-replicated", "Policy": _policy(LOGS)}
    return (
        answered("efs.DescribeFileSystems", {"FileSystems": systems}),
        answered("efs.DescribeReplicationConfigurations", {"Replications": replicas}),
        answered("efs.DescribeFileSystemPolicy", shared, words="fs-shared"),
        answered("efs.DescribeFileSystemPolicy", ours, words="fs-replicated"),
        _absent("efs.DescribeFileSystemPolicy", "PolicyNotFound"),
    )


def _fsx() -> tuple[Rule, ...]:
    """Return a file system in Lima, one that exports to a stranger's bucket, and their backups."""
    zones = {"lima": "us-east-1-lim-1a", "boston": "us-east-1-bos-1a"}
    systems = [
        {
            "FileSystemId": f"fs-{place}",
            "OwnerId": USER_DATA,
            "FileSystemType": "WINDOWS",
            "SubnetIds": [f"subnet-{place}"],
            "StorageCapacity": 32,
            "Tags": as_list(PROTECTED),
        }
        for place in zones
    ]
    association = {
        "AssociationId": "dra-1",
        "FileSystemId": "fs-boston",
        "DataRepositoryPath": f"s3://{_BUCKET}/renders",
        "S3": {"AutoExportPolicy": {"Events": ["NEW"]}},
    }
    backup = {
        "BackupId": "backup-boston",
        "KmsKeyId": "alias/aws/fsx",
        "FileSystem": {"FileSystemId": "fs-boston"},
        "Tags": as_list(PROTECTED),
    }
    abroad = {**backup, "BackupId": "backup-abroad"}
    return (
        answered("fsx.DescribeFileSystems", {"FileSystems": systems}),
        answered("fsx.DescribeDataRepositoryAssociations", {"Associations": [association]}),
        answered("fsx.DescribeBackups", {"Backups": [backup]}),
        answered("fsx.DescribeBackups", {"Backups": [abroad]}, region=FRANKFURT),
        *(
            answered(
                "ec2.DescribeSubnets",
                {"Subnets": [{"AvailabilityZone": zone}]},
                words=f"subnet-{place}",
            )
            for place, zone in zones.items()
        ),
    )


def _glacier(region: str) -> tuple[Rule, ...]:
    name = "user-exports-2019"
    vault = {
        "VaultARN": f"arn:aws:glacier:{region}:{USER_DATA}:vaults/{name}",
        "VaultName": name,
        "SizeInBytes": 9_000,
        "CreationDate": "2019-03-01T12:00:00Z",
    }
    return (
        answered("glacier.ListVaults", {"VaultList": [vault]}, region=region),
        _absent("glacier.GetVaultAccessPolicy", "ResourceNotFoundException", region),
        _absent("glacier.GetVaultLock", "ResourceNotFoundException", region),
    )


def _s3files() -> tuple[Rule, ...]:
    holders = {"fs-to-a-stranger": STRANGER, "fs-to-the-logs": LOGS}
    systems = [
        {
            "fileSystemId": name,
            "fileSystemArn": f"{_FILES}/{name}",
            "bucket": f"arn:aws:s3:::{_LET_OUT if account == STRANGER else _BUCKET}",
            "ownerId": USER_DATA,
        }
        for name, account in holders.items()
    ]
    tags = [{"key": key, "value": value} for key, value in PROTECTED.items()]
    rules = [answered("s3files.ListFileSystems", {"fileSystems": systems})]
    for system in systems:
        name = str(system["fileSystemId"])
        policy = {"fileSystemId": name, "policy": _policy(holders[name])}
        rules.append(answered("s3files.GetFileSystemPolicy", policy, words=name))
        rules.append(answered("s3files.GetFileSystem", {**system, "tags": tags}, words=name))
    return tuple(rules)


PLOT = Plot(
    build=_build,
    tags={
        f"{_VAULTS}/user-exports-2019": PROTECTED,
        f"{_VAULTS.replace(FRANKFURT, WEST)}/user-exports-2019": PROTECTED,
    },
    rules=(*_efs(), *_fsx(), *_glacier(FRANKFURT), *_glacier(WEST), *_s3files()),
    planted=(
        *fails("a file system is not encrypted", A_06=f"{_EFS}/fs-open", A_07b=f"{_EFS}/fs-open"),
        *fails(
            "a file system's policy lets a stranger's account in",
            A_05b=f"{_EFS}/fs-shared/share/{STRANGER}",
        ),
        *fails(
            "a file system is replicated to Frankfurt",
            A_04=f"{_EFS}/fs-replicated/replication/*:{FRANKFURT}:*",
        ),
        *fails(
            "a file system is in a Local Zone in Lima",
            A_02=f"{_FSX}:file-system/fs-lima",
            A_07b=f"{_FSX}:file-system/fs-lima",
        ),
        *fails(
            "a file system's backup is in Frankfurt",
            A_02=f"{_FSX.replace(HOME, FRANKFURT)}:backup/backup-abroad",
            A_05=f"{_FSX.replace(HOME, FRANKFURT)}:backup/backup-abroad",
            A_07b=f"{_FSX.replace(HOME, FRANKFURT)}:backup/backup-abroad",
        ),
        *fails(
            "an archive is in Frankfurt",
            A_02=f"{_VAULTS}/user-exports-2019",
            A_07b=f"{_VAULTS}/user-exports-2019",
        ),
        *fails(
            "a bucket's file system lets a stranger's account in",
            A_05b=f"{_FILES}/fs-to-a-stranger/share/{STRANGER}",
            A_04b=f"arn:aws:s3:::{_LET_OUT} -> *",
        ),
    ),
)
