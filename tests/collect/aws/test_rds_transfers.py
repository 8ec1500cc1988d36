"""What we claim to know about exports, integrations and retained backups of clusters."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.rds_transfers import (
    CLUSTER_AUTOMATED_BACKUPS,
    EXPORT_TASKS,
    INTEGRATIONS,
)
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ROOT = (IDENTITY, REGIONS)
CLUSTER = f"arn:aws:rds:{HOME}:{ACCOUNT}:cluster:main"

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.mark.parametrize(
    ("status", "active"), [("COMPLETE", True), ("FAILED", None), ("CANCELED", None)]
)
def test_an_export_is_in_the_bucket_once_it_is_complete(status: str, active: bool | None) -> None:
    """What a cancelled one has written stays there, whatever that is."""
    task = {
        "ExportTaskIdentifier": "monthly",
        "SourceArn": CLUSTER,
        "S3Bucket": "exports",
        "Status": status,
    }
    rule = Rule(operation="rds.DescribeExportTasks", answer={"ExportTasks": [task]})

    (flow,) = gather((*ROOT, EXPORT_TASKS), rules=[rule]).flows

    assert flow.id == f"{CLUSTER}/export/monthly"
    assert flow.target_id == "arn:aws:s3:::exports"
    assert flow.active is active or (active is None and isinstance(flow.active, Unknown))


@pytest.mark.parametrize(("status", "active"), [("active", True), ("failed", None)])
def test_an_integration_streams_into_another_accounts_warehouse(
    status: str, active: bool | None
) -> None:
    target = "arn:aws:redshift:us-east-1:999999999999:namespace:1"
    integration = {
        "IntegrationArn": f"arn:aws:rds:{HOME}:{ACCOUNT}:integration:1",
        "SourceArn": CLUSTER,
        "TargetArn": target,
        "Status": status,
    }
    rule = Rule(operation="rds.DescribeIntegrations", answer={"Integrations": [integration]})

    (flow,) = gather((*ROOT, INTEGRATIONS), rules=[rule]).flows

    assert (flow.store_id, flow.mechanism, flow.target_id) == (CLUSTER, "stream", target)
    assert flow.target_account == "999999999999"
    assert flow.active is active or (active is None and isinstance(flow.active, Unknown))


def test_a_backup_outlives_its_cluster_and_is_where_it_is_listed() -> None:
    backup = {
        "DBClusterAutomatedBackupsArn": f"arn:aws:rds:{HOME}:{ACCOUNT}:cluster-auto-backup:ab-1",
        "DBClusterIdentifier": "gone",
        "DBClusterArn": f"arn:aws:rds:eu-central-1:{ACCOUNT}:cluster:gone",
        "Region": "eu-central-1",
        "StorageEncrypted": False,
    }
    rule = Rule(
        operation="rds.DescribeDBClusterAutomatedBackups",
        answer={"DBClusterAutomatedBackups": [backup]},
    )

    store = gather((*ROOT, CLUSTER_AUTOMATED_BACKUPS), rules=[rule]).stores["gone"]

    assert (store.backup, store.country, store.encrypted) == (True, "US", False)
    assert store.source_id == backup["DBClusterArn"]
