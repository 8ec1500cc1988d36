"""Which parameters of requests name stores, and what reads those and no others."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import Raw

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
s3-outposts bucketName
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


# Values may be of any type: what one service calls 'name' is an object to another.
class Parameters(msgspec.Struct, gc=False):
    """Parameters of requests that name no store: of credentials and of copies."""

    roleArn: Any = None  # noqa: N815  as CloudTrail writes it
    principalArn: Any = None  # noqa: N815
    targetPrincipal: Any = None  # noqa: N815
    copySource: Any = msgspec.field(name="x-amz-copy-source", default=None)  # noqa: N815


NO_PARAMETERS: Final = Parameters()
BATCHES: Final = "requestItems"
"""Parameter of DynamoDB's batches: an object of tables."""


@cache
def decoder_of(service: str) -> Callable[[Raw | str], Any] | None:
    """Return what decodes those parameters that can name a store; None if a service has none.

    What it returns is equal for events that name the same store. It is a text where the parameters
    are one, and unhashable where a value is.
    """
    names = [name for name, _ in NAMED.get(service, ())]
    if service == "dynamodb":
        names.append(BATCHES)
    if not names:
        return None
    fields = [(name, Any, None) for name in names]
    named = msgspec.defstruct("Named", fields, gc=False, frozen=True)
    return msgspec.json.Decoder(named | str | None).decode
