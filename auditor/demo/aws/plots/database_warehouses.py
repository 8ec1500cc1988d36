"""Redshift, with servers and without: snapshots, shares and copies that stay or leave."""

from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, as_list, make_table
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.planted import fails

_VIEWS, _TRENDS, _ABROAD = (
    arn_of("redshift", f"cluster:northstar-{name}", region)
    for name, region in (("views", HOME), ("trends", HOME), ("abroad", FRANKFURT))
)
_NAMESPACE, _OF_TRENDS = (arn_of("redshift", f"namespace:{name}") for name in ("1", "2"))
_GIVEN, _KEPT = (
    arn_of("redshift", f"snapshot:northstar-views/{name}") for name in ("given", "kept")
)
_SHARE = arn_of("redshift", "datashare:1/northstar")
_ADHOC, _REPORTS = (
    arn_of("redshift-serverless", f"namespace/northstar-{name}") for name in ("adhoc", "reports")
)
_ADHOC_SNAPSHOT = arn_of("redshift-serverless", "snapshot/northstar-adhoc")
_INTEGRATION = arn_of("redshift", "integration:1")
_RANKINGS = arn_of("dynamodb", "table/northstar-rankings")


def _build(ground: Ground) -> None:
    make_table(ground.at(), "northstar-rankings", ground.keys[HOME])


def _cluster(arn: str, region: str = HOME, **item: Any) -> dict[str, Any]:
    return {
        "ClusterIdentifier": arn.rpartition(":")[2],
        "AvailabilityZone": f"{region}a",
        "Encrypted": True,
        "KmsKeyId": "alias/aws/redshift",
        "Tags": as_list(PROTECTED),
        **item,
    }


def _copied(region: str) -> dict[str, Any]:
    return {"DestinationRegion": region, "RetentionPeriod": 7}


def _snapshot(arn: str, account: str) -> dict[str, Any]:
    return {
        "SnapshotArn": arn,
        "SnapshotIdentifier": arn.rpartition("/")[2],
        "ClusterIdentifier": "northstar-views",
        "Encrypted": True,
        "KmsKeyId": "alias/aws/redshift",
        "AccountsWithRestoreAccess": [{"AccountId": account}],
        "Tags": as_list(PROTECTED),
    }


def _consumer(name: str, region: str = HOME, status: str = "ACTIVE") -> dict[str, Any]:
    return {"ConsumerIdentifier": name, "ConsumerRegion": region, "Status": status}


def _copies(namespace: str, region: str) -> Any:
    name = namespace.rpartition("/")[2]
    copy = {"namespaceName": name, "destinationRegion": region}
    return answered(
        "redshift-serverless.ListSnapshotCopyConfigurations",
        {"snapshotCopyConfigurations": [copy]},
        words=name,
    )


def _namespace(arn: str) -> dict[str, Any]:
    name = arn.rpartition("/")[2]
    return {"namespaceArn": arn, "namespaceName": name, "kmsKeyId": "AWS_OWNED_KMS_KEY"}


_CLUSTERS = [
    _cluster(_VIEWS, ClusterNamespaceArn=_NAMESPACE, ClusterSnapshotCopyStatus=_copied(FRANKFURT)),
    _cluster(
        _TRENDS,
        ClusterNamespaceArn=_OF_TRENDS,
        Encrypted=False,
        ClusterSnapshotCopyStatus=_copied(WEST),
    ),
]
_SHARES = [
    {
        "DataShareArn": _SHARE,
        "ProducerArn": _NAMESPACE,
        "DataShareAssociations": [
            _consumer(STRANGER),
            _consumer(LOGS),
            _consumer(USER_DATA, WEST),
            _consumer(USER_DATA, FRANKFURT),
            _consumer("888888888888", status="REJECTED"),
        ],
    }
]
_ENDPOINTS = [
    {"ClusterIdentifier": "northstar-views", "Grantee": account, "Status": "Authorized"}
    for account in (STRANGER, LOGS)
]
_RESTORABLE = {
    "snapshotArn": _ADHOC_SNAPSHOT,
    "snapshotName": "northstar-adhoc",
    "namespaceArn": _ADHOC,
    "kmsKeyId": "AWS_OWNED_KMS_KEY",
    "accountsWithRestoreAccess": [STRANGER, LOGS],
}
_SYNCED = {
    "IntegrationArn": _INTEGRATION,
    "SourceArn": _RANKINGS,
    "TargetArn": arn_of("redshift", "namespace:3", FRANKFURT),
    "Status": "active",
    "Tags": as_list(PROTECTED),
}
_LOGGED = {"LoggingEnabled": True, "LogDestinationType": "s3", "BucketName": f"audit-logs-{LOGS}"}

PLOT = Plot(
    build=_build,
    tags=dict.fromkeys((_ADHOC, _REPORTS, _SHARE), PROTECTED),
    rules=(
        answered("redshift.DescribeClusters", {"Clusters": _CLUSTERS}),
        answered(
            "redshift.DescribeClusters",
            {"Clusters": [_cluster(_ABROAD, FRANKFURT)]},
            region=FRANKFURT,
        ),
        answered("redshift.DescribeLoggingStatus", _LOGGED, words="northstar-views"),
        answered("redshift.DescribeLoggingStatus", {"LoggingEnabled": False}),
        answered("redshift.DescribeLoggingStatus", {"LoggingEnabled": False}, region=FRANKFURT),
        answered(
            "redshift.DescribeClusterSnapshots",
            {"Snapshots": [_snapshot(_GIVEN, STRANGER), _snapshot(_KEPT, LOGS)]},
        ),
        answered("redshift.DescribeDataShares", {"DataShares": _SHARES}),
        answered(
            "redshift.DescribeEndpointAuthorization", {"EndpointAuthorizationList": _ENDPOINTS}
        ),
        answered("redshift.DescribeIntegrations", {"Integrations": [_SYNCED]}),
        answered(
            "redshift-serverless.ListNamespaces",
            {"namespaces": [_namespace(_ADHOC), _namespace(_REPORTS)]},
        ),
        _copies(_ADHOC, FRANKFURT),
        _copies(_REPORTS, WEST),
        answered("redshift-serverless.ListSnapshots", {"snapshots": [_RESTORABLE]}),
    ),
    planted=(
        *fails("a table is integrated into a warehouse abroad", A_04=f"{_RANKINGS}/replication/*"),
        *fails("a warehouse is in Frankfurt", A_02=_ABROAD, A_07b=_ABROAD),
        *fails("a warehouse is not encrypted", A_06=_TRENDS, A_07b=_TRENDS),
        *fails("snapshots of a warehouse go to Frankfurt", A_04=f"{_VIEWS}/backup/snapshots"),
        *fails("a stranger may restore a snapshot", A_05b=f"{_GIVEN}/share/{STRANGER}"),
        *fails("a stranger reads a data share", A_05b=f"{_NAMESPACE}/share/{_SHARE}/{STRANGER}/*"),
        *fails(
            "a data share is read in Frankfurt",
            A_04=f"{_NAMESPACE}/mount/{_SHARE}/{USER_DATA}/{FRANKFURT}",
        ),
        *fails(
            "a stranger may connect to a warehouse", A_05b=f"{_VIEWS}/share/endpoint/{STRANGER}"
        ),
        *fails(
            "snapshots of a serverless warehouse go to Frankfurt",
            A_04=f"{_ADHOC}/backup/snapshots/{FRANKFURT}",
        ),
        *fails(
            "a stranger may restore a serverless snapshot",
            A_05b=f"{_ADHOC_SNAPSHOT}/share/{STRANGER}",
        ),
    ),
)
