"""Who acted, for every type of identity that CloudTrail documents."""

import json
from typing import Any

import pytest
from msgspec import Raw

from auditor.activity.cloudtrail_identity import Who, identify
from tests.activity.test_kernel import EVENT, cell, packed, read

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/team/app"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/app/ann@example.com"
ISSUER = {"type": "Role", "arn": ROLE, "accountId": ACCOUNT}


def who(**identity: Any) -> Who:
    """Return what an identity comes to."""
    return identify(Raw(json.dumps(identity).encode()), "eu-west-1")


def test_a_session_is_its_role_and_name() -> None:
    """The issuer has the role's path; without it, the role is named as the session names it."""
    found = who(
        type="AssumedRole",
        arn=SESSION,
        accountId=ACCOUNT,
        accessKeyId="ASIAEXAMPLE",
        invokedBy="athena.amazonaws.com",
        sessionContext={
            "sessionIssuer": ISSUER,
            "sourceIdentity": "ann",
            "attributes": {"mfaAuthenticated": "true"},
        },
    )
    assert found == Who(
        principal=ROLE,
        principal_kind="AssumedRole",
        principal_account=ACCOUNT,
        session="ann@example.com",
        source_identity="ann",
        credential="ASIAEXAMPLE",
        invoked_by="athena.amazonaws.com",
        second_factor="yes",
    )
    bare = who(type="AssumedRole", arn=SESSION, sessionContext={"sessionIssuer": {}})
    assert (bare.principal, bare.principal_account) == (f"arn:aws:iam::{ACCOUNT}:role/app", ACCOUNT)


@pytest.mark.parametrize(
    ("identity", "principal", "account", "session"),
    [
        ({"type": "Root", "accountId": ACCOUNT}, f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT, ""),
        (
            {
                "type": "FederatedUser",
                "arn": f"arn:aws:sts::{ACCOUNT}:federated-user/bob",
                "sessionContext": {"sessionIssuer": {"arn": f"arn:aws:iam::{ACCOUNT}:user/broker"}},
            },
            f"arn:aws:iam::{ACCOUNT}:user/broker",
            ACCOUNT,
            "bob",
        ),
        (
            {"type": "AWSAccount", "principalId": "AROAX:job", "accountId": "999988887777"},
            "999988887777",
            "999988887777",
            "job",
        ),
        (
            {"type": "AWSAccount", "principalId": "", "accountId": "ANONYMOUS_PRINCIPAL"},
            "anybody",
            "",
            "",
        ),
        ({"type": "AWSAccount", "accountId": "anonymous"}, "anybody", "", ""),
        (
            {"type": "AWSService", "invokedBy": "config.amazonaws.com"},
            "service:config.amazonaws.com",
            "",
            "",
        ),
        (
            {"accountId": ACCOUNT, "invokedBy": "secretsmanager.amazonaws.com"},
            "service:secretsmanager.amazonaws.com",
            "",
            "",
        ),
        (
            {
                "type": "IdentityCenterUser",
                "accountId": ACCOUNT,
                "onBehalfOf": {
                    "userId": "u-1",
                    "identityStoreArn": f"arn:aws:identitystore::{ACCOUNT}:identitystore/d-1",
                },
            },
            "identitystore/d-1/user/u-1",
            ACCOUNT,
            "",
        ),
        ({"type": "Directory", "principalId": "d-9", "userName": "ann"}, "d-9", "", "ann"),
        ({"type": "Unknown"}, "", "", ""),
        ({}, "", "", ""),
        ({"type": 5, "arn": ["x"], "sessionContext": "none"}, "", "", ""),
    ],
    ids=lambda value: value.get("type", "none") if isinstance(value, dict) else "",
)
def test_every_type_has_a_principal(
    identity: dict[str, Any], principal: str, account: str, session: str
) -> None:
    """What the identity does not say stays empty, and nobody is guessed."""
    found = who(**identity)
    assert (found.principal, found.principal_account, found.session) == (
        principal,
        account,
        session,
    )


def test_who_signs_in_through_a_provider_is_that_provider() -> None:
    """SAML's provider is named by the request, OIDC's by its address in the account."""
    saml = f"arn:aws:iam::{ACCOUNT}:saml-provider/idp"
    common = {"eventSource": "sts.amazonaws.com", "requestParameters": {"principalArn": saml}}
    row = read(
        packed(
            EVENT
            | common
            | {"eventName": "AssumeRoleWithSAML"}
            | {"userIdentity": {"type": "SAMLUser", "identityProvider": "x=", "userName": "ann"}}
        )
    ).rows[0]
    assert [cell(row, n) for n in ("principal", "session", "access")] == [saml, "ann", "sign-in"]
    web = {
        "type": "WebIdentityUser",
        "identityProvider": "https://token.example.com",
        "userName": "r",
    }
    row = read(
        packed(EVENT | common | {"eventName": "AssumeRoleWithWebIdentity", "userIdentity": web})
    ).rows[0]
    assert cell(row, "principal") == f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.example.com"


def test_a_sign_in_says_whether_it_took_a_second_factor_and_whether_it_failed() -> None:
    """The console writes both where no other event does."""
    event = EVENT | {
        "eventSource": "signin.amazonaws.com",
        "eventName": "ConsoleLogin",
        "responseElements": {"ConsoleLogin": "Failure"},
        "additionalEventData": {"MFAUsed": "No"},
    }
    row = read(packed(event)).rows[0]
    names = ("access", "second_factor", "errors", "events")
    assert [cell(row, name) for name in names] == ["sign-in", "no", 1, 1]


def test_an_issued_credential_links_who_asked_to_the_role() -> None:
    """Chains lead from a session back to who assumed its role."""
    event = EVENT | {
        "eventSource": "sts.amazonaws.com",
        "eventName": "AssumeRole",
        "requestParameters": {"roleArn": ROLE},
        "responseElements": {"credentials": {"accessKeyId": "ASIANEW"}},
    }
    user = f"arn:aws:iam::{ACCOUNT}:user/ann"
    assert read(packed(event)).chains == (("ASIANEW", user, "", ROLE, "2026-01-02T03:04:05Z"),)
