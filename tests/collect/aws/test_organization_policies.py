"""Policies of an organisation: what they limit, and to what they are attached."""

import json

import boto3
import pytest

from auditor.collect.aws.organization_policies import (
    DECLARATIVE,
    RESOURCE_CONTROL,
    SERVICE_CONTROL,
)
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Target, Unknown
from auditor.tables import Attachment, Guardrail, PolicyDocument
from tests.collect.aws.walking import HOME, gather

TARGET = Target(name="here", provider="aws", options={"organization_role": "reader"})
LOCK = {
    "Statement": {
        "Effect": "Deny",
        "NotAction": "iam:*",
        "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["us-east-1"]}},
    }
}

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def root() -> str:
    """The root of an organisation to which a lock is attached."""
    organizations = boto3.client("organizations", HOME)
    organizations.create_organization(FeatureSet="ALL")
    root = str(organizations.list_roots()["Roots"][0]["Id"])
    made = organizations.create_policy(
        Content=json.dumps(LOCK), Description="", Name="lock", Type="SERVICE_CONTROL_POLICY"
    )
    organizations.attach_policy(PolicyId=made["Policy"]["PolicySummary"]["Id"], TargetId=root)
    return root


def guardrails(*deny: str) -> dict[str, Guardrail]:
    collected = gather((IDENTITY, SERVICE_CONTROL), TARGET, deny=deny)
    return {row.name: row for row in collected.rows if isinstance(row, Guardrail)}


def test_reads_a_lock_where_it_is_attached(root: str) -> None:
    lock = guardrails()["lock"]

    assert (lock.target_id, lock.enforced) == (root, True)
    assert (lock.limits, lock.allowed_regions, lock.escapes) == (("regions",), ("us-east-1",), ())


def test_what_allows_everything_limits_nothing(root: str) -> None:
    assert guardrails()["FullAWSAccess"].limits == ()


def test_a_refused_document_leaves_everything_open(root: str) -> None:
    lock = guardrails("DescribePolicy")["lock"]

    assert isinstance(lock.allowed_regions, Unknown)
    assert isinstance(lock.escapes, Unknown)


def test_refused_targets_could_be_anywhere(root: str) -> None:
    lock = guardrails("ListTargetsForPolicy")["lock"]

    assert lock.target_id == "?"
    assert isinstance(lock.enforced, Unknown)


def test_the_kinds_of_policy_are_asked_for_one_by_one() -> None:
    """One listing answers for one kind only."""
    several = (SERVICE_CONTROL, RESOURCE_CONTROL, DECLARATIVE)

    assert len({each.listing.parameters["Filter"] for each in several}) == len(several)


def test_keeps_what_a_policy_says_and_where(root: str) -> None:
    rows = gather((IDENTITY, SERVICE_CONTROL), TARGET).rows

    documents = {row.id: row for row in rows if isinstance(row, PolicyDocument)}
    (held,) = (
        row for row in rows if isinstance(row, Attachment) and "FullAWS" not in row.policy_id
    )
    document = documents[held.policy_id]
    assert (held.holder_id, held.use) == (root, "control")
    assert (document.kind, document.account) == ("service control", "")
    assert json.loads(str(document.document)) == LOCK


def test_a_refused_policy_is_attached_and_unread(root: str) -> None:
    rows = gather((IDENTITY, SERVICE_CONTROL), TARGET, deny=["DescribePolicy"]).rows

    assert {type(row.document) for row in rows if isinstance(row, PolicyDocument)} == {Unknown}
    assert [row for row in rows if isinstance(row, Attachment) and row.holder_id == root]
