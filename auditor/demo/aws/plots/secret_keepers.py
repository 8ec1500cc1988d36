"""Secrets, payment keys, security modules and authorities, beside look-alikes in order."""

import json

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED, as_list
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails

_HSM = f"arn:aws:cloudhsm:{HOME}:{USER_DATA}:backup"
_HSM_ABROAD = f"arn:aws:cloudhsm:{FRANKFURT}:{USER_DATA}"
_KEYS = f"arn:aws:payment-cryptography:{HOME}:{USER_DATA}:key"
_CA = f"arn:aws:acm-pca:{HOME}:{USER_DATA}:certificate-authority"
_ABROAD, _AT_HOME = "kwapwa6qaifllw2h", "kwapwa6qaifllw2i"


def _absent(operation: str, code: str, region: str = HOME) -> Rule:
    return Rule(operation=operation, status=404, code=code, account=USER_DATA, region=region)


def _policy(account: str) -> str:
    principal = {"AWS": f"arn:aws:iam::{account}:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _build(ground: Ground) -> None:
    """Make secrets: replicated abroad and to the west, shared with a stranger and with us."""
    secrets = ground.at().client("secretsmanager")
    regions = {"signing-key": FRANKFURT, "session-key": WEST}
    for name, region in regions.items():
        secrets.create_secret(
            Name=name,
            SecretString="invented",
            KmsKeyId=ground.keys[HOME],
            Tags=as_list(PROTECTED),
            AddReplicaRegions=[{"Region": region, "KmsKeyId": ground.keys[region]}],
        )
    for name, account in {"push-token": STRANGER, "log-token": LOGS}.items():
        secrets.create_secret(
            Name=name,
            SecretString="invented",
            KmsKeyId=ground.keys[HOME],
            Tags=as_list(PROTECTED),
        )
        secrets.put_resource_policy(SecretId=name, ResourcePolicy=_policy(account))


def _modules() -> tuple[Rule, ...]:
    """Return backups of security modules: copied abroad, shared with a stranger and with us."""
    shared = [
        {
            "BackupId": f"backup-{name}",
            "BackupArn": f"{_HSM}/backup-{name}",
            "ClusterId": "cluster-1",
        }
        for name in ("stranger", "logs")
    ]
    copied = {
        "BackupId": "backup-copy",
        "BackupArn": f"{_HSM_ABROAD}:backup/backup-copy",
        "SourceRegion": HOME,
        "SourceBackup": "backup-logs",
    }
    cluster = {"ClusterId": "cluster-far", "SubnetMapping": {f"{FRANKFURT}a": "subnet-1"}}
    tags = {"TagList": as_list(PROTECTED)}
    return (
        answered("cloudhsmv2.DescribeBackups", {"Backups": [{**each, **tags} for each in shared]}),
        answered("cloudhsmv2.DescribeBackups", {"Backups": [{**copied, **tags}]}, region=FRANKFURT),
        answered(
            "cloudhsmv2.DescribeClusters", {"Clusters": [{**cluster, **tags}]}, region=FRANKFURT
        ),
        answered(
            "cloudhsmv2.GetResourcePolicy", {"Policy": _policy(STRANGER)}, words="backup-stranger"
        ),
        answered("cloudhsmv2.GetResourcePolicy", {"Policy": _policy(LOGS)}),
        _absent("cloudhsmv2.GetResourcePolicy", "CloudHsmResourceNotFoundException", FRANKFURT),
    )


def _payment_keys() -> tuple[Rule, ...]:
    """Return a key that is copied abroad, and one that is copied to the west."""
    attributes = {
        "KeyUsage": "TR31_K0_KEY_ENCRYPTION_KEY",
        "KeyClass": "SYMMETRIC_KEY",
        "KeyAlgorithm": "AES_256",
        "KeyModesOfUse": {},
    }
    listed = {
        name: {
            "KeyArn": f"{_KEYS}/{name}",
            "KeyState": "CREATE_COMPLETE",
            "KeyAttributes": attributes,
            "KeyCheckValue": "00",
            "Exportable": False,
            "Enabled": True,
            "PrimaryRegion": HOME,
        }
        for name in (_ABROAD, _AT_HOME)
    }
    copies = {_ABROAD: FRANKFURT, _AT_HOME: WEST}
    described = {
        name: {
            **listed[name],
            "KeyCheckValueAlgorithm": "CMAC",
            "KeyOrigin": "AWS_PAYMENT_CRYPTOGRAPHY",
            "CreateTimestamp": "2020-01-01T00:00:00Z",
            "ReplicationStatus": {region: {"Status": "SYNCHRONIZED"}},
        }
        for name, region in copies.items()
    }
    return (
        answered("payment-cryptography.ListKeys", {"Keys": list(listed.values())}),
        *(
            answered("payment-cryptography.GetKey", {"Key": key}, words=name)
            for name, key in described.items()
        ),
        _absent("payment-cryptography.GetResourcePolicy", "ResourceNotFoundException"),
    )


def _authorities() -> tuple[Rule, ...]:
    configuration = {"KeyAlgorithm": "RSA_2048", "SigningAlgorithm": "SHA256WITHRSA"}
    listed = [
        {
            "Arn": f"{_CA}/{name}",
            "CertificateAuthorityConfiguration": {**configuration, "Subject": {"CommonName": name}},
        }
        for name in ("stranger", "logs")
    ]
    return (
        answered("acm-pca.ListCertificateAuthorities", {"CertificateAuthorities": listed}),
        answered("acm-pca.GetPolicy", {"Policy": _policy(STRANGER)}, words="/stranger"),
        answered("acm-pca.GetPolicy", {"Policy": _policy(LOGS)}),
    )


PLOT = Plot(
    build=_build,
    tags={f"{_CA}/stranger": PROTECTED, f"{_CA}/logs": PROTECTED},
    rules=(*_modules(), *_payment_keys(), *_authorities()),
    planted=(
        *fails(
            "a secret is replicated to Frankfurt",
            A_04=f"arn:aws:secretsmanager:{HOME}:*:secret:signing-key-*/replication/{FRANKFURT}",
        ),
        *fails(
            "a secret's replica is in Frankfurt",
            A_02=f"arn:aws:secretsmanager:{FRANKFURT}:*:secret:signing-key-*",
            A_05=f"arn:aws:secretsmanager:{FRANKFURT}:*:secret:signing-key-*",
        ),
        *fails(
            "a secret is shared with a stranger",
            A_05b=f"arn:aws:secretsmanager:{HOME}:*:secret:push-token-*/share/{STRANGER}",
        ),
        *fails(
            "a backup of security modules is shared with a stranger",
            A_05b=f"{_HSM}/backup-stranger/share/{STRANGER}",
        ),
        *fails(
            "a backup of security modules is in Frankfurt",
            A_02=f"{_HSM_ABROAD}:backup/backup-copy",
            A_05=f"{_HSM_ABROAD}:backup/backup-copy",
            A_07b=f"{_HSM_ABROAD}:backup/backup-copy",
        ),
        *fails(
            "security modules are in Frankfurt",
            A_02=f"{_HSM_ABROAD}:cluster/cluster-far",
            A_07b=f"{_HSM_ABROAD}:cluster/cluster-far",
        ),
        *fails("a payment key is copied to Frankfurt", A_07=f"{_KEYS}/{_ABROAD}"),
        *fails("a stranger may use a certificate authority", A_05b=f"{_CA}/stranger/share/*"),
    ),
)
