"""What we claim to know about a table, given what AWS answered."""

import json

import boto3
import pytest

from auditor.collect.aws.dynamodb import GLOBAL_TABLES, TABLES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.resources import NO_TAGS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, TABLES)
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
ARN = f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/things"

pytestmark = pytest.mark.usefixtures("cloud")


def make_table(**options: Json) -> None:
    boto3.client("dynamodb", HOME).create_table(
        TableName="things",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        **options,
    )


def test_reads_a_table() -> None:
    make_table(SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": KEY})

    store = gather(COLLECTORS).stores["things"]

    assert (store.id, store.kind, store.country) == (ARN, "table", "US")
    assert (store.encrypted, store.key_id) == (True, KEY)
    assert store.tags == NO_TAGS  # the tagging API tells them, for many tables at once


def test_without_a_key_it_is_encrypted_by_aws() -> None:
    """The service has no unencrypted tables."""
    make_table()

    store = gather(COLLECTORS).stores["things"]

    assert (store.encrypted, store.key_id) == (True, "")


def test_a_policy_for_another_account_is_a_share() -> None:
    make_table()
    principal = {"AWS": "arn:aws:iam::999999999999:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "dynamodb:GetItem"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{**statement, "Resource": ARN}]})
    boto3.client("dynamodb", HOME).put_resource_policy(ResourceArn=ARN, Policy=policy)

    (flow,) = gather(COLLECTORS).flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


def test_a_policy_for_whoever_meets_a_condition_is_an_unknown_share() -> None:
    """A whole organisation is let in: that is not the public, and it is not nobody."""
    make_table()
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "dynamodb:GetItem",
        "Resource": ARN,
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": statement})
    boto3.client("dynamodb", HOME).put_resource_policy(ResourceArn=ARN, Policy=policy)

    (flow,) = gather(COLLECTORS).flows

    assert flow.mechanism == "share"
    assert isinstance(flow.active, Unknown)
    assert isinstance(flow.target_account, Unknown)


def test_a_refused_description_hides_no_replica() -> None:
    make_table()

    collected = gather(COLLECTORS, deny=["DescribeTable"])

    assert isinstance(collected.stores["things"].key_id, Unknown)
    assert {flow.mechanism for flow in collected.flows} == {"replication", "share"}
    assert all(isinstance(flow.active, Unknown) for flow in collected.flows)


def test_replicas_are_flows() -> None:
    """moto ignores replicas, so the answer stands here as AWS documents it."""
    replicas = [{"RegionName": "eu-central-1"}, {"ReplicaArn": "arn:aws:dynamodb:x:2:table/y"}]
    table = {
        "TableStatus": "ACTIVE",
        "TableArn": ARN,
        "Replicas": replicas,
        "GlobalTableWitnesses": [{"RegionName": "us-west-2"}],
    }
    bodies = {"table": {"Table": table}}
    answers = {name: (Answer(outcome=Outcome.OK, body=body),) for name, body in bodies.items()}
    streaming = (Answer(outcome=Outcome.OK, body={"KinesisDataStreamDestinations": []}),)
    found = Found(
        place={"account": ACCOUNT, "region": HOME},
        item="things",
        answers={
            **answers,
            "policy": (Answer(outcome=Outcome.ABSENT),),
            "streaming": streaming,
        },
        records={"item": (0,)},
        details={detail.name: detail for detail in TABLES.details},
    )

    flows = [row for row in TABLES.rows(found) if isinstance(row, Flow)]

    assert [flow.target_id for flow in flows] == [
        f"arn:aws:dynamodb:eu-central-1:{ACCOUNT}:table/things",
        "arn:aws:dynamodb:x:2:table/y",
        "",
    ]
    assert [flow.target_country for flow in flows][::2] == ["DE", "US"]


def test_a_stream_to_kinesis_is_a_flow() -> None:
    make_table()
    stream = "arn:aws:kinesis:us-east-1:999999999999:stream/theirs"
    destination = {"StreamArn": stream, "DestinationStatus": "ACTIVE"}
    answer = {"TableName": "things", "KinesisDataStreamDestinations": [destination]}
    rule = Rule(operation="dynamodb.DescribeKinesisStreamingDestination", answer=answer)

    (flow,) = gather(COLLECTORS, rules=[rule]).flows

    assert (flow.mechanism, flow.target_id, flow.active) == ("stream", stream, True)
    assert flow.target_account == "999999999999"


def test_a_global_table_of_the_old_version_replicates() -> None:
    """The description of its table does not show its replicas."""
    group = [{"RegionName": HOME}, {"RegionName": "eu-west-1"}]
    answer = {"GlobalTables": [{"GlobalTableName": "things", "ReplicationGroup": group}]}
    rule = Rule(operation="dynamodb.ListGlobalTables", answer=answer)

    (flow,) = gather((IDENTITY, REGIONS, GLOBAL_TABLES), rules=[rule]).flows

    assert (flow.store_id, flow.target_country) == (ARN, "IE")
