"""Every row of the estate that must not pass, and why. What is not listed here must pass.

It holds for an audit that classifies stores by the tag ``data-class`` ('us-user-data' and
'operations'), whose boundary is :data:`BOUNDARY`, which trusts Amazon and Oracle as operators and
approves the United States.
A gap in what was collected has no row; its pattern is of the id of the coverage unit (G-10).
"""

from auditor.demo.aws.accounts import (
    ACQUIRED,
    FRANKFURT,
    HOME,
    LOGS,
    MANAGEMENT,
    SINGAPORE,
    STRANGER,
    USER_DATA,
)
from auditor.demo.aws.plots import load_plots
from auditor.demo.aws.plots.recipients import REGISTERED
from auditor.demo.builds import IN_AWS
from auditor.demo.planted import Planted, echoes, fails, stays_open

BOUNDARY = (MANAGEMENT, USER_DATA, LOGS)


def _arn(service: str, region: str, resource: str, account: str = USER_DATA) -> str:
    return f"arn:aws:{service}:{region}:{account}:{resource}"


_REPLICA = "arn:aws:s3:::user-messages-replica"
_FEED = _arn("rds", FRANKFURT, "cluster:feed-replica")
_FEED_BACKUP = _arn("rds", FRANKFURT, "cluster-snapshot:rds:feed-replica-*")
_BACKUP = _arn("rds", FRANKFURT, "auto-backup:ab-accounts-3")
_COPY = _arn("ec2", FRANKFURT, "snapshot/*", "")
_ABROAD = _arn("ec2", SINGAPORE, "volume/*")
_OPEN = _arn("ec2", HOME, "volume/*")
_BILLING = _arn("rds", HOME, "db:billing")
_BILLING_BACKUP = _arn("rds", HOME, "snapshot:rds:billing-*")
_SNAPSHOT = _arn("ec2", HOME, "snapshot/*", "")

BREACHES: tuple[Planted, ...] = (
    *fails("a bucket's replica is in Frankfurt", A_02=_REPLICA, A_07b=_REPLICA),
    *fails(
        "a bucket is replicated to Frankfurt",
        A_04=f"arn:aws:s3:::user-messages/replication/{_REPLICA}",
    ),
    *fails("a bucket is open to the world", A_05b="arn:aws:s3:::user-avatars/public/*"),
    *fails(
        "a bucket's policy lets a stranger's account read it",
        A_05b=f"arn:aws:s3:::user-contacts/share/{STRANGER}",
    ),
    *fails("a volume is not encrypted", A_06=_OPEN, A_07b=_OPEN),
    *fails(
        "a volume is in Singapore, and not encrypted", A_02=_ABROAD, A_06=_ABROAD, A_07b=_ABROAD
    ),
    *fails("a snapshot is shared with a stranger's account", A_05b=f"{_SNAPSHOT}/share/{STRANGER}"),
    *fails("a snapshot is open to the world", A_05=_SNAPSHOT, A_05b=f"{_SNAPSHOT}/public/*"),
    *fails("a snapshot was copied to Frankfurt", A_02=_COPY, A_05=_COPY, A_07b=_COPY),
    *fails("a database and its backup are not encrypted", A_06=_BILLING, A_07b=_BILLING),
    *fails(
        "the backup of a database that is not encrypted",
        A_06=_BILLING_BACKUP,
        A_07b=_BILLING_BACKUP,
    ),
    *fails(
        "a database snapshot is shared with a stranger's account",
        A_05b=_arn("rds", HOME, f"snapshot:for-the-vendor/share/{STRANGER}"),
    ),
    *fails(
        "an Aurora database is replicated to Frankfurt",
        A_04=_arn("rds", HOME, f"cluster:feed/replication/{_FEED}"),
    ),
    *fails("an Aurora replica is in Frankfurt", A_02=_FEED, A_07b=_FEED),
    *fails(
        "an Aurora replica is backed up in Frankfurt",
        A_02=_FEED_BACKUP,
        A_05=_FEED_BACKUP,
        A_07b=_FEED_BACKUP,
    ),
    *fails(
        "automated backups are replicated to Frankfurt", A_02=_BACKUP, A_05=_BACKUP, A_07b=_BACKUP
    ),
    *fails(
        "a table's policy lets a stranger's account read it",
        A_05b=_arn("dynamodb", HOME, f"table/advertising/share/{STRANGER}"),
    ),
    *fails("two keys are open to others", A_07=_arn("kms", HOME, "key/????????-*")),
    *fails("a key has a copy in Frankfurt", A_07=_arn("kms", HOME, "key/mrk-*")),
    *fails("the copy of a key is in Frankfurt", A_07=_arn("kms", FRANKFURT, "key/mrk-*")),
    *fails(
        "a trail is off, and it writes to its own account, where files can be deleted",
        G_01=USER_DATA,
        G_02=_arn("cloudtrail", HOME, "trail/user-data-trail"),
    ),
    *fails(
        "a bucket deletes a trail's files after a season",
        G_03=_arn("cloudtrail", HOME, "trail/user-data-trail"),
    ),
    *fails(
        "changes to a trail's files cannot be seen, and it writes to its own account",
        G_02=_arn("cloudtrail", HOME, "trail/logs-trail", LOGS),
    ),
)

# What is in Frankfurt is judged there; that the company's own account takes it adds this.
_TAKEN_ABROAD = (
    *fails(
        "another account of the company's takes what is in Frankfurt, and no register says so",
        B_08=_arn("*", FRANKFURT, f"*/share/{LOGS}"),
    ),
    *fails(
        "a warehouse's data is given to Frankfurt",
        B_08=_arn("redshift", HOME, f"*/{USER_DATA}/{FRANKFURT}"),
    ),
    *stays_open(
        "whoever works with the company in a clean room takes nobody knows what",
        B_08=_arn("cleanrooms", HOME, f"membership/*/share/{LOGS}"),
    ),
    *stays_open(
        "an answer about names leads to nobody knows whom",
        B_08=f"arn:aws:route53:::hostedzone/ZUSERS/edge/{HOME}",
        E_02=f"arn:aws:route53:::hostedzone/ZUSERS/edge/{HOME}",
    ),
)

GAPS: tuple[Planted, ...] = (
    *stays_open(
        "a bucket in Singapore that no rule classifies",
        A_02="arn:aws:s3:::scratch",
        A_07b="arn:aws:s3:::scratch",
    ),
    *stays_open("a bucket policy that is refused", A_05b="arn:aws:s3:::user-drafts/share/[?]"),
    *stays_open(
        "a bucket's replication that is refused", A_04="arn:aws:s3:::user-uploads/replication/[?]"
    ),
    *stays_open("Amazon states of no account what its own people reached", B_10b="[0-9]*"),
    *stays_open("an account that lets nobody in", G_01=ACQUIRED, G_10=f"*/{ACQUIRED}/*"),
    *stays_open(
        "databases of a region that are refused", G_10=f"*/{LOGS}/{SINGAPORE}/aws.rds.instance"
    ),
    *stays_open(
        "clusters of a region that are refused", G_10=f"*/{LOGS}/{SINGAPORE}/aws.rds.cluster"
    ),
    *stays_open("tables of a region that are refused", G_10=f"*/{LOGS}/*/aws.dynamodb.table"),
)

IN_PLOTS: tuple[Planted, ...] = tuple(each for plot in load_plots() for each in plot.planted)

_FOUND = (*BREACHES, *_TAKEN_ABROAD, *GAPS, *IN_PLOTS)
PLANTED: tuple[Planted, ...] = (*_FOUND, *echoes(_FOUND, REGISTERED), *IN_AWS)
