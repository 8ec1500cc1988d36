"""AWS Batch: job definitions, and the images that jobs of them run.

Which digest a job ran that named a tag, Batch does not say.

API: https://docs.aws.amazon.com/batch/latest/APIReference/API_DescribeJobDefinitions.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, text
from auditor.collect.aws.running import deployment_of
from auditor.collect.digests import is_pinned, named_digest
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing, dig
from auditor.tables import Deployment, Maybe

_NO_IMAGE = Unknown("the answer names no image of it")
_WITHIN = "ecsProperties.taskProperties", "eksProperties.podProperties"


def _definition(found: Found) -> Iterator[Deployment]:
    arn = text(found, "item.jobDefinitionArn")
    images = list(dict.fromkeys(_images(found)))
    for position, image in enumerate(images or [_NO_IMAGE]):
        yield deployment_of(
            found,
            id=f"{arn}/{position}",
            resource_id=arn,
            kind="job",
            name=text(found, "item.jobDefinitionName"),
            image=image,
            digest=named_digest(image),
            pinned=is_pinned(image),
        )


def _images(found: Found) -> Iterator[Maybe[str]]:
    """Yield the images of all containers: of a task, of a pod, or of each group of nodes."""
    yield from _of_one(found.read("item.containerProperties", absent=None))
    ranges = found.read("item.nodeProperties.nodeRangeProperties", absent=[])
    for each in entries(ranges):
        yield from _of_one(each.get("container"))
        yield from _of_tasks(dig(each, _WITHIN[0]))
        yield from _of_pod(dig(each, _WITHIN[1]))
    yield from _of_tasks(found.read(f"item.{_WITHIN[0]}", absent=[]))
    yield from _of_pod(found.read(f"item.{_WITHIN[1]}", absent=None))


def _of_tasks(tasks: Json) -> Iterator[Maybe[str]]:
    for task in entries(tasks):
        for each in entries(task.get("containers")):
            yield from _of_one(each)


def _of_pod(pod: Json) -> Iterator[Maybe[str]]:
    for name in ("initContainers", "containers"):
        for each in entries(dig(pod, name)):
            yield from _of_one(each)


def _of_one(container: Json) -> Iterator[Maybe[str]]:
    if isinstance(container, Mapping):
        image = container.get("image")
        yield image if isinstance(image, str) and image else _NO_IMAGE


_LIST = "jobDefinitions"
_TASKS = "ecsProperties.taskProperties.containers"
_PODS = "eksProperties.podProperties"
_NODES = "nodeProperties.nodeRangeProperties"


def _told(path: str) -> tuple[str, ...]:
    """Return the paths of what containers are told: it may hold passwords."""
    return tuple(f"{_LIST}.{path}.{name}" for name in ("command", "environment.value"))


def _told_in_pods(path: str) -> tuple[str, ...]:
    several = ("containers", "initContainers")
    told = ("command", "args", "env.value")
    return tuple(f"{_LIST}.{path}.{where}.{name}" for where in several for name in told)


DEFINITIONS = Collector(
    kind="aws.batch.jobdefinition",
    service="batch",
    title="active job definitions of Batch, and their images",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeJobDefinitions",
        permission="batch:DescribeJobDefinitions",
        parameters={"status": "ACTIVE", "maxResults": 100},
        items=_LIST,
        secrets=(
            f"{_LIST}.parameters",
            *_told("containerProperties"),
            *_told(_TASKS),
            *_told(f"{_NODES}.container"),
            *_told(f"{_NODES}.{_TASKS}"),
            *_told_in_pods(_PODS),
            *_told_in_pods(f"{_NODES}.{_PODS}"),
        ),
    ),
    tables=(Deployment,),
    rows=_definition,
    types=("batch:job-definition",),
    source="https://docs.aws.amazon.com/batch/latest/APIReference/API_DescribeJobDefinitions.html",
)
