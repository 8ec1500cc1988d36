"""The least privilege is enough, and nothing of it is too much to lose silently."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from moto import mock_aws
from moto.core import enable_iam_authentication

from auditor.collect.aws.permissions import least_privilege
from auditor.collect.registry import load_collectors
from auditor.demo.aws.accounts import Builder
from auditor.demo.aws.ordinary import (
    make_bucket,
    make_instance,
    make_key,
    make_snapshot,
    make_table,
    make_trail,
    make_volume,
)
from auditor.model import Outcome
from auditor.spec import Call, Detail, Listing
from tests.collect.aws.walking import ACCOUNT, Collected, gather

COLLECTORS = tuple(
    each
    for each in load_collectors()
    if each.provider == "aws" and each.kind != "aws.organizations.account"
)
ACTIONS = sorted({call.permission for each in COLLECTORS for call in each.calls} - {""})
# moto takes these calls for ListBucket, so it cannot hold us to their permissions; the contract
# test holds those to the API's own names.
UNCHECKED = {
    "GetBucketEncryption",
    "GetBucketOwnershipControls",
    "GetBucketReplication",
    "GetObjectLockConfiguration",
    "GetPublicAccessBlock",
}
MOTOS_NAME = "s3:ListBucket"


@pytest.fixture(scope="module")
def administrator() -> Iterator[Any]:
    """IAM in an account with one of everything; the environment has a user's credentials."""
    with pytest.MonkeyPatch.context() as environment, mock_aws():
        environment.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
        builder = Builder(ACCOUNT)
        key = make_key(builder, "all")
        make_bucket(builder, "audit-logs-all", key)
        make_snapshot(builder, make_volume(builder, key), key)
        make_instance(builder, "main", key)
        make_table(builder, "things", key)
        make_trail(builder, "all", "audit-logs-all")
        iam = builder.client("iam")
        iam.create_user(UserName="auditor")
        credentials = iam.create_access_key(UserName="auditor")["AccessKey"]
        environment.setenv("AWS_ACCESS_KEY_ID", credentials["AccessKeyId"])
        environment.setenv("AWS_SECRET_ACCESS_KEY", credentials["SecretAccessKey"])
        environment.delenv("AWS_SESSION_TOKEN", raising=False)
        yield iam


def gather_with(iam: Any, actions: Iterable[str]) -> Collected:
    statement = {"Effect": "Allow", "Action": [*actions, MOTOS_NAME], "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_user_policy(UserName="auditor", PolicyName="reads", PolicyDocument=policy)
    with enable_iam_authentication():
        return gather(COLLECTORS)


def test_the_policy_is_enough(administrator: Any) -> None:
    """Whoever grants what we print gets a whole collection."""
    collected = gather_with(administrator, ACTIONS)

    assert collected.refused == []
    assert {record.request.operation for record in collected.records} >= {
        "GetBucketAcl",
        "DescribeSnapshotAttribute",
        "GetKeyPolicy",
        "GetTrailStatus",
        "ListTagsOfResource",
    }


@pytest.mark.parametrize("kind", [Listing, Detail])
def test_a_lacking_permission_is_a_record(administrator: Any, kind: type[Call]) -> None:
    """Each call that may not be made is a refusal that names itself; none vanishes."""
    lacking = {
        (call.permission, call.operation)
        for collector in COLLECTORS
        for call in collector.calls
        if isinstance(call, kind) and call.permission
    }
    # Without the regions there would be nothing else to refuse.
    lacking -= {("ec2:DescribeRegions", "DescribeRegions")}

    granted = set(ACTIONS) - {permission for permission, _ in lacking}
    collected = gather_with(administrator, granted)
    asked = {record.request.operation for record in collected.records}
    outcomes = {
        record.request.operation: record.answer.outcome
        for record in collected.records
        if record.request.operation in {operation for _, operation in lacking} - UNCHECKED
    }

    assert set(outcomes.values()) == {Outcome.DENIED}
    if kind is Listing:
        assert asked >= {operation for _, operation in lacking}


def test_the_policy_is_sorted_and_reads_only() -> None:
    """It is printed, compared and pasted."""
    assert sorted(set(ACTIONS)) == ACTIONS
    assert all(action.split(":")[1].startswith(("Get", "List", "Describe")) for action in ACTIONS)


def test_no_parameter_of_the_customer_can_be_read() -> None:
    """One action would let read them all; what we need of it is public."""
    (narrow,) = [
        each
        for each in least_privilege(COLLECTORS)["Statement"]
        if "ssm:GetParametersByPath" in each["Action"]
    ]

    assert narrow["Resource"] == "arn:aws:ssm:*::parameter/aws/service/global-infrastructure/*"
