"""AWS Identity and Access Management: groups, and the policies that they hold.

API: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GroupDetail.html
"""

from collections.abc import Iterator

from auditor.collect.aws.iam_policies import OPERATION, PERMISSION, held_policies
from auditor.collect.aws.reading import maybe_text, text
from auditor.spec import Collector, Found, Listing
from auditor.tables import Attachment, PolicyDocument, Principal, Row


def _rows(found: Found) -> Iterator[Row]:
    arn = text(found, "item.Arn")
    yield Principal(
        id=arn,
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        kind="group",
        name=maybe_text(found, "item.GroupName"),
        created=maybe_text(found, "item.CreateDate"),
        last_used="",
        attributes={},
        tags={},  # IAM has no tags of groups
    )
    yield from held_policies(found, arn, "item.GroupPolicyList")


GROUPS = Collector(
    kind="aws.iam.group",
    service="iam",
    title="groups of IAM users, with the policies that they hold",
    per=("account",),
    listing=Listing(
        operation=OPERATION,
        permission=PERMISSION,
        parameters={"Filter": ["Group"], "MaxItems": 1000},
        items="GroupDetailList",
    ),
    tables=(Principal, PolicyDocument, Attachment),
    rows=_rows,
    source="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GroupDetail.html",
)
