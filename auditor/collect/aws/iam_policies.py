"""AWS Identity and Access Management: policies, and by whom they are held.

API: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
"""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from auditor.collect.aws.reading import entries, maybe_text, member, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Attachment, Maybe, PolicyDocument

OPERATION = "GetAccountAuthorizationDetails"
PERMISSION = "iam:GetAccountAuthorizationDetails"
SOURCE = (
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html"
)
_OF_AWS = ":iam::aws:policy/"
_NO_TEXT = Unknown("the provider's answer has no text of the policy")


def policy_text(document: Json) -> Maybe[str]:
    """Return the JSON text of a policy, which IAM sends URL-encoded and botocore decodes."""
    if isinstance(document, Mapping):
        return json.dumps(document, separators=(",", ":"))
    if not isinstance(document, str) or not document:
        return document if isinstance(document, Unknown) else _NO_TEXT
    return unquote(document) if document.startswith("%") else document


def attachment(policy: str, holder: str, use: str, evidence: tuple[int, ...]) -> Attachment:
    """Return the row of one policy at one holder."""
    return Attachment(
        id=f"{holder}/{use}/{policy}",
        evidence=evidence,
        provider="aws",
        policy_id=policy,
        holder_id=holder,
        use=use,
    )


def held_policies(found: Found, holder: str, inline: str) -> Iterator[PolicyDocument | Attachment]:
    """Yield the policies of a user, group or role: inline, managed, and its boundary.

    Args:
        inline: path of the list of inline policies, which an answer leaves out for none.
    """
    evidence = found.records.get("item", ())
    for policy in entries(found.read(inline, absent=[])):
        name = f"{holder}#{member(policy, 'PolicyName')}"
        yield PolicyDocument(
            id=name,
            evidence=evidence,
            provider="aws",
            account=found.place["account"],
            kind="identity",
            document=policy_text(policy.get("PolicyDocument")),
        )
        yield attachment(name, holder, "permissions", evidence)
    for policy in entries(found.read("item.AttachedManagedPolicies", absent=[])):
        yield attachment(member(policy, "PolicyArn"), holder, "permissions", evidence)


def read_boundary(found: Found) -> Maybe[str]:
    """Return the policy that bounds a user or role; '' for none, which an answer leaves out."""
    if found.read("item.PermissionsBoundary", absent="") == "":
        return ""
    return maybe_text(found, "item.PermissionsBoundary.PermissionsBoundaryArn")


def bounding(found: Found, holder: str) -> Iterator[Attachment]:
    """Yield the row of the boundary of a user or role, if it has one."""
    boundary = read_boundary(found)
    if isinstance(boundary, str) and boundary:
        yield attachment(boundary, holder, "boundary", found.records.get("item", ()))


def _rows(found: Found) -> Iterator[PolicyDocument]:
    arn = text(found, "item.Arn")
    yield PolicyDocument(
        id=arn,
        evidence=found.evidence,
        provider="aws",
        account="" if _OF_AWS in arn else found.place["account"],
        kind="identity",
        document=policy_text(_default_version(found)),
    )


def _default_version(found: Found) -> Json:
    """Return the document of the version that acts; the others are history."""
    versions = found.read("item.PolicyVersionList")
    if isinstance(versions, Unknown):
        return versions
    acting = [each for each in entries(versions) if each.get("IsDefaultVersion") is True]
    return acting[0].get("Document") if acting else None


POLICIES = Collector(
    kind="aws.iam.policy",
    service="iam",
    title="managed policies: the account's own, and those of AWS that it uses",
    per=("account",),
    listing=Listing(
        operation=OPERATION,
        permission=PERMISSION,
        parameters={"Filter": ["LocalManagedPolicy", "AWSManagedPolicy"], "MaxItems": 1000},
        items="Policies",
    ),
    tables=(PolicyDocument,),
    rows=_rows,
    source=SOURCE,
)
