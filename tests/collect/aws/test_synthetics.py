"""What we claim to know about canaries, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.collect.aws.synthetics import CANARIES
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")


def collect(**members: Json) -> Collected:
    answer = {"Canaries": [{"Name": "login", **members}]}
    rules = [Rule(operation="synthetics.DescribeCanaries", answer=answer)]
    return gather((IDENTITY, REGIONS, CANARIES), rules=rules)


def test_its_artefacts_go_to_a_bucket() -> None:
    """The answer puts the bucket and the prefix into one."""
    collected = collect(ArtifactS3Location="canary-shots/login", Tags={"a": "b"})
    (flow,) = collected.flows

    assert collected.processors["login"].id == f"arn:aws:synthetics:{HOME}:{ACCOUNT}:canary:login"
    assert collected.processors["login"].tags == {"a": "b"}
    assert (flow.mechanism, flow.target_id) == ("copy", "arn:aws:s3:::canary-shots")


def test_a_replica_runs_in_another_region() -> None:
    replicas = {"Replicas": [{"Location": "eu-central-1"}]}

    _, flow = collect(ArtifactS3Location="b", MultiLocationConfig=replicas).flows

    assert (flow.mechanism, flow.target_country) == ("replication", "DE")


def test_without_a_location_the_artefacts_may_be_anywhere() -> None:
    (flow,) = collect().flows

    assert isinstance(flow.target_id, Unknown)
