"""AWS Identity and Access Management: users, how they sign in, and the policies they hold.

IAM cannot disable a user: one without password and keys cannot act, and is given either by
whoever may give them. Signing certificates are not asked for: what took them is gone.

API: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UserDetail.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.iam_policies import (
    OPERATION,
    PERMISSION,
    bounding,
    held_policies,
    read_boundary,
)
from auditor.collect.aws.reading import entries, is_absent, maybe_text, tags_of, text, texts
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Attachment, Maybe, Membership, PolicyDocument, Principal, Row

_UNUSABLE = ("Inactive", "Expired")
_UNSTATED = Unknown(
    "only a credential report states it, and there was none of the last four hours to read"
)
_NO_MOMENT = Unknown("the provider's answer has a credential without the moment of its creation")


def _rows(found: Found) -> Iterator[Row]:
    arn = text(found, "item.Arn")
    names = (text(found, "item.UserName"), text(found, "item.UserId"))
    made = _lasting(found)
    yield Principal(
        id=arn,
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        kind="user",
        name=maybe_text(found, "item.UserName"),
        known_as=tuple(name for name in names if name),
        password=_password(found),
        second_factor=_second_factor(found),
        lasting_keys=made if isinstance(made, Unknown) else len(made),
        oldest_key=_oldest(made),
        created=maybe_text(found, "item.CreateDate"),
        last_used=_UNSTATED,
        boundary_id=read_boundary(found),
        attributes={},
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield from _memberships(found, arn)
    yield from held_policies(found, arn, "item.UserPolicyList")
    yield from bounding(found, arn)


def _password(found: Found) -> Maybe[bool]:
    if is_absent(found, "login"):
        return False
    profile = found.read("login.LoginProfile")
    return profile if isinstance(profile, Unknown) else True


def _second_factor(found: Found) -> Maybe[bool]:
    devices = found.read("devices")
    return devices if isinstance(devices, Unknown) else bool(entries(devices))


def _lasting(found: Found) -> Maybe[list[Json]]:
    """Return when each credential was made that can be used until somebody takes it away."""
    made: list[Json] = []
    for detail, moment in (
        ("keys", "CreateDate"),
        ("service_credentials", "CreateDate"),
        ("ssh_keys", "UploadDate"),
    ):
        several = found.read(detail)
        if isinstance(several, Unknown):
            return several
        own = (each for each in entries(several) if _is_lasting(each, found))
        made += [each.get(moment) for each in own]
    return made


def _is_lasting(credential: Mapping[str, Json], found: Found) -> bool:
    if credential.get("UserName") != found.read("item.UserName"):
        return False  # service-specific credentials come for all users at once
    # Only they may have an end.
    ends = "ServiceSpecificCredentialId" in credential and credential.get("ExpirationDate")
    return credential.get("Status") not in _UNUSABLE and not ends


def _oldest(made: Maybe[list[Json]]) -> Maybe[str]:
    if isinstance(made, Unknown):
        return made
    moments = texts(made)
    return min(moments, default="") if len(moments) == len(made) else _NO_MOMENT


def _memberships(found: Found, arn: str) -> Iterator[Membership]:
    """Yield the groups of a user, who knows their names only: their ARNs have paths."""
    several = entries(found.read("groups"))
    arns = {str(each.get("GroupName")): each.get("Arn") for each in several}
    for name in texts(found.read("item.GroupList", absent=[])):
        known = arns.get(name)
        unknown = f"{arn.partition(':user/')[0]}:group/?/{name}"
        group = known if isinstance(known, str) else unknown
        yield Membership(
            id=f"{group}/{arn}",
            evidence=found.evidence,
            provider="aws",
            group_id=group,
            member_id=arn,
        )


def _per_user(name: str, operation: str, items: str) -> Detail:
    return Detail(
        name=name,
        operation=operation,
        permission=f"iam:{operation}",
        bind={"UserName": "item.UserName"},
        items=items,
    )


USERS = Collector(
    kind="aws.iam.user",
    service="iam",
    title="IAM users, how they sign in, their groups and the policies that they hold",
    per=("account",),
    listing=Listing(
        operation=OPERATION,
        permission=PERMISSION,
        parameters={"Filter": ["User"], "MaxItems": 1000},
        items="UserDetailList",
    ),
    details=(
        Detail(
            name="groups",
            operation=OPERATION,
            permission=PERMISSION,
            parameters={"Filter": ["Group"], "MaxItems": 1000},
            items="GroupDetailList",
            when="item.GroupList",
            shared=True,
        ),
        Detail(
            name="login",
            operation="GetLoginProfile",
            permission="iam:GetLoginProfile",
            bind={"UserName": "item.UserName"},
            absent_on=("NoSuchEntity",),
        ),
        _per_user("devices", "ListMFADevices", "MFADevices"),
        _per_user("keys", "ListAccessKeys", "AccessKeyMetadata"),
        _per_user("ssh_keys", "ListSSHPublicKeys", "SSHPublicKeys"),
        Detail(
            name="service_credentials",
            operation="ListServiceSpecificCredentials",
            permission="iam:ListServiceSpecificCredentials",
            parameters={"AllUsers": True},
            items="ServiceSpecificCredentials",
            absent_on=("NotSupportedService",),
            shared=True,
        ),
    ),
    tables=(Principal, Membership, PolicyDocument, Attachment),
    rows=_rows,
    source="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UserDetail.html",
)
