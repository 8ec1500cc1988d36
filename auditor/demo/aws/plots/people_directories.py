"""Directories, user pools, desktops and mailboxes that are abroad, or open to strangers."""

from collections.abc import Mapping
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.planted import fails, stays_open

_EXPORTS, _FAR = "northstar-mail", "northstar-mail-abroad"
_USERS, _USERS_HOME = (
    arn_of("cognito-idp", f"userpool/{HOME}_{name}") for name in ("Distant", "Kept")
)
_USERS_ABROAD = arn_of("cognito-idp", f"userpool/{FRANKFURT}_There", FRANKFURT)
_GUESTS, _MEMBERS = (
    arn_of("cognito-identity", f"identitypool/{HOME}:{name}") for name in ("guests", "members")
)
_CORP = arn_of("ds", "directory/d-1111111111")
_HOME_ONLY = arn_of("ds", "directory/d-2222222222")
_ASKS = arn_of("ds", "directory/d-3333333333")
_THERE = arn_of("ds", "directory/d-4444444444", FRANKFURT)
_DESK, _DESK_HOME = (arn_of("workspaces", f"workspace/ws-{name}") for name in ("far", "kept"))
_DESK_PLAIN = arn_of("workspaces", "workspace/ws-plain")
_GIVEN, _OURS = (arn_of("workspaces", f"workspaceimage/wsi-{name}") for name in ("given", "ours"))
_STACK, _STACK_HOME = (arn_of("appstream", f"stack/northstar-{name}") for name in ("out", "kept"))
_LENT, _KEPT = (arn_of("appstream", f"image/northstar-{name}") for name in ("lent", "kept"))
_MAIL = arn_of("workmail", "organization/m-" + "1" * 32)
_MAIL_HOME = arn_of("workmail", "organization/m-" + "2" * 32)
_FOLDERS = f"arn:aws:s3:::{_EXPORTS}"


def _build(ground: Ground) -> None:
    make_bucket(ground.at(), _EXPORTS, ground.keys[HOME], UNPROTECTED)
    make_bucket(ground.at(FRANKFURT), _FAR, ground.keys[FRANKFURT], UNPROTECTED)


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def _pool(arn: str, replica: str = "", mail: str = "") -> tuple[dict[str, Any], Any, Any]:
    name, region = _name(arn), arn.split(":")[3]
    listed = {"Id": name, "Name": name, "ReplicaRegions": [replica] if replica else []}
    about: dict[str, Any] = {"Id": name, "Name": name, "UserPoolTags": PROTECTED}
    if mail:
        about["EmailConfiguration"] = {"SourceArn": arn_of("ses", "identity/example.com", mail)}
    logs = {"LogDeliveryConfiguration": {"UserPoolId": name, "LogConfigurations": []}}
    return (
        listed,
        answered("cognito-idp.DescribeUserPool", {"UserPool": about}, region=region, words=name),
        answered("cognito-idp.GetLogDeliveryConfiguration", logs, region=region, words=name),
    )


def _identities(arn: str, *, guests: bool) -> tuple[Any, Any]:
    name = _name(arn)
    about = {
        "IdentityPoolId": name,
        "IdentityPoolName": name,
        "AllowUnauthenticatedIdentities": guests,
        "IdentityPoolTags": PROTECTED,
    }
    roles = {"unauthenticated": f"arn:aws:iam::{LOGS}:role/guest"}
    return (
        answered("cognito-identity.DescribeIdentityPool", about, words=name),
        answered(
            "cognito-identity.GetIdentityPoolRoles",
            {"IdentityPoolId": name, "Roles": roles},
            words=name,
        ),
    )


def _directory(arn: str, kind: str = "MicrosoftAD", *others: str) -> dict[str, Any]:
    region = arn.split(":")[3]
    place = {"VpcId": "vpc-1", "SubnetIds": ["subnet-1"], "AvailabilityZones": [f"{region}a"]}
    settings = {"VpcSettings": place}
    if kind == "ADConnector":
        settings = {"ConnectSettings": {**place, "ConnectIps": ["10.20.30.40"]}}
    regions = {"PrimaryRegion": region, "AdditionalRegions": [*others]}
    name = _name(arn)
    return {"DirectoryId": name, "Name": name, "Type": kind, "RegionsInfo": regions, **settings}


def _desk(arn: str, region: str = "", *, encrypted: bool = True) -> dict[str, Any]:
    desk: dict[str, Any] = {
        "WorkspaceId": _name(arn),
        "SubnetId": "subnet-1",
        "UserVolumeEncryptionEnabled": encrypted,
        "RootVolumeEncryptionEnabled": encrypted,
        **({"VolumeEncryptionKey": "alias/aws/workspaces"} if encrypted else {}),
    }
    if region:
        standby = {"StandbyWorkspaceId": f"ws-{region}", "DataReplication": "PRIMARY_AS_SOURCE"}
        desk["StandbyWorkspacesProperties"] = [standby]
        desk["RelatedWorkspaces"] = [
            {"WorkspaceId": f"ws-{region}", "Region": region, "Type": "STANDBY"}
        ]
    return desk


def _shared(operation: str, arn: str, answer: Mapping[str, Any]) -> Any:
    return answered(operation, answer, words=_name(arn))


def _jobs(arn: str, bucket: str) -> Any:
    job = {"JobId": "1", "S3BucketName": bucket, "State": "COMPLETED"}
    return _shared("workmail.ListMailboxExportJobs", arn, {"Jobs": [job]})


_POOLS = (_pool(_USERS, FRANKFURT, FRANKFURT), _pool(_USERS_HOME, WEST, WEST), _pool(_USERS_ABROAD))
_COGNITO = (
    answered("cognito-idp.ListUserPools", {"UserPools": [each[0] for each in _POOLS[:2]]}),
    answered("cognito-idp.ListUserPools", {"UserPools": [_POOLS[2][0]]}, region=FRANKFURT),
    *(rule for each in _POOLS for rule in each[1:]),
    answered(
        "cognito-identity.ListIdentityPools",
        {
            "IdentityPools": [
                {"IdentityPoolId": _name(arn), "IdentityPoolName": _name(arn)}
                for arn in (_GUESTS, _MEMBERS)
            ]
        },
    ),
    *_identities(_GUESTS, guests=True),
    *_identities(_MEMBERS, guests=False),
)
_TRUST = {
    "DirectoryId": _name(_CORP),
    "TrustId": "t-1",
    "RemoteDomainName": "parent.example.com",
    "TrustDirection": "Two-Way",
}
_DIRECTORIES = (
    answered(
        "ds.DescribeDirectories",
        {
            "DirectoryDescriptions": [
                _directory(_CORP, "MicrosoftAD", FRANKFURT),
                _directory(_HOME_ONLY, "MicrosoftAD", WEST),
                _directory(_ASKS, "ADConnector"),
            ]
        },
    ),
    answered(
        "ds.DescribeDirectories",
        {"DirectoryDescriptions": [_directory(_THERE)]},
        region=FRANKFURT,
    ),
    _shared(
        "ds.DescribeSharedDirectories",
        _CORP,
        {
            "SharedDirectories": [
                {"SharedAccountId": account, "ShareStatus": "Shared"}
                for account in (STRANGER, LOGS)
            ]
        },
    ),
    answered("ds.DescribeSharedDirectories", {"SharedDirectories": []}),
    answered("ds.DescribeTrusts", {"Trusts": [_TRUST]}),
)
_DESKS = (
    answered(
        "workspaces.DescribeWorkspaces",
        {
            "Workspaces": [
                _desk(_DESK, FRANKFURT),
                _desk(_DESK_HOME, WEST),
                _desk(_DESK_PLAIN, encrypted=False),
            ]
        },
    ),
    answered(
        "ec2.DescribeSubnets",
        {"Subnets": [{"SubnetId": "subnet-1", "AvailabilityZone": f"{HOME}a"}]},
        words="SubnetId.1=subnet-1",
    ),
    answered(
        "workspaces.DescribeWorkspaceImages",
        {"Images": [{"ImageId": _name(arn), "Name": _name(arn)} for arn in (_GIVEN, _OURS)]},
    ),
    _shared(
        "workspaces.DescribeWorkspaceImagePermissions",
        _GIVEN,
        {"ImageId": _name(_GIVEN), "ImagePermissions": [{"SharedAccountId": STRANGER}]},
    ),
    _shared(
        "workspaces.DescribeWorkspaceImagePermissions",
        _OURS,
        {"ImageId": _name(_OURS), "ImagePermissions": [{"SharedAccountId": LOGS}]},
    ),
)
_SHUT = [
    {"Action": action, "Permission": "DISABLED"}
    for action in ("CLIPBOARD_COPY_TO_LOCAL_DEVICE", "FILE_DOWNLOAD", "PRINTING_TO_LOCAL_DEVICE")
]
_STREAMED = (
    answered(
        "appstream.DescribeStacks",
        {
            "Stacks": [
                {
                    "Arn": _STACK,
                    "Name": _name(_STACK),
                    "StorageConnectors": [{"ConnectorType": "GOOGLE_DRIVE"}],
                    "UserSettings": [{"Action": "FILE_DOWNLOAD", "Permission": "ENABLED"}],
                },
                {
                    "Arn": _STACK_HOME,
                    "Name": _name(_STACK_HOME),
                    "StorageConnectors": [
                        {"ConnectorType": "HOMEFOLDERS", "ResourceIdentifier": _FOLDERS}
                    ],
                    "UserSettings": _SHUT,
                },
            ]
        },
    ),
    answered(
        "appstream.DescribeImages",
        {"Images": [{"Arn": arn, "Name": _name(arn)} for arn in (_LENT, _KEPT)]},
    ),
    *(
        _shared(
            "appstream.DescribeImagePermissions",
            arn,
            {
                "SharedImagePermissionsList": [
                    {"sharedAccountId": account, "imagePermissions": {"allowFleet": True}}
                ]
            },
        )
        for arn, account in ((_LENT, STRANGER), (_KEPT, LOGS))
    ),
    answered(
        "workmail.ListOrganizations",
        {
            "OrganizationSummaries": [
                {"OrganizationId": _name(arn), "Alias": _name(arn), "State": "Active"}
                for arn in (_MAIL, _MAIL_HOME)
            ]
        },
    ),
    _jobs(_MAIL, _FAR),
    _jobs(_MAIL_HOME, _EXPORTS),
)

PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_CORP, _HOME_ONLY, _ASKS, _THERE), PROTECTED),
        **dict.fromkeys((_DESK, _DESK_HOME, _DESK_PLAIN, _GIVEN, _OURS), PROTECTED),
        **dict.fromkeys((_STACK, _STACK_HOME, _LENT, _KEPT, _MAIL, _MAIL_HOME), PROTECTED),
    },
    rules=(*_COGNITO, *_DIRECTORIES, *_DESKS, *_STREAMED),
    planted=(
        *fails("users are replicated to Frankfurt", A_04=f"{_USERS}/replication/{FRANKFURT}"),
        *fails("mail to users is sent from Frankfurt", A_04=f"{_USERS}/stream/*"),
        *fails("users are kept in Frankfurt", A_02=_USERS_ABROAD, A_07b=_USERS_ABROAD),
        *stays_open("anybody gets credentials as a guest", A_05b=f"{_GUESTS}/public/[?]"),
        *fails("a directory is replicated to Frankfurt", A_04=f"{_CORP}/replication/*"),
        *fails("a stranger has a directory, too", A_05b=f"{_CORP}/share/{STRANGER}"),
        *stays_open("people of another domain are let in", A_05b=f"{_CORP}/share/trust/t-1"),
        *fails("a directory is in Frankfurt", A_02=_THERE),
        *(
            each
            for arn in (_CORP, _HOME_ONLY, _THERE)
            for each in stays_open("AWS states no encryption of directories", A_06=arn, A_07b=arn)
        ),
        *stays_open("a connector asks a directory elsewhere", A_04=f"{_ASKS}/stream/*"),
        *fails("a desktop has a standby in Frankfurt", A_04=f"{_DESK}/replication/*"),
        *fails("a desktop is not encrypted", A_06=_DESK_PLAIN, A_07b=_DESK_PLAIN),
        *fails("a stranger has an image of desktops", A_05b=f"{_GIVEN}/share/{STRANGER}"),
        *fails("a stranger has an image of applications", A_05b=f"{_LENT}/share/{STRANGER}"),
        *(
            each
            for arn in (_GIVEN, _OURS, _LENT, _KEPT)
            for each in stays_open("AWS states no encryption of images", A_06=arn, A_07b=arn)
        ),
        *stays_open("users keep files with another company", A_04=f"{_STACK}/sync/*"),
        *stays_open("users download files", A_04=f"{_STACK}/export/*"),
        *fails("mailboxes are exported to Frankfurt", A_04=f"{_MAIL}/export/*"),
        *stays_open("the key of mailboxes is not stated", A_07b=_MAIL),
        *stays_open("the key of other mailboxes is not, either", A_07b=_MAIL_HOME),
    ),
)
