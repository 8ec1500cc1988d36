"""The part of the estate that is in order: most of it."""

import json
from typing import Any

from moto.ec2.models import ec2_backends

from auditor.demo.aws.accounts import HOME, LOGS, MANAGEMENT, WEST, Builder

PROTECTED = {"data-class": "us-user-data"}
UNPROTECTED = {"data-class": "operations"}


def build_ordinary(home: Builder, west: Builder, keys: dict[str, str]) -> None:
    """Build the stores of the user-data account that keep every commitment.

    Args:
        keys: region -> ARN of the key that stores are encrypted with.
    """
    for number in range(1, 9):
        make_bucket(home, f"user-profiles-{number}", keys[HOME])
        make_bucket(west, f"user-videos-{number}", keys[WEST])
    for builder in (home, west):
        for _ in range(6):
            key = keys[builder.region]
            make_snapshot(builder, make_volume(builder, key), key)
    for number in range(1, 4):
        make_instance(home, f"accounts-{number}", keys[HOME])
        make_table(home, f"sessions-{number}", keys[HOME])
        make_table(west, f"follows-{number}", keys[WEST])
    home.client("rds").create_db_snapshot(
        DBSnapshotIdentifier="accounts-1-weekly",
        DBInstanceIdentifier="accounts-1",
        Tags=as_list(PROTECTED),
    )


def build_logs(logs: Builder, management: Builder, key: str) -> None:
    """Build the log buckets, and the trails of two accounts that are in order."""
    for owner in (MANAGEMENT, LOGS):
        name = f"audit-logs-{owner}"
        make_bucket(logs, name, key, UNPROTECTED, is_locked=True)
    make_trail(management, "management-trail", f"audit-logs-{MANAGEMENT}")


def make_key(
    builder: Builder, description: str, *principals: Any, is_multi_region: bool = False
) -> str:
    """Make a key for its own account and these other principals, and return its ARN."""
    answer = builder.client("kms").create_key(
        Description=description,
        Policy=key_policy({"AWS": f"arn:aws:iam::{builder.account}:root"}, *principals),
        MultiRegion=is_multi_region,
    )
    return str(answer["KeyMetadata"]["Arn"])


def key_policy(*principals: Any) -> str:
    """Return a key policy that lets these principals do everything."""
    statements = [
        {"Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*"}
        for principal in principals
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def make_bucket(
    builder: Builder,
    name: str,
    key: str,
    tags: dict[str, str] = PROTECTED,
    *,
    is_locked: bool = False,
) -> None:
    """Make a private, encrypted bucket."""
    s3 = builder.client("s3")
    place = {"CreateBucketConfiguration": {"LocationConstraint": builder.region}}
    s3.create_bucket(
        Bucket=name,
        ObjectLockEnabledForBucket=is_locked,
        **(place if builder.region != HOME else {}),
    )
    s3.put_bucket_ownership_controls(  # as AWS does, and moto does not
        Bucket=name, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    )
    encryption = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    default = {"Rules": [{"ApplyServerSideEncryptionByDefault": encryption}]}
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration=default)
    s3.put_public_access_block(
        Bucket=name,
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": True,
            "IgnorePublicAcls": True,
            "BlockPublicPolicy": True,
            "RestrictPublicBuckets": True,
        },
    )
    if tags:
        s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": as_list(tags)})
    if is_locked:
        retention = {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 400}}
        s3.put_object_lock_configuration(
            Bucket=name,
            ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": retention},
        )


def make_volume(builder: Builder, key: str) -> str:
    """Make a volume, encrypted unless the key is '', and return its id."""
    answer = builder.client("ec2").create_volume(
        AvailabilityZone=f"{builder.region}a",
        Size=100,
        TagSpecifications=[{"ResourceType": "volume", "Tags": as_list(PROTECTED)}],
        **({"Encrypted": True, "KmsKeyId": key} if key else {"Encrypted": False}),
    )
    return str(answer["VolumeId"])


def make_snapshot(builder: Builder, volume: str, key: str) -> str:
    """Make a snapshot of an encrypted volume, and return its id."""
    name = str(builder.client("ec2").create_snapshot(VolumeId=volume)["SnapshotId"])
    # moto forgets what AWS does not: a snapshot keeps its volume's key.
    ec2_backends[builder.account][builder.region].snapshots[name].kms_key_id = key
    return name


def make_instance(builder: Builder, name: str, key: str) -> None:
    """Make a database instance, encrypted unless the key is ''."""
    builder.client("rds").create_db_instance(
        DBInstanceIdentifier=name,
        DBInstanceClass="db.m5.large",
        Engine="postgres",
        AllocatedStorage=100,
        MasterUsername="administrator",
        MasterUserPassword="only-in-memory",
        AvailabilityZone=f"{builder.region}a",
        Tags=as_list(PROTECTED),
        **({"StorageEncrypted": True, "KmsKeyId": key} if key else {"StorageEncrypted": False}),
    )


def make_cluster(builder: Builder, name: str, key: str, **options: str) -> str:
    """Make an encrypted Aurora cluster, and return its ARN."""
    credentials = {"MasterUsername": "administrator", "MasterUserPassword": "only-in-memory"}
    answer = builder.client("rds").create_db_cluster(
        DBClusterIdentifier=name,
        Engine="aurora-postgresql",
        StorageEncrypted=True,
        KmsKeyId=key,
        Tags=as_list(PROTECTED),
        **credentials,
        **options,
    )
    return str(answer["DBCluster"]["DBClusterArn"])


def make_table(builder: Builder, name: str, key: str, tags: dict[str, str] = PROTECTED) -> str:
    """Make a table, with one of AWS's own keys if the key is '', and return its ARN."""
    encryption = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}
    answer = builder.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        Tags=as_list(tags),
        **({"SSESpecification": encryption} if key else {}),
    )
    return str(answer["TableDescription"]["TableArn"])


def make_trail(builder: Builder, name: str, bucket: str, **options: bool) -> None:
    """Make a trail over all regions that is on, unless the options say otherwise."""
    cloudtrail = builder.client("cloudtrail")
    settings = {"IsMultiRegionTrail": True, "EnableLogFileValidation": True} | options
    is_on = settings.pop("IsOn", True)
    cloudtrail.create_trail(Name=name, S3BucketName=bucket, **settings)
    cloudtrail.put_event_selectors(
        TrailName=name,
        EventSelectors=[{"ReadWriteType": "All", "IncludeManagementEvents": True}],
    )
    if is_on:
        cloudtrail.start_logging(Name=name)


def as_list(tags: dict[str, str]) -> list[dict[str, str]]:
    """Return tags as most services want them."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]
