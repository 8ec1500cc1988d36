"""Metrics, alarms, canaries and links between monitoring accounts: some leave for strangers."""

from collections.abc import Mapping
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, MANAGEMENT, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails

_SHOTS, _SHOTS_ABROAD = "northstar-shots", "northstar-shots-eu"


_METRICS, _METRICS_ABROAD = (
    arn_of("cloudwatch", f"metric-stream/northstar-{name}") for name in ("us", "eu")
)
_FIREHOSE = arn_of("firehose", "deliverystream/northstar-metrics")
_FIREHOSE_ABROAD = arn_of("firehose", "deliverystream/northstar-metrics", FRANKFURT)
_ALARM, _ALARM_THEIRS, _COMPOSITE, _OF_LOGS = (
    arn_of("cloudwatch", f"alarm:northstar-{name}") for name in ("us", "theirs", "all", "logs")
)
_TOPIC = arn_of("sns", "northstar-alerts", account=LOGS)
_TOPIC_THEIRS = arn_of("sns", "northstar-alerts", account=STRANGER)
_LINK, _LINK_THEIRS = (arn_of("oam", f"link/northstar-{name}") for name in ("logs", "theirs"))
_SINK, _SINK_THEIRS = (arn_of("oam", "sink/northstar", account=x) for x in (LOGS, STRANGER))
_CANARY, _CANARY_ABROAD = (arn_of("synthetics", f"canary:northstar-{x}") for x in ("us", "eu"))
_CENTRAL = arn_of(
    "observabilityadmin", "organization-centralization-rule/northstar", account=MANAGEMENT
)


def _build(ground: Ground) -> None:
    make_bucket(ground.at(), _SHOTS, ground.keys[HOME])
    make_bucket(ground.at(FRANKFURT), _SHOTS_ABROAD, ground.keys[FRANKFURT], UNPROTECTED)


def _rule(operation: str, words: str = "", account: str = USER_DATA, **answer: Any) -> Rule:
    region = HOME if account == USER_DATA else ""
    return Rule(operation=operation, account=account, region=region, words=words, answer=answer)


def _stream(arn: str, target: str) -> Mapping[str, Any]:
    name = arn.rpartition("/")[2]
    return {"Arn": arn, "Name": name, "FirehoseArn": target, "State": "running"}


def _alarm(arn: str, target: str) -> Mapping[str, Any]:
    name = arn.rpartition(":")[2]
    return {"AlarmArn": arn, "AlarmName": name, "ActionsEnabled": True, "AlarmActions": [target]}


def _link(arn: str, sink: str) -> Mapping[str, Any]:
    return {"Arn": arn, "Label": arn.rpartition("/")[2], "SinkArn": sink}


def _canary(arn: str, bucket: str) -> Mapping[str, Any]:
    name = arn.rpartition(":")[2]
    return {"Name": name, "ArtifactS3Location": f"{bucket}/{name}", "Tags": PROTECTED}


_CENTRALIZED = {
    "RuleName": "northstar",
    "RuleArn": _CENTRAL,
    "CreatedRegion": HOME,
    "CreatorAccountId": MANAGEMENT,
    "CreatedTimeStamp": 1_600_000_000_000,
    "DestinationAccountId": LOGS,
    "DestinationRegion": WEST,
}
_SECOND = {"BackupConfiguration": {"Region": FRANKFURT}}

PLOT = Plot(
    build=_build,
    tags=dict.fromkeys(
        (
            *(_METRICS, _METRICS_ABROAD, _ALARM, _ALARM_THEIRS, _COMPOSITE, _OF_LOGS),
            *(_LINK, _LINK_THEIRS, _CENTRAL),
        ),
        PROTECTED,
    ),
    rules=(
        _rule(
            "cloudwatch.ListMetricStreams",
            Entries=[_stream(_METRICS, _FIREHOSE), _stream(_METRICS_ABROAD, _FIREHOSE_ABROAD)],
        ),
        _rule(
            "cloudwatch.DescribeAlarms",
            "MetricAlarm",
            MetricAlarms=[_alarm(_ALARM, _TOPIC), _alarm(_ALARM_THEIRS, _TOPIC_THEIRS)],
        ),
        _rule(
            "cloudwatch.DescribeAlarms",
            "CompositeAlarm",
            CompositeAlarms=[_alarm(_COMPOSITE, _TOPIC_THEIRS)],
        ),
        _rule("cloudwatch.DescribeAlarms", "LogAlarm", LogAlarms=[_alarm(_OF_LOGS, _TOPIC_THEIRS)]),
        # moto knows no alarms over logs, and leaves their list out.
        Rule(operation="cloudwatch.DescribeAlarms", words="LogAlarm", answer={"LogAlarms": []}),
        _rule("oam.ListLinks", Items=[_link(_LINK, _SINK), _link(_LINK_THEIRS, _SINK_THEIRS)]),
        _rule(
            "synthetics.DescribeCanaries",
            Canaries=[_canary(_CANARY, _SHOTS), _canary(_CANARY_ABROAD, _SHOTS_ABROAD)],
        ),
        _rule(
            "observabilityadmin.ListCentralizationRulesForOrganization",
            account=MANAGEMENT,
            CentralizationRuleSummaries=[_CENTRALIZED],
        ),
        _rule(
            "observabilityadmin.GetCentralizationRuleForOrganization",
            account=MANAGEMENT,
            CentralizationRule={
                "Source": {"Regions": [HOME]},
                "Destination": {"Region": WEST, "DestinationLogsConfiguration": _SECOND},
            },
        ),
    ),
    planted=(
        *fails(
            "metrics are streamed to Frankfurt",
            A_04=f"{_METRICS_ABROAD}/stream/{_FIREHOSE_ABROAD}",
        ),
        *fails("an alarm notifies a stranger", A_04=f"{_ALARM_THEIRS}/stream/{_TOPIC_THEIRS}"),
        *fails(
            "an alarm over alarms notifies a stranger", A_04=f"{_COMPOSITE}/stream/{_TOPIC_THEIRS}"
        ),
        *fails("an alarm over logs notifies a stranger", A_04=f"{_OF_LOGS}/stream/*"),
        *fails("a stranger monitors the account", A_05b=f"{_LINK_THEIRS}/share/{_SINK_THEIRS}"),
        *fails(
            "a canary leaves its screenshots in Frankfurt",
            A_04=f"{_CANARY_ABROAD}/copy/arn:aws:s3:::{_SHOTS_ABROAD}",
        ),
        *fails(
            "the logs of the organisation have a second copy in Frankfurt",
            A_04=f"{_CENTRAL}/backup/logs",
        ),
    ),
)
