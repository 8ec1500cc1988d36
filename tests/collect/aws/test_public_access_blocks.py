"""Blocks of public access: what they cover, and what they leave."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.public_access_blocks import BUCKETS, IMAGES, SNAPSHOTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Guardrail
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, BUCKETS, SNAPSHOTS, IMAGES)

pytestmark = pytest.mark.usefixtures("cloud")


def blocks(*rules: Rule) -> dict[str, Guardrail]:
    rows = gather(COLLECTORS, rules=rules).rows
    return {row.name: row for row in rows if isinstance(row, Guardrail)}


def test_an_account_without_a_block_has_none() -> None:
    assert "S3 buckets of the account" not in blocks()


def test_a_setting_that_is_off_is_a_way_out() -> None:
    boto3.client("s3control", HOME).put_public_access_block(
        AccountId=ACCOUNT,
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": True,
            "IgnorePublicAcls": True,
            "BlockPublicPolicy": False,
            "RestrictPublicBuckets": True,
        },
    )

    assert blocks()["S3 buckets of the account"].escapes == ("BlockPublicPolicy",)


@pytest.mark.parametrize(
    ("state", "enforced", "escapes"),
    [
        ("block-all-sharing", True, ()),
        ("block-new-sharing", True, ("what was public before",)),
        ("unblocked", False, ()),
    ],
)
def test_a_block_of_new_shares_leaves_the_old(
    state: str, enforced: bool, escapes: tuple[str, ...]
) -> None:
    rule = Rule(operation="ec2.GetSnapshotBlockPublicAccessState", answer={"State": state})

    block = blocks(rule)["EBS snapshots"]

    assert (block.enforced, block.escapes, block.region) == (enforced, escapes, HOME)


def test_a_state_that_nobody_knows_is_unknown() -> None:
    answer = {"ImageBlockPublicAccessState": "something-new"}
    rule = Rule(operation="ec2.GetImageBlockPublicAccessState", answer=answer)

    assert isinstance(blocks(rule)["images"].enforced, Unknown)
