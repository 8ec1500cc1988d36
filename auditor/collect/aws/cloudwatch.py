"""Amazon CloudWatch: metric streams, and alarms that act elsewhere.

API: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetricStreams.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits, to_arn
from auditor.collect.aws.reading import maybe_flag, maybe_text, text, texts
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference"
_STATES = {"running": True, "stopped": False}
_ACTIONS = ("AlarmActions", "OKActions", "InsufficientDataActions")


def _stream(found: Found) -> Iterator[Processor | Flow]:
    stream = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="metric stream",
        public=False,  # it sends, and cannot be called
        created=maybe_text(found, "item.CreationDate"),
    )
    yield stream
    target = maybe_text(found, "item.FirehoseArn")
    if isinstance(target, Unknown):
        yield possible(stream, "stream", target)
        return
    state = maybe_text(found, "item.State")
    if isinstance(state, str):
        odd = Unknown("the state of the metric stream is not one that the reference lists")
        yield to_arn(stream, "stream", target, active=_STATES.get(state, odd))
    else:
        yield to_arn(stream, "stream", target, active=state)


METRIC_STREAMS = Collector(
    kind="aws.cloudwatch.metric-stream",
    service="cloudwatch",
    title="CloudWatch metric streams",
    per=("account", "region"),
    listing=Listing(
        operation="ListMetricStreams",
        permission="cloudwatch:ListMetricStreams",
        parameters={"MaxResults": 500},
        items="Entries",
    ),
    tables=(Processor, Flow),
    rows=_stream,
    types=("cloudwatch:metric-stream",),
    source=f"{_REFERENCE}/API_ListMetricStreams.html",
)


def _alarm(found: Found) -> Iterator[Processor | Flow]:
    """Yield an alarm that acts in another account or region: the others move nothing."""
    alarm = processor_of(
        found,
        id=text(found, "item.AlarmArn"),
        name=text(found, "item.AlarmName"),
        kind="alarm",
        public=False,  # it calls, and cannot be called
    )
    targets = [each for name in _ACTIONS for each in texts(found.read(f"item.{name}"))]
    place = [found.place["region"], found.place["account"]]
    elsewhere = [each for each in targets if _place_in(each) not in (place, [place[0], ""])]
    if not elsewhere:
        return
    yield alarm
    yield from exits(
        alarm, "stream", elsewhere, active=maybe_flag(found, "item.ActionsEnabled", absent=True)
    )


def _place_in(target: str) -> list[str]:
    """Return region and account of an ARN; actions on an instance name no account of theirs."""
    parts = target.split(":", 5)
    if parts[2:3] == ["automate"]:
        return [parts[3] if len(parts) > 3 else "", ""]  # noqa: PLR2004
    return parts[3:5]


def _alarms(kind: str, of: str, items: str, title: str) -> Collector:
    return Collector(
        kind=kind,
        service="cloudwatch",
        title=title,
        per=("account", "region"),
        listing=Listing(
            operation="DescribeAlarms",
            permission="cloudwatch:DescribeAlarms",
            parameters={"AlarmTypes": [of], "MaxRecords": 100},
            items=items,
        ),
        tables=(Processor, Flow),
        rows=_alarm,
        types=("cloudwatch:alarm",),
        source=f"{_REFERENCE}/API_DescribeAlarms.html",
    )


METRIC_ALARMS = _alarms(
    "aws.cloudwatch.metric-alarm",
    "MetricAlarm",
    "MetricAlarms",
    "alarms that act in another account or region",
)
COMPOSITE_ALARMS = _alarms(
    "aws.cloudwatch.composite-alarm",
    "CompositeAlarm",
    "CompositeAlarms",
    "alarms over alarms that act in another account or region",
)
LOG_ALARMS = _alarms(
    "aws.cloudwatch.log-alarm",
    "LogAlarm",
    "LogAlarms",
    "alarms over logs that act in another account or region",
)
