"""People who sign in through Identity Center: employees, people of the parent, somebody who left.

Groups of theirs act as roles in the account with user data.
"""

from collections.abc import Iterator
from typing import Any

from auditor.demo.aws.accounts import HOME, LOGS, MANAGEMENT, USER_DATA, WEST
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.plots.people_users import (
    allow,
    deny,
    metadata_of,
    reading,
    trusting,
    written,
)
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open
from auditor.model import Json

STORE = "d-9067111111"
_INSTANCE_ID = "ssoins-7223111111111111"
_INSTANCE = f"arn:aws:sso:::instance/{_INSTANCE_ID}"
_SETS = f"arn:aws:sso:::permissionSet/{_INSTANCE_ID}"
_NORTHSTAR, _FARSHORE = ("Northstar Video", "US"), ("Farshore Holdings", "SG")
_PROVIDER = ("Oracle", "US")
_ISSUER = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/1"
_PATH = "/aws-reserved/sso.amazonaws.com/"
_LOGIN_NAME = "AWSSSO_1111111111111111_DO_NOT_DELETE"
LOGIN = f"arn:aws:iam::{USER_DATA}:saml-provider/{_LOGIN_NAME}"

# id -> name, user name, (employer, country of work), enabled
PEOPLE: dict[str, tuple[str, str, tuple[str, str], bool]] = {
    "ines": ("Ines Calloway", "ines.calloway@northstar.example", _NORTHSTAR, True),
    "rafael": ("Rafael Okoye", "rafael.okoye@northstar.example", _NORTHSTAR, True),
    "marta": ("Marta Svensson", "marta.svensson@northstar.example", _NORTHSTAR, True),
    "owen": ("Owen Pratt", "owen.pratt@northstar.example", _NORTHSTAR, False),
    "aoife": ("Aoife Brennan", "aoife.brennan@northstar.example", ("Northstar Video", "IE"), True),
    "luis": ("Luis Ortega", "luis.ortega@provider.example", _PROVIDER, True),
    "devi": ("Devi Nair", "devi.nair@provider.example", _PROVIDER, True),
    "nadia": ("Nadia Farrell", "nadia.farrell@provider.example", _PROVIDER, True),
    "weilin": ("Tan Wei Lin", "weilin.tan@farshore.example", _FARSHORE, True),
    "huimin": ("Goh Hui Min", "huimin.goh@farshore.example", _FARSHORE, True),
    "contractor": ("Contractor 17", "contractor17@northstar.example", ("", ""), True),
}
# group -> members, permission set
GROUPS: dict[str, tuple[tuple[str, ...], str]] = {
    "platform-engineers": (("ines", "marta", "owen"), "Operations"),
    "support": (("rafael", "contractor"), "Support"),
    "support-europe": (("aoife",), "Support"),
    "code-reviewers": (("luis",), "CodeReview"),
    "provider-operators": (("devi",), "ProviderOperations"),
    "provider-inspectors": (("nadia",), "Inspection"),
    "parent-engineers": (("weilin",), "ParentAnalytics"),
    "parent-finance": (("huimin",), "Billing"),
}
_DIGITS = {
    "Operations": "1a2b3c4d5e6f7081",
    "Support": "2b3c4d5e6f708192",
    "CodeReview": "5e6f708192a3b4c5",
    "ProviderOperations": "6f708192a3b4c5d6",
    "Inspection": "708192a3b4c5d6e7",
    "ParentAnalytics": "3c4d5e6f708192a3",
    "Billing": "4d5e6f708192a3b4",
}


def person_id(name: str) -> str:
    """Return the id of a person's row."""
    return f"identitystore/{STORE}/user/{name}"


def role_arn(permission_set: str) -> str:
    """Return the ARN of the role of a permission set in the account with user data."""
    return f"arn:aws:iam::{USER_DATA}:role{_PATH}{_role_name(permission_set)}"


def _role_name(permission_set: str) -> str:
    return f"AWSReservedSSO_{permission_set}_{_DIGITS[permission_set]}"


def _build(ground: Ground) -> None:
    iam = ground.at().client("iam")
    iam.create_saml_provider(Name=_LOGIN_NAME, SAMLMetadataDocument=metadata_of(_ISSUER))
    for name, policy in _policies(ground).items():
        iam.create_role(
            RoleName=_role_name(name),
            Path=_PATH,
            AssumeRolePolicyDocument=trusting({"Federated": LOGIN}, "sts:AssumeRoleWithSAML"),
        )
        iam.put_role_policy(
            RoleName=_role_name(name),
            PolicyName="AwsSSOInlinePolicy",
            PolicyDocument=policy,
        )


def _policies(ground: Ground) -> dict[str, str]:
    """Return what each permission set gives.

    The last two are the breach, people of the parent who read videos, and its look-alike, others
    of them who may read all buckets but for those with a denial.
    """
    profiles, others, inspected, videos = (
        (f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*")
        for name in ("user-profiles-2", "user-profiles-3", "user-profiles-4", "user-videos-2")
    )
    return {
        "Operations": reading(ground.keys[HOME], *profiles),
        "Support": written(allow(("dynamodb:GetItem",), "*"), allow(("kms:Decrypt",), "*")),
        "CodeReview": written(allow(("codecommit:GitPull", "codecommit:GetFile"), "*")),
        "ProviderOperations": reading(ground.keys[HOME], *others),
        "Inspection": reading(ground.keys[HOME], *inspected),
        "ParentAnalytics": reading(ground.keys[WEST], *videos),
        "Billing": written(
            allow(("aws-portal:*Billing", "s3:GetObject"), "*"),
            deny(("s3:*", "kms:*", "dynamodb:*"), "*"),
        ),
    }


def _user(name: str) -> dict[str, Json]:
    shown, mail, (employer, country), enabled = PEOPLE[name]
    given, _, family = shown.partition(" ")
    user: dict[str, Json] = {
        "UserId": name,
        "UserName": mail,
        "IdentityStoreId": STORE,
        "DisplayName": shown,
        "Name": {"GivenName": given, "FamilyName": family},
        "Emails": [{"Value": mail, "Type": "work", "Primary": True}],
        "ExternalIds": [{"Issuer": "https://login.northstar.example", "Id": f"ns-{name}"}],
        "UserStatus": "ENABLED" if enabled else "DISABLED",
    }
    if employer:
        work = {"organization": employer}
        user["Addresses"] = [{"Country": country, "Type": "work", "Primary": True}]
        user["Extensions"] = {"aws:identitystore:enterprise": work}
    return user


def _asked(operation: str, answer: dict[str, Any], words: str = "") -> Rule:
    return Rule(operation=operation, account=MANAGEMENT, region=HOME, words=words, answer=answer)


def _directory() -> Iterator[Rule]:
    yield _asked("identitystore.ListUsers", {"Users": [_user(name) for name in PEOPLE]})
    listed = [
        {"GroupId": f"group-{name}", "DisplayName": name, "IdentityStoreId": STORE}
        for name in GROUPS
    ]
    yield _asked("identitystore.ListGroups", {"Groups": listed})
    for name, (members, _) in GROUPS.items():
        group = f"group-{name}"
        several = [{"GroupId": group, "MemberId": {"UserId": who}} for who in members]
        yield _asked(
            "identitystore.ListGroupMemberships",
            {"GroupMemberships": several},
            f'"{group}"',
        )


def _set_arn(name: str) -> str:
    return f"{_SETS}/ps-{_DIGITS[name]}"


def _permission_sets() -> Iterator[Rule]:
    yield _asked("sso-admin.ListPermissionSets", {"PermissionSets": [*map(_set_arn, _DIGITS)]})
    yield _asked("sso-admin.ListAccountsForProvisionedPermissionSet", {"AccountIds": [USER_DATA]})
    for name in _DIGITS:
        arn = _set_arn(name)
        told = {"Name": name, "PermissionSetArn": arn, "CreatedDate": "2026-01-05T00:00:00Z"}
        yield _asked("sso-admin.DescribePermissionSet", {"PermissionSet": told}, arn)
        assigned = [
            {
                "AccountId": USER_DATA,
                "PermissionSetArn": arn,
                "PrincipalId": f"group-{group}",
                "PrincipalType": "GROUP",
            }
            for group, (_, given) in GROUPS.items()
            if given == name
        ]
        yield _asked("sso-admin.ListAccountAssignments", {"AccountAssignments": assigned}, arn)


def _instances() -> Iterator[Rule]:
    """Show the organisation's instance to every account of it, at home and nowhere else."""
    seen = {
        "InstanceArn": _INSTANCE,
        "IdentityStoreId": STORE,
        "OwnerAccountId": MANAGEMENT,
        "Name": "northstar",
        "Status": "ACTIVE",
        "CreatedDate": "2026-01-05T00:00:00Z",
    }
    yield Rule(operation="sso-admin.ListInstances", region=HOME, answer={"Instances": [seen]})
    yield Rule(operation="sso-admin.ListInstances", answer={"Instances": []})


def _owners() -> Iterator[Rule]:
    for account in (MANAGEMENT, USER_DATA, LOGS):
        contact = {
            "FullName": "Cloud Desk",
            "CompanyName": "Northstar Video, Inc.",
            "AddressLine1": "1 Example Street",
            "City": "Austin",
            "StateOrRegion": "TX",
            "PostalCode": "78701",
            "CountryCode": "US",
            "PhoneNumber": "+15125550100",
        }
        yield Rule(
            operation="account.GetContactInformation",
            account=account,
            answer={"ContactInformation": contact},
        )


PLOT = Plot(
    build=_build,
    rules=(*_instances(), *_directory(), *_permission_sets(), *_owners()),
    planted=(
        *fails(
            "somebody of the parent in Singapore reads videos, and nobody vetted her",
            B_01=f"{person_id('weilin')}/*",
            B_02=f"{person_id('weilin')}/*",
        ),
        *fails("an employee in Ireland reads every table", B_02=f"{person_id('aoife')}/*"),
        *(
            each
            for name in ("weilin", "aoife", "contractor")
            for each in stays_open(
                "whether a right of somebody abroad was used, logs of two days do not show",
                B_02b=f"{person_id(name)}/*",
            )
        ),
        *stays_open(
            "a contractor reads every table, and the roster does not name that person",
            B_01=f"{person_id('contractor')}/*",
            B_02=f"{person_id('contractor')}/*",
            B_05=person_id("contractor"),
            E_01=f"{person_id('contractor')}/*",
        ),
        *fails("an operator of the provider reads profiles", E_01=f"{person_id('devi')}/read/*"),
        *stays_open(
            "AWS states no second factor of people of Identity Center",
            B_04=f"identitystore/{STORE}/user/*",
        ),
        *fails("somebody who left can still sign in", B_05=person_id("marta")),
    ),
)
