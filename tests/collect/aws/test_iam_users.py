"""IAM users, how they sign in, their groups and the policies that they hold."""

import json
from typing import Any

import boto3
import pytest

from auditor.collect.aws.iam_users import USERS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Attachment, Membership, PolicyDocument, Principal, Row
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ARN = f"arn:aws:iam::{ACCOUNT}:user/ada"
DENY = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}
NOTHING = json.dumps({"Version": "2012-10-17", "Statement": [DENY]})

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def iam() -> Any:
    """IAM with a user who has nothing."""
    client = boto3.client("iam", HOME)
    client.create_user(UserName="ada", Tags=[{"Key": "team", "Value": "trust"}])
    return client


def rows(*rules: Rule, deny: tuple[str, ...] = ()) -> tuple[Row, ...]:
    return gather((IDENTITY, USERS), rules=rules, deny=deny).rows


def user(*rules: Rule, deny: tuple[str, ...] = ()) -> Principal:
    (found,) = (row for row in rows(*rules, deny=deny) if isinstance(row, Principal))
    return found


def test_a_user_without_credentials_is_known_to_have_none(iam: Any) -> None:
    found = user()

    assert (found.id, found.kind, found.name, found.account) == (ARN, "user", "ada", ACCOUNT)
    assert (found.password, found.second_factor) == (False, False)
    assert (found.lasting_keys, found.oldest_key, found.boundary_id) == (0, "", "")
    assert found.tags == {"team": "trust"}
    assert isinstance(found.known_as, tuple)
    assert "ada" in found.known_as


def test_counts_keys_that_last_and_finds_the_oldest(iam: Any) -> None:
    keys = [
        {"UserName": "ada", "Status": "Active", "CreateDate": "2024-02-01"},
        {"UserName": "ada", "Status": "Inactive", "CreateDate": "2019-01-01"},
    ]
    about = {"ServiceName": "s", "ServiceSpecificCredentialId": "i", "Status": "Active"}
    others = [
        {**about, "UserName": "ada", "CreateDate": "2023-01-01"},
        {**about, "UserName": "ada", "CreateDate": "2020-01-01", "ExpirationDate": "2027-01-01"},
        {**about, "UserName": "bob", "CreateDate": "2018-01-01"},
    ]
    found = user(
        Rule(operation="iam.ListAccessKeys", answer={"AccessKeyMetadata": keys}),
        Rule(
            operation="iam.ListServiceSpecificCredentials",
            answer={"ServiceSpecificCredentials": others},
        ),
    )

    assert (found.lasting_keys, found.oldest_key) == (2, "2023-01-01T00:00:00Z")


def test_reads_a_password_and_a_second_factor(iam: Any) -> None:
    iam.create_login_profile(UserName="ada", Password="a Long one, 1")
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]
    iam.enable_mfa_device(
        UserName="ada",
        SerialNumber=device["SerialNumber"],
        AuthenticationCode1="123456",
        AuthenticationCode2="654321",
    )

    found = user()

    assert (found.password, found.second_factor) == (True, True)


@pytest.mark.parametrize(
    ("refused", "column"),
    [
        ("GetLoginProfile", "password"),
        ("ListMFADevices", "second_factor"),
        ("ListAccessKeys", "lasting_keys"),
        ("ListSSHPublicKeys", "oldest_key"),
        ("ListServiceSpecificCredentials", "lasting_keys"),
    ],
)
def test_a_refusal_leaves_the_credential_unknown(iam: Any, refused: str, column: str) -> None:
    """Nobody is told to have no key because we may not look."""
    assert isinstance(getattr(user(deny=(refused,)), column), Unknown)


def test_a_service_that_has_no_credentials_of_its_own_here_gives_none(iam: Any) -> None:
    rule = Rule(
        operation="iam.ListServiceSpecificCredentials", status=404, code="NotSupportedService"
    )

    assert user(rule).lasting_keys == 0


def test_finds_the_group_by_its_path(iam: Any) -> None:
    """A user knows the names of their groups only."""
    iam.create_group(GroupName="engineers", Path="/parent/")
    iam.add_user_to_group(GroupName="engineers", UserName="ada")

    (membership,) = (row for row in rows() if isinstance(row, Membership))

    assert membership.member_id == ARN
    assert membership.group_id == f"arn:aws:iam::{ACCOUNT}:group/parent/engineers"


def test_a_group_that_cannot_be_found_is_no_group_that_we_know(iam: Any) -> None:
    iam.create_group(GroupName="engineers")
    iam.add_user_to_group(GroupName="engineers", UserName="ada")
    rule = Rule(operation="iam.GetAccountAuthorizationDetails", words="member.1=Group")

    (membership,) = (row for row in rows(rule) if isinstance(row, Membership))

    assert membership.group_id == f"arn:aws:iam::{ACCOUNT}:group/?/engineers"


def test_groups_are_asked_for_once(iam: Any) -> None:
    iam.create_group(GroupName="engineers")
    for name in ("bob", "cy"):
        iam.create_user(UserName=name)
        iam.add_user_to_group(GroupName="engineers", UserName=name)

    asked = [
        record.request.parameters.get("Filter") for record in gather((IDENTITY, USERS)).records
    ]

    assert asked.count(["Group"]) == 1


def test_reads_what_a_user_holds(iam: Any) -> None:
    managed = iam.create_policy(PolicyName="shared", PolicyDocument=NOTHING)["Policy"]["Arn"]
    iam.put_user_policy(UserName="ada", PolicyName="own", PolicyDocument=NOTHING)
    iam.attach_user_policy(UserName="ada", PolicyArn=managed)

    found = rows()

    held = {(row.use, row.policy_id) for row in found if isinstance(row, Attachment)}
    assert held == {("permissions", f"{ARN}#own"), ("permissions", managed)}
    assert [row.id for row in found if isinstance(row, PolicyDocument)] == [f"{ARN}#own"]


def test_reads_a_boundary(iam: Any) -> None:
    bound = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": "arn:aws:iam::1:b"}
    listed = {"Arn": ARN, "UserName": "ada", "PermissionsBoundary": bound}
    rule = Rule(operation="iam.GetAccountAuthorizationDetails", answer={"UserDetailList": [listed]})

    found = rows(rule)

    (principal,) = (row for row in found if isinstance(row, Principal))
    (held,) = (row for row in found if isinstance(row, Attachment))
    assert principal.boundary_id == "arn:aws:iam::1:b"
    assert (held.use, held.policy_id) == ("boundary", "arn:aws:iam::1:b")
