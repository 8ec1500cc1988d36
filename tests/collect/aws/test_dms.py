"""What we claim to know about database migrations."""

import boto3
import pytest

from auditor.collect.aws.dms import CONFIGURATIONS, ENDPOINTS, INSTANCES, TASKS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ROOT = (IDENTITY, REGIONS)
PREFIX = f"arn:aws:dms:{HOME}:{ACCOUNT}"

pytestmark = pytest.mark.usefixtures("cloud")


def endpoint(kind: str, **settings: Json) -> list[Flow]:
    known = {
        "EndpointIdentifier": "e",
        "EndpointArn": f"{PREFIX}:endpoint:e",
        "EndpointType": kind,
        **settings,
    }
    rule = Rule(operation="dms.DescribeEndpoints", answer={"Endpoints": [known]})
    return gather((*ROOT, ENDPOINTS), rules=[rule]).flows


def test_a_target_leads_to_a_bucket_or_a_stream() -> None:
    (bucket,) = endpoint("target", S3Settings={"BucketName": "lake"})
    (stream,) = endpoint(
        "target",
        KinesisSettings={"StreamArn": "arn:aws:kinesis:eu-west-1:999999999999:stream/s"},
    )

    assert (bucket.mechanism, bucket.target_id) == ("sync", "arn:aws:s3:::lake")
    assert (stream.target_account, stream.target_country) == ("999999999999", "IE")


def test_a_server_is_anywhere_and_its_password_stays_out() -> None:
    rule = Rule(
        operation="dms.DescribeEndpoints",
        answer={
            "Endpoints": [
                {
                    "EndpointArn": f"{PREFIX}:endpoint:e",
                    "EndpointType": "target",
                    "ServerName": "db.example.com",
                    "ExtraConnectionAttributes": "password=hush",
                    "KafkaSettings": {"SaslPassword": "hush"},
                }
            ]
        },
    )

    collected = gather((*ROOT, ENDPOINTS), rules=[rule])

    (flow,) = collected.flows
    assert isinstance(flow.target_country, Unknown)
    assert "db.example.com" in flow.target_country.reason
    assert "hush" not in str(collected.records)


def test_a_source_takes_from_a_bucket() -> None:
    (flow,) = endpoint("source", S3Settings={"BucketName": "videos"})

    assert (flow.store_id, flow.target_id) == ("arn:aws:s3:::videos", f"{PREFIX}:endpoint:e")
    assert endpoint("source", ServerName="db.example.com") == []


@pytest.mark.parametrize(
    ("status", "active"), [("running", True), ("creating", False), ("ready", None)]
)
def test_a_task_leads_from_one_endpoint_to_another(status: str, active: bool | None) -> None:
    """One that is ready can be started, and may have run before."""
    task = {
        "ReplicationTaskIdentifier": "t",
        "ReplicationTaskArn": f"{PREFIX}:task:t",
        "SourceEndpointArn": f"{PREFIX}:endpoint:a",
        "TargetEndpointArn": f"{PREFIX}:endpoint:b",
        "Status": status,
    }
    rule = Rule(operation="dms.DescribeReplicationTasks", answer={"ReplicationTasks": [task]})

    flows = gather((*ROOT, TASKS), rules=[rule]).flows

    assert [(flow.store_id[-1], str(flow.target_id)[-1]) for flow in flows] == [
        ("a", "t"),
        ("t", "b"),
    ]
    known = {None if isinstance(flow.active, Unknown) else flow.active for flow in flows}
    assert known == {active}


def test_a_serverless_migration_may_have_run() -> None:
    configuration = {
        "ReplicationConfigIdentifier": "c",
        "ReplicationConfigArn": f"{PREFIX}:replication-config:c",
        "SourceEndpointArn": f"{PREFIX}:endpoint:a",
        "TargetEndpointArn": f"{PREFIX}:endpoint:b",
    }
    rule = Rule(
        operation="dms.DescribeReplicationConfigs", answer={"ReplicationConfigs": [configuration]}
    )

    flows = gather((*ROOT, CONFIGURATIONS), rules=[rule]).flows

    assert len(flows) == 2
    assert all(isinstance(flow.active, Unknown) for flow in flows)


def test_an_instance_keeps_data() -> None:
    boto3.client("dms", HOME).create_replication_instance(
        ReplicationInstanceIdentifier="worker",
        ReplicationInstanceClass="dms.t3.small",
        AllocatedStorage=50,
        AvailabilityZone=f"{HOME}a",
        KmsKeyId=f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1",
    )

    store = gather((*ROOT, INSTANCES)).stores["worker"]

    assert (store.country, store.size_bytes) == ("US", 50 * 2**30)
    assert store.key_id == f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
