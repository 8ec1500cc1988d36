"""AWS Backup: a vault abroad, vaults that strangers reach, plans and copies that leave."""

import json
from collections.abc import Mapping
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails


def _arn(resource: str, region: str = HOME, account: str = USER_DATA) -> str:
    return f"arn:aws:backup:{region}:{account}:{resource}"


def _vault_arn(name: str, region: str = HOME, account: str = USER_DATA) -> str:
    return _arn(f"backup-vault:{name}", region, account)


_DAILY, _WEEKLY, _SHARED, _SEALED, _PARTNERS = (
    _vault_arn(f"northstar-{name}") for name in ("daily", "weekly", "shared", "sealed", "partners")
)
_ABROAD = _vault_arn("northstar-abroad", FRANKFURT)
_METRICS = _vault_arn("northstar-metrics", FRANKFURT)
_WEST = _vault_arn("northstar-west", WEST)
_STRANGERS = _vault_arn("northstar-escrow", account=STRANGER)
_RESTORE = _vault_arn("restore-access", account=STRANGER)
_POINT, _OPEN_POINT = (_arn(f"recovery-point:{name}") for name in ("feed0001", "feed0002"))
_POINT_ABROAD = _arn("recovery-point:feed0003", FRANKFURT)
_PLAN, _PLAN_AT_HOME = (_arn(f"backup-plan:{name}") for name in ("feed-0001", "feed-0002"))
_SOURCE = f"arn:aws:elasticfilesystem:{HOME}:{USER_DATA}:file-system/fs-0feed"


def _rule(
    operation: str, answer: Mapping[str, Any], *, region: str = HOME, words: str = ""
) -> Rule:
    return Rule(
        operation=f"backup.{operation}",
        answer=answer,
        account=USER_DATA,
        region=region,
        words=words,
    )


def _name(arn: str) -> str:
    return arn.rpartition(":")[2]


def _vault(arn: str, **item: Any) -> dict[str, Any]:
    return {
        "BackupVaultName": _name(arn),
        "BackupVaultArn": arn,
        "VaultType": "BACKUP_VAULT",
        "EncryptionKeyType": "AWS_OWNED_KMS_KEY",
        "Locked": False,
        **item,
    }


def _point(arn: str, *, encrypted: bool = True) -> dict[str, Any]:
    return {
        "RecoveryPointArn": arn,
        "ResourceArn": _SOURCE,
        "ResourceType": "EFS",
        "IsEncrypted": encrypted,
        "EncryptionKeyType": "AWS_OWNED_KMS_KEY",
    }


def _policy(vault: str, account: str) -> Rule:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": "backup:CopyFromBackupVault",
        "Resource": "*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    answer = {"BackupVaultName": _name(vault), "BackupVaultArn": vault, "Policy": policy}
    return _rule("GetBackupVaultAccessPolicy", answer, words=_name(vault))


def _plan(arn: str, *copies: str) -> Rule:
    rule = {
        "RuleName": "daily",
        "TargetBackupVaultName": _name(_DAILY),
        "CopyActions": [{"DestinationBackupVaultArn": copy} for copy in copies],
    }
    plan = {"BackupPlanName": _name(arn), "Rules": [rule]}
    return _rule("GetBackupPlan", {"BackupPlan": plan}, words=_name(arn))


def _copied(job: str, target: str) -> dict[str, Any]:
    return {
        "CopyJobId": job,
        "SourceBackupVaultArn": _WEEKLY,
        "DestinationBackupVaultArn": target,
        "State": "COMPLETED",
    }


_AIR_GAPPED = _vault(_SEALED, VaultType="LOGICALLY_AIR_GAPPED_BACKUP_VAULT", Locked=True)
_VAULTS = [*map(_vault, (_DAILY, _WEEKLY, _SHARED, _PARTNERS)), _AIR_GAPPED]
_PLANS = [
    {"BackupPlanArn": plan, "BackupPlanId": _name(plan), "BackupPlanName": _name(plan)}
    for plan in (_PLAN, _PLAN_AT_HOME)
]

PLOT = Plot(
    tags={
        **dict.fromkeys((_DAILY, _WEEKLY, _SHARED, _SEALED, _PARTNERS, _ABROAD, _WEST), PROTECTED),
        **dict.fromkeys((_POINT, _OPEN_POINT, _POINT_ABROAD, _PLAN, _PLAN_AT_HOME), PROTECTED),
        _METRICS: UNPROTECTED,
    },
    rules=(
        _rule("ListBackupVaults", {"BackupVaultList": [_AIR_GAPPED]}, words="AIR_GAPPED"),
        Rule(operation="backup.ListBackupVaults", words="AIR_GAPPED", answer={}),
        _rule("ListBackupVaults", {"BackupVaultList": _VAULTS}),
        _rule(
            "ListBackupVaults",
            {"BackupVaultList": [_vault(_ABROAD), _vault(_METRICS)]},
            region=FRANKFURT,
        ),
        _rule("ListBackupVaults", {"BackupVaultList": [_vault(_WEST)]}, region=WEST),
        _rule(
            "ListRestoreAccessBackupVaults",
            {"RestoreAccessBackupVaults": [{"RestoreAccessBackupVaultArn": _RESTORE}]},
        ),
        _policy(_SHARED, STRANGER),
        _policy(_PARTNERS, LOGS),
        Rule(
            operation="backup.GetBackupVaultAccessPolicy",
            status=400,
            code="ResourceNotFoundException",
        ),
        _rule(
            "ListRecoveryPointsByBackupVault",
            {"RecoveryPoints": [_point(_POINT), _point(_OPEN_POINT, encrypted=False)]},
            words=_name(_DAILY),
        ),
        _rule(
            "ListRecoveryPointsByBackupVault",
            {"RecoveryPoints": [_point(_POINT_ABROAD)]},
            region=FRANKFURT,
            words=_name(_ABROAD),
        ),
        _rule("ListBackupPlans", {"BackupPlansList": _PLANS}),
        _plan(_PLAN, _ABROAD, _STRANGERS),
        _plan(_PLAN_AT_HOME, _WEST),
        _rule(
            "ListCopyJobs",
            {"CopyJobs": [_copied("job-abroad", _ABROAD), _copied("job-west", _WEST)]},
        ),
    ),
    planted=(
        *fails("a backup vault is in Frankfurt", A_02=_ABROAD, A_05=_ABROAD, A_07b=_ABROAD),
        *fails(
            "a recovery point was copied to Frankfurt",
            A_02=_POINT_ABROAD,
            A_05=_POINT_ABROAD,
            A_07b=_POINT_ABROAD,
        ),
        *fails("a recovery point is not encrypted", A_06=_OPEN_POINT, A_07b=_OPEN_POINT),
        *fails("nor is all that its vault holds", A_06=_DAILY, A_07b=_DAILY),
        *fails(
            "a stranger's account may copy from a backup vault",
            A_05b=f"{_SHARED}/share/{STRANGER}",
        ),
        *fails("a stranger restores from an air-gapped vault", A_05b=f"{_SEALED}/share/{_RESTORE}"),
        *fails("a backup plan copies to Frankfurt", A_04=f"{_PLAN}/copy/{_ABROAD}"),
        *fails("a backup plan copies to a stranger's vault", A_04=f"{_PLAN}/copy/{_STRANGERS}"),
        *fails("backups were copied to Frankfurt by hand", A_04=f"{_WEEKLY}/copy/job-abroad"),
    ),
)
