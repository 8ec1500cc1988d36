"""Roles that others may act as: of other companies, of federations, of services, in emergencies."""

from typing import Any

from auditor.demo.aws.accounts import HOME, LOGS, MANAGEMENT, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.plots.people_users import allow, metadata_of, reading, trusting, written
from auditor.demo.planted import Planted, fails, stays_open

VENDOR = "888888888888"  # of a company that is no party of the audit
VENDOR_ROLE = "vendor-support"
PARENT_ROLE = "parent-analytics"
LOGIN_ROLE = "parent-login"
FUNCTION_ROLE = "profile-export"
BREAK_GLASS = "break-glass"
RELEASE_ROLE = "release"
OFFICE_ROLE = "office-printing"
_LOGIN = f"arn:aws:iam::{USER_DATA}:saml-provider/farshore-login"
_FORGE = f"arn:aws:iam::{USER_DATA}:oidc-provider/token.actions.githubusercontent.com"
ANCHOR = arn_of("rolesanywhere", "trust-anchor/11111111-1111-1111-1111-111111111111")
PROFILE = arn_of("rolesanywhere", "profile/22222222-2222-2222-2222-222222222222")
_PROFILES = ("arn:aws:s3:::user-profiles-1", "arn:aws:s3:::user-profiles-1/*")
_VIDEOS = ("arn:aws:s3:::user-videos-1", "arn:aws:s3:::user-videos-1/*")


def _build(ground: Ground) -> None:
    iam = ground.at().client("iam")
    metadata = metadata_of("https://login.farshore.example/saml")
    iam.create_saml_provider(Name="farshore-login", SAMLMetadataDocument=metadata)
    iam.create_open_id_connect_provider(
        Url="https://token.actions.githubusercontent.com",
        ThumbprintList=["6938fd4d98bab03faadb97b34396831e3780aea1"],
        ClientIDList=["sts.amazonaws.com"],
    )
    profiles = reading(ground.keys[HOME], *_PROFILES)
    for name, trust, policy in (
        (VENDOR_ROLE, _of_account(VENDOR, "northstar-7d1f"), profiles),
        (PARENT_ROLE, _of_account(STRANGER, ""), reading(ground.keys[WEST], *_VIDEOS)),
        (LOGIN_ROLE, _of_login(), profiles),
        (FUNCTION_ROLE, trusting({"Service": "lambda.amazonaws.com"}), profiles),
        (BREAK_GLASS, _in_emergency(), written(allow(("*",), "*"))),
        (RELEASE_ROLE, _of_forge(), written(allow(("lambda:UpdateAlias",), "*"))),
        (OFFICE_ROLE, _of_office(), written(allow(("sqs:SendMessage",), "*"))),
    ):
        _make_role(iam, name, trust, policy)


def _make_role(iam: Any, name: str, trust: str, policy: str) -> None:
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
    iam.put_role_policy(RoleName=name, PolicyName="work", PolicyDocument=policy)


def _of_account(account: str, external_id: str) -> str:
    principal = {"AWS": f"arn:aws:iam::{account}:root"}
    if not external_id:
        return trusting(principal)
    return trusting(principal, StringEquals={"sts:ExternalId": external_id})


def _of_login() -> str:
    audience = {"SAML:aud": "https://signin.aws.amazon.com/saml"}
    return trusting({"Federated": _LOGIN}, "sts:AssumeRoleWithSAML", StringEquals=audience)


def _of_forge() -> str:
    """Trust one branch of one repository: it ships code, and reads nothing."""
    subject = {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": "repo:northstar/app:ref:refs/heads/main",
    }
    return trusting({"Federated": _FORGE}, "sts:AssumeRoleWithWebIdentity", StringEquals=subject)


def _of_office() -> str:
    """Trust machines with a certificate of the office's own authority."""
    return trusting({"Service": "rolesanywhere.amazonaws.com"}, ArnEquals={"aws:SourceArn": ANCHOR})


def _in_emergency() -> str:
    signed_in = {"aws:MultiFactorAuthPresent": "true"}
    return trusting({"AWS": f"arn:aws:iam::{MANAGEMENT}:root"}, Bool=signed_in)


_MOMENT = {"createdAt": "2026-01-05T00:00:00Z", "updatedAt": "2026-01-05T00:00:00Z"}
_OFFICE = {
    "trustAnchorId": ANCHOR.rpartition("/")[2],
    "trustAnchorArn": ANCHOR,
    "name": "office",
    "enabled": True,
    "source": {
        "sourceType": "AWS_ACM_PCA",
        "sourceData": {"acmPcaArn": arn_of("acm-pca", "certificate-authority/office", HOME, LOGS)},
    },
    **_MOMENT,
}
_PRINTERS = {
    "profileId": PROFILE.rpartition("/")[2],
    "profileArn": PROFILE,
    "name": "printers",
    "enabled": True,
    "roleArns": [f"arn:aws:iam::{USER_DATA}:role/{OFFICE_ROLE}"],
    **_MOMENT,
}

_ROLES = f"arn:aws:iam::{USER_DATA}:role"


def _nobody_knows(what: str, principal: str) -> list[Planted]:
    """Return what an audit cannot tell of a principal who reads user data."""
    row = f"{principal}/*"
    return stays_open(what, B_01=row, B_02=row, B_02b=row, E_01=row)


PLOT = Plot(
    build=_build,
    rules=(
        answered("rolesanywhere.ListTrustAnchors", {"trustAnchors": [_OFFICE]}),
        answered("rolesanywhere.ListProfiles", {"profiles": [_PRINTERS]}),
    ),
    planted=(
        *fails(
            "the parent's account may act as a role that reads videos",
            B_02=f"{STRANGER}/*/acts as {_ROLES}/{PARENT_ROLE}",
            B_06b=f"{STRANGER}/*/acts as {_ROLES}/{PARENT_ROLE}",
        ),
        *fails(
            "policies of stores let the parent's account in",
            B_02=f"{STRANGER}/*/always",
            B_06b=f"{STRANGER}/*/always",
        ),
        *fails("policies of stores let everybody in", B_02="anybody/*", B_06b="anybody/*"),
        *stays_open(
            "policies that could not be read may let everybody in, and who came in nobody knows",
            B_02="anybody/*",
            B_02b="anybody/*",
            B_06b="anybody/*",
        ),
        *fails(
            "the parent's role reads videos, and nobody answers for it",
            B_01=f"{_ROLES}/{PARENT_ROLE}/*",
            B_02=f"{_ROLES}/{PARENT_ROLE}/*",
        ),
        *stays_open(
            "whether the parent used its role, logs of two days do not show",
            B_02b=f"{_ROLES}/{PARENT_ROLE}/*",
        ),
        *stays_open(
            "whether the parent's account used its right, they do not show, either",
            B_02b=f"{STRANGER}/*",
        ),
        *fails(
            "a vendor whom nobody listed may act as a role that reads profiles",
            B_06b=f"{VENDOR}/*/acts as {_ROLES}/{VENDOR_ROLE}",
        ),
        *stays_open(
            "who the vendor is, and where its people work",
            B_02=f"{VENDOR}/*",
            B_02b=f"{VENDOR}/*",
            E_01=f"{VENDOR}/*",
        ),
        *_nobody_knows(
            "a role of the vendor's that the roster does not name", f"{_ROLES}/{VENDOR_ROLE}"
        ),
        *_nobody_knows(
            "a role of the parent's that the roster does not name", f"{_ROLES}/{LOGIN_ROLE}"
        ),
        *_nobody_knows("whom the parent's directory lets in", _LOGIN),
        *fails("the parent's directory says who may read profiles", B_06b=f"{_LOGIN}/*"),
        *fails(
            "a role for emergencies can lift guardrails and stop the log",
            G_02d=f"{USER_DATA}/*{_ROLES}/{BREAK_GLASS}*",
        ),
    ),
)
