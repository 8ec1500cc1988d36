"""What we claim to know about EFS, given what AWS answered."""

import json
from typing import Any

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.efs import FILE_SYSTEMS, REPLICATIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, FILE_SYSTEMS, REPLICATIONS)
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def make(**more: Any) -> str:
    answer = boto3.client("efs", HOME).create_file_system(CreationToken="one", **more)
    return str(answer["FileSystemId"])


def arn_of(name: str, region: str = HOME, account: str = ACCOUNT) -> str:
    return f"arn:aws:elasticfilesystem:{region}:{account}:file-system/{name}"


def replicated(source: str, **end: Any) -> list[Flow]:
    item = {
        "SourceFileSystemId": "fs-1",
        "SourceFileSystemArn": source,
        "Destinations": [{"FileSystemId": "fs-2", "Status": "ENABLED", **end}],
    }
    operation = "efs.DescribeReplicationConfigurations"
    return gather(
        COLLECTORS, rules=[Rule(operation=operation, answer={"Replications": [item]})]
    ).flows


def test_reads_a_file_system() -> None:
    name = make(Encrypted=False, Tags=[{"Key": "a", "Value": "b"}])

    store = gather(COLLECTORS).stores[name]

    assert (store.id, store.country, store.tags) == (arn_of(name), "US", {"a": "b"})
    assert (store.encrypted, store.key_id, store.public) == (False, "", False)


def test_one_zone_is_where_the_zone_is() -> None:
    system = {"FileSystemId": "fs-1", "AvailabilityZoneName": "us-east-1-lim-1a"}
    rule = Rule(operation="efs.DescribeFileSystems", answer={"FileSystems": [system]})

    assert gather(COLLECTORS, rules=[rule]).stores["fs-1"].country == "PE"


def test_a_policy_is_a_share_and_a_refusal_may_be_one() -> None:
    name = make()
    principal = {"AWS": f"arn:aws:iam::{STRANGER}:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*"}
    boto3.client("efs", HOME).put_file_system_policy(
        FileSystemId=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    )

    (flow,) = gather(COLLECTORS).flows
    (possible,) = gather(COLLECTORS, deny=["DescribeFileSystemPolicy"]).flows

    assert (flow.mechanism, flow.target_account) == ("share", STRANGER)
    assert isinstance(possible.active, Unknown)


def test_a_replica_may_be_in_another_region_and_account() -> None:
    (flow,) = replicated(arn_of("fs-1"), Region="eu-west-1", OwnerId=STRANGER)

    assert flow.store_id == arn_of("fs-1")
    assert flow.target_id == arn_of("fs-2", "eu-west-1", STRANGER)
    assert (flow.target_country, flow.target_account, flow.active) == ("IE", STRANGER, True)


def test_a_replica_of_nobody_named_is_not_ours_for_that() -> None:
    """Only if the file system is found here, the facts say whose it is."""
    (flow,) = replicated(arn_of("fs-1"), Region="eu-west-1")

    assert isinstance(flow.target_account, Unknown)


def test_a_replica_of_ours_elsewhere_is_told_where_its_source_is() -> None:
    """Both regions list one replication."""
    assert replicated(arn_of("fs-1", "eu-west-1"), Region=HOME) == []


def test_a_paused_replica_keeps_what_was_copied_and_an_odd_one_may() -> None:
    (paused,) = replicated(arn_of("fs-1"), Region="eu-west-1", Status="PAUSED")
    (odd,) = replicated(arn_of("fs-1"), Region="eu-west-1", Status="ERROR")

    assert paused.active is True
    assert isinstance(odd.active, Unknown)
