"""Snapshots of databases, made by hand and by AWS Backup: in Singapore, and in Oregon."""

from typing import Any

from auditor.demo.aws.accounts import LOGS, SINGAPORE, STRANGER, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, as_list
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails

_BY_HAND, _BY_BACKUP = "northstar-before-the-move", "awsbackup:job-feed0003"
_READERS = {SINGAPORE: STRANGER, WEST: LOGS}


def _cluster_snapshot(name: str, maker: str, region: str) -> Rule:
    item: dict[str, Any] = {
        "DBClusterSnapshotIdentifier": name,
        "DBClusterSnapshotArn": arn_of("rds", f"cluster-snapshot:{name}", region),
        "DBClusterIdentifier": "northstar-follows",
        "SnapshotType": maker,
        "StorageEncrypted": True,
        "StorageEncryptionType": "sse-rds",
        "TagList": as_list(PROTECTED),
    }
    return answered(
        "rds.DescribeDBClusterSnapshots",
        {"DBClusterSnapshots": [item]},
        region=region,
        words=f"SnapshotType={maker}",
    )


def _snapshot(region: str) -> Rule:
    item: dict[str, Any] = {
        "DBSnapshotIdentifier": _BY_BACKUP,
        "DBSnapshotArn": arn_of("rds", f"snapshot:{_BY_BACKUP}", region),
        "DBInstanceIdentifier": "northstar-likes",
        "SnapshotType": "awsbackup",
        "Encrypted": True,
        "StorageEncryptionType": "sse-rds",
        "TagList": as_list(PROTECTED),
    }
    return answered(
        "rds.DescribeDBSnapshots",
        {"DBSnapshots": [item]},
        region=region,
        words="SnapshotType=awsbackup",
    )


def _sharing(region: str) -> Rule:
    attribute = {"AttributeName": "restore", "AttributeValues": [_READERS[region]]}
    result = {
        "DBClusterSnapshotIdentifier": _BY_HAND,
        "DBClusterSnapshotAttributes": [attribute],
    }
    return answered(
        "rds.DescribeDBClusterSnapshotAttributes",
        {"DBClusterSnapshotAttributesResult": result},
        region=region,
        words=_BY_HAND,
    )


_HAND = arn_of("rds", f"cluster-snapshot:{_BY_HAND}", SINGAPORE)
_CLUSTER = arn_of("rds", f"cluster-snapshot:{_BY_BACKUP}", SINGAPORE)
_INSTANCE = arn_of("rds", f"snapshot:{_BY_BACKUP}", SINGAPORE)

PLOT = Plot(
    rules=tuple(
        rule
        for region in _READERS
        for rule in (
            _cluster_snapshot(_BY_HAND, "manual", region),
            _cluster_snapshot(_BY_BACKUP, "awsbackup", region),
            _snapshot(region),
            _sharing(region),
        )
    ),
    planted=(
        *fails("a cluster's snapshot was left in Singapore", A_02=_HAND, A_05=_HAND, A_07b=_HAND),
        *fails("a stranger's account may restore it", A_05b=f"{_HAND}/share/{STRANGER}"),
        *fails(
            "AWS Backup keeps a cluster in Singapore",
            A_02=_CLUSTER,
            A_05=_CLUSTER,
            A_07b=_CLUSTER,
        ),
        *fails(
            "AWS Backup keeps a database in Singapore",
            A_02=_INSTANCE,
            A_05=_INSTANCE,
            A_07b=_INSTANCE,
        ),
    ),
)
