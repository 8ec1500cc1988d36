"""Groups of IAM users, and the policies that they hold."""

import json

import boto3
import pytest

from auditor.collect.aws.iam_groups import GROUPS
from auditor.collect.aws.sts import IDENTITY
from auditor.tables import Attachment, PolicyDocument, Principal
from tests.collect.aws.walking import ACCOUNT, HOME, gather

DENY = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}
NOTHING = json.dumps({"Version": "2012-10-17", "Statement": [DENY]})

pytestmark = pytest.mark.usefixtures("cloud")


def test_reads_a_group_and_what_it_holds() -> None:
    iam = boto3.client("iam", HOME)
    iam.create_group(GroupName="engineers", Path="/parent/")
    iam.put_group_policy(GroupName="engineers", PolicyName="own", PolicyDocument=NOTHING)
    managed = iam.create_policy(PolicyName="shared", PolicyDocument=NOTHING)["Policy"]["Arn"]
    iam.attach_group_policy(GroupName="engineers", PolicyArn=managed)
    arn = f"arn:aws:iam::{ACCOUNT}:group/parent/engineers"

    rows = gather((IDENTITY, GROUPS)).rows

    (group,) = (row for row in rows if isinstance(row, Principal))
    (document,) = (row for row in rows if isinstance(row, PolicyDocument))
    assert (group.id, group.kind, group.name, group.account) == (
        arn,
        "group",
        "engineers",
        ACCOUNT,
    )
    assert (document.id, document.kind) == (f"{arn}#own", "identity")
    held = [row for row in rows if isinstance(row, Attachment)]
    assert {(row.holder_id, row.use, row.policy_id) for row in held} == {
        (arn, "permissions", f"{arn}#own"),
        (arn, "permissions", managed),
    }
