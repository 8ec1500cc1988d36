"""What we claim to know about backup vaults, and what they hold."""

import json

import pytest

from auditor.collect.aws.backup_vaults import ACCESS_POINTS, RESTORE_ACCESS, VAULTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Guardrail
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, VAULTS)
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
STRANGER = "999999999999"
NO_POLICY = Rule(
    operation="backup.GetBackupVaultAccessPolicy", status=400, code="ResourceNotFoundException"
)

pytestmark = pytest.mark.usefixtures("cloud")


def vault_arn(name: str, region: str = HOME) -> str:
    return f"arn:aws:backup:{region}:{ACCOUNT}:backup-vault:{name}"


def collect(
    *points: Json,
    policy: Rule = NO_POLICY,
    deny: tuple[str, ...] = (),
    **item: Json,
) -> Collected:
    vault = {
        "BackupVaultName": "main",
        "BackupVaultArn": vault_arn("main"),
        "EncryptionKeyArn": KEY,
        "Locked": False,
        **item,
    }
    rules = [
        Rule(operation="backup.ListBackupVaults", answer={"BackupVaultList": [vault]}),
        policy,
        Rule(
            operation="backup.ListRecoveryPointsByBackupVault",
            answer={"RecoveryPoints": list(points)},
        ),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def allowing(action: str) -> Rule:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{STRANGER}:root"},
        "Action": action,
        "Resource": "*",
    }
    return Rule(
        operation="backup.GetBackupVaultAccessPolicy",
        answer={"Policy": json.dumps({"Statement": [statement]})},
    )


def point(arn: str, **item: Json) -> Json:
    return {"RecoveryPointArn": arn, "ResourceArn": "arn:aws:s3:::videos", **item}


def test_reads_a_vault() -> None:
    collected = collect()
    vault = collected.stores["main"]

    assert (vault.id, vault.key_id) == (vault_arn("main"), KEY)
    assert (vault.backup, vault.encrypted, vault.locked) == (True, True, False)
    assert collected.flows == []


@pytest.mark.parametrize(
    ("item", "locked"),
    [({"Locked": True}, False), ({"Locked": True, "LockDate": 1600560000}, None)],
)
def test_a_lock_that_can_be_lifted_is_no_lock(item: Json, locked: bool | None) -> None:
    """Until its date, or for ever without one, somebody with the permission can take it off."""
    collected = collect(**item)

    found = collected.stores["main"].locked
    assert isinstance(found, Unknown) if locked is None else found is locked
    (lock,) = [row for row in collected.rows if isinstance(row, Guardrail)]
    assert (lock.enforced, lock.target_id) == (True, vault_arn("main"))


def test_an_account_that_may_copy_out_is_a_share_and_one_that_may_copy_in_is_not() -> None:
    (flow,) = collect(policy=allowing("backup:CopyFromBackupVault")).flows

    assert (flow.mechanism, flow.target_account) == ("share", STRANGER)
    assert collect(policy=allowing("backup:CopyIntoBackupVault")).flows == []


def test_a_recovery_point_comes_from_a_resource() -> None:
    arn = f"arn:aws:backup:{HOME}:{ACCOUNT}:recovery-point:1"

    stores = collect(
        point(arn, ResourceName="videos", IsEncrypted=True, EncryptionKeyArn=KEY)
    ).stores

    assert (stores["videos"].id, stores["videos"].source_id) == (arn, "arn:aws:s3:::videos")
    assert (stores["videos"].encrypted, stores["videos"].key_id) == (True, KEY)


def test_a_snapshot_is_a_row_of_its_own_service() -> None:
    """It must not be counted twice."""
    collected = collect(point(f"arn:aws:ec2:{HOME}::snapshot/snap-1"))

    assert [store.name for store in collected.stores.values()] == ["main"]


@pytest.mark.parametrize("flags", [{"IsEncrypted": True}, {"IsEncrypted": False}, {}])
def test_a_vault_does_not_encrypt_what_a_service_keeps_itself(flags: dict[str, bool]) -> None:
    vault = collect(point(f"arn:aws:ec2:{HOME}::snapshot/snap-1", **flags)).stores["main"]

    if flags:
        assert vault.encrypted is flags["IsEncrypted"]
    else:
        assert isinstance(vault.encrypted, Unknown)


def test_nobody_else_lists_a_snapshot_in_an_air_gapped_vault() -> None:
    """It is in an account of AWS's, not in that of the vault's owner."""
    snapshot = f"arn:aws:ec2:{HOME}::snapshot/snap-1"

    collected = collect(
        point(snapshot, ResourceName="disk"), VaultType="LOGICALLY_AIR_GAPPED_BACKUP_VAULT"
    )

    assert collected.stores["disk"].id == snapshot


def test_what_a_vault_does_not_show_is_there_all_the_same() -> None:
    collected = collect(
        deny=("ListRecoveryPointsByBackupVault", "GetBackupVaultAccessPolicy"),
    )

    assert isinstance(collected.stores["main"].encrypted, Unknown)
    unseen = collected.stores["recovery points of main"]
    assert isinstance(unseen.encrypted, Unknown)
    assert [(flow.mechanism, isinstance(flow.active, Unknown)) for flow in collected.flows] == [
        ("share", True)
    ]


def test_a_vault_for_restoring_is_a_share() -> None:
    target = f"arn:aws:backup:{HOME}:{STRANGER}:backup-vault:restore"
    rules = [
        Rule(
            operation="backup.ListBackupVaults",
            words="LOGICALLY_AIR_GAPPED",
            answer={
                "BackupVaultList": [{"BackupVaultName": "a", "BackupVaultArn": vault_arn("a")}]
            },
        ),
        Rule(
            operation="backup.ListRestoreAccessBackupVaults",
            answer={"RestoreAccessBackupVaults": [{"RestoreAccessBackupVaultArn": target}]},
        ),
    ]

    (flow,) = gather((IDENTITY, REGIONS, RESTORE_ACCESS), rules=rules).flows

    assert (flow.store_id, flow.target_account) == (vault_arn("a"), STRANGER)


def test_an_access_point_may_let_anybody_in() -> None:
    point = {"AccessPointArn": "arn:aws:backup:us-east-1:1:p", "BackupVaultArn": vault_arn("a")}
    rule = Rule(operation="backup.ListBackupAccessPoints", answer={"BackupAccessPoints": [point]})

    (flow,) = gather((IDENTITY, REGIONS, ACCESS_POINTS), rules=[rule]).flows

    assert (flow.store_id, flow.mechanism) == (vault_arn("a"), "share")
    assert isinstance(flow.target_account, Unknown)


def test_a_vault_that_another_account_shares_is_that_accounts() -> None:
    arn = f"arn:aws:backup:{HOME}:{STRANGER}:backup-vault:main"

    assert collect(BackupVaultArn=arn).stores["main"].account == STRANGER
