"""AWS IAM Roles Anywhere: who outside AWS acts as a role, by a certificate.

Whoever has a certificate of a trust anchor takes any role of any profile beside it, if the role
trusts rolesanywhere.amazonaws.com: that service acts for strangers. So a profile is a principal
that may act as its roles, and the anchors say who hands out the certificates. Policies of a profile
limit all sessions that it gives.

API: https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListProfiles.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import maybe_flag, maybe_text, text, texts
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Attachment, Maybe, Membership, PolicyDocument, Principal

_TAGS = Unknown("tags of trust anchors and profiles are not asked for")


def _anchors(found: Found) -> Iterator[Principal]:
    yield _principal(found, "item.trustAnchorArn", _authority(found))


def _authority(found: Found) -> Maybe[Mapping[str, str]]:
    kind = maybe_text(found, "item.source.sourceType")
    if isinstance(kind, Unknown):
        return kind
    authority = text(found, "item.source.sourceData.acmPcaArn")
    return {"source": kind, **({"authority": authority} if authority else {})}


def _profiles(found: Found) -> Iterator[Principal | Membership | PolicyDocument | Attachment]:
    profile = _principal(found, "item.profileArn", {})
    yield profile
    if profile.enabled is False:
        return
    for role in texts(found.read("item.roleArns", absent=[])):
        yield Membership(
            id=f"{role}/{profile.id}",
            evidence=found.evidence,
            provider="aws",
            group_id=role,
            member_id=profile.id,
        )
    yield from _limits(found, profile)


def _limits(found: Found, profile: Principal) -> Iterator[PolicyDocument | Attachment]:
    """Yield the policies that limit a profile's sessions, together; none limits nothing."""
    own = maybe_text(found, "item.sessionPolicy", absent="")
    names = texts(found.read("item.managedPolicyArns", absent=[]))
    if own != "":
        document = PolicyDocument(
            id=f"{profile.id}#session",
            evidence=found.evidence,
            provider="aws",
            account=found.place["account"],
            kind="session",
            document=own,
        )
        yield document
        names = [document.id, *names]
    for name in names:
        yield Attachment(
            id=f"{profile.id}/session/{name}",
            evidence=found.evidence,
            provider="aws",
            policy_id=name,
            holder_id=profile.id,
            use="session",
        )


def _principal(found: Found, arn: str, attributes: Maybe[Mapping[str, str]]) -> Principal:
    return Principal(
        id=text(found, arn),
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        kind="federation",
        name=maybe_text(found, "item.name"),
        enabled=maybe_flag(found, "item.enabled"),
        created=maybe_text(found, "item.createdAt"),
        last_used="",
        attributes=attributes,
        tags=_TAGS,
    )


ANCHORS = Collector(
    kind="aws.rolesanywhere.trust-anchor",
    service="rolesanywhere",
    title="authorities whose certificates let workloads outside AWS act as roles",
    per=("account", "region"),
    listing=Listing(
        operation="ListTrustAnchors",
        permission="rolesanywhere:ListTrustAnchors",
        items="trustAnchors",
    ),
    tables=(Principal,),
    rows=_anchors,
    source="https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListTrustAnchors.html",
)
PROFILES = Collector(
    kind="aws.rolesanywhere.profile",
    service="rolesanywhere",
    title="roles that workloads outside AWS may act as",
    per=("account", "region"),
    listing=Listing(
        operation="ListProfiles",
        permission="rolesanywhere:ListProfiles",
        items="profiles",
    ),
    tables=(Principal, Membership, PolicyDocument, Attachment),
    rows=_profiles,
    source="https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListProfiles.html",
)
