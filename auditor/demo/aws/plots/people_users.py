"""Users with keys and groups: who reaches user data, who only seems to, and what stops them.

Whom each belongs to, the roster of the demo says: names here are those it knows them by.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from moto.iam.models import iam_backends

from auditor.demo.aws.accounts import HOME, LOGS, MANAGEMENT, USER_DATA, WEST
from auditor.demo.aws.answers import arn_of
from auditor.demo.aws.ordinary import as_list
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open
from auditor.model import Json

# Employed by Northstar Video, in the United States.
DMITRI = "dmitri.holloway"  # an old key, and a password without a second factor
CARLA = "carla.benitez"  # in order
LENA = "lena.ortiz"  # her policy gives user data, and her boundary takes it
# Employed by Farshore Holdings, in Singapore.
WEI_JIE = "weijie.ong"  # reads user data as a role, and tables not at all
SITI = "siti.rahman"  # in the same group, and denied
DEPLOYER = "release-deployer"  # a service, which writes and does not read
# In the account with the logs: she can change who sees them and delete them, he reads them.
KEIKO = "keiko.lim"  # employed by Farshore Holdings, in Singapore
HUGO = "hugo.marsh"  # employed by Northstar Video, in the United States
NIGHT = "night.shift"  # on no roster, and can stop the log
PARENT_GROUP = "parent-platform"
MIGRATION = "video-migration"
_PATH = "/parent/engineering/"
_ROLE = f"arn:aws:iam::{USER_DATA}:role/{MIGRATION}"
_PASSWORD = "only in memory, 1"
_LONG_AGO = datetime(2019, 3, 4, 9, 30, tzinfo=UTC)
_VIDEOS = ("arn:aws:s3:::user-videos-*", "arn:aws:s3:::user-videos-*/*")
_PROFILES = ("arn:aws:s3:::user-profiles-*", "arn:aws:s3:::user-profiles-*/*")
_READS = ("s3:GetObject", "s3:ListBucket")
_QUERIES = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan")


def allow(actions: tuple[str, ...], *resources: str, **condition: Json) -> dict[str, Json]:
    """Return a statement that allows actions on resources."""
    return _statement("Allow", actions, resources, condition)


def deny(actions: tuple[str, ...], *resources: str, **condition: Json) -> dict[str, Json]:
    """Return a statement that denies actions on resources."""
    return _statement("Deny", actions, resources, condition)


def written(*statements: Mapping[str, Json]) -> str:
    """Return the text of a policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def reading(key: str, *resources: str) -> str:
    """Return the text of a policy that lets read objects, and use the key they are under."""
    return written(allow(_READS, *resources), allow(("kms:Decrypt",), key))


def trusting(principal: Mapping[str, Json], action: str = "", **condition: Json) -> str:
    """Return the text of a trust policy."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": action or "sts:AssumeRole"}
    return written({**statement, **({"Condition": condition} if condition else {})})


def metadata_of(issuer: str) -> str:
    """Return metadata of a SAML identity provider, as long as IAM wants them at least."""
    space = " " * 1000
    schema = "urn:oasis:names:tc:SAML:2.0:metadata"
    return f'<EntityDescriptor xmlns="{schema}" entityID="{issuer}">{space}</EntityDescriptor>'


def _statement(
    effect: str, actions: tuple[str, ...], resources: tuple[str, ...], condition: dict[str, Json]
) -> dict[str, Json]:
    said: dict[str, Json] = {
        "Effect": effect,
        "Action": [*actions],
        "Resource": [*resources],
    }
    return {**said, **({"Condition": condition} if condition else {})}


def _build(ground: Ground) -> None:
    iam = ground.at().client("iam")
    _employees(iam, ground)
    _parent(iam, ground)
    _deployer(iam)
    _keepers(ground.at(account=LOGS).client("iam"))
    _bar_tables(ground)
    for _ in ("order", "finish"):
        iam.generate_credential_report()


def _employees(iam: Any, ground: Ground) -> None:
    for name in (DMITRI, CARLA):
        iam.create_user(UserName=name, Tags=as_list({"employer": "northstar"}))
        iam.create_login_profile(UserName=name, Password=_PASSWORD)
        policy = reading(ground.keys[HOME], *_PROFILES)
        iam.put_user_policy(UserName=name, PolicyName="profiles", PolicyDocument=policy)
    iam.create_access_key(UserName=DMITRI)
    (key,) = iam_backends[USER_DATA]["aws"].users[DMITRI].access_keys
    key.create_date = _LONG_AGO
    _give_second_factor(iam, CARLA)
    iam.create_user(UserName=LENA, Tags=as_list({"employer": "northstar"}))
    wide = written(allow(("s3:*",), "*"))
    iam.put_user_policy(UserName=LENA, PolicyName="storage", PolicyDocument=wide)
    bound = written(allow(("cloudwatch:*", "logs:Describe*"), "*"))
    made = iam.create_policy(PolicyName="metrics-only", PolicyDocument=bound)["Policy"]["Arn"]
    # moto lets roles be bounded, and no users; its answers would say it of these, too.
    bounded = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": made}
    vars(iam_backends[USER_DATA]["aws"].users[LENA])["permissions_boundary"] = bounded


def _give_second_factor(iam: Any, name: str) -> None:
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
    iam.enable_mfa_device(
        UserName=name,
        SerialNumber=device["SerialNumber"],
        AuthenticationCode1="123456",
        AuthenticationCode2="654321",
    )


def _parent(iam: Any, ground: Ground) -> None:
    """Make a group that may act as a role which reads videos, and one of it who may not."""
    iam.create_group(GroupName=PARENT_GROUP, Path=_PATH)
    iam.put_group_policy(
        GroupName=PARENT_GROUP,
        PolicyName="migrate",
        PolicyDocument=written(
            allow(("sts:AssumeRole",), _ROLE),
            allow(_QUERIES, arn_of("dynamodb", "table/follows-*", WEST)),
        ),
    )
    for name in (WEI_JIE, SITI):
        iam.create_user(UserName=name, Path="/parent/", Tags=as_list({"employer": "farshore"}))
        iam.add_user_to_group(GroupName=PARENT_GROUP, UserName=name)
        iam.create_access_key(UserName=name)
    nothing = written(deny(("sts:AssumeRole", "s3:*", "dynamodb:*", "kms:*"), "*"))
    iam.put_user_policy(UserName=SITI, PolicyName="nothing-of-users", PolicyDocument=nothing)
    iam.create_role(
        RoleName=MIGRATION,
        AssumeRolePolicyDocument=trusting({"AWS": f"arn:aws:iam::{USER_DATA}:root"}),
    )
    iam.put_role_policy(
        RoleName=MIGRATION,
        PolicyName="videos",
        PolicyDocument=reading(ground.keys[WEST], *_VIDEOS),
    )


def _deployer(iam: Any) -> None:
    iam.create_user(UserName=DEPLOYER)
    iam.create_access_key(UserName=DEPLOYER)
    ships = written(allow(("lambda:UpdateAlias", "lambda:PublishVersion"), "*"))
    iam.put_user_policy(UserName=DEPLOYER, PolicyName="ship", PolicyDocument=ships)


def _keepers(iam: Any) -> None:
    logs = ("arn:aws:s3:::audit-logs-*", "arn:aws:s3:::audit-logs-*/*")
    changes = ("s3:PutBucketPolicy", "s3:DeleteObject", "s3:DeleteObjectVersion")
    stops = allow(("cloudtrail:StopLogging",), "*")
    for name, statements in (
        (KEIKO, (allow(changes, *logs), stops)),
        (HUGO, (allow(_READS, *logs),)),
        (NIGHT, (stops,)),
    ):
        iam.create_user(UserName=name)
        iam.create_access_key(UserName=name)
        policy = written(*statements)
        iam.put_user_policy(UserName=name, PolicyName="logs", PolicyDocument=policy)


def _bar_tables(ground: Ground) -> None:
    """Let the organisation take from people of the parent what their group gives: tables."""
    organizations = ground.at(account=MANAGEMENT).client("organizations")
    bar = deny(("dynamodb:*",), "*", StringEquals={"aws:PrincipalTag/employer": "farshore"})
    made = organizations.create_policy(
        Name="no-tables-for-the-parent",
        Description="People of the parent company reach no tables",
        Type="SERVICE_CONTROL_POLICY",
        Content=written(bar),
    )["Policy"]["PolicySummary"]["Id"]
    organizations.attach_policy(PolicyId=made, TargetId=USER_DATA)


def _summary(account: str, *, keys: int = 0) -> Rule:
    counts = {"AccountMFAEnabled": 1, "AccountAccessKeysPresent": keys, "AccountPasswordPresent": 1}
    return Rule(operation="iam.GetAccountSummary", account=account, answer={"SummaryMap": counts})


def _user(name: str) -> str:
    path = "parent/" if name in (WEI_JIE, SITI) else ""
    return f"arn:aws:iam::{USER_DATA}:user/{path}{name}"


def _keeper(name: str) -> str:
    return f"arn:aws:iam::{LOGS}:user/{name}"


PLOT = Plot(
    build=_build,
    # The root user of the account with user data has a key.
    rules=(_summary(MANAGEMENT), _summary(LOGS), _summary(USER_DATA, keys=1)),
    planted=(
        *fails(
            "whoever reads profiles with a password alone and a key of 2019 was vetted once, and "
            "no more",
            B_01=f"{_user(DMITRI)}/*",
            B_04=_user(DMITRI),
        ),
        *fails(
            "somebody of the parent in Singapore reads videos by acting as a role",
            B_01=f"{_user(WEI_JIE)}/*",
            B_02=f"{_user(WEI_JIE)}/*",
        ),
        *stays_open(
            "whether that was ever done, logs of two days do not show",
            B_02b=f"{_user(WEI_JIE)}/*",
        ),
        *(
            each
            for user in (_user(WEI_JIE), _user(SITI), _keeper(KEIKO), _keeper(HUGO))
            for each in fails("a person has a key that does not end", B_04=user)
        ),
        *fails("the root user has a key", B_04=f"arn:aws:iam::{USER_DATA}:root"),
        *fails(
            "somebody of the parent can stop the log",
            B_02c=f"{LOGS}/{_keeper(KEIKO)}/change trails/*",
            G_02d=f"{LOGS}/{_keeper(KEIKO)}/change trails/*",
        ),
        *stays_open(
            "somebody whom the roster does not name can stop the log",
            B_02c=f"{LOGS}/{_keeper(NIGHT)}/change trails/*",
        ),
        *fails(
            "who keeps logs at night can stop them",
            G_02d=f"{LOGS}/{_keeper(NIGHT)}/change trails/*",
        ),
        *stays_open(
            "a user whom the roster does not name may be a person, and may have left",
            B_04=_keeper(NIGHT),
            B_05=_keeper(NIGHT),
        ),
        *fails(
            "somebody of the parent can change who sees the logs, and delete them",
            G_02c=f"arn:aws:cloudtrail:{HOME}:*",
        ),
        *fails(
            "a root user can lift guardrails and stop the log",
            G_02d=f"{USER_DATA}/arn:aws:iam::{USER_DATA}:root/*",
        ),
    ),
)
