"""What we claim to know about the containers that run, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ecs import CLUSTERS
from auditor.collect.aws.ecs_tasks import TASKS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Deployment
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, CLUSTERS, TASKS)
CLUSTER = f"arn:aws:ecs:{HOME}:{ACCOUNT}:cluster/c"
TASK = f"arn:aws:ecs:{HOME}:{ACCOUNT}:task/c/1"
DIGEST = "sha256:" + "ab" * 32

pytestmark = pytest.mark.usefixtures("cloud")


def runs(*containers: Json, **task: Json) -> list[Rule]:
    whole: Json = {"taskArn": TASK, "containers": list(containers), **task}
    return [
        Rule(operation="ecs.ListClusters", answer={"clusterArns": [CLUSTER]}),
        Rule(operation="ecs.ListTasks", answer={"taskArns": [TASK]}),
        Rule(operation="ecs.DescribeTasks", answer={"tasks": [whole]}),
    ]


def found(rules: list[Rule], *deny: str) -> list[Deployment]:
    rows = gather(COLLECTORS, rules=rules, deny=deny).rows
    return [row for row in rows if isinstance(row, Deployment)]


@pytest.mark.parametrize(
    ("image", "pinned"),
    [("registry.example/app:1", False), (f"registry.example/app@{DIGEST}", True)],
    ids=("tag", "digest"),
)
def test_a_container_runs_a_digest_whatever_it_names(image: str, pinned: bool) -> None:
    (row,) = found(runs({"name": "app", "image": image, "imageDigest": DIGEST}))

    assert (row.id, row.resource_id, row.kind) == (f"{TASK}/app", TASK, "container")
    assert (row.image, row.digest, row.pinned) == (image, DIGEST, pinned)


def test_a_container_without_a_digest_is_not_known() -> None:
    (row,) = found(runs({"name": "app", "image": "app:1"}))

    assert isinstance(row.digest, Unknown)
    assert row.pinned is False


def test_an_image_of_any_name_is_plain_text() -> None:
    """A digest in front of other text is none."""
    image = f"app@{DIGEST}\n<script>"

    (row,) = found(runs({"name": "app", "image": image}))

    assert (row.image, row.pinned) == (image, False)


def test_a_task_that_is_not_described_runs_something() -> None:
    (row,) = found(runs(), "DescribeTasks")

    assert isinstance(row.digest, Unknown)
    assert row.digest.permission == "ecs:DescribeTasks"
    assert isinstance(found(runs())[0].digest, Unknown)


def test_what_a_task_was_told_is_kept_out_of_the_evidence() -> None:
    told: Json = {"name": "app", "environment": [{"name": "TOKEN", "value": "hidden"}]}
    rules = runs({"name": "app", "image": "i"}, overrides={"containerOverrides": [told]})

    assert "hidden" not in repr(gather(COLLECTORS, rules=rules).records)
