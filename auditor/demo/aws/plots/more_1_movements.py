"""Slow movements: migrations, reports and readers of backups, domains that follow others."""

from collections.abc import Mapping, Sequence
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_REPORTS_ABROAD, _REPORTS_AT_HOME = "northstar-backup-reports-eu", "northstar-backup-reports"
_PLAN, _PLAN_AT_HOME = (
    arn_of("backup", f"report-plan:northstar_{name}", WEST) for name in ("world", "country")
)
# Vaults of the plot on AWS Backup.
_VAULT = arn_of("backup", "backup-vault:northstar-west", WEST)
_METRICS = arn_of("backup", "backup-vault:northstar-metrics", FRANKFURT)
_READ_POINT, _METRICS_POINT = (
    arn_of("backup", f"access-point:{region}", region) for region in (WEST, FRANKFURT)
)
_ABROAD, _AT_HOME = (
    {
        name: arn_of("dms", f"{name}:FEED{region.upper()}", region)
        for name in ("replication-config", "endpoint")
    }
    for region in (FRANKFURT, WEST)
)
_PROVIDER, _LAKE, _TEST_PROVIDER = (
    arn_of("dms", f"data-provider:{name}", FRANKFURT) for name in ("ORDERS", "LAKE", "TEST")
)
_PROJECT, _TEST_PROJECT = (
    arn_of("dms", f"migration-project:{name}", FRANKFURT) for name in ("ORDERS", "TEST")
)
_AUDITED = arn_of("es", "domain/northstar-audited", account=LOGS)
_FOLLOWERS = {region: f"northstar-{region}" for region in (FRANKFURT, WEST)}


def _build(ground: Ground) -> None:
    for region, name in ((FRANKFURT, _REPORTS_ABROAD), (WEST, _REPORTS_AT_HOME)):
        make_bucket(ground.at(region), name, ground.keys[region], UNPROTECTED)


def _name(arn: str) -> str:
    return arn.rpartition(":")[2]


def _report(arn: str, bucket: str) -> Mapping[str, Any]:
    return {
        "ReportPlanArn": arn,
        "ReportPlanName": _name(arn),
        "ReportSetting": {"ReportTemplate": "BACKUP_JOB_REPORT"},
        "ReportDeliveryChannel": {"S3BucketName": bucket},
    }


def _reader(point: str, vault: str) -> Rule:
    region = vault.split(":")[3]
    answer = {
        "AccessPointArn": point,
        "AccessPointMetadata": {},
        "BackupVaultArn": vault,
        "BackupVaultName": _name(vault),
        "CreationTime": 1_600_000_000,
        "Name": "files",
        "RecoveryPointArn": arn_of("backup", "recovery-point:feed0011", region),
        "ResourceArn": arn_of("elasticfilesystem", "file-system/fs-0feed0011", region),
        "ResourceType": "EFS",
        "Status": "AVAILABLE",
    }
    return answered(
        "backup.ListBackupAccessPoints", {"BackupAccessPoints": [answer]}, region=region
    )


def _migration(region: str, arns: Mapping[str, str]) -> tuple[Rule, Rule]:
    """Return a serverless migration in a region, into a bucket in Oregon."""
    target = {
        "EndpointIdentifier": "lake",
        "EndpointArn": arns["endpoint"],
        "EndpointType": "target",
        "S3Settings": {"BucketName": _REPORTS_AT_HOME},
    }
    configuration = {
        "ReplicationConfigIdentifier": f"northstar-{region}",
        "ReplicationConfigArn": arns["replication-config"],
        "SourceEndpointArn": f"{arns['endpoint']}SOURCE",
        "TargetEndpointArn": arns["endpoint"],
        "ReplicationType": "full-load-and-cdc",
    }
    source = {
        "EndpointIdentifier": "orders",
        "EndpointArn": f"{arns['endpoint']}SOURCE",
        "EndpointType": "source",
        "ServerName": "orders.northstar.example",
    }
    return (
        answered("dms.DescribeEndpoints", {"Endpoints": [source, target]}, region=region),
        answered(
            "dms.DescribeReplicationConfigs", {"ReplicationConfigs": [configuration]}, region=region
        ),
    )


def _projects() -> tuple[Rule, Rule]:
    """Return two projects in Frankfurt, one of them for tests, and the servers that they use."""
    providers = [
        {"DataProviderName": _name(arn), "DataProviderArn": arn, "Engine": "postgres"}
        for arn in (_PROVIDER, _LAKE, _TEST_PROVIDER)
    ]
    projects = [
        {
            "MigrationProjectName": _name(project),
            "MigrationProjectArn": project,
            "SourceDataProviderDescriptors": [{"DataProviderArn": source}],
            "TargetDataProviderDescriptors": [{"DataProviderArn": target}],
        }
        for project, source, target in (
            (_PROJECT, _PROVIDER, _LAKE),
            (_TEST_PROJECT, _TEST_PROVIDER, _TEST_PROVIDER),
        )
    ]
    return (
        answered("dms.DescribeDataProviders", {"DataProviders": providers}, region=FRANKFURT),
        answered(
            "dms.DescribeMigrationProjects", {"MigrationProjects": projects}, region=FRANKFURT
        ),
    )


def _followed() -> Sequence[Rule]:
    """Return a domain of the log account that domains in two regions follow."""
    name = _AUDITED.rpartition("/")[2]
    whole: Mapping[str, Any] = {
        "DomainId": f"{LOGS}/{name}",
        "DomainName": name,
        "ARN": _AUDITED,
        "ClusterConfig": {},
        "EncryptionAtRestOptions": {"Enabled": True, "KmsKeyId": "alias/aws/es"},
    }
    rules = [
        Rule(operation=f"opensearch.{operation}", answer=answer, account=LOGS, region=HOME)
        for operation, answer in (
            ("ListDomainNames", {"DomainNames": [{"DomainName": name}]}),
            ("DescribeDomain", {"DomainStatus": whole}),
        )
    ]
    for region, follower in _FOLLOWERS.items():
        connection = {
            "ConnectionId": f"c-{region}",
            "LocalDomainInfo": _end(USER_DATA, region, follower),
            "RemoteDomainInfo": _end(LOGS, HOME, name),
            "ConnectionStatus": {"StatusCode": "ACTIVE"},
        }
        answer = {"Connections": [connection]}
        rules.append(answered("opensearch.DescribeOutboundConnections", answer, region=region))
    return rules


def _end(account: str, region: str, domain: str) -> Mapping[str, Any]:
    about = {"OwnerId": account, "Region": region, "DomainName": domain}
    return {"AWSDomainInformation": about}


PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_PLAN, _PLAN_AT_HOME, _PROVIDER, _PROJECT, _AUDITED), PROTECTED),
        **dict.fromkeys((_LAKE, _TEST_PROVIDER, _TEST_PROJECT), UNPROTECTED),
        **{
            arn: PROTECTED if name == "replication-config" else UNPROTECTED
            for arns in (_ABROAD, _AT_HOME)
            for name, arn in arns.items()
        },
        **{f"{arns['endpoint']}SOURCE": UNPROTECTED for arns in (_ABROAD, _AT_HOME)},
    },
    rules=(
        answered(
            "backup.ListReportPlans",
            {
                "ReportPlans": [
                    _report(_PLAN, _REPORTS_ABROAD),
                    _report(_PLAN_AT_HOME, _REPORTS_AT_HOME),
                ]
            },
            region=WEST,
        ),
        _reader(_READ_POINT, _VAULT),
        _reader(_METRICS_POINT, _METRICS),
        *_migration(FRANKFURT, _ABROAD),
        *_migration(WEST, _AT_HOME),
        *_projects(),
        *_followed(),
    ),
    planted=(
        *fails(
            "reports about backups are written to Frankfurt",
            A_04=f"{_PLAN}/export/{_REPORTS_ABROAD}",
        ),
        *stays_open(
            "whom an access point lets read files in a backup is not stated",
            A_05b=f"{_VAULT}/share/{_READ_POINT}",
        ),
        *stays_open(
            "copies of backups end where an access point lets read them",
            A_04b=f"* -> {_VAULT}/share/{_READ_POINT}",
        ),
        *fails("a serverless migration runs in Frankfurt", A_10=_ABROAD["replication-config"]),
        *stays_open(
            "whether a migration to Frankfurt has run is not stated",
            A_04=f"{_ABROAD['replication-config']}/sync/{_ABROAD['endpoint']}",
        ),
        *fails("a server is migrated from Frankfurt", A_10=_PROVIDER),
        *fails("a migration project runs in Frankfurt", A_10=_PROJECT),
        *fails("a migration's steps end in Frankfurt", A_04b=f"{_PROVIDER} -> {_LAKE}"),
        *stays_open(
            "where the servers of a migration project are, and whether it ran, is not stated",
            A_04=f"{_PROVIDER}/sync/*",
            A_04b=f"{_PROVIDER} -> *",
        ),
        *stays_open(
            "whether a migration project has written to its target is not stated",
            A_04=f"{_PROJECT}/sync/*",
            A_04b=f"{_PROJECT} -> *",
        ),
        *fails(
            "a domain in Frankfurt follows one of the log account",
            A_04=f"{_AUDITED}/replication/outbound/c-{FRANKFURT}",
        ),
    ),
)
