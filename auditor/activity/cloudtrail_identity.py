"""Who acted, by the userIdentity of an event.

Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/
cloudtrail-event-reference-user-identity.html
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from msgspec import Raw

from auditor.activity.cloudtrail_records import as_object, as_text
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


def identify(raw: Raw, region: str) -> Who:
    """Return who acted. Never raises: what is not said, or not said as documented, is ''."""
    identity = as_object(raw)
    context = _object(identity, "sessionContext")
    issuer = _object(context, "sessionIssuer")
    kind = _text(identity, "type")
    key = _text(identity, "accessKeyId")
    by = _text(identity, "invokedBy")
    principal, session = _principal(kind, identity, issuer, region)
    service = principal.startswith("service:")
    account = _account(principal, _text(identity, "accountId"), _text(issuer, "accountId"))
    return Who(
        principal=principal,
        principal_kind=kind,
        principal_account="" if service else account,
        session=session,
        source_identity=_text(context, "sourceIdentity"),
        credential=key if key.startswith("ASIA") else "",
        invoked_by="" if service else by,
        second_factor=second_factor(_object(context, "attributes").get("mfaAuthenticated")),
    )


def _principal(
    kind: str, identity: Mapping[str, Json], issuer: Mapping[str, Json], region: str
) -> tuple[str, str]:
    """Return the principal's id and the name of its session."""
    arn, account = _text(identity, "arn"), _text(identity, "accountId")
    user = _text(_object(identity, "onBehalfOf"), "userId")
    if kind in FEDERATED:
        return _text(identity, "identityProvider"), _text(identity, "userName")
    if kind == "IdentityCenterUser" and user:
        store = _text(_object(identity, "onBehalfOf"), "identityStoreArn").rpartition("/")[2]
        return f"identitystore/{store}/user/{user}", _text(identity, "userName")
    if kind == "Root" and account:
        return arn or f"arn:{partition_of(region)}:iam::{account}:root", ""
    if arn:
        return _of_arn(kind, arn, _text(issuer, "arn"))
    return _unnamed(kind, identity)


def _of_arn(kind: str, arn: str, issuer: str) -> tuple[str, str]:
    assumed = _ASSUMED.fullmatch(arn)
    if assumed:
        # The path of a role stands in the issuer only.
        role = f"arn:{assumed[1]}:iam::{assumed[2]}:role/{assumed[3].rpartition('/')[2]}"
        return issuer or role, assumed[4]
    if kind == "FederatedUser":
        return issuer or arn, arn.rpartition("/")[2]
    return arn, ""


def _unnamed(kind: str, identity: Mapping[str, Json]) -> tuple[str, str]:
    """Return what is said of an identity without ARN: a service, an outside account, nobody."""
    account, service = _text(identity, "accountId"), _text(identity, "invokedBy")
    id_, _, session = _text(identity, "principalId").partition(":")
    if "anonymous" in (account.lower().partition("_")[0], id_.lower().partition("_")[0]):
        return ANYBODY, ""
    if service and kind in {"", "AWSService"}:
        return f"service:{service}", ""
    if kind == "Directory":
        return id_, _text(identity, "userName")
    return account or id_, session or _text(identity, "userName")


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


def _object(value: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}


def _text(value: Mapping[str, Json], name: str) -> str:
    return as_text(value.get(name))
