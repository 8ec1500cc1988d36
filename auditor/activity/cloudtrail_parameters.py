"""Which parameters of requests name stores, and the struct that reads those and no others."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

# Service, parameter, and how the ARN ends that its value belongs in: '' where the value is an ARN.
# The first parameter that an event has names its store. EBS's snapshots and images have no account.
_TABLE: Final = """
athena workGroup workgroup/
backup backupVaultName backup-vault:
backup recoveryPointArn
cloudtrail name trail/
cloudtrail trailName trail/
cloudtrail eventDataStore
codecommit repositoryName repository:
dynamodb tableName table/
dynamodb resourceArn
dynamodb backupArn
dynamodb tableArn
ebs snapshotId snapshot/
ec2 snapshotId snapshot/
ec2 volumeId volume/
ec2 imageId image/
ecr repositoryName repository/
elasticache cacheClusterId cluster:
elasticache replicationGroupId replicationgroup:
elasticfilesystem fileSystemId file-system/
es domainName domain/
firehose deliveryStreamName deliverystream/
fsx fileSystemId file-system/
fsx backupId backup/
glacier vaultName vaults/
glue databaseName database/
kinesis streamARN
kinesis streamName stream/
kms keyId key/
lambda functionName function:
logs logGroupName log-group:
logs logGroupIdentifier log-group:
rds dBSnapshotIdentifier snapshot:
rds dBClusterSnapshotIdentifier cluster-snapshot:
rds dBInstanceIdentifier db:
rds dBClusterIdentifier cluster:
rds resourceName
rds-data resourceArn
redshift clusterIdentifier cluster:
redshift snapshotIdentifier snapshot:
s3 bucketName
s3express bucketName bucket/
secretsmanager secretId secret:
sns topicArn
sqs queueUrl queue:
ssm name parameter/
timestream databaseName database/
"""


def _load(table: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    named: dict[str, tuple[tuple[str, str], ...]] = {}
    for line in table.strip().splitlines():
        service, parameter, ending = [*line.split(), ""][:3]
        named[service] = (*named.get(service, ()), (parameter, ending))
    return named


NAMED: Final = _load(_TABLE)
"""Service -> its parameters, each with how the ARN of its store ends."""


# Of credentials, of copies, and of batches.
_OTHERS: Final = ("roleArn", "principalArn", "targetPrincipal", "requestItems")
_FIELDS: Final = sorted({*_OTHERS, *(name for named in NAMED.values() for name, _ in named)})
_COPY: Final = "copySource"

# Values may be of any type: what one service calls 'name' is an object to another.
Parameters: Final[Any] = msgspec.defstruct(
    "Parameters",
    [(name, Any, None) for name in (*_FIELDS, _COPY)],
    rename={_COPY: "x-amz-copy-source"},
    gc=False,
)
NO_PARAMETERS: Final = Parameters()
