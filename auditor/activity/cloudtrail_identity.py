"""Who acted, by the userIdentity of an event.

Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/
cloudtrail-event-reference-user-identity.html
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Raw, Struct, field

from auditor.activity.cloudtrail_records import UNREADABLE, as_object, as_text
from auditor.model import Json

ANYBODY: Final = "anybody"
FEDERATED: Final = frozenset({"SAMLUser", "WebIdentityUser"})

# Providers that trust policies name without an ARN.
_KNOWN_PROVIDERS: Final = frozenset(
    {
        "accounts.google.com",
        "cognito-identity.amazonaws.com",
        "graph.facebook.com",
        "www.amazon.com",
    }
)
_ASSUMED: Final = re.compile(r"arn:([\w-]+):sts::(\d{12}):assumed-role/(.+)/([^/]*)")
_ACCOUNT_OF: Final = re.compile(r"arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):")
_SWITCHES: Final = {"true": "yes", "yes": "yes", "false": "no", "no": "no"}


class Who(NamedTuple):
    """The columns of a summary that the identity decides, in their order.

    ``second_factor`` comes last: in a summary it stands after the columns of the request.
    """

    principal: str = ""
    principal_kind: str = ""
    principal_account: str = ""
    session: str = ""
    source_identity: str = ""
    credential: str = ""
    invoked_by: str = ""
    second_factor: str = ""


@lru_cache(maxsize=256)
def partition_of(region: str) -> str:
    """Return the partition that a region belongs to, as ARNs name it."""
    for prefix, partition in _PARTITIONS:
        if region.startswith(prefix):
            return partition
    return "aws"


_PARTITIONS: Final = (
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("us-isob-", "aws-iso-b"),
    ("us-iso-", "aws-iso"),
    ("eusc-", "aws-eusc"),
)


def second_factor(value: Json) -> str:
    """Return 'yes', 'no' or '' for the ways in which CloudTrail says it."""
    return _SWITCHES.get(str(value).lower(), "")


class _Issuer(Struct, frozen=True, gc=False):
    """The part of sessionIssuer that is read; as below, values may be of any type."""

    arn: Any = None
    account: Any = field(name="accountId", default=None)


class _Attributes(Struct, frozen=True, gc=False):
    taken: Any = field(name="mfaAuthenticated", default=None)


class _Context(Struct, frozen=True, gc=False):
    source: Any = field(name="sourceIdentity", default=None)
    issuer: _Issuer | None = field(name="sessionIssuer", default=None)
    attributes: _Attributes | None = None


class _Behalf(Struct, frozen=True, gc=False):
    user: Any = field(name="userId", default=None)
    store: Any = field(name="identityStoreArn", default=None)


class _Identity(Struct, frozen=True, gc=False):
    kind: Any = field(name="type", default=None)
    id: Any = field(name="principalId", default=None)
    arn: Any = None
    account: Any = field(name="accountId", default=None)
    key: Any = field(name="accessKeyId", default=None)
    name: Any = field(name="userName", default=None)
    context: _Context | None = field(name="sessionContext", default=None)
    by: Any = field(name="invokedBy", default=None)
    provider: Any = field(name="identityProvider", default=None)
    behalf: _Behalf | None = field(name="onBehalfOf", default=None)


_decode: Final = msgspec.json.Decoder(_Identity).decode
_NO_CONTEXT: Final = _Context()
_NO_ISSUER: Final = _Issuer()
_NO_ATTRIBUTES: Final = _Attributes()
_INNER: Final = {"sessionContext", "sessionIssuer", "attributes", "onBehalfOf"}


def _read(raw: Raw) -> _Identity:
    try:
        return _decode(raw)
    except UNREADABLE:
        return _decode(msgspec.json.encode(_objects(as_object(raw))))


def _objects(value: Mapping[str, Json]) -> Json:
    """Return an object in which what should be objects are."""
    return {
        name: _objects(inner if isinstance(inner, dict) else {}) if name in _INNER else inner
        for name, inner in value.items()
    }


def identify(raw: Raw, region: str) -> Who:
    """Return who acted. Never raises: what is not said, or not said as documented, is ''."""
    said = _read(raw)
    context = said.context or _NO_CONTEXT
    issuer = context.issuer or _NO_ISSUER
    attributes = context.attributes or _NO_ATTRIBUTES
    kind, key, by = as_text(said.kind), as_text(said.key), as_text(said.by)
    principal, session = _principal(kind, said, as_text(issuer.arn), region)
    service = principal.startswith("service:")
    account = _account(principal, as_text(said.account), as_text(issuer.account))
    return Who(
        principal,
        kind,
        "" if service else account,
        session,
        as_text(context.source),
        key if key.startswith("ASIA") else "",
        "" if service else by,
        second_factor(attributes.taken),
    )


def _principal(kind: str, said: _Identity, issuer: str, region: str) -> tuple[str, str]:
    """Return the principal's id and the name of its session."""
    arn = as_text(said.arn)
    if kind in FEDERATED:
        return as_text(said.provider), as_text(said.name)
    if kind == "IdentityCenterUser" and said.behalf and (user := as_text(said.behalf.user)):
        store = as_text(said.behalf.store).rpartition("/")[2]
        return f"identitystore/{store}/user/{user}", as_text(said.name)
    if kind == "Root" and (account := as_text(said.account)):
        return arn or f"arn:{partition_of(region)}:iam::{account}:root", ""
    if arn:
        return _of_arn(kind, arn, issuer)
    return _unnamed(kind, said)


def _of_arn(kind: str, arn: str, issuer: str) -> tuple[str, str]:
    assumed = _ASSUMED.fullmatch(arn) if ":assumed-role/" in arn else None
    if assumed:
        # The path of a role stands in the issuer only.
        role = f"arn:{assumed[1]}:iam::{assumed[2]}:role/{assumed[3].rpartition('/')[2]}"
        return issuer or role, assumed[4]
    if kind == "FederatedUser":
        return issuer or arn, arn.rpartition("/")[2]
    return arn, ""


def _unnamed(kind: str, said: _Identity) -> tuple[str, str]:
    """Return what is said of an identity without ARN: a service, an outside account, nobody."""
    account, service = as_text(said.account), as_text(said.by)
    id_, _, session = as_text(said.id).partition(":")
    if "anonymous" in (account.lower().partition("_")[0], id_.lower().partition("_")[0]):
        return ANYBODY, ""
    if service and kind in {"", "AWSService"}:
        return f"service:{service}", ""
    if kind == "Directory":
        return id_, as_text(said.name)
    return account or id_, session or as_text(said.name)


def of_federation(who: Who, parameters: Any, account: str, region: str) -> Who:
    """Return the identity of somebody who signs in through a provider, named by its ARN.

    Args:
        account: that is signed in to: its provider vouches.
    """
    named = as_text(parameters.principalArn) if who.principal_kind == "SAMLUser" else ""
    provider = named or who.principal
    if not provider.startswith("arn:") and provider and provider not in _KNOWN_PROVIDERS:
        host = provider.partition("://")[2] or provider
        kind = "saml" if who.principal_kind == "SAMLUser" else "oidc"
        provider = f"arn:{partition_of(region)}:iam::{account}:{kind}-provider/{host}"
    return who._replace(
        principal=provider, principal_account=_account(provider, who.principal_account, account)
    )


def session_of(arn: str) -> tuple[str, str]:
    """Return the role of an assumed role's session, and the session's name; else the ARN and ''."""
    return _of_arn("", arn, "")


def account_of(principal: str) -> str:
    """Return the account that the id of a principal names; '' if it names none."""
    found = _ACCOUNT_OF.match(principal)
    return found[1] if found else ""


def _account(principal: str, *said: str) -> str:
    if principal == ANYBODY:
        return ""
    return account_of(principal) or next((each for each in said if each), "")
