"""What we claim to know about build projects, given what AWS answered."""

import pytest

from auditor.collect.aws.codebuild import PROJECTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")


def collect(deny: str = "", **about: Json) -> Collected:
    project = {"name": "app", "projectVisibility": "PRIVATE", **about}
    rules = [
        Rule(operation="codebuild.ListProjects", answer={"projects": ["app"]}),
        Rule(operation="codebuild.BatchGetProjects", answer={"projects": [project]}),
    ]
    return gather((IDENTITY, REGIONS, PROJECTS), rules=rules, deny=[deny])


def test_output_cache_and_logs_go_to_buckets() -> None:
    found = collect(
        artifacts={"type": "S3", "location": "out"},
        secondaryArtifacts=[{"type": "S3", "location": "more"}, {"type": "CODEPIPELINE"}],
        cache={"type": "S3", "location": "cache/prefix"},
        logsConfig={"s3Logs": {"status": "ENABLED", "location": "logs/prefix"}},
    )

    names = {str(flow.target_id).removeprefix("arn:aws:s3:::") for flow in found.flows}
    assert names == {"out", "more", "cache", "logs"}
    assert found.processors["app"].id == f"arn:aws:codebuild:{HOME}:{ACCOUNT}:project/app"


def test_builds_may_be_for_everybody() -> None:
    found = collect(projectVisibility="PUBLIC_READ", tags=[{"key": "team", "value": "x"}])

    assert found.processors["app"].public is True
    assert found.processors["app"].tags == {"team": "x"}
    assert [flow.mechanism for flow in found.flows] == ["public"]


def test_a_refusal_leaves_both_open() -> None:
    flows = collect("BatchGetProjects").flows

    assert {flow.mechanism for flow in flows} == {"public", "stream"}
    assert all(isinstance(flow.active, Unknown) for flow in flows)


def test_variables_are_kept_out() -> None:
    environment = {
        "type": "LINUX_CONTAINER",
        "image": "i",
        "computeType": "BUILD_GENERAL1_SMALL",
        "environmentVariables": [{"name": "PASSWORD", "value": "hunter2"}],
    }

    assert "hunter2" not in repr(collect(environment=environment))
