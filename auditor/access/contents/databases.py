"""Databases and their copies: the actions that reach what they hold."""

from auditor.access.contents.base import Contents, Table

_ACCOUNTS = "read with accounts of the database, which IAM knows nothing of"
_ORACLE = Contents(types=("database of Oracle",), closed=_ACCOUNTS)
# Clusters of Neptune are listed with the others, and no action tells them apart.
_RDS = Contents(
    types=("db", "cluster"),
    read="rds-db:connect rds-data:ExecuteStatement rds-data:BatchExecuteStatement "
    "rds-data:ExecuteSql neptune-db:ReadDataViaQuery neptune-db:GetStreamRecords "
    "RestoreDBInstanceToPointInTime RestoreDBClusterToPointInTime CreateDBInstanceReadReplica "
    "CreateBlueGreenDeployment StartActivityStream DownloadCompleteDBLogFile "
    "DownloadDBLogFilePortion",
    write="BacktrackDBCluster neptune-db:WriteDataViaQuery neptune-db:DeleteDataViaQuery "
    "neptune-db:ResetDatabase neptune-db:StartLoaderJob",
    share="CreateDBSnapshot CreateDBClusterSnapshot StartExportTask CreateIntegration "
    "CreateGlobalCluster StartDBInstanceAutomatedBackupsReplication",
    # A new main password lets in whoever sets it.
    administer="ModifyDBInstance ModifyDBCluster DeleteDBInstance DeleteDBCluster",
    none="CreateDBInstance CreateDBCluster RestoreDBInstanceFromS3 RestoreDBClusterFromS3",
)
_RDS_SNAPSHOT = Contents(
    types=("snapshot", "cluster-snapshot"),
    read="RestoreDBInstanceFromDBSnapshot RestoreDBClusterFromSnapshot",
    share="ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute CopyDBSnapshot "
    "CopyDBClusterSnapshot StartExportTask",
    administer="ModifyDBSnapshot",
)
_RDS_BACKUP = Contents(
    types=("auto-backup", "cluster-auto-backup"),
    read="RestoreDBInstanceToPointInTime RestoreDBClusterToPointInTime",
    share="StartDBInstanceAutomatedBackupsReplication",
)
_REDSHIFT_DATA = "redshift-data:ExecuteStatement redshift-data:BatchExecuteStatement"

DATABASES: Table = {
    ("rds", "database"): _RDS,
    ("rds", "replica"): _RDS,
    ("rds", "snapshot"): _RDS_SNAPSHOT,
    ("rds", "backup"): _RDS_BACKUP,
    ("redshift", "cluster"): Contents(
        types=("cluster", "dbuser", "dbname", "dbgroup"),
        read=f"GetClusterCredentials GetClusterCredentialsWithIAM {_REDSHIFT_DATA} "
        "GetIdentityCenterAuthToken",
        share="CreateClusterSnapshot EnableSnapshotCopy",
        beside="datashare snapshot",
    ),
    ("redshift", "snapshot"): Contents(
        types=("snapshot",),
        read="RestoreFromClusterSnapshot RestoreTableFromClusterSnapshot",
        share="AuthorizeSnapshotAccess CopyClusterSnapshot",
        none="CreateClusterSnapshot",
    ),
    ("redshift-serverless", "namespace"): Contents(
        types=("namespace",),
        read=f"GetCredentials {_REDSHIFT_DATA}",
        share="CreateSnapshot CreateSnapshotCopyConfiguration",
        administer="PutResourcePolicy UpdateNamespace",
        beside="workgroup",
    ),
    ("redshift-serverless", "snapshot"): Contents(
        types=("snapshot",),
        read="RestoreFromSnapshot RestoreTableFromSnapshot",
        share="PutResourcePolicy",
    ),
    ("docdb-elastic", "cluster"): Contents(
        types=("cluster",), closed=_ACCOUNTS, share="CreateClusterSnapshot"
    ),
    ("docdb-elastic", "snapshot"): Contents(
        types=("cluster-snapshot",), read="RestoreClusterFromSnapshot", share="CopyClusterSnapshot"
    ),
    ("dsql", "cluster"): Contents(
        types=("Cluster",),
        read="DbConnect DbConnectAdmin",
        share="StartBackupJob",
        none="StartRestoreJob StopBackupJob StopRestoreJob",
    ),
    ("neptune-graph", "graph"): Contents(
        types=("graph",),
        read="ReadDataViaQuery",
        write="WriteDataViaQuery DeleteDataViaQuery ResetGraph StartImportTask",
        share="StartExportTask CreateGraphSnapshot",
        none="CancelQuery RestoreGraphFromSnapshot CreateGraphUsingImportTask",
    ),
    ("neptune-graph", "snapshot"): Contents(
        types=("graph-snapshot",), read="RestoreGraphFromSnapshot"
    ),
    ("odb", "VM cluster"): Contents(types=("cloud-vm-cluster", "db-node"), closed=_ACCOUNTS),
    ("odb", "autonomous VM cluster"): Contents(
        types=("cloud-autonomous-vm-cluster",), closed=_ACCOUNTS
    ),
    ("odb", "autonomous database"): _ORACLE,
    ("odb", "storage vault"): _ORACLE,
    ("timestream-influxdb", "db instance"): Contents(types=("db-instance",), closed=_ACCOUNTS),
    ("dms", "replication instance"): Contents(
        types=("ReplicationInstance",),
        closed="rows pass through it while a task moves them",
        share="CreateReplicationTask MoveReplicationTask",
    ),
}
