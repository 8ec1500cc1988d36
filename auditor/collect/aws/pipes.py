"""Amazon EventBridge Pipes and Scheduler: where they send what they carry.

API: https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_DescribePipe.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import at_arn, exits, flow_from
from auditor.collect.aws.lambda_sources import behind
from auditor.collect.aws.reading import maybe_text, state_of, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor

# A pipe that could not be changed, stopped or deleted may go on running: those states tell nothing.
_RUNNING = frozenset({"RUNNING", "STARTING", "UPDATING", "STOPPING"})
_STOPPED = frozenset({"STOPPED", "CREATING", "CREATE_FAILED", "START_FAILED"})


def _pipe(found: Found) -> Iterator[Processor | Flow]:
    pipe = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="pipe",
        public=False,  # it reads its source, and cannot be called
        created=maybe_text(found, "item.CreationTime"),
    )
    yield pipe
    active = state_of(maybe_text(found, "item.CurrentState"), _RUNNING, _STOPPED)
    source = text(found, "item.Source")
    if source.startswith("arn:"):  # what has no ARN is outside AWS, and comes in
        columns = {**at_arn(pipe.id), "active": active}
        yield flow_from(found, behind(source), "stream", pipe.id, **columns)
    yield from _ends(pipe, found, active)
    target = found.read("pipe.Target")  # also there when the pipe keeps no log
    if isinstance(target, Unknown):
        yield possible(pipe, "stream", target, "log")
    else:
        logs = found.read("pipe.LogConfiguration", absent={})
        yield from exits(pipe, "stream", _logs(pipe, logs), active=active)


def _ends(pipe: Processor, found: Found, active: Maybe[bool]) -> Iterator[Flow]:
    target = maybe_text(found, "item.Target")
    if isinstance(target, Unknown):
        yield possible(pipe, "stream", target)
    # A pipe without an enrichment leaves the member out.
    ends = [target, found.read("item.Enrichment", absent="")]
    yield from exits(pipe, "stream", ends, active=active)


def _logs(pipe: Processor, logs: Json) -> list[Json]:
    bucket = dig(logs, "S3LogDestination.BucketName")
    return [
        bucket_arn(bucket, pipe.region) if isinstance(bucket, str) else "",
        dig(logs, "FirehoseLogDestination.DeliveryStreamArn"),
        dig(logs, "CloudwatchLogsLogDestination.LogGroupArn"),
    ]


PIPES = Collector(
    kind="aws.pipes.pipe",
    service="pipes",
    title="EventBridge pipes, with their targets, enrichments and logs",
    per=("account", "region"),
    listing=Listing(
        operation="ListPipes",
        permission="pipes:ListPipes",
        parameters={"Limit": 100},
        items="Pipes",
    ),
    details=(
        Detail(
            name="pipe",
            operation="DescribePipe",
            permission="pipes:DescribePipe",
            bind={"Name": "item.Name"},
            secrets=(
                "EnrichmentParameters",
                "TargetParameters",
                "SourceParameters.SelfManagedKafkaParameters",
            ),
        ),
    ),
    tables=(Processor, Flow),
    rows=_pipe,
    types=("pipes:pipe",),
    source="https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_ListPipes.html",
)


def _schedule(found: Found) -> Iterator[Processor | Flow]:
    schedule = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="schedule",
        public=False,  # it calls, and cannot be called
        created=maybe_text(found, "item.CreationDate"),
    )
    yield schedule
    state = maybe_text(found, "item.State")
    active = state if isinstance(state, Unknown) else state != "DISABLED"
    target = maybe_text(found, "item.Target.Arn")
    if isinstance(target, Unknown):
        yield possible(schedule, "stream", target)
    else:
        yield from exits(schedule, "stream", [target], active=active)


SCHEDULES = Collector(
    kind="aws.scheduler.schedule",
    service="scheduler",
    title="EventBridge schedules, with their targets",
    per=("account", "region"),
    listing=Listing(
        operation="ListSchedules",
        permission="scheduler:ListSchedules",
        parameters={"MaxResults": 100},
        items="Schedules",
    ),
    tables=(Processor, Flow),
    rows=_schedule,
    types=("scheduler:schedule",),
    source="https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListSchedules.html",
)
