"""Roles that others may act as: of other companies, of federations, of services, in emergencies."""

from typing import Any

from auditor.demo.aws.accounts import HOME, LOGS, MANAGEMENT, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.plots.people_users import allow, metadata_of, reading, trusting, written

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
_ANCHOR = arn_of("rolesanywhere", "trust-anchor/11111111-1111-1111-1111-111111111111")
_PROFILE = arn_of("rolesanywhere", "profile/22222222-2222-2222-2222-222222222222")
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
    return trusting(
        {"Service": "rolesanywhere.amazonaws.com"}, ArnEquals={"aws:SourceArn": _ANCHOR}
    )


def _in_emergency() -> str:
    signed_in = {"aws:MultiFactorAuthPresent": "true"}
    return trusting({"AWS": f"arn:aws:iam::{MANAGEMENT}:root"}, Bool=signed_in)


_MOMENT = {"createdAt": "2026-01-05T00:00:00Z", "updatedAt": "2026-01-05T00:00:00Z"}
_OFFICE = {
    "trustAnchorId": _ANCHOR.rpartition("/")[2],
    "trustAnchorArn": _ANCHOR,
    "name": "office",
    "enabled": True,
    "source": {
        "sourceType": "AWS_ACM_PCA",
        "sourceData": {"acmPcaArn": arn_of("acm-pca", "certificate-authority/office", HOME, LOGS)},
    },
    **_MOMENT,
}
_PRINTERS = {
    "profileId": _PROFILE.rpartition("/")[2],
    "profileArn": _PROFILE,
    "name": "printers",
    "enabled": True,
    "roleArns": [f"arn:aws:iam::{USER_DATA}:role/{OFFICE_ROLE}"],
    **_MOMENT,
}

PLOT = Plot(
    build=_build,
    rules=(
        answered("rolesanywhere.ListTrustAnchors", {"trustAnchors": [_OFFICE]}),
        answered("rolesanywhere.ListProfiles", {"profiles": [_PRINTERS]}),
    ),
)
