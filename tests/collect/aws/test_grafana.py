"""What we claim to know about Grafana, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.grafana import WORKSPACES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_SIGN_IN = {"providers": ["AWS_SSO"]}


def collect(deny: str = "", **about: Json) -> Collected:
    item = {
        "id": "g-1",
        "name": "boards",
        "created": 0,
        "modified": 0,
        "endpoint": "e",
        "grafanaVersion": "10",
        "status": "ACTIVE",
        "authentication": _SIGN_IN,
        "tags": {"team": "data"},
        "grafanaToken": "hunter2",
    }
    workspace = {**item, "dataSources": ["CLOUDWATCH"], **about}
    rules = [
        Rule(operation="grafana.ListWorkspaces", answer={"workspaces": [item]}),
        Rule(operation="grafana.DescribeWorkspace", answer={"workspace": workspace}),
    ]
    return gather((IDENTITY, REGIONS, WORKSPACES), rules=rules, deny=[deny])


def test_a_workspace_may_send_alerts_anywhere() -> None:
    found = collect()

    (flow,) = found.flows
    assert isinstance(flow.active, Unknown)
    assert found.stores["boards"].id == f"arn:aws:grafana:{HOME}:{ACCOUNT}:/workspaces/g-1"
    assert found.stores["boards"].tags == {"team": "data"}


def test_its_key_is_the_one_named() -> None:
    key = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"

    assert collect(kmsKeyId=key).stores["boards"].key_id == key
    assert isinstance(collect("DescribeWorkspace").stores["boards"].key_id, Unknown)


def test_its_licence_is_kept_out() -> None:
    assert "hunter2" not in repr(collect())
