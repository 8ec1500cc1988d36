"""AWS Identity and Access Management: roles, who may assume them, and the policies they hold.

Roles that AWS makes for its services stand in the path /aws-service-role/, those of Identity
Center in /aws-reserved/sso.amazonaws.com/.

API: https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html
"""

from collections.abc import Iterator

from auditor.collect.aws.iam_policies import (
    OPERATION,
    PERMISSION,
    bounding,
    held_policies,
    policy_text,
    read_boundary,
)
from auditor.collect.aws.reading import entries, maybe_text, member, tags_of, text
from auditor.collect.aws.roles_of_resources import acts
from auditor.model import Json
from auditor.spec import Collector, Found, Listing, dig
from auditor.tables import Attachment, Membership, PolicyDocument, Principal, Row


def _rows(found: Found) -> Iterator[Row]:
    arn = text(found, "item.Arn")
    role_id = text(found, "item.RoleId")
    yield Principal(
        id=arn,
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        kind="role",
        name=maybe_text(found, "item.RoleName"),
        known_as=(role_id,) if role_id else (),
        created=maybe_text(found, "item.CreateDate"),
        last_used=maybe_text(found, "item.RoleLastUsed.LastUsedDate", absent=""),
        boundary_id=read_boundary(found),
        attributes={},
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield PolicyDocument(
        # No inline policy can be called so: their names have no spaces.
        id=f"{arn}#trust policy",
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        kind="trust",
        resource_id=arn,
        document=policy_text(found.read("item.AssumeRolePolicyDocument")),
    )
    yield from held_policies(found, arn, "item.RolePolicyList")
    yield from bounding(found, arn)
    for profile in entries(found.read("item.InstanceProfileList", absent=[])):
        yield from _instance_profile(found, profile, arn)


def _instance_profile(found: Found, profile: Json, role: str) -> Iterator[Row]:
    arn = member(profile, "Arn")
    yield Principal(
        id=arn,
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        kind="resource",
        name=member(profile, "InstanceProfileName"),
        created=member(profile, "CreateDate"),
        last_used="",
        attributes={},
        tags=tags_of(dig(profile, "Tags") or []),
    )
    yield acts(arn, role, found.evidence)


ROLES = Collector(
    kind="aws.iam.role",
    service="iam",
    title="roles, who may assume them, and the policies that they hold",
    per=("account",),
    listing=Listing(
        operation=OPERATION,
        permission=PERMISSION,
        parameters={"Filter": ["Role"], "MaxItems": 1000},
        items="RoleDetailList",
    ),
    tables=(Principal, PolicyDocument, Attachment, Membership),
    rows=_rows,
    source="https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html",
)
