"""What an event of CloudTrail was about: the stores that its resources or parameters name."""

import re
from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Raw

from auditor.activity.cloudtrail_identity import partition_of
from auditor.activity.cloudtrail_records import as_object, as_text
from auditor.model import Json

_decode: Final = msgspec.json.Decoder().decode

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


_NAMED: Final = _load(_TABLE)
_BARE: Final = {"queue:", "repository:"}  # ARNs of queues and of CodeCommit end in the name alone
_IN_EC2: Final = {"ebs", "ec2"}
_WITHOUT_ACCOUNT: Final = {"image/", "snapshot/"}
_PART_OF_TABLE: Final = re.compile(r"(arn:[^:]*:dynamodb:[^:]*:[^:]*:table/[^/]+)/.*", re.DOTALL)
_OBJECT: Final = re.compile(r"(arn:[^:]*:s3:::[^/]+)/.*", re.DOTALL)
_QUEUE: Final = re.compile(r"https?://[^/]+/(\d{12})/([^/?]+)")
_ALIASES: Final = ("-s3alias", "--ol-s3")
_SOURCE: Final = "x-amz-copy-source"


def of_resources(raw: Raw) -> tuple[str, ...]:
    """Return what the list of resources names, stores and no objects in them, each once."""
    try:
        listed = _decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return ()
    if not isinstance(listed, list):
        return ()
    named = (each.get("ARN") or each.get("arn") for each in listed if isinstance(each, dict))
    arns = (each for each in named if isinstance(each, str) and each.startswith("arn:"))
    return tuple(dict.fromkeys(map(store_of_arn, arns)))


def store_of_arn(arn: str) -> str:
    """Return the store that an object, index or stream is part of; any other ARN as it is."""
    part = _OBJECT.fullmatch(arn) or _PART_OF_TABLE.fullmatch(arn)
    return part[1] if part else arn


def bucket_arn(name: str, region: str) -> tuple[str, ...]:
    """Return the ARN of a bucket; () for an access point, behind which only resources see."""
    if not name or name.startswith("arn:") or name.endswith(_ALIASES):
        return ()
    service = f"s3express:{region}:" if name.endswith("--x-s3") else "s3::"
    return (f"arn:{partition_of(region)}:{service}:{name}",)


def copied_from(parameters: Mapping[str, Json], region: str) -> str:
    """Return the ARN of the bucket that S3 copied from; '' if it was no copy."""
    source = as_text(parameters.get(_SOURCE)).lstrip("/").replace("%2F", "/").replace("%2f", "/")
    if source.startswith("arn:"):
        return source.partition("/object/")[0]
    bucket = source.partition("/")[0]
    return next(iter(bucket_arn(bucket, region)), source)


def of_parameters(service: str, raw: Raw, region: str, account: str) -> tuple[str, ...]:
    """Return the store that the parameters of a request name, as an ARN; () if they name none."""
    if service not in _NAMED:
        return ()
    parameters = as_object(raw)
    tables = parameters.get("requestItems")
    if isinstance(tables, dict):  # of DynamoDB's batches
        return tuple(
            _arn(service, "table/", as_text(name), region, account) for name in sorted(tables)
        )
    for parameter, ending in _NAMED.get(service, ()):
        name = as_text(parameters.get(parameter))
        if name.startswith("arn:") or (name and ending):
            return (_arn(service, ending, name, region, account),)
    return ()


def _arn(service: str, ending: str, name: str, region: str, account: str) -> str:
    if name.startswith("arn:"):
        return store_of_arn(name)
    queue = _QUEUE.match(name) if service == "sqs" else None
    if queue:
        account, name = queue[1], queue[2]
    if service in _IN_EC2:
        service, account = "ec2", "" if ending in _WITHOUT_ACCOUNT else account
    if name.startswith("alias/"):  # of a key
        ending = ""
    resource = name.removeprefix("/") if ending in _BARE else ending + name.removeprefix("/")
    return f"arn:{partition_of(region)}:{service}:{region}:{account}:{resource}"
