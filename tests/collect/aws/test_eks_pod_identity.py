"""Service accounts of clusters that act as roles, given what AWS answered."""

from typing import Any

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.eks_pod_identity import ASSOCIATIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.tables import Attachment, Membership, PolicyDocument, Principal, Row
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ROLE = f"arn:aws:iam::{ACCOUNT}:role/worker"
ARN = f"arn:aws:eks:{HOME}:{ACCOUNT}:podidentityassociation/c/a-1"

pytestmark = pytest.mark.usefixtures("cloud")


def rows(*deny: str, **members: Any) -> tuple[Row, ...]:
    named = {
        "clusterName": "c",
        "namespace": "pay",
        "serviceAccount": "batch",
        "associationArn": ARN,
        "associationId": "a-1",
    }
    about = {**named, "roleArn": ROLE, "createdAt": 0, **members}
    rules = [
        Rule(operation="eks.ListClusters", answer={"clusters": ["c"]}),
        Rule(operation="eks.ListPodIdentityAssociations", answer={"associations": [named]}),
        Rule(operation="eks.DescribePodIdentityAssociation", answer={"association": about}),
    ]
    return gather((IDENTITY, REGIONS, ASSOCIATIONS), rules=rules, deny=deny).rows


def test_a_service_account_may_act_as_the_role_of_its_association() -> None:
    found = rows(tags={"a": "b"})

    (who,) = (row for row in found if isinstance(row, Principal))
    assert (who.id, who.kind, who.name, who.tags) == (
        ARN,
        "federation",
        "pay/batch of c",
        {"a": "b"},
    )
    (member,) = (row for row in found if isinstance(row, Membership))
    assert (member.group_id, member.member_id) == (ROLE, ARN)
    assert not [row for row in found if isinstance(row, PolicyDocument | Attachment)]


def test_a_policy_of_an_association_limits_its_sessions() -> None:
    found = rows(policy="{}")

    (document,) = (row for row in found if isinstance(row, PolicyDocument))
    (attached,) = (row for row in found if isinstance(row, Attachment))
    assert (document.kind, document.document) == ("session", "{}")
    assert (attached.policy_id, attached.holder_id, attached.use) == (document.id, ARN, "session")


def test_what_a_target_role_gives_is_reached_through_the_first_role() -> None:
    """The policy is about the target's sessions: it takes nothing from the way there."""
    found = rows(policy="{}", targetRoleArn="arn:aws:iam::999999999999:role/theirs")

    assert [row.group_id for row in found if isinstance(row, Membership)] == [ROLE]
    assert not [row for row in found if isinstance(row, Attachment)]


def test_a_role_that_was_not_told_is_not_none() -> None:
    found = rows("DescribePodIdentityAssociation")

    assert [row.group_id for row in found if isinstance(row, Membership)] == ["?"]
