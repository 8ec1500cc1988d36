"""What we claim to know about warehouses and their snapshots, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.redshift import CLUSTERS, SNAPSHOTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, CLUSTERS, SNAPSHOTS)
ARN = f"arn:aws:redshift:{HOME}:{ACCOUNT}:cluster:events"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def cluster(cloud: None) -> None:
    redshift = boto3.client("redshift", HOME)
    redshift.create_cluster(
        ClusterIdentifier="events",
        NodeType="ra3.large",
        MasterUsername="administrator",
        MasterUserPassword="Only-in-memory-1",
        AvailabilityZone=f"{HOME}a",
        Encrypted=True,
        KmsKeyId=KEY,
    )


@pytest.mark.usefixtures("cluster")
def test_reads_a_cluster() -> None:
    store = gather(COLLECTORS).stores["events"]

    assert (store.id, store.country) == (ARN, "US")
    assert (store.encrypted, store.key_id) == (True, KEY)


@pytest.mark.usefixtures("cluster")
def test_snapshots_that_are_copied_abroad_are_a_flow() -> None:
    boto3.client("redshift", HOME).enable_snapshot_copy(
        ClusterIdentifier="events", DestinationRegion="eu-west-1", SnapshotCopyGrantName="grant"
    )

    (flow,) = gather(COLLECTORS).flows

    assert (flow.store_id, flow.mechanism, flow.target_country) == (ARN, "backup", "IE")
    assert flow.target_account == ACCOUNT


@pytest.mark.usefixtures("cluster")
def test_logs_go_to_a_bucket() -> None:
    answer = {"LoggingEnabled": True, "BucketName": "theirs"}
    rule = Rule(operation="redshift.DescribeLoggingStatus", answer=answer)

    (flow,) = gather(COLLECTORS, rules=[rule]).flows
    (unknown,) = gather(COLLECTORS, deny=["DescribeLoggingStatus"]).flows

    assert (flow.mechanism, flow.target_id) == ("export", "arn:aws:s3:::theirs")
    assert isinstance(unknown.active, Unknown)


def test_a_copied_snapshot_comes_from_the_cluster_abroad() -> None:
    snapshot = {
        "SnapshotArn": f"arn:aws:redshift:{HOME}:{ACCOUNT}:snapshot:events/one",
        "SnapshotIdentifier": "one",
        "ClusterIdentifier": "events",
        "SourceRegion": "us-west-2",
        "Encrypted": False,
        "AccountsWithRestoreAccess": [{"AccountId": "999999999999"}],
    }
    rule = Rule(operation="redshift.DescribeClusterSnapshots", answer={"Snapshots": [snapshot]})

    collected = gather(COLLECTORS, rules=[rule])
    store = collected.stores["one"]

    assert store.source_id == f"arn:aws:redshift:us-west-2:{ACCOUNT}:cluster:events"
    assert (store.backup, store.encrypted, store.key_id) == (True, False, "")
    assert [flow.target_account for flow in collected.flows] == ["999999999999"]


@pytest.mark.usefixtures("cloud")
def test_a_role_lets_whoever_runs_sql_unload() -> None:
    """What the role may is not read, so where the data can go is not known."""
    role = f"arn:aws:iam::{ACCOUNT}:role/unload"
    about = {"ClusterIdentifier": "events", "Encrypted": True, "IamRoles": [{"IamRoleArn": role}]}
    rules = [
        Rule(operation="redshift.DescribeClusters", answer={"Clusters": [about]}),
        Rule(operation="redshift.DescribeLoggingStatus", answer={"LoggingEnabled": False}),
    ]

    (flow,) = gather(COLLECTORS, rules=rules).flows

    assert (flow.store_id, flow.mechanism) == (ARN, "export")
    assert isinstance(flow.target_country, Unknown)
    assert role in flow.target_country.reason
