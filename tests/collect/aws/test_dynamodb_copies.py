"""What we claim to know about backups, exports and imports of tables, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.dynamodb_copies import BACKUPS, EXPORTS, IMPORTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.test_dynamodb import ARN, KEY, make_table
from tests.collect.aws.walking import HOME, gather

COLLECTORS = (IDENTITY, REGIONS, BACKUPS, EXPORTS, IMPORTS)
EXPORT = f"{ARN}/export/01"
LISTED = Rule(
    operation="dynamodb.ListExports",
    answer={"ExportSummaries": [{"ExportArn": EXPORT, "ExportStatus": "COMPLETED"}]},
)

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_backup_is_a_copy_of_its_table() -> None:
    make_table(SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": KEY})
    boto3.client("dynamodb", HOME).create_backup(TableName="things", BackupName="nightly")

    store = gather(COLLECTORS).stores["nightly"]

    assert store.id.startswith(f"{ARN}/backup/")
    assert (store.backup, store.source_id, store.encrypted) == (True, ARN, True)


def test_without_its_description_the_key_of_a_backup_is_unknown() -> None:
    make_table()
    boto3.client("dynamodb", HOME).create_backup(TableName="things", BackupName="nightly")

    store = gather(COLLECTORS, deny=["DescribeBackup"]).stores["nightly"]

    assert isinstance(store.key_id, Unknown)


def test_an_export_leaves_its_table_for_the_bucket_of_its_owner() -> None:
    description = {"S3Bucket": "theirs", "S3BucketOwner": "999999999999"}
    answer = Rule(operation="dynamodb.DescribeExport", answer={"ExportDescription": description})

    (flow,) = gather(COLLECTORS, rules=[LISTED, answer]).flows

    assert (flow.store_id, flow.mechanism, flow.active) == (ARN, "export", True)
    assert (flow.target_id, flow.target_account) == ("arn:aws:s3:::theirs", "999999999999")


def test_a_refused_description_hides_no_export() -> None:
    (flow,) = gather(COLLECTORS, rules=[LISTED], deny=["DescribeExport"]).flows

    assert flow.active is True
    assert isinstance(flow.target_id, Unknown)


def test_an_import_takes_from_a_bucket() -> None:
    summary = {
        "ImportArn": f"{ARN}/import/01",
        "ImportStatus": "FAILED",
        "TableArn": ARN,
        "S3BucketSource": {"S3Bucket": "ours"},
    }
    rule = Rule(operation="dynamodb.ListImports", answer={"ImportSummaryList": [summary]})

    (flow,) = gather(COLLECTORS, rules=[rule]).flows

    assert (flow.store_id, flow.target_id, flow.active) == ("arn:aws:s3:::ours", ARN, False)
