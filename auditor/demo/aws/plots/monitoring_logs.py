"""Log groups, and what copies their events to strangers or to Frankfurt."""

import json
from collections.abc import Mapping
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails

_HERE, _ABROAD = "northstar-artefacts", "northstar-artefacts-eu"
_BUCKET, _BUCKET_ABROAD = f"arn:aws:s3:::{_HERE}", f"arn:aws:s3:::{_ABROAD}"


def _arn(resource: str, region: str = HOME, account: str = USER_DATA) -> str:
    return f"arn:aws:logs:{region}:{account}:{resource}"


_FEED, _WEB, _EU = (
    _arn(f"log-group:/northstar/{name}", region)
    for name, region in (("feed", HOME), ("web", HOME), ("eu", FRANKFURT))
)
_THEIRS = f"arn:aws:kinesis:{HOME}:{STRANGER}:stream/northstar"
_OURS = f"arn:aws:kinesis:{WEST}:{LOGS}:stream/northstar"
_STREAM_ABROAD = f"arn:aws:firehose:{FRANKFURT}:{USER_DATA}:deliverystream/northstar"
_POLICY = _arn("account-policy:northstar-all")
_DESTINATION, _DESTINATION_THEIRS = (_arn(f"destination:northstar-{x}") for x in ("a", "b"))
_SOURCE = _arn("delivery-source:northstar-edge")
_DELIVERED, _DELIVERED_ABROAD = (
    _arn(f"delivery-destination:northstar-{name}") for name in ("us", "eu")
)
_QUERY, _QUERY_ABROAD = (_arn(f"scheduled-query:northstar-{name}") for name in ("us", "eu"))


def _build(ground: Ground) -> None:
    make_bucket(ground.at(), _HERE, ground.keys[HOME])
    make_bucket(ground.at(FRANKFURT), _ABROAD, ground.keys[FRANKFURT], UNPROTECTED)
    for group, region in ((_FEED, HOME), (_WEB, HOME), (_EU, FRANKFURT)):
        name = group.rpartition(":")[2]
        ground.at(region).client("logs").create_log_group(logGroupName=name)


def _rule(operation: str, words: str = "", **answer: Any) -> Rule:
    return Rule(
        operation=f"logs.{operation}", account=USER_DATA, region=HOME, words=words, answer=answer
    )


def _filter(group: str, target: str) -> Rule:
    name = group.rpartition(":")[2]
    several = [{"filterName": "all", "logGroupName": name, "destinationArn": target}]
    words = f'"{name}"'
    return _rule("DescribeSubscriptionFilters", words, subscriptionFilters=several)


def _export(task: str, bucket: str) -> Mapping[str, Any]:
    return {
        "taskId": task,
        "logGroupName": "/northstar/feed",
        "destination": bucket,
        "status": {"code": "COMPLETED"},
    }


def _delivered(arn: str, target: str) -> Mapping[str, Any]:
    return {
        "name": arn.rpartition(":")[2],
        "arn": arn,
        "deliveryDestinationType": "S3",
        "deliveryDestinationConfiguration": {"destinationResourceArn": target},
        "tags": PROTECTED,
    }


def _query(arn: str, bucket: str) -> Mapping[str, Any]:
    target = {"destinationIdentifier": f"s3://{bucket}/daily", "roleArn": "arn:aws:iam::1:role/r"}
    return {
        "scheduledQueryArn": arn,
        "name": arn.rpartition(":")[2],
        "state": "ENABLED",
        "destinationConfiguration": {"s3Configuration": target},
    }


def _destination(arn: str, target: str) -> Mapping[str, Any]:
    return {"destinationName": arn.rpartition(":")[2], "arn": arn, "targetArn": target}


_EVERYTHING = {
    "policyName": "northstar-all",
    "policyDocument": json.dumps({"DestinationArn": _STREAM_ABROAD}),
    "policyType": "SUBSCRIPTION_FILTER_POLICY",
}
_DELIVERIES = [
    {"deliverySourceName": "northstar-edge", "deliveryDestinationArn": arn}
    for arn in (_DELIVERED, _DELIVERED_ABROAD)
]

PLOT = Plot(
    build=_build,
    tags=dict.fromkeys(
        (_FEED, _WEB, _EU, _POLICY, _DESTINATION, _DESTINATION_THEIRS, _QUERY, _QUERY_ABROAD),
        PROTECTED,
    ),
    rules=(
        _filter(_FEED, _THEIRS),
        _filter(_WEB, _OURS),
        _rule("DescribeAccountPolicies", accountPolicies=[_EVERYTHING]),
        _rule(
            "DescribeDestinations",
            destinations=[
                _destination(_DESTINATION, _OURS),
                _destination(_DESTINATION_THEIRS, _THEIRS),
            ],
        ),
        _rule(
            "DescribeExportTasks",
            exportTasks=[_export("northstar-1", _HERE), _export("northstar-2", _ABROAD)],
        ),
        _rule(
            "DescribeDeliverySources",
            deliverySources=[{"name": "northstar-edge", "arn": _SOURCE, "tags": PROTECTED}],
        ),
        _rule("DescribeDeliveries", deliveries=_DELIVERIES),
        _rule(
            "DescribeDeliveryDestinations",
            deliveryDestinations=[
                _delivered(_DELIVERED, _BUCKET),
                _delivered(_DELIVERED_ABROAD, _BUCKET_ABROAD),
            ],
        ),
        _rule(
            "ListScheduledQueries",
            scheduledQueries=[_query(_QUERY, _HERE), _query(_QUERY_ABROAD, _ABROAD)],
        ),
    ),
    planted=(
        *fails("a log group is in Frankfurt", A_02=_EU, A_07b=_EU),
        *fails("a log is streamed to a stranger", A_04=f"{_FEED}/stream/{_THEIRS}"),
        *fails("all logs are streamed to Frankfurt", A_04=f"{_POLICY}/stream/{_STREAM_ABROAD}"),
        *fails(
            "a destination for logs hands on to a stranger",
            A_04=f"{_DESTINATION_THEIRS}/stream/{_THEIRS}",
        ),
        *fails("a log was exported to Frankfurt", A_04=f"{_FEED}/export/northstar-2"),
        *fails(
            "logs of a service are delivered to Frankfurt",
            A_04=f"{_DELIVERED_ABROAD}/stream/{_BUCKET_ABROAD}",
            A_04b=f"{_SOURCE}*{_BUCKET_ABROAD}",
        ),
        *fails(
            "results of a query over logs go to Frankfurt",
            A_04=f"{_QUERY_ABROAD}/export/{_BUCKET_ABROAD}",
        ),
    ),
)
