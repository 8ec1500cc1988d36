"""Databases of other kinds than those of the ground: peers, exports, migrations, and Oracle's."""

from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, as_list, make_bucket, make_cluster
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_ABROAD, _AT_HOME = "northstar-database-exports", "northstar-database-archive"
_DUBLIN, _OHIO = "eu-west-1", "us-east-2"


_ORDERS = arn_of("rds", "cluster:orders")
_DELETED = arn_of("rds", "cluster-auto-backup:ab-orders", FRANKFURT)
_INTEGRATION = arn_of("rds", "integration:orders")
_WAREHOUSE = arn_of("redshift", "namespace:northstar", account=STRANGER)
_WRITERS = arn_of("rds", "og:northstar-sqlserver")
_GLOBAL, _DOMESTIC = arn_of("dsql", "cluster/feedglobal"), arn_of("dsql", "cluster/feeddomestic")
_CHANGES = f"{_GLOBAL}/stream/changes"
_PEER, _PEER_AT_HOME = (
    arn_of("dsql", "cluster/feedglobal2", FRANKFURT),
    arn_of("dsql", "cluster/feeddomestic2", WEST),
)
_COMMENTS = arn_of("docdb-elastic", "cluster/feed-0001", FRANKFURT)
_FRIENDS = arn_of("neptune-graph", "graph/g-feed000001")
_FRIENDS_COPY = arn_of("neptune-graph", "graph-snapshot/gs-feed000001", FRANKFURT)
_LEDGER = arn_of("odb", "autonomous-database/adb_feed0001")
_LEDGER_TEST = arn_of("odb", "autonomous-database/adb_feed0002")
_LEDGER_THERE = "ocid1.autonomousdatabase.oc1.iad.feed0001"
_STANDBY = arn_of("odb", "autonomous-database/adb_feed0003", FRANKFURT)


def _build(ground: Ground) -> None:
    make_bucket(ground.at(FRANKFURT), _ABROAD, ground.keys[FRANKFURT], UNPROTECTED)
    make_bucket(ground.at(WEST), _AT_HOME, ground.keys[WEST], UNPROTECTED)
    make_cluster(ground.at(), "orders", ground.keys[HOME])


def _export(name: str, bucket: str) -> dict[str, Any]:
    return {
        "ExportTaskIdentifier": name,
        "SourceArn": _ORDERS,
        "S3Bucket": bucket,
        "Status": "COMPLETE",
    }


def _relational() -> tuple[Rule, ...]:
    backup = {
        "DBClusterAutomatedBackupsArn": _DELETED,
        "DBClusterIdentifier": "orders-old",
        "DBClusterArn": arn_of("rds", "cluster:orders-old"),
        "Region": HOME,
        "StorageEncryptionType": "sse-rds",
        "TagList": as_list(PROTECTED),
    }
    integration = {
        "IntegrationArn": _INTEGRATION,
        "SourceArn": _ORDERS,
        "TargetArn": _WAREHOUSE,
        "Status": "active",
    }
    group = {
        "OptionGroupName": "northstar-sqlserver",
        "OptionGroupArn": _WRITERS,
        "Options": [{"OptionName": "SQLSERVER_BACKUP_RESTORE"}],
    }
    exports = [_export("orders-abroad", _ABROAD), _export("orders-archive", _AT_HOME)]
    return (
        answered("rds.DescribeExportTasks", {"ExportTasks": exports}),
        answered("rds.DescribeIntegrations", {"Integrations": [integration]}),
        answered("rds.DescribeOptionGroups", {"OptionGroupsList": [group]}),
        answered(
            "rds.DescribeDBClusterAutomatedBackups",
            {"DBClusterAutomatedBackups": [backup]},
            region=FRANKFURT,
        ),
    )


def _distributed() -> tuple[Rule, ...]:
    """Return clusters of DSQL, each with a peer and a witness."""
    clusters = ((_GLOBAL, _PEER, _DUBLIN), (_DOMESTIC, _PEER_AT_HOME, _OHIO))
    listed = [{"identifier": arn.rpartition("/")[2], "arn": arn} for arn, _, _ in clusters]
    details = [
        answered(
            "dsql.GetCluster",
            {
                "identifier": arn.rpartition("/")[2],
                "arn": arn,
                "status": "ACTIVE",
                "encryptionDetails": {
                    "encryptionType": "AWS_OWNED_KMS_KEY",
                    "encryptionStatus": "ENABLED",
                },
                "multiRegionProperties": {"witnessRegion": witness, "clusters": [arn, peer]},
                "tags": PROTECTED,
            },
            words=arn.rpartition("/")[2],
        )
        for arn, peer, witness in clusters
    ]
    stream = {
        "clusterIdentifier": "feedglobal",
        "streamIdentifier": "changes",
        "arn": _CHANGES,
        "creationTime": 1600560000,
        "status": "ACTIVE",
    }
    streams = (
        answered("dsql.ListStreams", {"streams": [stream]}, words="feedglobal"),
        Rule(operation="dsql.ListStreams", answer={"streams": []}),
    )
    refusal = Rule(operation="dsql.GetClusterPolicy", status=400, code="ResourceNotFoundException")
    return (answered("dsql.ListClusters", {"clusters": listed}), *details, *streams, refusal)


def _documents_and_graphs() -> tuple[Rule, ...]:
    comments = {"clusterArn": _COMMENTS, "clusterName": "comments"}
    graph = {
        "id": "g-feed000001",
        "name": "friends",
        "arn": _FRIENDS,
        "kmsKeyIdentifier": "AWS_OWNED_KEY",
    }
    snapshot = {
        "id": "gs-feed000001",
        "name": "friends-copy",
        "arn": _FRIENDS_COPY,
        "sourceGraphId": "g-feed000001",
        "kmsKeyIdentifier": "AWS_OWNED_KEY",
    }
    exports = [
        {
            "graphId": "g-feed000001",
            "taskId": f"t-{bucket}",
            "roleArn": f"arn:aws:iam::{USER_DATA}:role/export",
            "status": "SUCCEEDED",
            "format": "PARQUET",
            "destination": f"s3://{bucket}/friends",
            "kmsKeyIdentifier": "AWS_OWNED_KEY",
        }
        for bucket in (_ABROAD, _AT_HOME)
    ]
    return (
        answered("docdb-elastic.ListClusters", {"clusters": [comments]}, region=FRANKFURT),
        answered(
            "docdb-elastic.GetCluster",
            {"cluster": {**comments, "kmsKeyId": arn_of("kms", "key/feed-0001", FRANKFURT)}},
            region=FRANKFURT,
        ),
        answered("neptune-graph.ListGraphs", {"graphs": [graph]}),
        answered("neptune-graph.ListExportTasks", {"tasks": exports}),
        answered(
            "neptune-graph.ListGraphSnapshots", {"graphSnapshots": [snapshot]}, region=FRANKFURT
        ),
    )


def _oracle() -> tuple[Rule, ...]:
    listed = [
        {
            "autonomousDatabaseId": arn.rpartition("/")[2],
            "autonomousDatabaseArn": arn,
            "ocid": ocid,
            "displayName": name,
            "availabilityZone": f"{HOME}a",
            "encryptionSummary": {"encryptionKeyProvider": "ORACLE_MANAGED"},
        }
        for arn, name, ocid in (
            (_LEDGER, "ledger", _LEDGER_THERE),
            (_LEDGER_TEST, "ledger-test", _LEDGER_THERE.replace("feed0001", "feed0002")),
        )
    ]
    peer = {"autonomousDatabaseArn": _STANDBY, "region": FRANKFURT}
    operation = "odb.ListAutonomousDatabasePeers"
    return (
        answered("odb.ListAutonomousDatabases", {"autonomousDatabases": listed}),
        answered(operation, {"autonomousDatabasePeers": [peer]}, words="adb_feed0001"),
    )


PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_WRITERS, _COMMENTS, _FRIENDS, _FRIENDS_COPY, _LEDGER), PROTECTED),
        _LEDGER_TEST: UNPROTECTED,
    },
    rules=(
        *_relational(),
        *_distributed(),
        *_documents_and_graphs(),
        *_oracle(),
        # moto breaks on these where there is nothing to list.
        Rule(operation="rds.DescribeOptionGroups", answer={"OptionGroupsList": []}),
        Rule(operation="dsql.ListClusters", answer={"clusters": []}),
    ),
    planted=(
        *fails(
            "a cluster was exported to a bucket in Frankfurt",
            A_04=f"{_ORDERS}/export/orders-abroad",
        ),
        *fails(
            "a cluster streams into a stranger's warehouse",
            A_04=f"{_ORDERS}/stream/{_INTEGRATION}",
        ),
        *fails(
            "backups of a deleted cluster are in Frankfurt",
            A_02=_DELETED,
            A_05=_DELETED,
            A_07b=_DELETED,
        ),
        *stays_open(
            "databases may write to whichever bucket their users name", A_04=f"{_WRITERS}/export/*"
        ),
        *fails("a cluster has a peer in Frankfurt", A_04=f"{_GLOBAL}/replication/{_PEER}"),
        *fails(
            "a cluster's witness keeps its log in Dublin",
            A_04=f"{_GLOBAL}/replication/witness in {_DUBLIN}",
        ),
        *stays_open(
            "the changes of a cluster go to a stream that its list does not name",
            A_04=f"{_GLOBAL}/stream/{_CHANGES}",
        ),
        *fails("a cluster of documents is in Frankfurt", A_02=_COMMENTS),
        *stays_open("its key is not among those that were collected", A_07b=_COMMENTS),
        *fails(
            "a graph was exported to a bucket in Frankfurt",
            A_04=f"{_FRIENDS}/export/t-{_ABROAD}",
        ),
        *fails(
            "a graph's snapshot is in Frankfurt",
            A_02=_FRIENDS_COPY,
            A_05=_FRIENDS_COPY,
            A_07b=_FRIENDS_COPY,
        ),
        *stays_open(
            "it goes on in Oracle Cloud, into which this audit does not look",
            A_04=f"{_LEDGER}/mount/{_LEDGER_THERE}",
        ),
        *fails(
            "a database of Oracle's has a peer in Frankfurt",
            A_04=f"{_LEDGER}/replication/{_STANDBY}",
        ),
    ),
)
