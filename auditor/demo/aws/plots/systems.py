"""Systems Manager, AppSync, AppFlow and IoT: what they share, send and fetch."""

import json
from collections.abc import Mapping
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_HERE, _ABROAD = "northstar-systems", "northstar-systems-eu"
_BUCKET_ABROAD = f"arn:aws:s3:::{_ABROAD}"
_ROLE = f"arn:aws:iam::{USER_DATA}:role/northstar"


_SECRET, _PLAIN, _SHARED, _PARTNERS = (
    arn_of("ssm", f"parameter/northstar/{name}")
    for name in ("secret", "plain", "shared", "partners")
)
_SECRET_ABROAD = arn_of("ssm", "parameter/northstar/secret", FRANKFURT)
_RUNBOOK, _RUNBOOK_THEIRS, _RUNBOOK_OPEN = (
    arn_of("ssm", f"document/northstar-{name}") for name in ("logs", "theirs", "open")
)
_SESSIONS = arn_of("ssm", "document/SSM-SessionManagerRunShell")
_SYNC, _SYNC_ABROAD = (arn_of("ssm", f"resource-data-sync/northstar-{x}") for x in ("us", "eu"))
_FETCH = arn_of("ssm", "resource-data-sync/northstar-all", FRANKFURT)
_SERVER = arn_of("ssm", "managed-instance/mi-0northstar")
_API, _MERGED = (arn_of("appsync", f"apis/northstar-{name}") for name in ("feed", "merged"))
_TABLE_ABROAD = arn_of("dynamodb", "table/northstar-feed", FRANKFURT)
_API_THEIRS = arn_of("appsync", "apis/theirs", account=STRANGER)
_LEADS, _LEADS_OUT = (arn_of("appflow", f"flow/northstar-{name}") for name in ("us", "crm"))
_DEVICES, _DEVICES_ABROAD = (arn_of("iot", f"rule/northstar_{name}") for name in ("us", "eu"))
_QUEUE = arn_of("sqs", "northstar-devices", FRANKFURT)
_WEBHOOK = arn_of("iot", "ruledestination/http/northstar")


def _build(ground: Ground) -> None:
    make_bucket(ground.at(), _HERE, ground.keys[HOME])
    make_bucket(ground.at(FRANKFURT), _ABROAD, ground.keys[FRANKFURT], UNPROTECTED)
    ssm = ground.at().client("ssm")
    content = json.dumps({"schemaVersion": "2.2", "mainSteps": []})
    for document, account in (
        (_RUNBOOK, LOGS),
        (_RUNBOOK_THEIRS, STRANGER),
        (_RUNBOOK_OPEN, "all"),
    ):
        name = document.rpartition("/")[2]
        ssm.create_document(Name=name, Content=content, DocumentType="Command")
        ssm.modify_document_permission(Name=name, PermissionType="Share", AccountIdsToAdd=[account])
    inputs = {"s3BucketName": _ABROAD, "cloudWatchLogGroupName": ""}
    ssm.create_document(
        Name="SSM-SessionManagerRunShell",
        Content=json.dumps({"schemaVersion": "1.0", "inputs": inputs}),
        DocumentType="Session",
    )


def _rule(operation: str, words: str = "", region: str = HOME, **answer: Any) -> Rule:
    return Rule(operation=operation, account=USER_DATA, region=region, words=words, answer=answer)


def _parameter(arn: str, tier: str, kind: str = "SecureString") -> Mapping[str, Any]:
    name = arn.partition(":parameter")[2]
    key = {"KeyId": "alias/aws/ssm"} if kind == "SecureString" else {}
    return {"Name": name, "ARN": arn, "Type": kind, "Tier": tier, **key}


def _parameters(region: str, tier: str, *several: Mapping[str, Any]) -> Rule:
    return _rule("ssm.DescribeParameters", f'"{tier}"', region, Parameters=[*several])


def _policy(arn: str, account: str) -> Rule:
    allow = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "ssm:GetParameter"}
    policy = {"PolicyId": "1", "PolicyHash": "1", "Policy": json.dumps({"Statement": [allow]})}
    return _rule("ssm.GetResourcePolicies", arn, Policies=[policy])


def _sync(arn: str, bucket: str, region: str) -> Mapping[str, Any]:
    target = {"BucketName": bucket, "SyncFormat": "JsonSerDe", "Region": region}
    return {"SyncName": arn.rpartition("/")[2], "S3Destination": target}


def _api(arn: str) -> Mapping[str, Any]:
    name = arn.rpartition("/")[2]
    about = {"authenticationType": "AWS_IAM", "visibility": "GLOBAL", "tags": PROTECTED}
    return {"apiId": name, "name": name, "arn": arn, **about}


def _table(name: str, region: str) -> Mapping[str, Any]:
    table = {"tableName": "northstar-feed", "awsRegion": region}
    return {"name": name, "type": "AMAZON_DYNAMODB", "dynamodbConfig": table}


def _transfer(arn: str) -> Mapping[str, Any]:
    name = arn.rpartition("/")[2]
    return {"flowArn": arn, "flowName": name, "flowStatus": "Active", "tags": PROTECTED}


def _ends(arn: str, kind: str, **properties: str) -> Rule:
    end = {"connectorType": kind, "destinationConnectorProperties": {kind: properties}}
    name = arn.rpartition("/")[2]
    return _rule("appflow.DescribeFlow", name, destinationFlowConfigList=[end])


def _device_rule(arn: str, **action: Mapping[str, str]) -> tuple[Mapping[str, Any], Rule]:
    name = arn.rpartition("/")[2]
    listed = {"ruleArn": arn, "ruleName": name, "ruleDisabled": False}
    return listed, _rule("iot.GetTopicRule", name, rule={"ruleName": name, "actions": [action]})


_TO_BUCKET = _device_rule(_DEVICES, s3={"bucketName": _HERE, "key": "k", "roleArn": _ROLE})
_TO_QUEUE = _device_rule(
    _DEVICES_ABROAD,
    sqs={
        "queueUrl": f"https://sqs.{FRANKFURT}.amazonaws.com/{USER_DATA}/northstar-devices",
        "roleArn": _ROLE,
    },
)
_ADDRESS = {"confirmationUrl": "https://devices.example.com/northstar"}

PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_SECRET, _SHARED, _PARTNERS, _SECRET_ABROAD, _PLAIN), PROTECTED),
        **dict.fromkeys((_RUNBOOK, _RUNBOOK_THEIRS, _RUNBOOK_OPEN, _SESSIONS), PROTECTED),
        **dict.fromkeys((_SYNC, _SYNC_ABROAD, _SERVER, _DEVICES, _DEVICES_ABROAD), PROTECTED),
        **dict.fromkeys((_FETCH, _WEBHOOK), PROTECTED),
    },
    rules=(
        _parameters(
            HOME,
            "Standard",
            _parameter(_SECRET, "Standard"),
            _parameter(_PLAIN, "Standard", "String"),
        ),
        _parameters(FRANKFURT, "Standard", _parameter(_SECRET_ABROAD, "Standard")),
        _parameters(
            HOME,
            "Advanced",
            _parameter(_SHARED, "Advanced"),
            _parameter(_PARTNERS, "Advanced"),
        ),
        _policy(_SHARED, STRANGER),
        _policy(_PARTNERS, LOGS),
        _rule(
            "ssm.ListResourceDataSync",
            "SyncToDestination",
            ResourceDataSyncItems=[
                _sync(_SYNC, _HERE, HOME),
                _sync(_SYNC_ABROAD, _ABROAD, FRANKFURT),
            ],
        ),
        _rule(
            "ssm.ListResourceDataSync",
            "SyncFromSource",
            FRANKFURT,
            ResourceDataSyncItems=[
                {
                    "SyncName": "northstar-all",
                    "SyncSource": {"SourceType": "Regions", "SourceRegions": [HOME, WEST]},
                }
            ],
        ),
        _rule(
            "ssm.DescribeInstanceInformation",
            InstanceInformationList=[{"InstanceId": "mi-0northstar"}],
        ),
        _rule("appsync.ListGraphqlApis", "apiType=GRAPHQL", graphqlApis=[_api(_API)]),
        _rule("appsync.ListGraphqlApis", "apiType=MERGED", graphqlApis=[_api(_MERGED)]),
        _rule(
            "appsync.ListDataSources",
            "northstar-feed",
            dataSources=[_table("us", WEST), _table("eu", FRANKFURT)],
        ),
        _rule(
            "appsync.ListSourceApiAssociations",
            "northstar-merged",
            sourceApiAssociationSummaries=[
                {"associationId": "1", "sourceApiArn": _API},
                {"associationId": "2", "sourceApiArn": _API_THEIRS},
            ],
        ),
        _rule("appflow.ListFlows", flows=[_transfer(_LEADS), _transfer(_LEADS_OUT)]),
        _ends(_LEADS, "S3", bucketName=_HERE),
        _ends(_LEADS_OUT, "Salesforce", object="Lead"),
        _rule("iot.ListTopicRules", rules=[_TO_BUCKET[0], _TO_QUEUE[0]]),
        _TO_BUCKET[1],
        _TO_QUEUE[1],
        _rule(
            "iot.ListTopicRuleDestinations",
            destinationSummaries=[
                {"arn": _WEBHOOK, "status": "ENABLED", "httpUrlSummary": _ADDRESS}
            ],
        ),
    ),
    planted=(
        *fails("a parameter is in Frankfurt", A_02=_SECRET_ABROAD, A_07b=_SECRET_ABROAD),
        *fails("a parameter is shared with a stranger", A_05b=f"{_SHARED}/share/{STRANGER}"),
        *fails("a document is shared with a stranger", A_05b=f"{_RUNBOOK_THEIRS}/share/{STRANGER}"),
        *fails("a document is open to anybody", A_05b=f"{_RUNBOOK_OPEN}/public/[*]"),
        *fails("transcripts of sessions go to Frankfurt", A_04=f"{_SESSIONS}/copy/*"),
        *fails("an inventory is copied to Frankfurt", A_04=f"{_SYNC_ABROAD}/copy/*"),
        *fails("Frankfurt fetches inventories", A_10=_FETCH, A_04=f"{_FETCH}/sync/{HOME}"),
        *fails("Frankfurt fetches inventories of the west", A_04=f"{_FETCH}/sync/{WEST}"),
        *fails("a server is run by somebody else, and may be anywhere", A_10=_SERVER),
        *fails("an API writes to a table in Frankfurt", A_04=f"{_API}/stream/eu"),
        *fails(
            "an API leads to another with a table in Frankfurt",
            A_04b=f"{_MERGED} -> {_TABLE_ABROAD}",
        ),
        *fails("an API joins a stranger's", A_04=f"{_MERGED}/stream/2"),
        *fails("devices send to Frankfurt", A_04=f"{_DEVICES_ABROAD}/stream/{_QUEUE}"),
        *stays_open(
            "whether a plain parameter is encrypted is not stated", A_06=_PLAIN, A_07b=_PLAIN
        ),
        *stays_open("leads go to another company's service", A_04=f"{_LEADS_OUT}/stream/*"),
        *stays_open("devices send to an address", A_04=f"{_WEBHOOK}/stream/*"),
    ),
)
