"""Copies of DynamoDB tables: backups, exports to Amazon S3, and imports from there.

API: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import at_arn, flow_from, nowhere
from auditor.collect.aws.reading import key_arn, maybe_text, size_in_bytes, state_of, text
from auditor.collect.aws.resources import store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

_REFERENCE = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_"
_MOVED = ("IN_PROGRESS", "COMPLETED", "CANCELLING")
_FEATURES = "backup.BackupDescription.SourceTableFeatureDetails"


def _backup(found: Found) -> Iterator[Store]:
    yield store_of(
        found,
        id=text(found, "item.BackupArn"),
        name=text(found, "item.BackupName"),
        kind="backup",
        backup=True,
        source_id=maybe_text(found, "item.TableArn"),
        encrypted=True,  # like tables, backups cannot be unencrypted
        key_id=_key(found),
        public=False,  # backups take no policy
        size_bytes=size_in_bytes(found, "item.BackupSizeBytes"),
        created=maybe_text(found, "item.BackupCreationDateTime"),
    )


def _key(found: Found) -> Maybe[str]:
    """Return the key of the table when it was backed up; left out if that was one of AWS's."""
    description = found.read("backup.BackupDescription.BackupDetails.BackupArn")
    if isinstance(description, Unknown):
        return description
    name = maybe_text(found, f"{_FEATURES}.SSEDescription.KMSMasterKeyArn", absent="")
    return key_arn(name, found.place["region"], found.place["account"])


def _export(found: Found) -> Iterator[Flow]:
    export = text(found, "item.ExportArn")
    table = export.partition("/export/")[0]
    active = state_of(maybe_text(found, "item.ExportStatus"), _MOVED, ("FAILED",))
    bucket = maybe_text(found, "export.ExportDescription.S3Bucket")
    if isinstance(bucket, Unknown):
        yield flow_from(found, table, "export", export, **{**nowhere(bucket), "active": active})
        return
    end = at_arn(bucket_arn(bucket, found.place["region"]))
    owner = text(found, "export.ExportDescription.S3BucketOwner")
    if owner:
        end["target_account"] = owner
    yield flow_from(found, table, "export", export, **{**end, "active": active})


def _import(found: Found) -> Iterator[Flow]:
    """Yield the copy out of the bucket that an import read; its table may be gone since."""
    name = text(found, "item.S3BucketSource.S3Bucket")
    target = text(found, "item.TableArn")
    status = maybe_text(found, "item.ImportStatus")
    active = state_of(status, _MOVED, ("FAILED", "CANCELLED"))
    source = bucket_arn(name, found.place["region"])
    arn = text(found, "item.ImportArn")
    yield flow_from(found, source, "copy", arn, **{**at_arn(target), "active": active})


BACKUPS = Collector(
    kind="aws.dynamodb.backup",
    service="dynamodb",
    title="Backups of DynamoDB tables",
    per=("account", "region"),
    listing=Listing(
        operation="ListBackups",
        permission="dynamodb:ListBackups",
        parameters={"BackupType": "ALL", "Limit": 100},
        items="BackupSummaries",
    ),
    details=(
        Detail(
            name="backup",
            operation="DescribeBackup",
            permission="dynamodb:DescribeBackup",
            bind={"BackupArn": "item.BackupArn"},
        ),
    ),
    tables=(Store,),
    rows=_backup,
    source=_REFERENCE + "ListBackups.html",
)

EXPORTS = Collector(
    kind="aws.dynamodb.export",
    service="dynamodb",
    title="Exports of DynamoDB tables in the last 90 days",
    per=("account", "region"),
    listing=Listing(
        operation="ListExports",
        permission="dynamodb:ListExports",
        parameters={"MaxResults": 25},
        items="ExportSummaries",
    ),
    details=(
        Detail(
            name="export",
            operation="DescribeExport",
            permission="dynamodb:DescribeExport",
            bind={"ExportArn": "item.ExportArn"},
        ),
    ),
    tables=(Flow,),
    rows=_export,
    source=_REFERENCE + "ListExports.html",
)

IMPORTS = Collector(
    kind="aws.dynamodb.import",
    service="dynamodb",
    title="Imports into DynamoDB tables in the last 90 days",
    per=("account", "region"),
    listing=Listing(
        operation="ListImports",
        permission="dynamodb:ListImports",
        parameters={"PageSize": 25},
        items="ImportSummaryList",
    ),
    tables=(Flow,),
    rows=_import,
    source=_REFERENCE + "ListImports.html",
)
