"""What we claim to know about table buckets, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.s3tables import TABLE_BUCKETS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:s3tables:{HOME}:{ACCOUNT}:bucket/events"
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def collected(*rules: Rule) -> Collected:
    bucket = {"arn": ARN, "name": "events", "ownerAccountId": ACCOUNT}
    plain = {"encryptionConfiguration": {"sseAlgorithm": "AES256"}}
    absent = [
        Rule(operation=f"s3tables.{name}", status=404, code="NotFoundException")
        for name in ("GetTableBucketReplication", "GetTableBucketPolicy")
    ]
    listed = [
        Rule(operation="s3tables.ListTableBuckets", answer={"tableBuckets": [bucket]}),
        Rule(operation="s3tables.GetTableBucketEncryption", answer=plain),
    ]
    return gather((IDENTITY, REGIONS, TABLE_BUCKETS), rules=[*rules, *listed, *absent])


def test_reads_a_table_bucket() -> None:
    """Whether a single table is replicated or shared is not read, and said to be unknown."""
    found = collected()
    store = found.stores["events"]

    assert (store.id, store.encrypted, store.key_id, store.public) == (ARN, True, "", False)
    assert [flow.id for flow in found.flows] == [f"{ARN}/replication/tables", f"{ARN}/share/tables"]
    assert all(isinstance(flow.active, Unknown) for flow in found.flows)


def test_replication_names_region_and_account() -> None:
    target = f"arn:aws:s3tables:eu-west-1:{STRANGER}:bucket/copy"
    rules = [{"destinations": [{"destinationTableBucketARN": target}]}]
    answer = {"configuration": {"role": "r", "rules": rules}, "versionToken": "1"}

    flow = collected(Rule(operation="s3tables.GetTableBucketReplication", answer=answer)).flows[0]

    assert (flow.target_id, flow.target_country, flow.target_account) == (target, "IE", STRANGER)


def test_a_policy_is_a_share() -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": STRANGER}, "Action": "s3tables:*"}
    answer = {"resourcePolicy": json.dumps({"Statement": statement})}

    flows = collected(Rule(operation="s3tables.GetTableBucketPolicy", answer=answer)).flows

    assert (flows[-1].mechanism, flows[-1].target_account) == ("share", STRANGER)


def test_a_refused_encryption_leaves_the_key_unknown() -> None:
    store = collected(Rule(operation="s3tables.GetTableBucketEncryption")).stores["events"]

    assert isinstance(store.key_id, Unknown)
