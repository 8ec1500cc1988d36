"""Amazon ECS: the containers that run, and the images that they run.

API: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, member, texts
from auditor.collect.aws.running import deployment_of
from auditor.collect.digests import digest_of, is_pinned
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Deployment, Maybe

CLUSTER = "cluster"  # the axis of ARNs of clusters
_REFERENCE = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_"
_NOT_DESCRIBED = Unknown("DescribeTasks did not describe it")
_NO_IMAGE = Unknown("the answer does not name its image")
_NOT_PULLED = Unknown("ECS states no digest of its image, as before it is pulled")


def _tasks(found: Found) -> Iterator[Deployment]:
    """Yield the containers of the tasks of one page: one call describes all of them."""
    answer = found.read("tasks.tasks")
    described = {member(each, "taskArn"): each for each in entries(answer)}
    for name in dict.fromkeys(texts(found.read("item.taskArns", absent=[]))):
        task = described.get(name)
        if task is None:
            yield _unseen(found, name, answer if isinstance(answer, Unknown) else _NOT_DESCRIBED)
            continue
        containers = entries(task.get("containers"))
        for position, each in enumerate(containers):
            yield _container(found, task, each, position)
        if not containers:
            yield _unseen(found, name, Unknown("the answer names no container of it"))


def _container(
    found: Found, task: Mapping[str, Json], container: Mapping[str, Json], position: int
) -> Deployment:
    arn = member(task, "taskArn")
    image: Maybe[str] = member(container, "image") or _NO_IMAGE
    digest = container.get("imageDigest")
    return deployment_of(
        found,
        id=f"{arn}/{member(container, 'name') or position}",
        resource_id=arn,
        kind="container",
        name=member(container, "name") or arn,
        image=image,
        digest=digest_of(digest) if digest else _NOT_PULLED,
        pinned=is_pinned(image),
        since=member(task, "startedAt"),
    )


def _unseen(found: Found, name: str, why: Unknown) -> Deployment:
    return deployment_of(
        found, id=f"{name}/?", resource_id=name, kind="container", image=why, digest=why, pinned=why
    )


TASKS = Collector(
    kind="aws.ecs.task",
    service="ecs",
    title="ECS tasks, and the images that their containers run",
    per=("account", "region", CLUSTER),
    listing=Listing(
        operation="ListTasks",
        permission="ecs:ListTasks",
        parameters={"maxResults": 100},
        bind={"cluster": f"place.{CLUSTER}"},
    ),
    details=(
        Detail(
            name="tasks",
            operation="DescribeTasks",
            permission="ecs:DescribeTasks",
            bind={"cluster": f"place.{CLUSTER}", "tasks": "item.taskArns"},
            when="item.taskArns",
            secrets=(
                "tasks.overrides.containerOverrides.environment.value",
                "tasks.overrides.containerOverrides.command",
                "tasks.containers.reason",
            ),
        ),
    ),
    tables=(Deployment,),
    rows=_tasks,
    source=_REFERENCE + "DescribeTasks.html",
)
