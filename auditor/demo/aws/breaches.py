"""The part of the estate that is wrong on purpose; ``planted`` says where each wrong shows."""

import json

from auditor.demo.aws.accounts import (
    FRANKFURT,
    HOME,
    LOGS,
    STRANGER,
    USER_DATA,
    Builder,
)
from auditor.demo.aws.ordinary import (
    PROTECTED,
    as_list,
    make_bucket,
    make_cluster,
    make_instance,
    make_key,
    make_snapshot,
    make_table,
    make_trail,
    make_volume,
)


def breach_buckets(home: Builder, frankfurt: Builder, key: str, replica_key: str) -> None:
    """Plant a replica abroad, a public bucket, and one that a stranger can read."""
    make_bucket(frankfurt, "user-messages-replica", replica_key)
    make_bucket(home, "user-messages", key)
    for builder, name in ((home, "user-messages"), (frankfurt, "user-messages-replica")):
        builder.client("s3").put_bucket_versioning(
            Bucket=name, VersioningConfiguration={"Status": "Enabled"}
        )
    rule = {
        "ID": "all",
        "Priority": 1,
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "Destination": {"Bucket": "arn:aws:s3:::user-messages-replica"},
        "DeleteMarkerReplication": {"Status": "Disabled"},
    }
    home.client("s3").put_bucket_replication(
        Bucket="user-messages",
        ReplicationConfiguration={
            "Role": f"arn:aws:iam::{USER_DATA}:role/replication",
            "Rules": [rule],
        },
    )
    make_bucket(home, "user-avatars", key)
    home.client("s3").delete_public_access_block(Bucket="user-avatars")
    _let_read(home, "user-avatars", "*")
    make_bucket(home, "user-contacts", key)
    _let_read(home, "user-contacts", {"AWS": f"arn:aws:iam::{STRANGER}:root"})


def breach_volumes(
    home: Builder, frankfurt: Builder, singapore: Builder, keys: dict[str, str]
) -> None:
    """Plant an open volume, one abroad, and snapshots that others can use or that are abroad."""
    make_volume(home, "")
    make_volume(singapore, "")
    volume = make_volume(home, keys[HOME])
    shared, public, copied = (make_snapshot(home, volume, keys[HOME]) for _ in range(3))
    _permit(home, shared, UserIds=[STRANGER])
    _permit(home, public, GroupNames=["all"])
    frankfurt.client("ec2").copy_snapshot(
        SourceRegion=HOME,
        SourceSnapshotId=copied,
        Description=f"[Copied {copied} from {HOME}]",
        Encrypted=True,
        KmsKeyId=keys[FRANKFURT],
    )


def breach_databases(home: Builder, frankfurt: Builder, keys: dict[str, str]) -> None:
    """Plant a shared snapshot, an open instance, a replica abroad, and a table let out."""
    rds = home.client("rds")
    make_instance(home, "billing", "")
    rds.create_db_snapshot(
        DBSnapshotIdentifier="for-the-vendor",
        DBInstanceIdentifier="accounts-2",
        Tags=as_list(PROTECTED),
    )
    rds.modify_db_snapshot_attribute(
        DBSnapshotIdentifier="for-the-vendor", AttributeName="restore", ValuesToAdd=[STRANGER]
    )
    rds.create_global_cluster(GlobalClusterIdentifier="feed-global", Engine="aurora-postgresql")
    for builder, name in ((home, "feed"), (frankfurt, "feed-replica")):
        key = keys[builder.region]
        make_cluster(builder, name, key, GlobalClusterIdentifier="feed-global")
    table = make_table(home, "advertising", keys[HOME])
    home.client("dynamodb").put_resource_policy(
        ResourceArn=table, Policy=_readable(table, f"arn:aws:iam::{STRANGER}:root")
    )


def breach_keys(home: Builder) -> str:
    """Plant keys open to others and one that is abroad, too; return the ARN of its copy there."""
    make_key(home, "open to a stranger", {"AWS": f"arn:aws:iam::{STRANGER}:root"})
    make_key(home, "open to anybody", {"AWS": "*"})
    primary = make_key(home, "in two countries", is_multi_region=True)
    replica = home.client("kms").replicate_key(
        KeyId=primary.rpartition("/")[2], ReplicaRegion=FRANKFURT
    )
    return str(replica["ReplicaKeyMetadata"]["Arn"])


def breach_trails(home: Builder, logs: Builder, key: str) -> None:
    """Plant a trail that is off, one whose files can be changed, and a log bucket in reach."""
    make_bucket(home, f"audit-logs-{USER_DATA}", key, {"data-class": "operations"})
    make_trail(home, "user-data-trail", f"audit-logs-{USER_DATA}", IsOn=False)
    rule = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 90}}
    home.client("s3").put_bucket_lifecycle_configuration(
        Bucket=f"audit-logs-{USER_DATA}", LifecycleConfiguration={"Rules": [rule]}
    )
    make_trail(logs, "logs-trail", f"audit-logs-{LOGS}", EnableLogFileValidation=False)


def _let_read(builder: Builder, bucket: str, principal: object) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    builder.client("s3").put_bucket_policy(Bucket=bucket, Policy=policy)


def _readable(table: str, principal: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": principal},
        "Action": "dynamodb:GetItem",
        "Resource": table,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _permit(builder: Builder, snapshot: str, **whom: list[str]) -> None:
    builder.client("ec2").modify_snapshot_attribute(
        SnapshotId=snapshot, Attribute="createVolumePermission", OperationType="add", **whom
    )
