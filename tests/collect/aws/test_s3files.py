"""What we claim to know about file systems in front of buckets, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.s3files import FILE_SYSTEMS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:s3files:{HOME}:{ACCOUNT}:file-system/fs-1"
BUCKET = "arn:aws:s3:::box"
STRANGER = "999999999999"
ABSENT = Rule(operation="s3files.GetFileSystemPolicy", status=404, code="ResourceNotFoundException")

pytestmark = pytest.mark.usefixtures("cloud")


def collected(*rules: Rule, owner: str = ACCOUNT) -> Collected:
    system = {"fileSystemId": "fs-1", "fileSystemArn": ARN, "bucket": BUCKET, "ownerId": owner}
    tags = [{"key": "a", "value": "b"}]
    answers = [
        Rule(operation="s3files.ListFileSystems", answer={"fileSystems": [system]}),
        Rule(operation="s3files.GetFileSystem", answer={**system, "tags": tags}),
    ]
    return gather((IDENTITY, REGIONS, FILE_SYSTEMS), rules=[*rules, *answers])


def test_reads_a_file_system_and_its_bucket() -> None:
    """What is written to the one shows in the other."""
    found = collected(ABSENT)
    store = found.stores["fs-1"]

    assert (store.id, store.key_id, store.tags, store.source_id) == (ARN, "", {"a": "b"}, BUCKET)
    assert {(flow.store_id, flow.mechanism, flow.target_id) for flow in found.flows} == {
        (ARN, "sync", BUCKET),
        (BUCKET, "mount", ARN),
    }


def test_a_policy_is_a_share() -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": STRANGER}, "Action": "s3files:*"}
    answer = {"fileSystemId": "fs-1", "policy": json.dumps({"Statement": statement})}

    flows = collected(Rule(operation="s3files.GetFileSystemPolicy", answer=answer)).flows

    assert STRANGER in {flow.target_account for flow in flows}


def test_a_refused_detail_leaves_key_and_tags_unknown() -> None:
    store = collected(Rule(operation="s3files.GetFileSystem"), ABSENT).stores["fs-1"]

    assert isinstance(store.key_id, Unknown)
    assert isinstance(store.tags, Unknown)


def test_a_file_system_of_another_account_is_read_there() -> None:
    assert collected(ABSENT, owner=STRANGER).stores == {}
