"""Roles, who may assume them, and the policies that they hold."""

import json

import boto3
import pytest

from auditor.collect.aws.iam_roles import ROLES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Attachment, PolicyDocument, Principal, Row
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ARN = f"arn:aws:iam::{ACCOUNT}:role/reader"
DENY = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}
NOTHING = json.dumps({"Version": "2012-10-17", "Statement": [DENY]})
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}

pytestmark = pytest.mark.usefixtures("cloud")


def rows(*rules: Rule) -> tuple[Row, ...]:
    return gather((IDENTITY, ROLES), rules=rules).rows


def test_reads_a_role_its_trust_and_its_boundary() -> None:
    iam = boto3.client("iam", HOME)
    bound = iam.create_policy(PolicyName="bound", PolicyDocument=NOTHING)["Policy"]["Arn"]
    iam.create_role(
        RoleName="reader",
        AssumeRolePolicyDocument=json.dumps(TRUST),
        PermissionsBoundary=bound,
        Tags=[{"Key": "team", "Value": "trust"}],
    )
    iam.put_role_policy(RoleName="reader", PolicyName="own", PolicyDocument=NOTHING)

    found = rows()

    (role,) = (row for row in found if isinstance(row, Principal))
    documents = {row.id: row for row in found if isinstance(row, PolicyDocument)}
    uses = {row.use: row.policy_id for row in found if isinstance(row, Attachment)}
    trust = documents[f"{ARN}#trust policy"]
    assert (role.id, role.kind, role.boundary_id, role.tags) == (
        ARN,
        "role",
        bound,
        {"team": "trust"},
    )
    assert (trust.kind, trust.resource_id) == ("trust", ARN)
    assert json.loads(str(trust.document)) == TRUST
    assert uses == {"permissions": f"{ARN}#own", "boundary": bound}


def test_a_role_without_boundary_and_use_is_known_to_have_none() -> None:
    boto3.client("iam", HOME).create_role(
        RoleName="reader", AssumeRolePolicyDocument=json.dumps(TRUST)
    )

    (role,) = (row for row in rows() if isinstance(row, Principal))

    assert (role.boundary_id, role.last_used) == ("", "")


def test_says_when_a_role_was_last_used() -> None:
    role = {"Arn": ARN, "RoleName": "reader", "RoleLastUsed": {"LastUsedDate": "2026-10-01"}}
    rule = Rule(operation="iam.GetAccountAuthorizationDetails", answer={"RoleDetailList": [role]})

    (principal,) = (row for row in rows(rule) if isinstance(row, Principal))

    assert principal.last_used == "2026-10-01T00:00:00Z"


def test_a_trust_policy_that_is_missing_is_unknown() -> None:
    """Nobody trusted is not the same."""
    rule = Rule(
        operation="iam.GetAccountAuthorizationDetails",
        answer={"RoleDetailList": [{"Arn": ARN, "RoleName": "reader"}]},
    )

    (trust,) = (row for row in rows(rule) if isinstance(row, PolicyDocument))

    assert isinstance(trust.document, Unknown)
