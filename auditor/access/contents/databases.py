"""Tables, databases, caches and their copies: the actions that reach what they hold."""

from auditor.access.contents.base import Contents, Table

_SQL = "BatchExecuteStatement ExecuteStatement ExecuteSql"
_RDS_READ = "rds-db:connect " + " ".join(f"rds-data:{each}" for each in _SQL.split())
_RDS_SNAPSHOT = Contents(
    types=("snapshot", "cluster-snapshot"),
    read="RestoreDBInstanceFromDBSnapshot RestoreDBClusterFromSnapshot",
    share="ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute CopyDBSnapshot "
    "CopyDBClusterSnapshot StartExportTask",
    write="ModifyDBSnapshot",
)
_RDS_BACKUP = Contents(
    types=("auto-backup", "cluster-auto-backup"),
    read="RestoreDBInstanceToPointInTime RestoreDBClusterToPointInTime",
    share="StartDBInstanceAutomatedBackupsReplication",
)
_RDS = Contents(
    types=("db", "cluster"),
    read=f"{_RDS_READ} RestoreDBInstanceToPointInTime RestoreDBClusterToPointInTime "
    "CreateDBInstanceReadReplica CreateBlueGreenDeployment StartActivityStream "
    "DownloadCompleteDBLogFile DownloadDBLogFilePortion",
    write="BacktrackDBCluster",
    share="CreateDBSnapshot CreateDBClusterSnapshot StartExportTask CreateIntegration "
    "CreateGlobalCluster StartDBInstanceAutomatedBackupsReplication",
    # A new main password lets in whoever sets it.
    administer="ModifyDBInstance ModifyDBCluster DeleteDBInstance DeleteDBCluster",
    none="CreateDBInstance CreateDBCluster RestoreDBInstanceFromS3 RestoreDBClusterFromS3",
)

DATABASES: Table = {
    ("dynamodb", "table"): Contents(
        types=("table", "index", "stream"),
        read="GetItem BatchGetItem Query Scan PartiQLSelect GetRecords ConditionCheckItem "
        "ReadDataForReplication RestoreTableToPointInTime",
        write="PutItem UpdateItem DeleteItem BatchWriteItem PartiQLInsert PartiQLUpdate "
        "PartiQLDelete WriteDataForReplication",
        share="ExportTableToPointInTime CreateBackup StartAwsBackupJob CreateTableReplica "
        "EnableKinesisStreamingDestination CreateGlobalTable AssociateTableReplica",
        none="CreateTable ImportTable RestoreTableFromAwsBackup",
    ),
    ("dynamodb", "backup"): Contents(
        types=("backup",),
        read="RestoreTableFromBackup",
    ),
    ("rds", "database"): _RDS,
    ("rds", "replica"): _RDS,
    ("rds", "snapshot"): _RDS_SNAPSHOT,
    ("rds", "backup"): _RDS_BACKUP,
}
