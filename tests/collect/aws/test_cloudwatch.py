"""What we claim to know about metric streams and alarms, given what AWS answered."""

import pytest

from auditor.collect.aws.cloudwatch import (
    COMPOSITE_ALARMS,
    LOG_ALARMS,
    METRIC_ALARMS,
    METRIC_STREAMS,
)
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

THEIRS = "arn:aws:sns:us-east-1:999999999999:alerts"
OURS = f"arn:aws:sns:{HOME}:{ACCOUNT}:alerts"

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.mark.parametrize(
    ("state", "active"), [("running", True), ("stopped", False), ("odd", None)]
)
def test_a_metric_stream_goes_to_its_delivery_stream(state: str, active: bool | None) -> None:
    target = f"arn:aws:firehose:{HOME}:{ACCOUNT}:deliverystream/metrics"
    stream = {
        "Name": "all",
        "Arn": f"arn:aws:cloudwatch:{HOME}:{ACCOUNT}:metric-stream/all",
        "FirehoseArn": target,
        "State": state,
    }
    listed = Rule(operation="cloudwatch.ListMetricStreams", answer={"Entries": [stream]})

    (flow,) = gather((IDENTITY, REGIONS, METRIC_STREAMS), rules=[listed]).flows

    assert flow.target_id == target
    assert flow.active is active if active is not None else isinstance(flow.active, Unknown)


def alarm(*actions: str) -> list[Flow]:
    item = {"AlarmName": "a", "AlarmArn": "arn", "AlarmActions": list(actions)}
    found = Found(place={"account": ACCOUNT, "region": HOME}, item=item, records={"item": (0,)})
    return [row for row in METRIC_ALARMS.rows(found) if isinstance(row, Flow)]


def test_an_alarm_that_acts_at_home_is_no_row() -> None:
    assert alarm(OURS, f"arn:aws:automate:{HOME}:ec2:stop") == []


def test_an_alarm_that_acts_elsewhere_is_a_flow() -> None:
    (flow,) = alarm(OURS, THEIRS)

    assert (flow.target_id, flow.target_account) == (THEIRS, "999999999999")


@pytest.mark.parametrize(
    ("collector", "kind"), [(COMPOSITE_ALARMS, "CompositeAlarm"), (LOG_ALARMS, "LogAlarm")]
)
def test_alarms_of_other_kinds_are_read_too(collector: Collector, kind: str) -> None:
    """One call for all kinds would have several lists in one answer."""
    alarms = [{"AlarmName": "a", "AlarmArn": "a", "OKActions": [THEIRS]}]
    listed = Rule(operation="cloudwatch.DescribeAlarms", words=kind, answer={f"{kind}s": alarms})

    (flow,) = gather((IDENTITY, REGIONS, collector), rules=[listed]).flows

    assert flow.target_account == "999999999999"
