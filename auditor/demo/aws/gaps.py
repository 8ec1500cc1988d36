"""The part of the estate that cannot be read, on purpose; ``planted`` says what stays open."""

from auditor.demo.aws.accounts import (
    ACQUIRED,
    CLOSED_REGIONS,
    FRANKFURT,
    LOGS,
    OPEN_REGIONS,
    SINGAPORE,
    USER_DATA,
    WEST,
    Builder,
)
from auditor.demo.aws.ordinary import make_bucket
from auditor.demo.aws.transport import Rule


def open_gaps(home: Builder, singapore: Builder, key: str) -> None:
    """Build what the rules below then refuse to show."""
    make_bucket(singapore, "scratch", "", tags={})
    make_bucket(home, "user-drafts", key)
    make_bucket(home, "user-uploads", key)


def _regions() -> str:
    """Return an answer to DescribeRegions: moto opens all regions, the demo a few."""
    states = dict.fromkeys(OPEN_REGIONS, "opt-in-not-required")
    states |= dict.fromkeys(CLOSED_REGIONS, "not-opted-in")
    items = "".join(
        f"<item><regionName>{name}</regionName><optInStatus>{state}</optInStatus></item>"
        for name, state in states.items()
    )
    return (
        "<DescribeRegionsResponse><requestId>demo</requestId>"
        f"<regionInfo>{items}</regionInfo></DescribeRegionsResponse>"
    )


def _automated_backups(backups: str = "") -> str:
    return (
        "<DescribeDBInstanceAutomatedBackupsResponse><DescribeDBInstanceAutomatedBackupsResult>"
        f"<DBInstanceAutomatedBackups>{backups}</DBInstanceAutomatedBackups>"
        "</DescribeDBInstanceAutomatedBackupsResult>"
        "</DescribeDBInstanceAutomatedBackupsResponse>"
    )


_REPLICATED_BACKUP = (
    "<DBInstanceAutomatedBackup>"
    f"<DBInstanceAutomatedBackupsArn>arn:aws:rds:{FRANKFURT}:{USER_DATA}:auto-backup:ab-accounts-3"
    "</DBInstanceAutomatedBackupsArn>"
    f"<DBInstanceArn>arn:aws:rds:us-east-1:{USER_DATA}:db:accounts-3</DBInstanceArn>"
    "<DBInstanceIdentifier>accounts-3</DBInstanceIdentifier>"
    "<AllocatedStorage>100</AllocatedStorage><Encrypted>true</Encrypted>"
    "<StorageEncryptionType>sse-rds</StorageEncryptionType>"
    "<InstanceCreateTime>2020-09-20T00:00:00Z</InstanceCreateTime>"
    "</DBInstanceAutomatedBackup>"
)

_BACKUPS = "rds.DescribeDBInstanceAutomatedBackups"
RULES: tuple[Rule, ...] = (
    Rule(operation="ec2.DescribeRegions", body=_regions()),
    Rule(
        operation=_BACKUPS,
        account=USER_DATA,
        region=FRANKFURT,
        body=_automated_backups(_REPLICATED_BACKUP),
    ),
    Rule(operation=_BACKUPS, body=_automated_backups()),
    # moto gives an account's policies on logs as those of every log group, too.
    Rule(
        operation="logs.DescribeResourcePolicies",
        words='"policyScope": "RESOURCE"',
        answer={"resourcePolicies": []},
    ),
    Rule(operation="sts.AssumeRole", words=ACQUIRED),
    Rule(operation="s3.GetBucketPolicy", words="user-drafts"),
    Rule(operation="s3.GetBucketPolicyStatus", words="user-drafts"),
    Rule(operation="s3.GetBucketReplication", words="user-uploads"),
    Rule(operation="dynamodb.ListTables", account=LOGS, region=WEST, code="AccessDeniedException"),
    *(
        Rule(operation=operation, account=LOGS, region=SINGAPORE)
        for operation in ("rds.DescribeDBInstances", "rds.DescribeDBClusters")
    ),
)
