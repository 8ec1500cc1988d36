"""What we claim to know about what jobs run, given what AWS answered."""

import pytest

from auditor.collect.aws.batch import DEFINITIONS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Deployment
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:batch:{HOME}:{ACCOUNT}:job-definition/j:1"
DIGEST = "sha256:" + "ab" * 32

pytestmark = pytest.mark.usefixtures("cloud")


def collect(**about: Json) -> Collected:
    item = {"jobDefinitionArn": ARN, "jobDefinitionName": "j", "revision": 1, "type": "x", **about}
    answer = {"jobDefinitions": [item]}
    rules = [Rule(operation="batch.DescribeJobDefinitions", answer=answer)]
    return gather((IDENTITY, REGIONS, DEFINITIONS), rules=rules)


def jobs(**about: Json) -> list[Deployment]:
    return [row for row in collect(**about).rows if isinstance(row, Deployment)]


def test_a_job_runs_what_is_pinned_or_is_not_known() -> None:
    (pinned,) = jobs(containerProperties={"image": f"app@{DIGEST}"})
    (tagged,) = jobs(containerProperties={"image": "app:1"})

    assert (pinned.resource_id, pinned.kind, pinned.digest) == (ARN, "job", DIGEST)
    assert pinned.pinned is True
    assert tagged.pinned is False
    assert isinstance(tagged.digest, Unknown)


def test_every_container_of_every_kind_of_job_is_there() -> None:
    task = {"taskProperties": [{"containers": [{"image": "task:1"}]}]}
    pod = {"podProperties": {"initContainers": [{"image": "i:1"}], "containers": [{"image": "p"}]}}
    groups = [
        {"targetNodes": "0", "container": {"image": "node:1"}},
        {"targetNodes": "1", "ecsProperties": task, "eksProperties": pod},
    ]
    nodes: Json = {"numNodes": 2, "mainNode": 0, "nodeRangeProperties": groups}

    of_nodes, of_task, of_pod = (
        [row.image for row in jobs(**about)]
        for about in ({"nodeProperties": nodes}, {"ecsProperties": task}, {"eksProperties": pod})
    )

    assert of_nodes == ["node:1", "task:1", "i:1", "p"]
    assert (of_task, of_pod) == (["task:1"], ["i:1", "p"])


def test_a_job_without_an_image_is_not_known() -> None:
    assert isinstance(jobs()[0].image, Unknown)


def test_what_jobs_are_told_is_kept_out() -> None:
    told: Json = {"image": "i", "command": ["hidden"], "environment": [{"value": "hidden"}]}
    in_pod: Json = {"image": "i", "args": ["hidden"], "env": [{"name": "n", "value": "hidden"}]}

    collected = collect(
        containerProperties=told,
        parameters={"p": "hidden"},
        ecsProperties={"taskProperties": [{"containers": [told]}]},
        eksProperties={"podProperties": {"containers": [in_pod]}},
    )

    assert "hidden" not in repr(collected.records)
