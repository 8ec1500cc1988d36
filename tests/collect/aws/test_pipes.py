"""What we claim to know about pipes and schedules, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.pipes import PIPES, SCHEDULES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

PIPE = f"arn:aws:pipes:{HOME}:{ACCOUNT}:pipe/out"
TARGET = "arn:aws:sqs:eu-central-1:999999999999:theirs"
LISTED = Rule(
    operation="pipes.ListPipes",
    answer={"Pipes": [{"Name": "out", "Arn": PIPE, "Target": TARGET, "CurrentState": "RUNNING"}]},
)

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_pipe_has_a_target_and_a_log() -> None:
    """The log is a way out that only the detail names."""
    log = {"S3LogDestination": {"BucketName": "pipe-logs"}}
    described = Rule(
        operation="pipes.DescribePipe", answer={"Target": TARGET, "LogConfiguration": log}
    )

    flows = gather((IDENTITY, REGIONS, PIPES), rules=[LISTED, described]).flows

    assert [(flow.target_id, flow.active) for flow in flows] == [
        (TARGET, True),
        ("arn:aws:s3:::pipe-logs", True),
    ]
    assert (flows[0].target_account, flows[0].target_country) == ("999999999999", "DE")


def test_a_refused_description_may_hide_a_log() -> None:
    flows = gather((IDENTITY, REGIONS, PIPES), rules=[LISTED], deny=["DescribePipe"]).flows

    assert [flow.target_id for flow in flows[:1]] == [TARGET]
    assert isinstance(flows[1].active, Unknown)


@pytest.mark.parametrize(("state", "active"), [("ENABLED", True), ("DISABLED", False)])
def test_a_schedule_calls_its_target(state: str, active: bool) -> None:
    schedule = {
        "Name": "nightly",
        "Arn": f"arn:aws:scheduler:{HOME}:{ACCOUNT}:schedule/default/nightly",
        "State": state,
        "Target": {"Arn": TARGET},
    }
    listed = Rule(operation="scheduler.ListSchedules", answer={"Schedules": [schedule]})

    (flow,) = gather((IDENTITY, REGIONS, SCHEDULES), rules=[listed]).flows

    assert (flow.target_id, flow.active) == (TARGET, active)


@pytest.mark.parametrize(
    ("state", "active"),
    [("STOPPING", True), ("STOPPED", False), ("STOP_FAILED", None), ("UPDATE_FAILED", None)],
)
def test_a_pipe_that_could_not_be_stopped_may_run(state: str, active: bool | None) -> None:
    pipe = {"Name": "out", "Arn": PIPE, "Target": TARGET, "CurrentState": state}
    rule = Rule(operation="pipes.ListPipes", answer={"Pipes": [pipe]})

    found = gather((IDENTITY, REGIONS, PIPES), rules=[rule]).flows[0].active

    assert found is active or (active is None and isinstance(found, Unknown))


def test_a_pipe_empties_its_source() -> None:
    """What a table holds goes on to the pipe's target, whatever the pipe is tagged."""
    table = f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/orders"
    pipe = {
        "Name": "out",
        "Arn": PIPE,
        "Source": f"{table}/stream/2024-01-01T00:00:00.000",
        "Target": TARGET,
        "CurrentState": "RUNNING",
    }
    rule = Rule(operation="pipes.ListPipes", answer={"Pipes": [pipe]})

    incoming, outgoing, *_ = gather((IDENTITY, REGIONS, PIPES), rules=[rule]).flows

    assert (incoming.store_id, incoming.target_id, incoming.active) == (table, PIPE, True)
    assert outgoing.store_id == PIPE
