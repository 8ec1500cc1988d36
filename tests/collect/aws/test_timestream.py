"""What we claim to know about time series, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.collect.aws.timestream import DATABASES, INSTANCES
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, DATABASES, INSTANCES)
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
LISTED = Rule(
    operation="timestream-influxdb.ListDbInstances",
    answer={
        "items": [{"id": "influx-1", "name": "metrics", "arn": "arn:i", "allocatedStorage": 20}]
    },
)

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_table_has_its_database_s_key_and_a_bucket_for_what_it_rejects() -> None:
    timestream = boto3.client("timestream-write", HOME)
    timestream.create_database(DatabaseName="metrics", KmsKeyId=KEY)
    location = {"S3Configuration": {"BucketName": "rejects", "EncryptionOption": "SSE_S3"}}
    timestream.create_table(
        DatabaseName="metrics",
        TableName="views",
        MagneticStoreWriteProperties={
            "EnableMagneticStoreWrites": True,
            "MagneticStoreRejectedDataLocation": location,
        },
    )

    collected = gather(COLLECTORS)
    store, (flow,) = collected.stores["views"], collected.flows

    assert store.id == f"arn:aws:timestream:{HOME}:{ACCOUNT}:database/metrics/table/views"
    assert (store.encrypted, store.key_id) == (True, KEY)
    assert collected.stores["metrics"].kind == "database"
    assert (flow.mechanism, flow.target_id) == ("export", "arn:aws:s3:::rejects")


def test_a_database_whose_tables_are_refused_is_still_a_store() -> None:
    boto3.client("timestream-write", HOME).create_database(DatabaseName="metrics", KmsKeyId=KEY)

    collected = gather(COLLECTORS, deny=["ListTables"])

    assert collected.stores["metrics"].key_id == KEY
    assert isinstance(collected.flows[0].active, Unknown)


def test_an_instance_is_where_both_of_its_zones_are() -> None:
    logs = {"s3Configuration": {"bucketName": "logs", "enabled": True}}
    answer = {
        "id": "influx-1",
        "availabilityZone": f"{HOME}a",
        "secondaryAvailabilityZone": f"{HOME}b",
        "logDeliveryConfiguration": logs,
    }
    rule = Rule(operation="timestream-influxdb.GetDbInstance", answer=answer)

    collected = gather(COLLECTORS, rules=[LISTED, rule])
    store, (flow,) = collected.stores["metrics"], collected.flows

    assert (store.country, store.key_id, store.size_bytes) == ("US", "", 20 * 2**30)
    assert (flow.target_id, flow.active) == ("arn:aws:s3:::logs", True)


def test_an_instance_that_is_not_described_may_be_anywhere() -> None:
    collected = gather(COLLECTORS, rules=[LISTED], deny=["GetDbInstance"])

    assert isinstance(collected.stores["metrics"].country, Unknown)
    assert isinstance(collected.flows[0].active, Unknown)
