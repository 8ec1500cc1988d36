"""Identity Center: whose instance it is, and in which accounts permission sets are roles."""

import json

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.identity_center import ASSIGNMENTS, INSTANCES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Membership, Principal
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, INSTANCES, ASSIGNMENTS)
INSTANCE = "arn:aws:sso:::instance/ssoins-1111111111111111"
SET = "arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-1111111111111111"
VISIBLE = {"InstanceArn": INSTANCE, "IdentityStoreId": "d-1111111111"}

pytestmark = pytest.mark.usefixtures("cloud")


def collect(owner: str, *rules: Rule, deny: tuple[str, ...] = ()) -> Collected:
    instances = [{**VISIBLE, "OwnerAccountId": owner}] if owner else []
    seen = Rule(operation="sso-admin.ListInstances", answer={"Instances": instances})
    return gather(COLLECTORS, rules=[*rules, seen], deny=deny)


def assigned(*deny: str) -> Collected:
    told = {"AccountId": "222222222222", "PermissionSetArn": SET}
    several = [
        {**told, "PrincipalType": "USER", "PrincipalId": "u-1"},
        {**told, "PrincipalType": "GROUP", "PrincipalId": "g-1"},
    ]
    rules = (
        Rule(operation="sso-admin.ListPermissionSets", answer={"PermissionSets": [SET]}),
        Rule(
            operation="sso-admin.DescribePermissionSet",
            answer={"PermissionSet": {"Name": "Support", "PermissionSetArn": SET}},
        ),
        Rule(
            operation="sso-admin.ListAccountsForProvisionedPermissionSet",
            answer={"AccountIds": [ACCOUNT, "222222222222"]},
        ),
        Rule(
            operation="sso-admin.ListAccountAssignments",
            words='"222222222222"',
            answer={"AccountAssignments": several},
        ),
        Rule(operation="sso-admin.ListAccountAssignments", answer={"AccountAssignments": []}),
    )
    return collect(ACCOUNT, *rules, deny=deny)


def roles(*deny: str) -> dict[str, Principal]:
    rows = assigned(*deny).rows
    return {row.id: row for row in rows if isinstance(row, Principal) and row.kind == "role"}


def test_a_permission_set_is_a_role_in_each_account() -> None:
    found = roles()

    assert found.keys() == {f"{SET}/{ACCOUNT}", f"{SET}/222222222222"}
    role = found[f"{SET}/222222222222"]
    assert (role.account, role.name) == ("222222222222", "AWSReservedSSO_Support")


def test_who_is_assigned_a_permission_set_is_a_member_of_its_role() -> None:
    members = [row for row in assigned().rows if isinstance(row, Membership)]

    assert {(row.group_id, row.member_id) for row in members} == {
        (f"{SET}/222222222222", "identitystore/d-1111111111/user/u-1"),
        (f"{SET}/222222222222", "identitystore/d-1111111111/group/g-1"),
    }


def test_refused_assignments_could_be_anybodys() -> None:
    rows = assigned("ListAccountAssignments").rows

    assert {(row.group_id, row.member_id) for row in rows if isinstance(row, Membership)} == {
        (f"{SET}/{ACCOUNT}", "?"),
        (f"{SET}/222222222222", "?"),
    }


def test_a_refused_permission_set_has_no_name() -> None:
    assert isinstance(roles("DescribePermissionSet")[f"{SET}/{ACCOUNT}"].name, Unknown)


def test_a_permission_set_is_described_once() -> None:
    asked = [record.request.operation for record in assigned().records]

    assert asked.count("DescribePermissionSet") == 1
    assert asked.count("ListAccountAssignments") == 2


def test_only_the_owner_is_asked_about_an_instance() -> None:
    """Every account of an organisation sees it, and is refused everything else."""
    collected = collect("999999999999")

    (instance,) = (row for row in collected.rows if isinstance(row, Principal))
    assert (instance.id, instance.kind, instance.account) == (INSTANCE, "federation", "9" * 12)
    assert {record.request.operation for record in collected.records}.isdisjoint(
        {"ListPermissionSets"}
    )


def test_an_instance_of_one_account_has_no_permission_sets() -> None:
    rule = Rule(operation="sso-admin.ListPermissionSets", status=400, code="ValidationException")

    assert collect(ACCOUNT, rule).refusals == []


def test_asks_moto_as_it_would_ask_aws() -> None:
    """What rules answer is what we made up; moto checks the parameters."""
    client = boto3.client("sso-admin", HOME)
    instance = client.list_instances()["Instances"][0]["InstanceArn"]
    made = client.create_permission_set(InstanceArn=instance, Name="Support")
    arn = made["PermissionSet"]["PermissionSetArn"]
    client.put_inline_policy_to_permission_set(
        InstanceArn=instance,
        PermissionSetArn=arn,
        InlinePolicy=json.dumps({"Version": "2012-10-17", "Statement": []}),
    )
    target = {"InstanceArn": instance, "PermissionSetArn": arn, "TargetType": "AWS_ACCOUNT"}
    client.create_account_assignment(
        **target, TargetId=ACCOUNT, PrincipalType="USER", PrincipalId="u-1"
    )
    client.provision_permission_set(**target, TargetId=ACCOUNT)

    collected = gather(COLLECTORS)

    assert collected.refusals == []
    (role,) = (row for row in collected.rows if isinstance(row, Principal) and row.kind == "role")
    (membership,) = (row for row in collected.rows if isinstance(row, Membership))
    assert (role.id, role.name) == (f"{arn}/{ACCOUNT}", "AWSReservedSSO_Support")
    assert membership.group_id == role.id
