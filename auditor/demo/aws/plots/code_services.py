"""Builds, packages and shares: what is handed to strangers, or to other companies."""

import json
from collections.abc import Mapping
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket, make_table
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open
from auditor.model import Json

_OUT, _FAR = "northstar-artifacts", "northstar-artifacts-abroad"
_LENT, _KEPT = (arn_of("ram", f"resource-share/{name}") for name in ("lent", "kept"))
_TABLE = arn_of("dynamodb", "table/northstar-lent")
_RELEASE, _BUILD = (arn_of("codepipeline", f"northstar-{name}") for name in ("release", "check"))
_ABROAD = arn_of("codepipeline", "northstar-release", FRANKFURT)
_OPEN, _DISTANT, _HOME = (
    arn_of("codebuild", f"project/northstar-{name}") for name in ("open", "distant", "kept")
)
_CODE = arn_of("codeartifact", "domain/northstar")
_CODE_ABROAD = arn_of("codeartifact", "domain/northstar-eu", FRANKFURT)
_GIVEN, _OWN = (arn_of("codeartifact", f"repository/northstar/{n}") for n in ("given", "own"))
_GIT = arn_of("codeconnections", "connection/1")
_GIT_HOST = arn_of("codeconnections", "host/1")
_ALERTS, _QUIET = (
    f"arn:aws:chatbot::{USER_DATA}:chat-configuration/{name}"
    for name in ("slack-channel/alerts", "microsoft-teams-channel/quiet")
)
_CASES = f"arn:aws:supportapp::{USER_DATA}:slack-channel/T1/C1"
_PORTFOLIO, _PORTFOLIO_HOME = (arn_of("catalog", f"portfolio/port-{n}") for n in ("out", "in"))
_PUBLISHED, _SHARED = (
    arn_of("serverlessrepo", f"applications/northstar-{n}") for n in ("open", "ours")
)


def _build(ground: Ground) -> None:
    make_table(ground.at(), _name(_TABLE), ground.keys[HOME])
    make_bucket(ground.at(), _OUT, ground.keys[HOME], UNPROTECTED)
    make_bucket(ground.at(FRANKFURT), _FAR, ground.keys[FRANKFURT], UNPROTECTED)


def _name(arn: str) -> str:
    return arn.rpartition("/")[2].rpartition(":")[2]


def _share(arn: str, account: str) -> tuple[dict[str, Json], Any, Any]:
    pairs = [{"key": key, "value": value} for key, value in PROTECTED.items()]
    share = {"resourceShareArn": arn, "name": _name(arn), "status": "ACTIVE", "tags": pairs}

    def told(kind: str, entity: str) -> Rule:
        one = {"resourceShareArn": arn, "associatedEntity": entity, "status": "ASSOCIATED"}
        parameters = {"associationType": kind, "maxResults": 500, "resourceShareArns": [arn]}
        words = json.dumps(parameters)
        answer = {"resourceShareAssociations": [one]}
        return answered("ram.GetResourceShareAssociations", answer, words=words)

    return share, told("PRINCIPAL", account), told("RESOURCE", _TABLE)


def _pipeline(arn: str, bucket: str, **action: Json) -> Any:
    name = _name(arn)
    kind = {"category": "Deploy", "owner": "AWS", "provider": "S3", "version": "1"}
    pipeline = {
        "name": name,
        "roleArn": f"arn:aws:iam::{USER_DATA}:role/pipeline",
        "artifactStore": {"type": "S3", "location": bucket},
        "stages": [
            {"name": "s", "actions": [{"name": "a", "actionTypeId": kind, **action}]},
        ],
    }
    region = arn.split(":")[3]
    answer = {"pipeline": pipeline}
    return answered("codepipeline.GetPipeline", answer, region=region, words=name)


def _project(arn: str, bucket: str, visibility: str = "PRIVATE") -> Any:
    project = {
        "name": _name(arn),
        "artifacts": {"type": "S3", "location": bucket},
        "projectVisibility": visibility,
        "tags": [{"key": key, "value": value} for key, value in PROTECTED.items()],
    }
    return answered("codebuild.BatchGetProjects", {"projects": [project]}, words=_name(arn))


def _domain(arn: str) -> dict[str, Json]:
    return {"name": _name(arn), "owner": USER_DATA, "arn": arn, "encryptionKey": "alias/aws/code"}


def _document(account: str) -> Mapping[str, Json]:
    principal = {"AWS": f"arn:aws:iam::{account}:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "codeartifact:*"}
    return {"policy": {"document": json.dumps({"Statement": [statement]})}}


def _channel(arn: str, **more: Json) -> dict[str, Json]:
    return {
        "ChatConfigurationArn": arn,
        "ConfigurationName": _name(arn),
        "IamRoleArn": f"arn:aws:iam::{USER_DATA}:role/chat",
        "SnsTopicArns": [],
        "Tags": [{"TagKey": key, "TagValue": value} for key, value in PROTECTED.items()],
        **more,
    }


def _application(arn: str) -> dict[str, Json]:
    return {"ApplicationId": arn, "Author": "Northstar", "Description": "x", "Name": _name(arn)}


def _statement(principal: str) -> Mapping[str, Json]:
    return {"Statements": [{"Actions": ["Deploy"], "Principals": [principal]}]}


_SHARES = (_share(_LENT, STRANGER), _share(_KEPT, LOGS))
_PIPELINES = (
    answered("ram.GetResourceShares", {"resourceShares": [each[0] for each in _SHARES]}),
    *(rule for each in _SHARES for rule in each[1:]),
    answered(
        "codepipeline.ListPipelines",
        {"pipelines": [{"name": _name(_RELEASE)}, {"name": _name(_BUILD)}]},
    ),
    answered(
        "codepipeline.ListPipelines", {"pipelines": [{"name": _name(_ABROAD)}]}, region=FRANKFURT
    ),
    _pipeline(_RELEASE, _FAR, roleArn=f"arn:aws:iam::{STRANGER}:role/deploy"),
    _pipeline(_BUILD, _OUT, region=WEST),
    _pipeline(_ABROAD, _OUT, region=HOME),
    answered(
        "codebuild.ListProjects", {"projects": [_name(arn) for arn in (_OPEN, _DISTANT, _HOME)]}
    ),
    _project(_OPEN, _OUT, "PUBLIC_READ"),
    _project(_DISTANT, _FAR),
    _project(_HOME, _OUT),
)
_PACKAGES = (
    answered("codeartifact.ListDomains", {"domains": [_domain(_CODE)]}),
    answered("codeartifact.ListDomains", {"domains": [_domain(_CODE_ABROAD)]}, region=FRANKFURT),
    answered("codeartifact.GetDomainPermissionsPolicy", _document(STRANGER)),
    answered("codeartifact.GetDomainPermissionsPolicy", _document(USER_DATA), region=FRANKFURT),
    answered(
        "codeartifact.ListRepositories",
        {
            "repositories": [
                {
                    "name": _name(arn),
                    "arn": arn,
                    "domainName": "northstar",
                    "domainOwner": USER_DATA,
                }
                for arn in (_GIVEN, _OWN)
            ]
        },
    ),
    answered("codeartifact.GetRepositoryPermissionsPolicy", _document(STRANGER), words="=given"),
    answered("codeartifact.GetRepositoryPermissionsPolicy", _document(LOGS), words="=own"),
    answered(
        "codeconnections.ListConnections",
        {
            "Connections": [
                {
                    "ConnectionArn": _GIT,
                    "ConnectionName": "git",
                    "ProviderType": "GitHub",
                    "ConnectionStatus": "AVAILABLE",
                }
            ]
        },
    ),
    answered(
        "codeconnections.ListHosts",
        {
            "Hosts": [
                {"HostArn": _GIT_HOST, "Name": "git", "ProviderEndpoint": "https://git.example.com"}
            ]
        },
    ),
)
_TOLD = (
    answered(
        "chatbot.DescribeSlackChannelConfigurations",
        {
            "SlackChannelConfigurations": [
                _channel(
                    _ALERTS,
                    SlackTeamName="Northstar",
                    SlackTeamId="T1",
                    SlackChannelId="C1",
                    SlackChannelName="alerts",
                )
            ]
        },
        region="us-east-2",
    ),
    answered(
        "chatbot.ListMicrosoftTeamsChannelConfigurations",
        {
            "TeamChannelConfigurations": [
                _channel(_QUIET, ChannelId="C2", TeamId="T2", TenantId="N2")
            ]
        },
        region="us-east-2",
    ),
    answered(
        "support-app.ListSlackChannelConfigurations",
        {"slackChannelConfigurations": [{"channelId": "C1", "teamId": "T1"}]},
    ),
    answered(
        "servicecatalog.ListPortfolios",
        {
            "PortfolioDetails": [
                {"Id": _name(arn), "ARN": arn, "DisplayName": _name(arn)}
                for arn in (_PORTFOLIO, _PORTFOLIO_HOME)
            ]
        },
    ),
    answered("servicecatalog.ListPortfolioAccess", {"AccountIds": [STRANGER]}, words="port-out"),
    answered("servicecatalog.ListPortfolioAccess", {"AccountIds": [LOGS]}, words="port-in"),
    answered(
        "serverlessrepo.ListApplications",
        {"Applications": [_application(arn) for arn in (_PUBLISHED, _SHARED)]},
    ),
    answered("serverlessrepo.GetApplicationPolicy", _statement("*"), words="northstar-open"),
    answered("serverlessrepo.GetApplicationPolicy", _statement(LOGS), words="northstar-ours"),
)
_CHANNEL = "what a channel is told goes to another company"

PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_RELEASE, _BUILD, _ABROAD, _CODE, _CODE_ABROAD), PROTECTED),
        **dict.fromkeys((_GIVEN, _OWN, _GIT, _GIT_HOST, _CASES), PROTECTED),
        **dict.fromkeys((_PORTFOLIO, _PORTFOLIO_HOME, _PUBLISHED, _SHARED), PROTECTED),
    },
    rules=(*_PIPELINES, *_PACKAGES, *_TOLD),
    planted=(
        *fails(
            "a stranger gets a table that is shared",
            A_05b=f"{_LENT}/share/{STRANGER}",
            A_04b=f"{_TABLE} -> {_LENT}/share/{STRANGER}*",
        ),
        *fails("artifacts are put in Frankfurt", A_04=f"{_RELEASE}/stream/*abroad"),
        *fails("a stranger's role deploys", A_04=f"{_RELEASE}/stream/{STRANGER}/{HOME}"),
        *fails("a pipeline runs in Frankfurt", A_10=_ABROAD),
        *fails("anybody sees builds", A_05b=f"{_OPEN}/public/*"),
        *fails("builds are put in Frankfurt", A_04=f"{_DISTANT}/stream/*"),
        *fails("a stranger reads packages", A_05b=f"{_CODE}/share/{STRANGER}"),
        *fails("packages are kept in Frankfurt", A_02=_CODE_ABROAD, A_07b=_CODE_ABROAD),
        *fails("a stranger reads a repository", A_05b=f"{_GIVEN}/share/{STRANGER}"),
        *stays_open("code is kept by another company", A_05b=f"{_GIT}/link/*"),
        *stays_open("code is kept on a server somewhere", A_05b=f"{_GIT_HOST}/link/*"),
        *stays_open(_CHANNEL, A_04=f"{_ALERTS}/stream/*", A_10=_ALERTS),
        *stays_open(_CHANNEL, A_04=f"{_QUIET}/stream/*", A_10=_QUIET),
        *stays_open(_CHANNEL, A_04=f"{_CASES}/stream/*", A_10=_CASES),
        *fails("a stranger gets a portfolio", A_05b=f"{_PORTFOLIO}/share/{STRANGER}"),
        *fails("anybody gets an application", A_05b=f"{_PUBLISHED}/public/*"),
        *stays_open("its encryption is not stated", A_06=_PUBLISHED, A_07b=_PUBLISHED),
        *stays_open("that of another is not, either", A_06=_SHARED, A_07b=_SHARED),
    ),
)
