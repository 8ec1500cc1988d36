"""AWS Backup: vaults with their locks and whom they let in, and what they hold.

A recovery point of a service that keeps its own snapshots is a row of that service, which names it
by the same ARN; here are the rows of all others.

API: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupVaults.html
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.aws.arns import account_in
from auditor.collect.aws.flow_ends import at_arn, flow_from, nowhere
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import (
    encryption_key,
    entries,
    is_absent,
    key_arn,
    maybe_flag,
    maybe_text,
    size_in_bytes,
    text,
)
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Guardrail, Maybe, PolicyDocument, Row, Store

# Their collectors list what AWS Backup made, too.
_ELSEWHERE = frozenset({"ec2", "rds", "dynamodb", "fsx", "redshift"})
_HARMLESS = frozenset({"backup:copyintobackupvault"})  # brings data in
_NO_SOURCE = Unknown("the answer does not name what it is a backup of")
_REFERENCE = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_"


def _vault(found: Found) -> Iterator[Row]:
    vault, name = text(found, "item.BackupVaultArn"), text(found, "item.BackupVaultName")
    key = maybe_text(found, "item.EncryptionKeyArn")
    is_aws = found.read("item.EncryptionKeyType", absent="") == "AWS_OWNED_KMS_KEY"
    accounts = _accounts(found)
    store = store_of(
        found,
        id=vault,
        name=name,
        account=account_in(vault) or found.place["account"],
        kind="backup vault",
        backup=True,
        encrypted=_is_sealed(found),
        key_id="" if is_aws else key_arn(key, found.place["region"], found.place["account"]),
        public=False,  # it is read through the API, by somebody whom AWS knows
        locked=_lock(found),
        created=maybe_text(found, "item.CreationDate"),
    )
    yield store
    yield policy_of(store, policy_in(found, "policy.Policy"))
    yield from shares(store, accounts)
    yield _guardrail(found, store)
    yield from _contents(found, store)


def _is_sealed(found: Found) -> Maybe[bool]:
    """Return whether all that it holds is encrypted: what a service keeps itself need not be.

    Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
    """
    points = found.read("points")
    if isinstance(points, Unknown):
        return points
    flags = [each.get("IsEncrypted") for each in entries(points)]
    if any(flag is False for flag in flags):
        return False
    return all(flag is True for flag in flags) or Unknown("not all that it holds says so")


def _accounts(found: Found) -> Maybe[tuple[str, ...]]:
    if is_absent(found, "policy"):
        return ()
    return accounts_in_policy(found.read("policy.Policy"), lambda action: action in _HARMLESS)


def _lock(found: Found) -> Maybe[bool]:
    """Return whether nobody can delete what it holds; a lock without a date can be lifted."""
    locked = maybe_flag(found, "item.Locked")
    if locked is not True:
        return locked
    date = text(found, "item.LockDate")
    if not date:
        return False
    return Unknown(f"its lock can be lifted until {date}, and not after")


def _guardrail(found: Found, vault: Store) -> Guardrail:
    return Guardrail(
        id=f"{vault.id}/lock",
        evidence=found.evidence,
        provider="aws",
        account=vault.account,
        name=f"lock of {vault.name}",
        kind="vault lock",
        target_id=vault.id,
        region=found.place["region"],
        enforced=maybe_flag(found, "item.Locked"),
        limits=("deletion",),
    )


def _contents(found: Found, vault: Store) -> Iterator[Store]:
    points = found.read("points")
    if isinstance(points, Unknown):
        yield _unseen(found, vault, points)
        return
    # An air-gapped vault keeps everything in an account of AWS's, where no collector looks.
    is_apart = found.read("item.VaultType", absent="BACKUP_VAULT") != "BACKUP_VAULT"
    for each in entries(points):
        point = replace(found, item=each)
        name = text(point, "item.RecoveryPointArn")
        # What bears the vault's own name is no recovery point, and would hide the vault.
        if name != vault.id and (is_apart or not _ELSEWHERE & {*name.split(":")[2:3]}):
            yield _point(point, vault)


def _point(found: Found, vault: Store) -> Store:
    encrypted = maybe_flag(found, "item.IsEncrypted")
    is_aws = found.read("item.EncryptionKeyType", absent="") == "AWS_OWNED_KMS_KEY"
    return store_of(
        found,
        id=text(found, "item.RecoveryPointArn"),
        name=text(found, "item.ResourceName"),
        kind="recovery point",
        backup=True,
        source_id=text(found, "item.ResourceArn") or _NO_SOURCE,
        encrypted=encrypted,
        key_id="" if is_aws else encryption_key(encrypted, found, "item.EncryptionKeyArn"),
        public=False,  # nobody reads it but through its vault
        locked=vault.locked,
        size_bytes=size_in_bytes(found, "item.BackupSizeInBytes"),
        created=maybe_text(found, "item.CreationDate"),
    )


def _unseen(found: Found, vault: Store, why: Unknown) -> Store:
    """Return a row that stands for whatever a vault holds that does not show it."""
    return store_of(
        found,
        id=f"{vault.id}/?",
        name=f"recovery points of {vault.name}",
        kind="recovery point",
        backup=True,
        source_id=why,
        encrypted=why,
        key_id=why,
        public=why,
        locked=why,
    )


def _restore_access(found: Found) -> Iterator[Flow]:
    """Yield the share that a vault for restoring is: another account reads through it."""
    vault = text(found, "parent.BackupVaultArn")
    target = text(found, "item.RestoreAccessBackupVaultArn")
    yield flow_from(found, vault, "share", target, **at_arn(target))


def _access_point(found: Found) -> Iterator[Flow]:
    """Yield what an access point, through which files in a backup are read, lets out."""
    point = text(found, "item.AccessPointArn")
    why = Unknown("whom its access point lets in is not in the answer")
    yield flow_from(found, text(found, "item.BackupVaultArn"), "share", point, **nowhere(why))


VAULTS = Collector(
    kind="aws.backup.vault",
    service="backup",
    title="backup vaults, and the recovery points in them",
    per=("account", "region"),
    listing=Listing(
        operation="ListBackupVaults",
        permission="backup:ListBackupVaults",
        parameters={"MaxResults": 1000},
        items="BackupVaultList",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetBackupVaultAccessPolicy",
            permission="backup:GetBackupVaultAccessPolicy",
            bind={"BackupVaultName": "item.BackupVaultName"},
            absent_on=("ResourceNotFoundException",),
        ),
        Detail(
            name="points",
            operation="ListRecoveryPointsByBackupVault",
            permission="backup:ListRecoveryPointsByBackupVault",
            parameters={"MaxResults": 1000},
            bind={"BackupVaultName": "item.BackupVaultName"},
            items="RecoveryPoints",
        ),
    ),
    tables=(Store, Flow, Guardrail, PolicyDocument),
    rows=_vault,
    types=("backup:backup-vault",),
    source=_REFERENCE + "ListBackupVaults.html",
)

RESTORE_ACCESS = Collector(
    kind="aws.backup.restore_access_vault",
    service="backup",
    title="vaults through which others restore from air-gapped vaults",
    per=("account", "region"),
    parent=Listing(
        operation="ListBackupVaults",
        permission="backup:ListBackupVaults",
        parameters={"ByVaultType": "LOGICALLY_AIR_GAPPED_BACKUP_VAULT", "MaxResults": 1000},
        items="BackupVaultList",
    ),
    listing=Listing(
        operation="ListRestoreAccessBackupVaults",
        permission="backup:ListRestoreAccessBackupVaults",
        parameters={"MaxResults": 1000},
        bind={"BackupVaultName": "parent.BackupVaultName"},
        items="RestoreAccessBackupVaults",
    ),
    tables=(Flow,),
    rows=_restore_access,
    source=_REFERENCE + "ListRestoreAccessBackupVaults.html",
)

ACCESS_POINTS = Collector(
    kind="aws.backup.access_point",
    service="backup",
    title="access points through which files in backups are read",
    per=("account", "region"),
    listing=Listing(
        operation="ListBackupAccessPoints",
        permission="backup:ListBackupAccessPoints",
        parameters={"MaxResults": 100},
        items="BackupAccessPoints",
    ),
    tables=(Flow,),
    rows=_access_point,
    source=_REFERENCE + "ListBackupAccessPoints.html",
)
