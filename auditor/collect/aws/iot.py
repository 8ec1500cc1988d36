"""AWS IoT Core: rules over messages of devices, and the addresses that they may send to.

API: https://docs.aws.amazon.com/iot/latest/apireference/API_GetTopicRule.html
"""

import re
from collections.abc import Callable, Iterator, Mapping

from auditor.collect.aws.arns import bucket_arn, host_of
from auditor.collect.aws.flow_ends import to_arn, to_outside
from auditor.collect.aws.reading import entries, maybe_flag, state_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor

_REFERENCE = "https://docs.aws.amazon.com/iot/latest/apireference"
_NAMED = ("lambda.functionArn", "sns.targetArn", "kafka.destinationArn", "influxDB.destinationArn")
# Actions on what is in the rule's own account and region: path of the name -> service, resource.
_BUILT: Mapping[str, tuple[str, str]] = {
    "dynamoDB.tableName": ("dynamodb", "table/"),
    "dynamoDBv2.putItem.tableName": ("dynamodb", "table/"),
    "kinesis.streamName": ("kinesis", "stream/"),
    "firehose.deliveryStreamName": ("firehose", "deliverystream/"),
    "cloudwatchLogs.logGroupName": ("logs", "log-group:"),
    "cloudwatchAlarm.alarmName": ("cloudwatch", "alarm:"),
    "cloudwatchMetric.metricNamespace": ("cloudwatch", "metric/"),
    "stepFunctions.stateMachineName": ("states", "stateMachine:"),
    "iotAnalytics.channelName": ("iotanalytics", "channel/"),
    "iotEvents.inputName": ("iotevents", "input/"),
    "location.trackerName": ("geo", "tracker/"),
    "timestream.databaseName": ("timestream", "database/"),
    "republish.topic": ("iot", "topic/"),
}
_QUEUE = re.compile(
    r"https://sqs\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/(?P<account>[0-9]{12})"
    r"/(?P<name>[^/]+)",
    re.ASCII,
)
_ADDRESSES = (
    "http.url",
    "salesforce.url",
    "elasticsearch.endpoint",
    "openSearch.endpoint",
)


def _rule(found: Found) -> Iterator[Processor | Flow]:
    rule = processor_of(
        found,
        id=text(found, "item.ruleArn"),
        name=text(found, "item.ruleName"),
        kind="topic rule",
        public=False,  # it reads messages, and cannot be called
    )
    yield rule
    actions = found.read("rule.rule.actions")
    if isinstance(actions, Unknown):
        yield possible(rule, "stream", actions)
        return
    disabled = maybe_flag(found, "item.ruleDisabled")
    active = disabled if isinstance(disabled, Unknown) else not disabled
    several = [*entries(actions), found.read("rule.rule.errorAction", absent=None)]
    flows = [_to_action(rule, each, active) for each in entries(several)]
    yield from {each.id: each for each in flows}.values()


def _to_action(rule: Processor, action: Mapping[str, Json], active: Maybe[bool]) -> Flow:
    for find in _FINDERS:
        target = find(rule, action)
        if target:
            return to_arn(rule, "stream", target, "", active=active)
    for path in _ADDRESSES:
        address = dig(action, path)
        if isinstance(address, str):
            host = host_of(address)
            why = f"it sends to {host}, and where that host is is not known"
            return to_outside(rule, "stream", host, why, active=active)
    why = f"its action {next(iter(sorted(map(str, action))), '?')[:40]} names no destination"
    return to_outside(rule, "stream", "?", why, active=active)


def _named(_: Processor, action: Mapping[str, Json]) -> str:
    values = (dig(action, path) for path in _NAMED)
    return next((each for each in values if isinstance(each, str)), "")


def _built(rule: Processor, action: Mapping[str, Json]) -> str:
    for path, (service, resource) in _BUILT.items():
        name = dig(action, path)
        if isinstance(name, str):
            return arn(service, str(rule.region), rule.account, f"{resource}{name}")
    return ""


def _bucket(rule: Processor, action: Mapping[str, Json]) -> str:
    name = dig(action, "s3.bucketName")
    return bucket_arn(name, rule.region) if isinstance(name, str) else ""


def _queue(_: Processor, action: Mapping[str, Json]) -> str:
    """Return the ARN of a queue: https://sqs.<region>.amazonaws.com/<account>/<name>."""
    address = dig(action, "sqs.queueUrl")
    match = _QUEUE.fullmatch(address) if isinstance(address, str) else None
    return arn("sqs", match["region"], match["account"], match["name"]) if match else ""


_FINDERS: tuple[Callable[[Processor, Mapping[str, Json]], str], ...] = (
    _named,
    _built,
    _bucket,
    _queue,
)

RULES = Collector(
    kind="aws.iot.topic-rule",
    service="iot",
    title="rules over messages of devices, with their actions",
    per=("account", "region"),
    listing=Listing(
        operation="ListTopicRules",
        permission="iot:ListTopicRules",
        parameters={"maxResults": 1000},
        items="rules",
    ),
    details=(
        Detail(
            name="rule",
            operation="GetTopicRule",
            permission="iot:GetTopicRule",
            bind={"ruleName": "item.ruleName"},
            secrets=(
                "rule.actions.salesforce.token",
                "rule.actions.http.headers.value",
                "rule.actions.kafka.clientProperties",
                "rule.errorAction.salesforce.token",
                "rule.errorAction.http.headers.value",
                "rule.errorAction.kafka.clientProperties",
            ),
        ),
    ),
    tables=(Processor, Flow),
    rows=_rule,
    types=("iot:rule",),
    source=f"{_REFERENCE}/API_GetTopicRule.html",
)


def _destination(found: Found) -> Iterator[Processor | Flow]:
    destination = processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.arn").rpartition("/")[2],
        kind="rule destination",
        public=False,  # it sends, and cannot be called
    )
    yield destination
    status = found.read("item.status")
    active = state_of(status, ("ENABLED",), ("DISABLED",))
    for path in ("httpUrlSummary.confirmationUrl", "influxDBSummary.endpoint"):
        address = found.read(f"item.{path}", absent="")
        if isinstance(address, str) and address:
            host = host_of(address)
            why = f"it sends to {host}, and where that host is is not known"
            yield to_outside(destination, "stream", host, why, active=active)
    network = found.read("item.vpcDestinationSummary.vpcId", absent="")
    if isinstance(network, str) and network:
        why = f"it reaches servers in or through the network {network[:40]}"
        yield to_outside(destination, "stream", network, why, active=active)


DESTINATIONS = Collector(
    kind="aws.iot.rule-destination",
    service="iot",
    title="addresses and networks that rules of IoT may send to",
    per=("account", "region"),
    listing=Listing(
        operation="ListTopicRuleDestinations",
        permission="iot:ListTopicRuleDestinations",
        parameters={"maxResults": 1000},
        items="destinationSummaries",
    ),
    tables=(Processor, Flow),
    rows=_destination,
    types=("iot:ruledestination",),
    source=f"{_REFERENCE}/API_ListTopicRuleDestinations.html",
)
