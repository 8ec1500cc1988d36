"""Tables, caches, searches and streams of rows: the actions that reach what they hold."""

from auditor.access.contents.base import Contents, Table

_ITEMS = "GetItem BatchGetItem Query Scan ConditionCheckItem"
_CHANGES = "PutItem UpdateItem DeleteItem BatchWriteItem"
_CACHE_READ = "Connect"
_CALLED = "it hands out nothing by itself: whoever may call the API gets what it keeps"

TABLES: Table = {
    ("dynamodb", "table"): Contents(
        types=("table", "index", "stream"),
        read=f"{_ITEMS} PartiQLSelect GetRecords ReadDataForReplication RestoreTableToPointInTime",
        write=f"{_CHANGES} PartiQLInsert PartiQLUpdate PartiQLDelete WriteDataForReplication",
        share="ExportTableToPointInTime CreateBackup StartAwsBackupJob CreateTableReplica "
        "EnableKinesisStreamingDestination CreateGlobalTable AssociateTableReplica",
        none="ImportTable RestoreTableFromAwsBackup",
    ),
    ("dynamodb", "backup"): Contents(types=("backup",), read="RestoreTableFromBackup"),
    ("dax", "cluster"): Contents(types=("application",), read=_ITEMS, write=_CHANGES),
    ("cassandra", "keyspace"): Contents(
        types=("keyspace", "table", "stream"),
        read="Select SelectMultiRegionResource GetRecords Restore RestoreMultiRegionTable",
        write="Modify ModifyMultiRegionResource",
        none="Create CreateMultiRegionResource",
    ),
    ("timestream", "database"): Contents(
        types=("database", "table"),
        read="Select",
        write="WriteRecords CreateBatchLoadTask",
        share="Unload StartAwsBackupJob",
        none="StartAwsRestoreJob",
    ),
    ("timestream", "table"): Contents(
        types=("table",),
        read="Select",
        write="WriteRecords CreateBatchLoadTask",
        share="Unload StartAwsBackupJob",
        none="StartAwsRestoreJob",
    ),
    ("elasticache", "cluster"): Contents(
        types=("cluster",),
        closed="read with a password, or by whoever reaches it in its network",
        share="CreateSnapshot",
        administer="ModifyCacheCluster DeleteCacheCluster",
    ),
    ("elasticache", "replication group"): Contents(
        types=("replicationgroup",),
        read=_CACHE_READ,
        share="CreateSnapshot CreateGlobalReplicationGroup StartMigration",
        administer="ModifyReplicationGroup DeleteReplicationGroup",
    ),
    ("elasticache", "serverless cache"): Contents(
        types=("serverlesscache",),
        read=_CACHE_READ,
        share="CreateServerlessCacheSnapshot",
        administer="ModifyServerlessCache DeleteServerlessCache",
    ),
    ("elasticache", "snapshot"): Contents(
        types=("snapshot", "serverlesscachesnapshot"),
        read="CreateReplicationGroup CreateCacheCluster CreateServerlessCache",
        share="CopySnapshot CopyServerlessCacheSnapshot ExportServerlessCacheSnapshot",
    ),
    ("memorydb", "cluster"): Contents(
        types=("cluster",),
        read=_CACHE_READ,
        share="CreateSnapshot",
        administer="UpdateCluster DeleteCluster",
    ),
    ("memorydb", "snapshot"): Contents(
        types=("snapshot",), read="CreateCluster", share="CopySnapshot"
    ),
    ("apigateway", "cache"): Contents(types=("cache of a stage",), closed=_CALLED),
    ("appsync", "cache"): Contents(types=("cache of an API",), closed=_CALLED),
    # A search may be asked for by POST, too.
    ("es", "domain"): Contents(
        types=("domain",),
        read="ESHttpGet ESHttpHead ESHttpPost ESCrossClusterGet",
        write="ESHttpPut ESHttpDelete ESHttpPatch CreateIndex UpdateIndex DeleteIndex",
        share="CreateOutboundConnection CreateOutboundCrossClusterSearchConnection AddDataSource",
        none="CreateElasticsearchDomain",
        inner="/*",
    ),
    ("aoss", "collection"): Contents(types=("Collection",), read="APIAccessAll"),
    ("kendra", "index"): Contents(
        types=("index",),
        read="Query Retrieve GetQuerySuggestions",
        write="BatchPutDocument BatchDeleteDocument",
    ),
    ("profile", "domain"): Contents(
        types=("domains", "calculated-attributes", "segment-definitions", "integrations"),
        read="BatchGetProfile SearchProfiles GetProfileHistoryRecord GetProfileInsights "
        "BatchGetCalculatedAttributeForProfile GetCalculatedAttributeForProfile "
        "GetSegmentMembership ListProfileObjects",
        write="CreateProfile UpdateProfile DeleteProfile MergeProfiles PutProfileObject "
        "DeleteProfileObject AddProfileKey DeleteProfileKey",
        share="PutIntegration CreateEventStream CreateSegmentSnapshot CreateSnapshot",
    ),
    ("cognito-idp", "user pool"): Contents(
        types=("userpool",),
        read="AdminGetUser ListUsers ListUsersInGroup AdminListUserAuthEvents AdminGetDevice "
        "AdminListDevices",
        write="AdminCreateUser AdminUpdateUserAttributes AdminDeleteUser "
        "AdminDeleteUserAttributes AdminSetUserPassword StartUserImportJob",
    ),
    ("cognito-identity", "identity pool"): Contents(
        types=("identitypool",),
        read="LookupDeveloperIdentity DescribeIdentity GetOpenIdTokenForDeveloperIdentity "
        "cognito-sync:ListRecords",
        write="cognito-sync:UpdateRecords cognito-sync:DeleteDataset",
        share="cognito-sync:BulkPublish",
    ),
}
