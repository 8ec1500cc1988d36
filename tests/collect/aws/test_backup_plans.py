"""What we claim to know about backup plans and copies."""

import boto3
import pytest

from auditor.collect.aws.backup_plans import COPY_JOBS, GLOBAL_SETTINGS, PLANS, REPORT_PLANS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Guardrail
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ROOT = (IDENTITY, REGIONS)
ABROAD = f"arn:aws:backup:eu-central-1:{ACCOUNT}:backup-vault:copies"
STRANGERS = f"arn:aws:backup:{HOME}:999999999999:backup-vault:theirs"

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def plan() -> str:
    backup = boto3.client("backup", HOME)
    backup.create_backup_vault(BackupVaultName="main")
    rule = {
        "RuleName": "daily",
        "TargetBackupVaultName": "main",
        "CopyActions": [
            {"DestinationBackupVaultArn": ABROAD},
            {"DestinationBackupVaultArn": STRANGERS},
        ],
    }
    answer = backup.create_backup_plan(BackupPlan={"BackupPlanName": "daily", "Rules": [rule]})
    return str(answer["BackupPlanArn"])


def test_a_plan_backs_up_and_copies(plan: str) -> None:
    collected = gather((*ROOT, PLANS))

    assert collected.processors["daily"].id == plan
    assert [(flow.mechanism, flow.target_id, flow.target_account) for flow in collected.flows] == [
        ("backup", f"arn:aws:backup:{HOME}:{ACCOUNT}:backup-vault:main", ACCOUNT),
        ("copy", ABROAD, ACCOUNT),
        ("copy", STRANGERS, "999999999999"),
    ]


def test_a_refused_plan_may_copy(plan: str) -> None:
    flows = gather((*ROOT, PLANS), deny=["GetBackupPlan"]).flows

    assert {flow.mechanism for flow in flows} == {"backup", "copy"}
    assert all(isinstance(flow.active, Unknown) for flow in flows)


@pytest.mark.parametrize(("state", "active"), [("COMPLETED", True), ("FAILED", False)])
def test_a_copy_that_was_made_on_demand_shows(state: str, active: bool) -> None:
    """No plan orders it."""
    job = {
        "CopyJobId": "job-1",
        "ResourceArn": "arn:aws:s3:::videos",
        "DestinationBackupVaultArn": ABROAD,
        "State": state,
    }
    rule = Rule(operation="backup.ListCopyJobs", answer={"CopyJobs": [job]})

    (flow,) = gather((*ROOT, COPY_JOBS), rules=[rule]).flows

    assert (flow.store_id, flow.target_id) == ("arn:aws:s3:::videos", ABROAD)
    assert (flow.target_country, flow.active) == ("DE", active)


def test_reports_go_to_a_bucket() -> None:
    boto3.client("backup", HOME).create_report_plan(
        ReportPlanName="jobs",
        ReportDeliveryChannel={"S3BucketName": "reports"},
        ReportSetting={"ReportTemplate": "BACKUP_JOB_REPORT"},
    )

    (flow,) = gather((*ROOT, REPORT_PLANS)).flows

    assert (flow.mechanism, flow.target_id) == ("export", "arn:aws:s3:::reports")


@pytest.mark.parametrize(("value", "enforced"), [("false", True), ("true", False)])
def test_copies_between_accounts_are_stopped_or_not(value: str, enforced: bool) -> None:
    rule = Rule(
        operation="backup.DescribeGlobalSettings",
        answer={"GlobalSettings": {"isCrossAccountBackupEnabled": value}},
    )

    (row,) = [
        row
        for row in gather((IDENTITY, GLOBAL_SETTINGS), rules=[rule]).rows
        if isinstance(row, Guardrail)
    ]

    assert (row.enforced, row.limits) == (enforced, ("destinations",))
