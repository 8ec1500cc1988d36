"""What we claim to know about container clusters and tasks, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ecs import CLUSTERS, DEFINITIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, CLUSTERS, DEFINITIONS)
CLUSTER = f"arn:aws:ecs:{HOME}:{ACCOUNT}:cluster/c"

pytestmark = pytest.mark.usefixtures("cloud")


def register(driver: str, **options: str) -> None:
    log = {"logDriver": driver, "options": {key.replace("_", "-"): options[key] for key in options}}
    environment = [{"name": "TOKEN", "value": "hidden"}]
    boto3.client("ecs", HOME).register_task_definition(
        family="t",
        containerDefinitions=[
            {
                "name": "c",
                "image": "i",
                "memory": 1,
                "logConfiguration": log,
                "environment": environment,
            }
        ],
    )


def described(**cluster: Json) -> list[Rule]:
    whole = {"clusterArn": CLUSTER, "clusterName": "c", **cluster}
    return [
        Rule(operation="ecs.ListClusters", answer={"clusterArns": [CLUSTER]}),
        Rule(operation="ecs.DescribeClusters", answer={"clusters": [whole]}),
    ]


def test_sessions_are_logged_where_the_cluster_says() -> None:
    log: Json = {"s3BucketName": "sessions", "cloudWatchLogGroupName": "g"}
    rules = described(
        configuration={"executeCommandConfiguration": {"logConfiguration": log}},
        tags=[{"key": "a", "value": "b"}],
    )

    collected = gather(COLLECTORS, rules=rules)
    row = collected.processors["c"]

    assert (row.id, row.country, row.tags) == (CLUSTER, "US", {"a": "b"})
    assert {(flow.mechanism, flow.target_id) for flow in collected.flows} == {
        ("export", "arn:aws:s3:::sessions"),
        ("stream", f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:g"),
    }


def test_tasks_on_machines_outside_are_anywhere() -> None:
    statistics: Json = [{"name": "runningExternalTasksCount", "value": "2"}]

    row = gather(COLLECTORS, rules=described(statistics=statistics)).processors["c"]

    assert isinstance(row.country, Unknown)


def test_a_refused_description_leaves_the_cluster_and_a_possible_flow() -> None:
    collected = gather(COLLECTORS, rules=described(), deny=["DescribeClusters"])

    assert isinstance(collected.processors["c"].country, Unknown)
    assert [isinstance(flow.active, Unknown) for flow in collected.flows] == [True]


def test_logs_can_go_to_another_region() -> None:
    """The driver's own option decides, not the region of the task."""
    register("awslogs", awslogs_group="g", awslogs_region="eu-central-1")

    collected = gather(COLLECTORS)
    (flow,) = collected.flows

    assert flow.target_id == f"arn:aws:logs:eu-central-1:{ACCOUNT}:log-group:g"
    assert flow.target_country == "DE"
    assert "hidden" not in repr(collected.records)


def test_logs_can_go_to_a_third_party() -> None:
    register("splunk", splunk_url="https://splunk.example", splunk_token="hidden")

    collected = gather(COLLECTORS)
    (flow,) = collected.flows

    assert flow.active is True
    assert isinstance(flow.target_operator, Unknown)
    assert "splunk.example" in flow.target_operator.reason
    assert "hidden" not in repr(collected.records)


def test_logs_on_the_host_go_nowhere() -> None:
    register("json-file")

    assert gather(COLLECTORS).flows == []
