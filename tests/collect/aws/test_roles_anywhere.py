"""Workloads outside AWS that act as roles."""

from typing import Any

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.roles_anywhere import ANCHORS, PROFILES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Attachment, Membership, PolicyDocument, Principal, Row
from tests.collect.aws.walking import ACCOUNT, gather

ROLE = f"arn:aws:iam::{ACCOUNT}:role/worker"
PROFILE = f"arn:aws:rolesanywhere:us-east-1:{ACCOUNT}:profile/1"
ANCHOR = f"arn:aws:rolesanywhere:us-east-1:{ACCOUNT}:trust-anchor/1"

pytestmark = pytest.mark.usefixtures("cloud")


def profiles(**members: Any) -> tuple[Row, ...]:
    profile = {"profileArn": PROFILE, "name": "factory", "roleArns": [ROLE], **members}
    rule = Rule(operation="rolesanywhere.ListProfiles", answer={"profiles": [profile]})
    return gather((IDENTITY, REGIONS, PROFILES), rules=[rule]).rows


def test_a_profile_may_act_as_its_roles() -> None:
    rows = profiles(enabled=True)

    (principal,) = (row for row in rows if isinstance(row, Principal))
    (membership,) = (row for row in rows if isinstance(row, Membership))
    assert (principal.id, principal.kind, principal.enabled) == (PROFILE, "federation", True)
    assert (membership.group_id, membership.member_id) == (ROLE, PROFILE)


def test_a_profile_that_is_off_acts_as_nothing() -> None:
    assert not [row for row in profiles(enabled=False) if isinstance(row, Membership)]


def test_a_profile_that_may_be_on_may_act() -> None:
    rows = profiles()

    (principal,) = (row for row in rows if isinstance(row, Principal))
    assert isinstance(principal.enabled, Unknown)
    assert [row for row in rows if isinstance(row, Membership)]


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, []),
        ({"sessionPolicy": "{}"}, [f"{PROFILE}#session"]),
        ({"managedPolicyArns": ["arn:aws:iam::aws:policy/A"]}, ["arn:aws:iam::aws:policy/A"]),
        (
            {"sessionPolicy": "{}", "managedPolicyArns": ["a"]},
            [f"{PROFILE}#session", "a"],
        ),
    ],
    ids=["none", "its own", "a managed one", "both"],
)
def test_policies_of_a_profile_limit_its_sessions(
    members: dict[str, Any], expected: list[str]
) -> None:
    rows = profiles(enabled=True, **members)

    attached = [row for row in rows if isinstance(row, Attachment)]
    documents = [(row.id, row.document) for row in rows if isinstance(row, PolicyDocument)]
    assert [row.policy_id for row in attached] == expected
    assert {(row.holder_id, row.use) for row in attached} <= {(PROFILE, "session")}
    assert documents == [(f"{PROFILE}#session", "{}")] * ("sessionPolicy" in members)


def test_says_who_hands_out_certificates() -> None:
    source = {"sourceType": "AWS_ACM_PCA", "sourceData": {"acmPcaArn": "arn:aws:acm-pca:::a"}}
    anchor = {"trustAnchorArn": ANCHOR, "name": "plant", "enabled": True, "source": source}
    rule = Rule(operation="rolesanywhere.ListTrustAnchors", answer={"trustAnchors": [anchor]})

    rows = gather((IDENTITY, REGIONS, ANCHORS), rules=[rule]).rows

    (principal,) = (row for row in rows if isinstance(row, Principal))
    assert principal.id == ANCHOR
    assert principal.attributes == {"source": "AWS_ACM_PCA", "authority": "arn:aws:acm-pca:::a"}
