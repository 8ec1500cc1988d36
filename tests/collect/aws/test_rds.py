"""What we claim to know about database instances and their automated backups."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.rds import AUTOMATED_BACKUPS, INSTANCES
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Row, Store
from tests.collect.aws.walking import ACCOUNT, HOME, gather

KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
ARN = f"arn:aws:rds:{HOME}:{ACCOUNT}:db:main"


@pytest.mark.usefixtures("cloud")
def test_reads_an_instance() -> None:
    boto3.client("rds", HOME).create_db_instance(
        DBInstanceIdentifier="main",
        DBInstanceClass="db.m5.large",
        Engine="postgres",
        AllocatedStorage=20,
        AvailabilityZone=f"{HOME}a",
        StorageEncrypted=True,
        KmsKeyId=KEY,
        Tags=[{"Key": "a", "Value": "b"}],
    )

    store = gather((IDENTITY, REGIONS, INSTANCES)).stores["main"]

    assert (store.id, store.kind, store.country) == (ARN, "database", "US")
    assert (store.encrypted, store.key_id) == (True, KEY)
    assert (store.size_bytes, store.tags) == (20 * 2**30, {"a": "b"})


def rows_of(collector: Collector, **item: Json) -> list[Row]:
    place = {"account": ACCOUNT, "region": HOME}
    return list(collector.rows(Found(place=place, item=item, records={"item": (0,)})))


def instance(**item: Json) -> tuple[Store, list[Flow]]:
    known = {"DBInstanceArn": ARN, "DBInstanceIdentifier": "main", "AvailabilityZone": f"{HOME}a"}
    store, *flows = rows_of(INSTANCES, **known, **item)
    assert isinstance(store, Store)
    return store, [flow for flow in flows if isinstance(flow, Flow)]


def test_replicas_and_replicated_backups_are_flows() -> None:
    """RDS names a replica by name in its own region and by ARN in another."""
    abroad = f"arn:aws:rds:eu-central-1:{ACCOUNT}:db:copy"
    backup = f"arn:aws:rds:eu-west-1:{ACCOUNT}:auto-backup:ab-1"

    _, flows = instance(
        ReadReplicaDBInstanceIdentifiers=["copy", abroad],
        DBInstanceAutomatedBackupsReplications=[{"DBInstanceAutomatedBackupsArn": backup}],
    )

    assert [(flow.mechanism, flow.target_id) for flow in flows] == [
        ("replication", f"arn:aws:rds:{HOME}:{ACCOUNT}:db:copy"),
        ("replication", abroad),
        ("backup", backup),
    ]


def test_a_replica_names_its_source() -> None:
    store, _ = instance(ReadReplicaSourceDBInstanceIdentifier="first")

    assert (store.kind, store.backup) == ("replica", True)
    assert store.source_id == f"arn:aws:rds:{HOME}:{ACCOUNT}:db:first"


def test_an_instance_of_a_cluster_holds_nothing_itself() -> None:
    """Its data is the cluster's, and must not be counted twice."""
    assert rows_of(INSTANCES, DBInstanceArn=ARN, DBClusterIdentifier="c") == []


@pytest.mark.parametrize(
    "item",
    [
        {"SecondaryAvailabilityZone": "us-east-1-lim-1a"},
        {"DBSubnetGroup": {"Subnets": [{"SubnetOutpost": {"Arn": "arn:aws:outposts:1"}}]}},
    ],
)
def test_other_places_than_zones_are_anywhere(item: Json) -> None:
    assert isinstance(instance(**item)[0].country, Unknown)


def test_a_key_of_aws_encrypts_too() -> None:
    """The newer kind of encryption is not told by the older member."""
    store, _ = instance(StorageEncrypted=False, StorageEncryptionType="sse-rds")

    assert (store.encrypted, store.key_id) == (True, "")


def test_a_backup_is_where_it_is_listed() -> None:
    """A replicated backup names the region that it came from; it is not there."""
    (store,) = rows_of(
        AUTOMATED_BACKUPS,
        DBInstanceAutomatedBackupsArn="arn:aws:rds:us-east-1:1:auto-backup:ab-1",
        DBInstanceArn=f"arn:aws:rds:eu-central-1:{ACCOUNT}:db:main",
        Region="eu-central-1",
        Encrypted=True,
    )

    assert isinstance(store, Store)
    assert (store.region, store.country, store.backup) == (HOME, "US", True)
    assert store.source_id == f"arn:aws:rds:eu-central-1:{ACCOUNT}:db:main"


def test_a_backup_on_an_outpost_is_anywhere() -> None:
    (store,) = rows_of(AUTOMATED_BACKUPS, DbiResourceId="db-1", BackupTarget="outposts")

    assert isinstance(store, Store)
    assert isinstance(store.country, Unknown)
