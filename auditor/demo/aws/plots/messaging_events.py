"""Event rules, pipes, schedules and state machines: some send to strangers, or to Frankfurt."""

from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open


def _bus(region: str, account: str = USER_DATA) -> str:
    return arn_of("events", "event-bus/default", region, account)


_TO_WEST, _TO_STRANGER = (arn_of("events", f"rule/northstar-{x}") for x in ("west", "stranger"))
_WEB = arn_of("events", "api-destination/northstar-web/1")
_ARCHIVE = arn_of("events", "archive/northstar-kept")
_ARCHIVE_ABROAD = arn_of("events", "archive/northstar-kept", FRANKFURT)
_ADDED, _ADDED_ABROAD = (
    arn_of("events", "rule/Events-Archive-northstar-kept", region) for region in (HOME, FRANKFURT)
)
_ENDPOINT, _ENDPOINT_ABROAD = (arn_of("events", f"endpoint/northstar-{x}") for x in ("us", "eu"))
_PIPE, _PIPE_ABROAD = (arn_of("pipes", f"pipe/northstar-{x}") for x in ("us", "eu"))
_SCHEDULE, _SCHEDULE_ABROAD = (
    arn_of("scheduler", f"schedule/default/northstar-{x}") for x in ("us", "eu")
)
_MACHINE, _MACHINE_OPEN, _MACHINE_ABROAD = (
    arn_of("states", f"stateMachine:northstar-{name}", region)
    for name, region in (("metrics", HOME), ("orders", HOME), ("orders", FRANKFURT))
)
_QUEUE = arn_of("sqs", "northstar-events", account=LOGS)
_QUEUE_ABROAD = arn_of("sqs", "northstar-events", FRANKFURT, LOGS)


def _build(ground: Ground) -> None:
    events = ground.at().client("events")
    pattern = '{"source": ["northstar.orders"]}'
    for rule, target in ((_TO_WEST, _bus(WEST)), (_TO_STRANGER, _bus(HOME, STRANGER))):
        name = rule.rpartition("/")[2]
        events.put_rule(Name=name, EventPattern=pattern)
        events.put_targets(Rule=name, Targets=[{"Id": "1", "Arn": target}])
    for region in (HOME, FRANKFURT):
        ground.at(region).client("events").create_archive(
            ArchiveName="northstar-kept", EventSourceArn=_bus(region)
        )


def _name(arn: str) -> str:
    return arn.rpartition("/")[2].rpartition(":")[2]


def _endpoint(arn: str, second: str) -> dict[str, Any]:
    buses = [{"EventBusArn": _bus(region)} for region in (HOME, second)]
    return {"Name": _name(arn), "Arn": arn, "EventBuses": buses, "State": "ACTIVE"}


def _pipe(arn: str, target: str) -> dict[str, Any]:
    return {"Name": _name(arn), "Arn": arn, "Target": target, "CurrentState": "RUNNING"}


def _schedule(arn: str, target: str) -> dict[str, Any]:
    return {"Name": _name(arn), "Arn": arn, "State": "ENABLED", "Target": {"Arn": target}}


def _machines(region: str, *arns: str) -> tuple[Rule, ...]:
    several = [
        {"stateMachineArn": arn, "name": _name(arn), "type": "STANDARD", "creationDate": 0}
        for arn in arns
    ]
    return (
        answered("stepfunctions.ListStateMachines", {"stateMachines": several}, region=region),
        *(
            answered(
                "stepfunctions.DescribeStateMachine",
                {"stateMachineArn": arn, "loggingConfiguration": {"level": "OFF"}},
                region=region,
                words=_name(arn),
            )
            for arn in arns
        ),
    )


_DESTINATION = {
    "ApiDestinationArn": _WEB,
    "Name": "northstar-web",
    "ApiDestinationState": "ACTIVE",
    "InvocationEndpoint": "https://collect.example.com/northstar",
}

PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_TO_WEST, _TO_STRANGER, _WEB, _ARCHIVE, _ARCHIVE_ABROAD), PROTECTED),
        **dict.fromkeys((_ADDED, _ADDED_ABROAD), PROTECTED),
        **dict.fromkeys((_ENDPOINT, _ENDPOINT_ABROAD, _PIPE, _PIPE_ABROAD), PROTECTED),
        **dict.fromkeys((_SCHEDULE, _SCHEDULE_ABROAD, _MACHINE_OPEN, _MACHINE_ABROAD), PROTECTED),
        _MACHINE: UNPROTECTED,
    },
    rules=(
        answered("events.ListApiDestinations", {"ApiDestinations": [_DESTINATION]}),
        answered(
            "events.ListEndpoints",
            {"Endpoints": [_endpoint(_ENDPOINT, WEST), _endpoint(_ENDPOINT_ABROAD, FRANKFURT)]},
        ),
        answered(
            "pipes.ListPipes",
            {"Pipes": [_pipe(_PIPE, _QUEUE), _pipe(_PIPE_ABROAD, _QUEUE_ABROAD)]},
        ),
        answered("pipes.DescribePipe", {"Target": _QUEUE}, words="northstar-us"),
        answered("pipes.DescribePipe", {"Target": _QUEUE_ABROAD}, words="northstar-eu"),
        answered(
            "scheduler.ListSchedules",
            {
                "Schedules": [
                    _schedule(_SCHEDULE, _QUEUE),
                    _schedule(_SCHEDULE_ABROAD, _QUEUE_ABROAD),
                ]
            },
        ),
        *_machines(HOME, _MACHINE, _MACHINE_OPEN),
        *_machines(FRANKFURT, _MACHINE_ABROAD),
    ),
    planted=(
        *fails(
            "a rule sends to a stranger's bus",
            A_04=f"{_TO_STRANGER}/stream/{_bus(HOME, STRANGER)}",
        ),
        *fails("an archive of events is in Frankfurt", A_02=_ARCHIVE_ABROAD, A_07b=_ARCHIVE_ABROAD),
        *fails(
            "the rule that fills that archive runs in Frankfurt",
            A_10=_ADDED_ABROAD,
            A_04=f"{_ADDED_ABROAD}/stream/archive",
        ),
        *fails(
            "a global endpoint replicates to Frankfurt",
            A_04=f"{_ENDPOINT_ABROAD}/replication/{_bus(FRANKFURT)}",
        ),
        *fails("a pipe sends to Frankfurt", A_04=f"{_PIPE_ABROAD}/stream/{_QUEUE_ABROAD}"),
        *fails("a schedule sends to Frankfurt", A_04=f"{_SCHEDULE_ABROAD}/stream/{_QUEUE_ABROAD}"),
        *fails(
            "a state machine keeps its history in Frankfurt",
            A_02=_MACHINE_ABROAD,
            A_07b=_MACHINE_ABROAD,
        ),
        *stays_open(
            "an API destination sends to an address that may be anywhere",
            A_04=f"{_WEB}/stream/collect.example.com",
        ),
        *stays_open(
            "what the definition of a state machine calls is not read",
            A_04=f"{_MACHINE_OPEN}/stream/[?]",
        ),
        *stays_open(
            "what the definition of a state machine in Frankfurt calls is not read",
            A_04=f"{_MACHINE_ABROAD}/stream/[?]",
        ),
    ),
)
