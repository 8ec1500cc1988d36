"""The least privilege is enough, and nothing of it is too much or lost silently."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from moto import mock_aws
from moto.core import enable_iam_authentication

from auditor.collect.aws.permissions import actions_of, least_privilege, length_of
from auditor.collect.kubernetes.calls import is_of_cluster
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
from auditor.demo.aws.wire import is_played
from auditor.model import Json, LogSource, Outcome
from auditor.spec import Call, Collector, Detail, Listing
from tests.collect.aws.walking import ACCOUNT, Collected, gather

EVERY = tuple(
    each
    for each in load_collectors()
    if each.provider == "aws" and each.kind != "aws.organizations.account"
)

# moto takes these calls for ListBucket, so it cannot hold us to their permissions; the contract
# test holds those to the API's own names.
UNCHECKED = {
    "GetBucketEncryption",
    "GetBucketOwnershipControls",
    "GetBucketReplication",
    "GetObjectLockConfiguration",
    "GetPublicAccessBlock",
    "ListBucketAnalyticsConfigurations",
    "ListBucketInventoryConfigurations",
}
# moto has other names for these actions, or forgets that they are allowed on some resources.
MISNAMED = {
    "aws.cloudwatch.composite-alarm",
    "aws.cloudwatch.log-alarm",
    "aws.cloudwatch.metric-alarm",
    "aws.s3.directory-bucket",
    "aws.s3control.public-access-block",
    "aws.ssm.service",
    "aws.tagging.resource",
}
MOTOS_NAME = "s3:ListBucket"


def is_held(collector: Collector, call: Call) -> bool:
    """Whether moto can refuse a call: what it does not play is answered in its place."""
    return (
        call.operation not in UNCHECKED
        and not is_of_cluster(call.permission)
        and is_played(call.service or collector.service, call.operation)
    )


PLAYED = tuple(
    each
    for each in EVERY
    if all(is_held(each, call) for call in (each.listing, each.parent) if call)
)


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


def gather_with(
    iam: Any, policies: Iterable[Json], collectors: Iterable[Collector] = PLAYED
) -> Collected:
    """Collect as a user who has these policies, and no others."""
    for name in iam.list_user_policies(UserName="auditor")["PolicyNames"]:
        iam.delete_user_policy(UserName="auditor", PolicyName=name)
    for number, policy in enumerate([*policies, allow([MOTOS_NAME])]):
        iam.put_user_policy(
            UserName="auditor", PolicyName=f"reads-{number}", PolicyDocument=json.dumps(policy)
        )
    with enable_iam_authentication():
        return gather(collectors)


def allow(actions: Iterable[str]) -> Json:
    statement = {"Effect": "Allow", "Action": [*actions], "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


@pytest.fixture(scope="module")
def enforced(administrator: Any) -> tuple[Collector, ...]:
    """What moto lets an administrator collect whole.

    The rest it refuses to anybody: of many services it cannot tell the signature of a request, or
    knows the action by another name than IAM.
    """
    whole = gather_with(administrator, [allow("*")])
    refused = MISNAMED | {record.request.collector for record in whole.refusals}
    return tuple(each for each in PLAYED if each.kind not in refused)


def test_the_policies_are_enough(administrator: Any, enforced: tuple[Collector, ...]) -> None:
    """Whoever grants what we print gets a whole collection."""
    collected = gather_with(administrator, least_privilege(EVERY), enforced)

    assert len(enforced) > 100
    assert collected.refused == []
    assert {record.request.operation for record in collected.records} >= {
        "GetBucketAcl",
        "DescribeSnapshotAttribute",
        "GetKeyPolicy",
        "GetTrailStatus",
        "DescribeTable",
    }


@pytest.mark.parametrize("kind", [Listing, Detail])
def test_a_lacking_permission_is_a_record(
    administrator: Any, enforced: tuple[Collector, ...], kind: type[Call]
) -> None:
    """Each call that may not be made is a refusal that names itself; none vanishes.

    So each of those permissions is needed, too.
    """
    lacking = {
        (collector.kind, call.operation): call.permission
        for collector in enforced
        for call in collector.calls
        if isinstance(call, kind) and call.permission and is_held(collector, call)
    }
    # Without the regions there would be nothing else to refuse.
    lacking.pop(("aws.ec2.region", "DescribeRegions"), None)

    granted = set(actions_of(EVERY)) - set(lacking.values())
    collected = gather_with(administrator, [allow(granted)], enforced)
    outcomes = {
        (record.request.collector, record.request.operation): record.answer.outcome
        for record in collected.records
    }
    held = outcomes.keys() & lacking.keys()

    assert {call for call in held if outcomes[call] is not Outcome.DENIED} == set()
    assert len(held) > (100 if kind is Listing else 10)


def test_the_policies_allow_what_is_called_and_nothing_more() -> None:
    """They are printed, compared and pasted."""
    granted = [
        action
        for policy in least_privilege(EVERY)
        for statement in policy["Statement"]
        for action in _several(statement["Action"])
    ]
    needed = {call.permission for each in EVERY for call in each.calls} - {""}
    called = {each for each in needed if not is_of_cluster(each)}

    assert len(granted) == len(set(granted))
    assert set(granted) - called == {"timestream:DescribeEndpoints"}  # the SDK's own
    assert called <= set(granted)
    assert sorted(granted) == list(actions_of(EVERY))


def test_the_policies_only_read() -> None:
    """A name that does not say so is judged here, one by one."""
    others = {
        action
        for action in actions_of(EVERY)
        if not action.split(":")[1].startswith(("BatchGet", "Describe", "Get", "List"))
    }

    assert others == {
        "apigateway:GET",
        "cassandra:Select",  # of the lists of keyspaces and tables only: see below
        "cloudtrail:LookupEvents",
    }


@pytest.mark.parametrize("role", [None, "AuditorReadOnly"])
def test_each_policy_fits_into_a_managed_one(role: str | None) -> None:
    """IAM accepts 6,144 characters."""
    policies = least_privilege(EVERY, role)

    assert len(policies) > 1
    assert all(0 < length_of(policy) <= 6_144 for policy in policies)
    assert all(policy["Statement"] for policy in policies)
    assert policies == least_privilege(reversed(EVERY), role)


def test_the_policies_can_be_made(administrator: Any) -> None:
    """IAM reads them."""
    for number, policy in enumerate(least_privilege(EVERY, "AuditorReadOnly")):
        made = administrator.create_policy(
            PolicyName=f"auditor-{number}", PolicyDocument=json.dumps(policy)
        )
        assert made["Policy"]["Arn"]


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("ssm:GetParametersByPath", "arn:aws:ssm:*::parameter/aws/service/global-infrastructure/*"),
        ("cassandra:Select", "arn:aws:cassandra:*:*:/keyspace/system*"),
    ],
)
def test_nothing_of_the_customers_own_can_be_read(action: str, resource: str) -> None:
    """One action would let read it all; what we need of it is public, or a list of names."""
    (narrow,) = [
        statement
        for policy in least_privilege(EVERY)
        for statement in policy["Statement"]
        if action in _several(statement["Action"])
    ]

    assert narrow["Resource"] == resource


def _several(actions: str | list[str]) -> list[str]:
    return [actions] if isinstance(actions, str) else actions


def test_only_the_buckets_of_logs_may_be_read() -> None:
    """Reading objects is allowed where the configuration says that logs lie, and nowhere else."""
    logs = (
        LogSource(name="trail", kind="cloudtrail", target="main", bucket="logs", prefix="x/"),
        LogSource(name="disk", kind="cloudtrail", folder="/somewhere"),
        LogSource(name="oracle", kind="oci audit", target="other", bucket="theirs"),
    )
    (document,) = least_privilege((), logs=logs)
    assert [(each["Action"], each["Resource"]) for each in document["Statement"]] == [
        ("s3:ListBucket", "arn:aws:s3:::logs"),
        ("s3:GetObject", "arn:aws:s3:::logs/x/*"),
    ]
