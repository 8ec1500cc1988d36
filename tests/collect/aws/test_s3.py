"""What we claim to know about an S3 bucket, given what AWS answered."""

import json
from datetime import UTC, datetime

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.s3 import BUCKETS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Answer, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Flow, Store
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, BUCKETS)
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
CLOSED = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}

ENFORCED = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}

pytestmark = pytest.mark.usefixtures("cloud")


def make_bucket(
    name: str, region: str = HOME, *, is_closed: bool = True, has_lists: bool = False
) -> None:
    place = {"CreateBucketConfiguration": {"LocationConstraint": region}}
    s3 = boto3.client("s3", region)
    s3.create_bucket(Bucket=name, **(place if region != HOME else {}))
    if not has_lists:
        s3.put_bucket_ownership_controls(Bucket=name, OwnershipControls=ENFORCED)
    if is_closed:
        s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=CLOSED)


def let_read(name: str, principal: object) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{name}/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": statement})
    boto3.client("s3", HOME).put_bucket_policy(Bucket=name, Policy=policy)


def test_reads_place_tags_and_key() -> None:
    """A bucket is where its location says, whatever region was asked."""
    make_bucket("box", "eu-central-1")
    s3 = boto3.client("s3", "eu-central-1")
    rule = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY}
    s3.put_bucket_encryption(
        Bucket="box",
        ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": rule}]},
    )
    s3.put_bucket_tagging(Bucket="box", Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})

    store = gather(COLLECTORS).stores["box"]

    assert (store.region, store.country) == ("eu-central-1", "DE")
    assert (store.encrypted, store.key_id) == (True, KEY)
    assert store.tags == {"a": "b"}
    assert store.public is False
    assert store.locked is False


def test_no_location_is_virginia() -> None:
    """The oldest region has no name in this API."""
    make_bucket("box")

    assert gather(COLLECTORS).stores["box"].region == HOME


def test_enabled_replication_is_a_flow() -> None:
    """A disabled rule moves no data."""
    for name in ("box", "copy"):
        make_bucket(name)
        boto3.client("s3", HOME).put_bucket_versioning(
            Bucket=name, VersioningConfiguration={"Status": "Enabled"}
        )
    rules = [
        {
            "ID": status,
            "Priority": priority,
            "Status": status,
            "Filter": {"Prefix": status},
            "Destination": {"Bucket": "arn:aws:s3:::copy"},
            "DeleteMarkerReplication": {"Status": "Disabled"},
        }
        for priority, status in enumerate(("Enabled", "Disabled"))
    ]
    boto3.client("s3", HOME).put_bucket_replication(
        Bucket="box", ReplicationConfiguration={"Role": "arn:aws:iam::1:role/r", "Rules": rules}
    )

    flows = gather(COLLECTORS).flows

    assert [(flow.mechanism, flow.target_id, flow.active) for flow in flows] == [
        ("replication", "arn:aws:s3:::copy", True)
    ]


def test_a_refused_replication_is_no_absence() -> None:
    """AccessDenied must never read as "this bucket has no copies"."""
    make_bucket("box")

    (flow,) = gather(COLLECTORS, deny=["GetBucketReplication"]).flows

    assert flow.mechanism == "replication"
    assert isinstance(flow.active, Unknown)
    assert flow.active.permission == "s3:GetReplicationConfiguration"


def test_a_policy_for_everybody_is_public() -> None:
    """Nothing blocks it, so anybody reads."""
    make_bucket("box", is_closed=False)
    let_read("box", "*")

    collected = gather(COLLECTORS)

    assert collected.stores["box"].public is True
    assert [(flow.mechanism, flow.target_account) for flow in collected.flows] == [("public", "*")]


def test_a_block_overrides_a_policy_for_everybody() -> None:
    """Public access blocks win over policies."""
    make_bucket("box", is_closed=False)
    let_read("box", "*")
    boto3.client("s3", HOME).put_public_access_block(
        Bucket="box", PublicAccessBlockConfiguration=CLOSED
    )

    collected = gather(COLLECTORS)

    assert collected.stores["box"].public is False
    assert collected.flows == []


def test_a_policy_for_whoever_meets_a_condition_is_an_unknown_share() -> None:
    """AWS calls it not public, so no block of public access stops it: it is not nobody."""
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": "s3:GetObject",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}},
    }
    bodies = {
        "policy": {"Policy": json.dumps({"Statement": statement})},
        "policy_status": {"PolicyStatus": {"IsPublic": False}},
        "block": {"PublicAccessBlockConfiguration": CLOSED},
        "acl": {"Owner": {"ID": "a"}, "Grants": []},
        "ownership": {"OwnershipControls": ENFORCED},
    }
    answers = {
        detail.name: (Answer(outcome=Outcome.ABSENT),)
        if detail.name not in bodies
        else (Answer(outcome=Outcome.OK, body=bodies[detail.name]),)
        for detail in BUCKETS.details
    }
    found = Found(
        place={"account": ACCOUNT},
        item={"Name": "box", "CreationDate": "2026-01-02T12:00:00Z"},
        answers=answers,
        records={"item": (0,)},
        details={detail.name: detail for detail in BUCKETS.details},
    )

    store, *others = BUCKETS.rows(found)
    flow = next(row for row in others if isinstance(row, Flow))

    assert isinstance(store, Store)
    assert (store.public, flow.mechanism) == (False, "share")
    assert isinstance(flow.target_account, Unknown)


def test_a_policy_for_another_account_is_a_share() -> None:
    """Blocks of public access do not stop a named account."""
    make_bucket("box")
    let_read("box", {"AWS": "arn:aws:iam::999999999999:root"})

    (flow,) = gather(COLLECTORS).flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


def test_open_object_lists_are_unknown() -> None:
    """Objects can be public one by one, which no call about the bucket shows."""
    make_bucket("box", is_closed=False, has_lists=True)

    assert isinstance(gather(COLLECTORS).stores["box"].public, Unknown)


def test_no_block_stops_objects_from_being_shared_one_by_one() -> None:
    """Lists that let in the public are ignored; those that let in an account are not."""
    make_bucket("box", has_lists=True)

    collected = gather(COLLECTORS)

    assert collected.stores["box"].public is False
    (flow,) = collected.flows
    assert flow.mechanism == "share"
    assert isinstance(flow.active, Unknown)


def test_only_compliance_mode_is_a_lock() -> None:
    """In governance mode, those with a permission can still delete."""
    s3 = boto3.client("s3", HOME)
    for mode in ("COMPLIANCE", "GOVERNANCE"):
        name = mode.lower()
        s3.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
        rule = {"DefaultRetention": {"Mode": mode, "Days": 1}}
        s3.put_object_lock_configuration(
            Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule}
        )

    stores = gather(COLLECTORS).stores

    assert (stores["compliance"].locked, stores["governance"].locked) == (True, False)


@pytest.mark.parametrize(
    ("action", "has_lists", "is_share"),
    [
        ("s3:PutObject", True, False),
        ("s3:PutBucketPolicy", False, True),
        ("s3:Put*", False, True),
        ("s3:PutReplicationConfiguration", False, True),
        ("s3:PutObjectAcl", True, True),
        ("s3:PutObjectAcl", False, False),
    ],
)
def test_who_may_open_a_bucket_can_read_it(action: str, has_lists: bool, is_share: bool) -> None:
    make_bucket("box", has_lists=has_lists)
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "999999999999"},
        "Action": action,
        "Resource": "*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": statement})
    boto3.client("s3", HOME).put_bucket_policy(Bucket="box", Policy=policy)

    assert (
        "999999999999" in {flow.target_account for flow in gather(COLLECTORS).flows}
    ) is is_share


@pytest.mark.parametrize(("year", "encrypted"), [(2021, None), (2024, True)])
def test_default_encryption_says_nothing_of_what_was_there_before(
    year: int, encrypted: bool | None
) -> None:
    """A bucket of 2021 has a default now, and may have objects from before it."""
    make_bucket("box")
    default = [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
    boto3.client("s3", HOME).put_bucket_encryption(
        Bucket="box", ServerSideEncryptionConfiguration={"Rules": default}
    )
    bucket = {"Name": "box", "CreationDate": datetime(year, 6, 1, tzinfo=UTC)}
    rule = Rule(operation="s3.ListBuckets", answer={"Buckets": [bucket]})

    found = gather(COLLECTORS, rules=[rule]).stores["box"].encrypted

    assert found is encrypted or (encrypted is None and isinstance(found, Unknown))
