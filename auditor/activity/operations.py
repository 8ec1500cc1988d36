"""Which access an operation of AWS is, as CloudTrail and S3 name operations.

Metadata and lists are no access to content: their word is 'other'.
Sources: the lists of data events, https://docs.aws.amazon.com/awscloudtrail/latest/userguide/
logging-data-events-with-cloudtrail.html, and the API references of the services named below.
"""

from collections.abc import Mapping
from typing import Final

READ, WRITE, ADMINISTER, SHARE, DECRYPT, SIGN_IN, OTHER = (
    "read",
    "write",
    "administer",
    "share",
    "decrypt",
    "sign-in",
    "other",
)


def _listed(lines: str) -> Mapping[str, frozenset[str]]:
    rows = (line.partition(" ") for line in lines.strip().splitlines())
    return {service: frozenset(names.split()) for service, _, names in rows}


_READS: Final = _listed("""
athena GetQueryResults GetQueryResultsStream
bedrock InvokeModel InvokeModelWithResponseStream Retrieve RetrieveAndGenerate
codecommit GitPull GetBlob GetFile GetFolder
codeartifact GetPackageVersionAsset
dynamodb GetItem BatchGetItem TransactGetItems Query Scan GetRecords ExportTableToPointInTime
ebs GetSnapshotBlock
ecr BatchGetImage GetDownloadUrlForLayer
glacier GetJobOutput
kinesis GetRecords SubscribeToShard
kinesisvideo GetMedia GetClip GetMediaForFragmentList GetImages
logs GetLogEvents FilterLogEvents GetQueryResults GetLogRecord StartLiveTail GetLogObject
neptune-graph ExecuteQuery
qldb ExecuteStatement
rds DownloadDBLogFilePortion DownloadCompleteDBLogFile
rds-data ExecuteStatement BatchExecuteStatement ExecuteSql
redshift-data GetStatementResult GetStatementResultV2
s3 GetObject GetObjectTorrent SelectObjectContent
s3express GetObject
s3-object-lambda GetObject
s3-outposts GetObject
s3tables GetTableData
s3vectors GetVectors QueryVectors
secretsmanager GetSecretValue BatchGetSecretValue
sqs ReceiveMessage
ssm GetParameter GetParameters GetParametersByPath GetParameterHistory
timestream Select Query
xray BatchGetTraces
""")

_WRITES: Final = _listed(
    """
codecommit GitPush PutFile CreateCommit
dynamodb PutItem UpdateItem DeleteItem BatchWriteItem TransactWriteItems
ebs PutSnapshotBlock
ecr PutImage UploadLayerPart CompleteLayerUpload
firehose PutRecord PutRecordBatch
kinesis PutRecord PutRecords
logs PutLogEvents
s3 PutObject CopyObject PostObject DeleteObject DeleteObjects CreateMultipartUpload UploadPart \
UploadPartCopy CompleteMultipartUpload AbortMultipartUpload RestoreObject RenameObject
secretsmanager PutSecretValue UpdateSecret CreateSecret
sns Publish PublishBatch
sqs SendMessage SendMessageBatch DeleteMessage DeleteMessageBatch PurgeQueue
ssm PutParameter
""".replace("\\\n", "")
)

_SHARES: Final = _listed(
    """
ec2 ModifySnapshotAttribute ModifyImageAttribute ModifyFpgaImageAttribute CreateStoreImageTask \
ExportImage CreateInstanceExportTask
lakeformation GrantPermissions BatchGrantPermissions
ram CreateResourceShare AssociateResourceShare AssociateResourceSharePermission
rds ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute StartExportTask
redshift AuthorizeDataShare AuthorizeSnapshotAccess AssociateDataShareConsumer
""".replace("\\\n", "")
)

_DECRYPTS: Final = frozenset(
    {
        "Decrypt",
        "DeriveSharedSecret",
        "GenerateDataKey",
        "GenerateDataKeyPair",
        "GenerateDataKeyPairWithoutPlaintext",
        "GenerateDataKeyWithoutPlaintext",
        "ReEncrypt",
    }
)
_SIGN_INS: Final = frozenset(
    {
        "AssumeRoleWithSAML",
        "AssumeRoleWithWebIdentity",
        "Authenticate",
        "ConsoleLogin",
        "CreateOAuth2Token",
        "Federate",
        "GetFederationToken",
        "UserAuthentication",
    }
)
_NONE: Final[frozenset[str]] = frozenset()
_ASKS: Final = ("List", "Head", "Describe", "Lookup", "Search")
_READS_ONLY: Final = ("Get", "BatchGet", "Query", "Scan", "Select", *_ASKS)


def access_of_event(
    service: str, operation: str, *, read_only: bool | None, management: bool | None
) -> str:
    """Return the word for an event of CloudTrail.

    An operation that is not listed here is judged by what the event says of itself: a data event
    reads or writes content; a management event that is not read-only administers.

    Args:
        service: event source without '.amazonaws.com'.
        operation: event name; dates that some services append ('…20150331v2') do not matter.
    """
    if operation in _SIGN_INS:
        return SIGN_IN
    if service == "kms":
        named = DECRYPT if operation in _DECRYPTS else ""
    else:
        listed = ((_READS, READ), (_WRITES, WRITE), (_SHARES, SHARE))
        named = next((word for by, word in listed if operation in by.get(service, _NONE)), "")
    if named:
        return named
    if read_only is None:
        read_only = operation.startswith(_READS_ONLY)
    if management is False:
        if not read_only:
            return WRITE
        return OTHER if operation.startswith(_ASKS) else READ
    # Cryptography with a key changes nothing about who may use it.
    return OTHER if read_only or service in {"sts", "signin"} else ADMINISTER


def access_of_request(operation: str) -> str:
    """Return the word for an operation of S3's server access logs, such as 'REST.GET.OBJECT'.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
    """
    _, _, rest = operation.partition(".")
    verb, _, about = rest.partition(".")
    if operation.startswith("S3."):  # lifecycle and storage classes, by the service itself
        return WRITE
    if about in {"OBJECT", "OBJECT_GET", "PART_GET", "PART"}:
        if verb in {"GET", "SELECT"} or about.endswith("_GET"):
            return READ
        return OTHER if verb in {"HEAD", "OPTIONS"} else WRITE
    if about in {"UPLOADS", "UPLOAD", "MULTI_OBJECT_DELETE"}:
        return OTHER if verb in {"GET", "HEAD"} else WRITE
    return ADMINISTER if verb in {"PUT", "DELETE", "POST"} else OTHER
