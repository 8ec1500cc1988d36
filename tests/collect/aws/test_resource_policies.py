"""Policies of resources as rows: what was said, what is known to be none, what is unknown."""

import json

import boto3
import pytest

from auditor.collect.aws.backup_vaults import VAULTS
from auditor.collect.aws.dynamodb import TABLES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.efs import FILE_SYSTEMS
from auditor.collect.aws.health import SEQUENCE_STORES
from auditor.collect.aws.network_endpoints import ENDPOINTS
from auditor.collect.aws.opensearch import DOMAINS
from auditor.collect.aws.outposts import S3_ON_OUTPOSTS
from auditor.collect.aws.qbusiness import APPLICATIONS
from auditor.collect.aws.resource_policies import NOT_ASKED, policies_of, policy_of, written
from auditor.collect.aws.s3 import BUCKETS
from auditor.collect.aws.s3_access_points import ACCESS_POINTS
from auditor.collect.aws.s3_grants import GRANTS
from auditor.collect.aws.sqs import QUEUES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Answer, Outcome, Unknown
from auditor.spec import Collector, Found
from auditor.tables import PolicyDocument, Processor
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

TEXT = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"},
    }
)
QUEUE = f"arn:aws:sqs:{HOME}:{ACCOUNT}:jobs"


@pytest.fixture
def row() -> Processor:
    return Processor(
        id="arn:of:it",
        evidence=(3,),
        name="it",
        provider="aws",
        operator="Amazon Web Services",
        account=ACCOUNT,
        region=HOME,
        country="US",
        service="any",
        kind="thing",
        public=False,
        created="",
        tags={},
    )


def documents_in(rows: Collected) -> dict[str, PolicyDocument]:
    return {each.id: each for each in rows.rows if isinstance(each, PolicyDocument)}


def test_a_policy_is_kept_as_it_came(row: Processor) -> None:
    made = policy_of(row, TEXT)

    assert (made.id, made.resource_id, made.kind) == ("arn:of:it#policy", "arn:of:it", "resource")
    assert (made.document, made.account, made.evidence) == (TEXT, ACCOUNT, (3,))


@pytest.mark.parametrize("nothing", ["", "{}"])
def test_no_policy_is_known_to_be_none(row: Processor, nothing: str) -> None:
    """Nothing is not unknown: a store without a policy lets nobody in by one."""
    assert policy_of(row, nothing).document == ""


@pytest.mark.parametrize("odd", [None, 7, True, [], {"Statement": []}])
def test_what_is_no_text_is_unknown(row: Processor, odd: object) -> None:
    """Whoever forges an answer gets no policy, and no error either."""
    assert isinstance(policy_of(row, odd).document, Unknown)


def test_several_policies_are_told_apart(row: Processor) -> None:
    several = [{"Name": "a", "Text": TEXT}, {"Text": TEXT}, "odd", {"Name": "c"}]

    made = list(policies_of(row, several, "Text", "Name"))

    assert [each.id for each in made] == ["arn:of:it#a", "arn:of:it#2", "arn:of:it#c"]
    assert isinstance(made[2].document, Unknown)


def test_an_empty_list_of_policies_is_known_to_be_none(row: Processor) -> None:
    (made,) = policies_of(row, [], "Text", "Name")

    assert made.document == ""


def test_a_list_that_was_refused_is_unknown(row: Processor) -> None:
    (made,) = policies_of(row, Unknown("denied"), "Text", "Name")

    assert made.document == Unknown("denied")


def test_what_says_nothing_is_no_policy() -> None:
    assert written([]) == ""
    assert json.loads(written([{"Effect": "Allow"}]))["Statement"] == [{"Effect": "Allow"}]


@pytest.mark.usefixtures("cloud")
def test_a_queue_with_and_without_a_policy() -> None:
    sqs = boto3.client("sqs", HOME)
    sqs.create_queue(QueueName="jobs", Attributes={"Policy": TEXT})
    sqs.create_queue(QueueName="plain")

    rows = documents_in(gather((IDENTITY, REGIONS, QUEUES)))

    assert json.loads(str(rows[f"{QUEUE}#policy"].document)) == json.loads(TEXT)
    assert rows[f"arn:aws:sqs:{HOME}:{ACCOUNT}:plain#policy"].document == ""


@pytest.mark.usefixtures("cloud")
def test_a_refused_policy_is_unknown() -> None:
    boto3.client("sqs", HOME).create_queue(QueueName="jobs")

    rows = documents_in(gather((IDENTITY, REGIONS, QUEUES), deny=frozenset({"GetQueueAttributes"})))

    document = rows[f"{QUEUE}#policy"].document
    assert isinstance(document, Unknown)
    assert document.permission == "sqs:GetQueueAttributes"


@pytest.mark.usefixtures("cloud")
def test_a_bucket_has_its_policy_and_its_access_list() -> None:
    boto3.client("s3", HOME).create_bucket(Bucket="box")

    rows = documents_in(gather((IDENTITY, REGIONS, BUCKETS)))

    assert rows["arn:aws:s3:::box#policy"].document == ""
    assert rows["arn:aws:s3:::box#access-list"].kind == "grant"


@pytest.mark.usefixtures("cloud")
def test_a_stream_of_a_table_has_a_policy_of_its_own() -> None:
    boto3.client("dynamodb", HOME).create_table(
        TableName="t",
        KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"},
    )
    answer = Rule(operation="dynamodb.GetResourcePolicy", answer={"Policy": TEXT})

    rows = documents_in(gather((IDENTITY, REGIONS, TABLES), rules=[answer]))

    table = f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/t"
    assert {f"{table}#policy", f"{table}#stream-policy"} <= rows.keys()
    assert {each.resource_id for each in rows.values()} == {table}


@pytest.mark.usefixtures("cloud")
def test_the_policy_of_an_endpoint_is_of_its_own_kind() -> None:
    ec2 = boto3.client("ec2", HOME)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName=f"com.amazonaws.{HOME}.s3", PolicyDocument=TEXT
    )
    name = made["VpcEndpoint"]["VpcEndpointId"]

    rows = documents_in(gather((IDENTITY, REGIONS, ENDPOINTS)))

    endpoint = f"arn:aws:ec2:{HOME}:{ACCOUNT}:vpc-endpoint/{name}"
    assert rows[f"{endpoint}#policy"].kind == "endpoint"
    assert rows[f"{endpoint}#policy"].resource_id == endpoint


@pytest.mark.usefixtures("cloud")
def test_a_vault_has_its_policy() -> None:
    backup = boto3.client("backup", HOME)
    backup.create_backup_vault(BackupVaultName="safe")
    answer = Rule(operation="backup.GetBackupVaultAccessPolicy", answer={"Policy": TEXT})

    rows = documents_in(gather((IDENTITY, REGIONS, VAULTS), rules=[answer]))

    assert rows[f"arn:aws:backup:{HOME}:{ACCOUNT}:backup-vault:safe#policy"].document == TEXT


def found_of(collector: Collector, item: object, **bodies: object) -> Found:
    answered = {name: (Answer(outcome=Outcome.OK, body=body),) for name, body in bodies.items()}
    missing = {each.name: (Answer(outcome=Outcome.ABSENT),) for each in collector.details}
    return Found(
        place={"account": ACCOUNT, "region": HOME},
        item=item,
        answers={**missing, **answered},
        records={"item": (0,), **{each.name: (1,) for each in collector.details}},
        details={each.name: each for each in collector.details},
    )


def test_the_policy_of_an_access_point_is_about_the_point() -> None:
    """Its statements name the point, so that none of them fits the bucket."""
    point = f"arn:aws:s3:{HOME}:{ACCOUNT}:accesspoint/door"
    item = {"Name": "door", "Bucket": "box", "AccessPointArn": point}

    rows = list(ACCESS_POINTS.rows(found_of(ACCESS_POINTS, item, policy={"Policy": TEXT})))

    (document,) = (each for each in rows if isinstance(each, PolicyDocument))
    assert (document.resource_id, document.document) == (point, TEXT)


@pytest.mark.parametrize(
    ("permission", "action", "is_there"),
    [
        ("READ", "s3:GetObject", True),
        ("READ", "s3:PutObject", False),
        ("WRITE", "s3:PutObject", True),
        ("WRITE", "s3:GetObject", False),
        ("READWRITE", "s3:GetObject", True),
        ("READWRITE", "s3:DeleteObject", True),
    ],
)
def test_an_access_grant_is_a_statement_about_its_prefix(
    permission: str, action: str, is_there: bool
) -> None:
    who = f"arn:aws:iam::{ACCOUNT}:role/reader"
    item = {
        "AccessGrantArn": f"arn:aws:s3:{HOME}:{ACCOUNT}:access-grants/default/grant/1",
        "Grantee": {"GranteeType": "IAM", "GranteeIdentifier": who},
        "GrantScope": "s3://box/logs/*",
        "Permission": permission,
    }

    made = [
        each for each in GRANTS.rows(found_of(GRANTS, item)) if isinstance(each, PolicyDocument)
    ]

    (statement,) = json.loads(str(made[0].document))["Statement"]
    assert (made[0].kind, made[0].resource_id) == ("grant", "arn:aws:s3:::box")
    assert statement["Principal"] == {"AWS": who}
    assert statement["Resource"] == "arn:aws:s3:::box/logs/*"
    assert (action in statement["Action"]) is is_there


def test_a_grant_to_a_person_of_a_directory_makes_no_statement() -> None:
    """A policy cannot name one; the flow that stands for it says who may be behind it."""
    item = {
        "Grantee": {"GranteeType": "DIRECTORY_USER", "GranteeIdentifier": "1-2-3"},
        "GrantScope": "s3://box/*",
        "Permission": "READ",
    }

    rows = list(GRANTS.rows(found_of(GRANTS, item)))

    assert rows
    assert not any(isinstance(each, PolicyDocument) for each in rows)


def documents_of(collector: Collector, item: object, **bodies: object) -> dict[str, PolicyDocument]:
    rows = collector.rows(found_of(collector, item, **bodies))
    return {each.id.partition("#")[2]: each for each in rows if isinstance(each, PolicyDocument)}


def test_a_file_system_without_a_policy_is_open_to_whoever_mounts_it() -> None:
    """That is its default; a policy of its own takes the place of it."""
    open_, closed = (
        documents_of(FILE_SYSTEMS, {"FileSystemId": "fs-1"}, **bodies)["default"].document
        for bodies in ({}, {"policy": {"Policy": TEXT}})
    )

    (statement,) = json.loads(str(open_))["Statement"]
    assert statement["Principal"] == "*"
    assert "elasticfilesystem:AccessedViaMountTarget" in statement["Condition"]["Bool"]
    assert closed == ""


@pytest.mark.parametrize(("network", "is_closed"), [({"VPCId": "vpc-1"}, True), ({}, False)])
def test_a_domain_in_a_network_is_reached_from_there_only(
    network: dict[str, str], is_closed: bool
) -> None:
    status = {"DomainId": "1", "VPCOptions": network}

    made = documents_of(DOMAINS, {"DomainName": "d"}, domain={"DomainStatus": status})["network"]

    assert ("vpc-1" in str(made.document)) is is_closed
    assert (made.document == "") is not is_closed


@pytest.mark.parametrize(
    "collector", [APPLICATIONS, S3_ON_OUTPOSTS, SEQUENCE_STORES], ids=lambda each: each.kind
)
def test_a_policy_that_is_not_asked_for_is_unknown(collector: Collector) -> None:
    """Whoever did not ask does not know that there is none."""
    made = documents_of(collector, {})

    assert made["policy"].document == NOT_ASKED
