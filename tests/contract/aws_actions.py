"""Actions of IAM that are not named like the operation that they permit."""

# Where IAM's action is not named like the operation:
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
ACTIONS = {
    "keyspaces/ListKeyspaces": "Select",
    "ListBuckets": "ListAllMyBuckets",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "GetBucketReplication": "GetReplicationConfiguration",
    "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
    "dms/DescribeDataProviders": "ListDataProviders",
    "dms/DescribeMigrationProjects": "ListMigrationProjects",
    "s3/GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "s3control/GetPublicAccessBlock": "GetAccountPublicAccessBlock",
    "apigateway/GetDomainNames": "GET",
    "apigateway/GetRestApis": "GET",
    "apigateway/GetResources": "GET",
    "apigateway/GetStages": "GET",
    "apigatewayv2/GetApis": "GET",
    "apigatewayv2/GetIntegrations": "GET",
    "apigatewayv2/GetStages": "GET",
    "ListBucketInventoryConfigurations": "GetInventoryConfiguration",
    "ListBucketAnalyticsConfigurations": "GetAnalyticsConfiguration",
    "GetBucketNotificationConfiguration": "GetBucketNotification",
    "GetBucketAccelerateConfiguration": "GetAccelerateConfiguration",
}
