"""Findings, security logs, reports and recorded configurations: where they go."""

import json
from collections.abc import Mapping
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails

_HERE, _ABROAD = "northstar-findings", "northstar-findings-eu"
_BUCKET, _BUCKET_ABROAD = f"arn:aws:s3:::{_HERE}", f"arn:aws:s3:::{_ABROAD}"


_EXPORT, _EXPORT_ABROAD = (
    arn_of("guardduty", f"detector/northstar/publishingDestination/{name}") for name in ("us", "eu")
)
_AGGREGATOR = arn_of("securityhub", "finding-aggregator/northstar")
_AGGREGATOR_ABROAD = arn_of("securityhub", "finding-aggregator/northstar", FRANKFURT)
_HUB, _HUB_WEST = (arn_of("securityhub", "hub/default", region) for region in (HOME, WEST))
_MACIE = arn_of("macie2", "session")
_LAKE, _LAKE_ABROAD = (
    arn_of("securitylake", "data-lake/default", region) for region in (HOME, FRANKFURT)
)
_READER, _READER_THEIRS = (arn_of("securitylake", f"subscriber/{name}") for name in ("us", "them"))
_GRAPH, _GRAPH_ABROAD = (arn_of("detective", "graph:northstar", x) for x in (HOME, FRANKFURT))
_MEMBER, _MEMBER_THEIRS = (arn_of("detective", f"membership:{name}") for name in ("us", "them"))
_COSTS, _COSTS_ABROAD = (arn_of("cur", f"definition/northstar-{name}") for name in ("us", "eu"))
_CHANNEL = arn_of("config", "delivery-channel/northstar")
_COLLECTED, _COLLECTED_THEIRS = (
    arn_of("config", f"aggregation-authorization/{account}/{HOME}") for account in (LOGS, STRANGER)
)
_AUDITS = arn_of("auditmanager", "settings")
_EVENTS, _EVENTS_THEIRS = (
    arn_of("cloudtrail", f"eventdatastore/{name}") for name in ("us", "them")
)


def _build(ground: Ground) -> None:
    make_bucket(ground.at(), _HERE, ground.keys[HOME])
    make_bucket(ground.at(FRANKFURT), _ABROAD, ground.keys[FRANKFURT], UNPROTECTED)


def _rule(operation: str, words: str = "", region: str = HOME, **answer: Any) -> Rule:
    return Rule(operation=operation, account=USER_DATA, region=region, words=words, answer=answer)


def _destination(name: str) -> Mapping[str, str]:
    return {"DestinationId": name, "DestinationType": "S3", "Status": "PUBLISHING"}


def _published(name: str, bucket: str) -> Rule:
    properties = {"DestinationArn": bucket}
    operation = "guardduty.DescribePublishingDestination"
    return _rule(operation, f"publishingDestination/{name}", DestinationProperties=properties)


def _aggregator(arn: str, region: str) -> tuple[Rule, ...]:
    return (
        _rule(
            "securityhub.ListFindingAggregators",
            region=region,
            FindingAggregators=[{"FindingAggregatorArn": arn}],
        ),
        _rule(
            "securityhub.GetFindingAggregator",
            region=region,
            FindingAggregationRegion=region,
            RegionLinkingMode="ALL_REGIONS",
        ),
    )


def _subscriber(arn: str, account: str) -> Mapping[str, Any]:
    return {
        "subscriberArn": arn,
        "subscriberId": arn.rpartition("/")[2],
        "subscriberName": arn.rpartition("/")[2],
        "subscriberIdentity": {"externalId": "northstar", "principal": account},
        "subscriberStatus": "ACTIVE",
        "sources": [],
    }


def _invitation(name: str, account: str) -> Mapping[str, str]:
    return {"GraphArn": arn_of("detective", f"graph:{name}", account=account), "Status": "ENABLED"}


def _report(arn: str, bucket: str, region: str) -> Mapping[str, Any]:
    about = {"TimeUnit": "DAILY", "Format": "Parquet", "Compression": "Parquet"}
    target = {"S3Bucket": bucket, "S3Prefix": "costs", "S3Region": region}
    name = arn.rpartition("/")[2]
    return {"ReportName": name, "AdditionalSchemaElements": [], **about, **target}


def _authorized(arn: str, account: str) -> Mapping[str, str]:
    where = {"AuthorizedAccountId": account, "AuthorizedAwsRegion": HOME}
    return {"AggregationAuthorizationArn": arn, **where}


def _events(arn: str, account: str, days: int) -> tuple[Rule, ...]:
    name = arn.rpartition("/")[2]
    allow = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "cloudtrail:StartQuery"}
    policy = json.dumps({"Statement": [allow]})
    return (
        _rule(
            "cloudtrail.GetEventDataStore",
            f"eventdatastore/{name}",
            EventDataStoreArn=arn,
            RetentionPeriod=days,
        ),
        _rule("cloudtrail.GetResourcePolicy", f"eventdatastore/{name}", ResourcePolicy=policy),
    )


_MACIE_TARGET = {"bucketName": _ABROAD, "kmsKeyArn": arn_of("kms", "key/1", FRANKFURT)}
_LAKE_HERE = {
    "dataLakeArn": _LAKE,
    "region": HOME,
    "s3BucketArn": _BUCKET,
    "replicationConfiguration": {"regions": [WEST, FRANKFURT]},
}

PLOT = Plot(
    build=_build,
    tags=dict.fromkeys(
        (
            *(_EXPORT, _EXPORT_ABROAD, _AGGREGATOR, _AGGREGATOR_ABROAD, _HUB, _HUB_WEST, _MACIE),
            *(_LAKE, _READER, _READER_THEIRS, _GRAPH, _GRAPH_ABROAD, _MEMBER, _MEMBER_THEIRS),
            *(_COSTS, _COSTS_ABROAD, _CHANNEL, _COLLECTED, _COLLECTED_THEIRS, _AUDITS),
            *(_EVENTS, _EVENTS_THEIRS),
        ),
        PROTECTED,
    ),
    rules=(
        _rule("guardduty.ListDetectors", DetectorIds=["northstar"]),
        _rule(
            "guardduty.ListPublishingDestinations",
            Destinations=[_destination("us"), _destination("eu")],
        ),
        _published("us", _BUCKET),
        _published("eu", _BUCKET_ABROAD),
        *_aggregator(_AGGREGATOR, HOME),
        *_aggregator(_AGGREGATOR_ABROAD, FRANKFURT),
        _rule("securityhub.GetAdministratorAccount", Administrator={"AccountId": STRANGER}),
        _rule(
            "securityhub.GetAdministratorAccount", region=WEST, Administrator={"AccountId": LOGS}
        ),
        _rule(
            "macie2.GetClassificationExportConfiguration",
            configuration={"s3Destination": _MACIE_TARGET},
        ),
        _rule("macie2.GetAdministratorAccount", administrator={"accountId": LOGS}),
        _rule("securitylake.ListDataLakes", dataLakes=[_LAKE_HERE]),
        _rule(
            "securitylake.ListSubscribers",
            subscribers=[_subscriber(_READER, LOGS), _subscriber(_READER_THEIRS, STRANGER)],
        ),
        _rule("detective.ListGraphs", GraphList=[{"Arn": _GRAPH}]),
        _rule("detective.ListGraphs", region=FRANKFURT, GraphList=[{"Arn": _GRAPH_ABROAD}]),
        _rule(
            "detective.ListInvitations",
            Invitations=[_invitation("us", LOGS), _invitation("them", STRANGER)],
        ),
        _rule(
            "cur.DescribeReportDefinitions",
            ReportDefinitions=[
                _report(_COSTS, _HERE, HOME),
                _report(_COSTS_ABROAD, _ABROAD, FRANKFURT),
            ],
        ),
        _rule(
            "config.DescribeDeliveryChannels",
            DeliveryChannels=[{"name": "northstar", "s3BucketName": _ABROAD}],
        ),
        _rule(
            "config.DescribeAggregationAuthorizations",
            AggregationAuthorizations=[
                _authorized(_COLLECTED, LOGS),
                _authorized(_COLLECTED_THEIRS, STRANGER),
            ],
        ),
        _rule(
            "auditmanager.GetSettings",
            settings={
                "defaultExportDestination": {
                    "destinationType": "S3",
                    "destination": f"s3://{_ABROAD}",
                }
            },
        ),
        _rule(
            "cloudtrail.ListEventDataStores",
            EventDataStores=[
                {"EventDataStoreArn": arn, "Name": arn.rpartition("/")[2]}
                for arn in (_EVENTS, _EVENTS_THEIRS)
            ],
        ),
        *_events(_EVENTS, LOGS, 2557),
        *_events(_EVENTS_THEIRS, STRANGER, 90),
    ),
    planted=(
        *fails("GuardDuty exports to Frankfurt", A_04=f"{_EXPORT_ABROAD}/export/{_BUCKET_ABROAD}"),
        *fails(
            "Security Hub gathers findings in Frankfurt",
            A_10=_AGGREGATOR_ABROAD,
            A_04=f"{_AGGREGATOR_ABROAD}/sync/findings",
        ),
        *fails("a stranger administers Security Hub", A_05b=f"{_HUB}/share/{STRANGER}"),
        *fails("Macie writes what it found to Frankfurt", A_04=f"{_MACIE}/export/{_BUCKET_ABROAD}"),
        *fails(
            "a security lake is collected in Frankfurt",
            A_04=f"{_LAKE}/replication/{_LAKE_ABROAD}",
        ),
        *fails("a stranger reads a security lake", A_05b=f"{_READER_THEIRS}/share/{STRANGER}"),
        *fails("a behavior graph is in Frankfurt", A_02=_GRAPH_ABROAD, A_07b=_GRAPH_ABROAD),
        *fails("a stranger's behavior graph gets the logs", A_05b=f"{_MEMBER_THEIRS}/share/*"),
        *fails("costs are reported to Frankfurt", A_04=f"{_COSTS_ABROAD}/export/*"),
        *fails("configurations are delivered to Frankfurt", A_04=f"{_CHANNEL}/export/*"),
        *fails("a stranger collects configurations", A_05b=f"{_COLLECTED_THEIRS}/share/*"),
        *fails("audits are exported to Frankfurt", A_04=f"{_AUDITS}/export/*"),
        *fails("events are kept for a season", G_03b=f"{_EVENTS_THEIRS}/deletes"),
        *fails("a stranger queries events", A_05b=f"{_EVENTS_THEIRS}/share/{STRANGER}"),
    ),
)
