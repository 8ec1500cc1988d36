"""Whom access grants let read, given what AWS answered."""

import json
from typing import Any

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.s3_grants import GRANTS, INSTANCES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

STRANGER = "999999999999"
INSTANCE = f"arn:aws:s3:{HOME}:{ACCOUNT}:access-grants/default"

pytestmark = pytest.mark.usefixtures("cloud")


def collected(*rules: Rule) -> Collected:
    return gather((IDENTITY, REGIONS, GRANTS, INSTANCES), rules=rules)


def flows_of(who: str, kind: str = "IAM", **more: Any) -> list[Flow]:
    grant = {
        "AccessGrantId": "g-1",
        "AccessGrantArn": f"{INSTANCE}/grant/g-1",
        "Grantee": {"GranteeType": kind, "GranteeIdentifier": who},
        "Permission": "READ",
        "GrantScope": "s3://box/people/*",
        **more,
    }
    answer = {"AccessGrantsList": [grant]}
    return collected(Rule(operation="s3control.ListAccessGrants", answer=answer)).flows


def test_a_grant_to_a_stranger_is_a_share_of_the_bucket() -> None:
    (flow,) = flows_of(f"arn:aws:iam::{STRANGER}:role/reader")

    assert (flow.store_id, flow.mechanism, flow.target_account) == (
        "arn:aws:s3:::box",
        "share",
        STRANGER,
    )


def test_a_grant_within_the_account_is_none() -> None:
    assert flows_of(f"arn:aws:iam::{ACCOUNT}:role/reader") == []


def test_a_grant_to_write_lets_nobody_read() -> None:
    assert flows_of(f"arn:aws:iam::{STRANGER}:role/writer", Permission="WRITE") == []


def test_people_of_a_directory_have_no_account() -> None:
    (flow,) = flows_of("a-1", "DIRECTORY_USER")

    assert isinstance(flow.active, Unknown)


def test_an_account_without_grants_has_none() -> None:
    """The error says that the account does not use them."""
    code = "AccessGrantsInstanceNotExistsError"
    rule = Rule(operation="s3control.ListAccessGrants", status=404, code=code)

    assert collected(rule).refused == []


def test_an_instance_may_be_shared() -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": STRANGER}, "Action": "s3:GetDataAccess"}
    listed = {"AccessGrantsInstanceArn": INSTANCE, "AccessGrantsInstanceId": "default"}

    (flow,) = collected(
        Rule(
            operation="s3control.ListAccessGrantsInstances",
            answer={"AccessGrantsInstancesList": [listed]},
        ),
        Rule(
            operation="s3control.GetAccessGrantsInstanceResourcePolicy",
            answer={"Policy": json.dumps({"Statement": statement})},
        ),
    ).flows

    assert (flow.store_id, flow.target_account) == (INSTANCE, STRANGER)
