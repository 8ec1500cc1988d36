"""DynamoDB, its accelerators, Keyspaces and Timestream: copies that stay and copies that leave."""

from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, SINGAPORE, STRANGER, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket, make_table
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_LIKES, _DRAFTS = (arn_of("dynamodb", f"table/northstar-{name}") for name in ("likes", "drafts"))
_BACKUP = arn_of("dynamodb", "table/northstar-likes/backup/0001", FRANKFURT)
_GIVEN, _KEPT = f"{_LIKES}/export/0001", f"{_LIKES}/export/0002"
_IMPORT = arn_of("dynamodb", "table/northstar-likes/import/0001", FRANKFURT)
_EXPORTS = "northstar-exports"
_FAST, _OPEN = (arn_of("dax", f"cache/northstar-{name}") for name in ("fast", "open"))
_NEAR, _FAR = (arn_of("cassandra", f"/keyspace/northstar_{name}/") for name in ("near", "far"))
_TIMES = arn_of("timestream", "database/northstar")
_VIEWS = f"{_TIMES}/table/views"
_METRICS, _ABROAD = (
    arn_of("timestream-influxdb", f"db-instance/{name}", region)
    for name, region in (("northstar1", HOME), ("northstar2", FRANKFURT))
)
_BUCKET = "arn:aws:s3:::"


def _build(ground: Ground) -> None:
    make_table(ground.at(), "northstar-likes", ground.keys[HOME])
    make_table(ground.at(), "northstar-drafts", ground.keys[HOME])
    make_bucket(ground.at(), _EXPORTS, ground.keys[HOME])
    ground.at().client("dynamodb").create_backup(
        TableName="northstar-drafts", BackupName="northstar-drafts-nightly"
    )
    timestream = ground.at().client("timestream-write")
    timestream.create_database(DatabaseName="northstar", KmsKeyId=ground.keys[HOME])
    timestream.create_table(
        DatabaseName="northstar",
        TableName="views",
        MagneticStoreWriteProperties={
            "EnableMagneticStoreWrites": True,
            "MagneticStoreRejectedDataLocation": {
                "S3Configuration": {"BucketName": "northstar-nowhere"}
            },
        },
    )


def _table(arn: str, *replicas: str, witness: str = "") -> Any:
    table = {
        "TableName": arn.rpartition("/")[2],
        "TableArn": arn,
        "TableStatus": "ACTIVE",
        "CreationDateTime": "2020-09-20T00:00:00Z",
        "TableSizeBytes": 0,
        "Replicas": [{"RegionName": region} for region in replicas],
        "GlobalTableWitnesses": [{"RegionName": witness}] if witness else [],
    }
    return answered("dynamodb.DescribeTable", {"Table": table}, words=arn.rpartition("/")[2])


def _streams(table: str, account: str) -> Any:
    stream = {
        "StreamArn": arn_of("kinesis", f"stream/northstar-{table}", account=account),
        "DestinationStatus": "ACTIVE",
    }
    return answered(
        "dynamodb.DescribeKinesisStreamingDestination",
        {"TableName": table, "KinesisDataStreamDestinations": [stream]},
        words=f"northstar-{table}",
    )


def _exported(export: str, bucket: str, owner: str) -> Any:
    description = {"ExportArn": export, "S3Bucket": bucket, "S3BucketOwner": owner}
    return answered("dynamodb.DescribeExport", {"ExportDescription": description}, words=export)


_BACKED_UP = {
    "BackupArn": _BACKUP,
    "BackupName": "northstar-likes-abroad",
    "TableArn": arn_of("dynamodb", "table/northstar-likes", FRANKFURT),
    "BackupSizeBytes": 1,
}
_IMPORTED = {
    "ImportArn": _IMPORT,
    "ImportStatus": "COMPLETED",
    "TableArn": _BACKED_UP["TableArn"],
    "S3BucketSource": {"S3Bucket": _EXPORTS},
}
_GROUPS = [
    {
        "GlobalTableName": name.rpartition("/")[2],
        "ReplicationGroup": [{"RegionName": HOME}, {"RegionName": region}],
    }
    for name, region in ((_LIKES, FRANKFURT), (_DRAFTS, WEST))
]
_DYNAMODB = (
    _table(_LIKES, WEST, FRANKFURT, witness=FRANKFURT),
    _table(_DRAFTS, WEST),
    _streams("likes", STRANGER),
    _streams("drafts", LOGS),
    answered(
        "dynamodb.ListExports",
        {
            "ExportSummaries": [
                {"ExportArn": arn, "ExportStatus": "COMPLETED"} for arn in (_GIVEN, _KEPT)
            ]
        },
    ),
    _exported(_GIVEN, "northstar-partner", STRANGER),
    _exported(_KEPT, _EXPORTS, "222222222222"),
    answered("dynamodb.ListImports", {"ImportSummaryList": [_IMPORTED]}, region=FRANKFURT),
    answered("dynamodb.ListBackups", {"BackupSummaries": [_BACKED_UP]}, region=FRANKFURT),
    answered(
        "dynamodb.DescribeBackup",
        {"BackupDescription": {"BackupDetails": {"BackupArn": _BACKUP}}},
        region=FRANKFURT,
    ),
    answered("dynamodb.ListGlobalTables", {"GlobalTables": _GROUPS}),
)


_DISCOVERED = {
    "Endpoints": [
        {
            "Address": f"ingest.timestream.{SINGAPORE}.amazonaws.com",
            "CachePeriodInMinutes": 1440,
        }
    ]
}
# moto does not know the service there.
_NOT_OFFERED = (
    Rule(operation="timestream-write.DescribeEndpoints", region=SINGAPORE, answer=_DISCOVERED),
    Rule(operation="timestream-write.ListDatabases", region=SINGAPORE, answer={}),
    Rule(operation="timestream-influxdb.ListDbInstances", region=SINGAPORE, answer={}),
)


def _cluster(arn: str, status: str) -> dict[str, Any]:
    return {
        "ClusterArn": arn,
        "ClusterName": arn.rpartition("/")[2],
        "Nodes": [{"AvailabilityZone": f"{HOME}a"}],
        "SSEDescription": {"Status": status},
    }


def _keyspace(arn: str, *regions: str) -> dict[str, Any]:
    return {
        "keyspaceName": arn.split("/")[2],
        "resourceArn": arn,
        "replicationStrategy": "MULTI_REGION",
        "replicationRegions": [HOME, *regions],
    }


def _instance(arn: str, region: str) -> tuple[Any, Any]:
    item = {"id": arn.rpartition("/")[2], "name": arn.rpartition("/")[2], "arn": arn}
    described = {**item, "availabilityZone": f"{region}a", "vpcSubnetIds": []}
    return (
        answered("timestream-influxdb.ListDbInstances", {"items": [item]}, region=region),
        answered("timestream-influxdb.GetDbInstance", described, region=region),
    )


PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_BACKUP, _FAST, _OPEN, _NEAR, _FAR, _METRICS, _ABROAD), PROTECTED),
        **dict.fromkeys((_TIMES, _VIEWS), UNPROTECTED),
    },
    rules=(
        *_DYNAMODB,
        answered(
            "dax.DescribeClusters",
            {"Clusters": [_cluster(_FAST, "ENABLED"), _cluster(_OPEN, "DISABLED")]},
        ),
        answered(
            "keyspaces.ListKeyspaces",
            {"keyspaces": [_keyspace(_NEAR, WEST), _keyspace(_FAR, FRANKFURT)]},
        ),
        *_NOT_OFFERED,
        *_instance(_METRICS, HOME),
        *_instance(_ABROAD, FRANKFURT),
    ),
    planted=(
        *fails(
            "a table replicates to Frankfurt",
            A_04=f"{_LIKES}/replication/arn:aws:dynamodb:{FRANKFURT}:*",
        ),
        *fails("a table has a witness in Frankfurt", A_04=f"{_LIKES}/replication/witness/*"),
        *fails(
            "a table of the older version replicates to Frankfurt",
            A_04=f"{_LIKES}/replication/2017/*",
        ),
        *fails("a table streams to a stranger", A_04=f"{_LIKES}/stream/*"),
        *fails("a table was exported to a stranger", A_04=f"{_LIKES}/export/{_GIVEN}"),
        *fails("an export was imported into Frankfurt", A_04=f"{_BUCKET}{_EXPORTS}/copy/{_IMPORT}"),
        *fails("a table's backup is in Frankfurt", A_02=_BACKUP, A_05=_BACKUP, A_07b=_BACKUP),
        *fails("an accelerator is not encrypted", A_06=_OPEN, A_07b=_OPEN),
        *fails("a keyspace replicates to Frankfurt", A_04=f"{_FAR}/replication/*"),
        *stays_open("nobody states the keys of a keyspace's tables", A_07b=_NEAR),
        *stays_open("nobody states the keys of a keyspace's tables", A_07b=_FAR),
        *fails("a time-series instance is in Frankfurt", A_02=_ABROAD, A_07b=_ABROAD),
    ),
)
