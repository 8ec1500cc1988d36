"""What we claim to know about configurations in force, given what AWS answered."""

import pytest

from auditor.collect.aws.appconfig import DEPLOYMENTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Deployment
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ENVIRONMENT = f"arn:aws:appconfig:{HOME}:{ACCOUNT}:application/a/environment/e"

pytestmark = pytest.mark.usefixtures("cloud")


def found(
    *deployments: Json, deny: str = "", state: str = "READY_FOR_DEPLOYMENT"
) -> list[Deployment]:
    rules = [
        Rule(operation="appconfig.ListApplications", answer={"Items": [{"Id": "a"}]}),
        Rule(
            operation="appconfig.ListEnvironments",
            answer={"Items": [{"ApplicationId": "a", "Id": "e", "State": state}]},
        ),
        Rule(operation="appconfig.ListDeployments", answer={"Items": list(deployments)}),
    ]
    rows = gather((IDENTITY, REGIONS, DEPLOYMENTS), rules=rules, deny=[deny]).rows
    return [row for row in rows if isinstance(row, Deployment)]


def deployed(number: int, state: str, name: str = "flags", version: str = "1") -> Json:
    return {
        "DeploymentNumber": number,
        "ConfigurationName": name,
        "ConfigurationVersion": version,
        "State": state,
    }


def test_the_newest_complete_deployment_of_each_configuration_is_in_force() -> None:
    rows = found(
        deployed(1, "COMPLETE", version="1"),
        deployed(2, "COMPLETE", version="2"),
        deployed(3, "ROLLED_BACK", version="3"),
        deployed(4, "COMPLETE", name="limits"),
    )

    assert {(row.id, row.image) for row in rows} == {
        (f"{ENVIRONMENT}/deployment/2", "flags:2"),
        (f"{ENVIRONMENT}/deployment/4", "limits:1"),
    }
    assert {(row.kind, row.digest, row.pinned) for row in rows} == {("configuration", "", True)}


def test_what_is_under_way_is_in_force_beside_what_it_replaces() -> None:
    rows = found(deployed(1, "COMPLETE"), deployed(2, "BAKING", version="2"))

    assert [row.image for row in rows] == ["flags:2", "flags:1"]


def test_a_state_that_is_not_known_decides_nothing() -> None:
    rows = found(deployed(1, "COMPLETE"), deployed(2, "PAUSED"))

    assert len(rows) == 2
    assert isinstance(rows[0].image, Unknown)


def test_deployments_that_are_not_listed_are_unknown() -> None:
    (row,) = found(deny="ListDeployments")

    assert isinstance(row.digest, Unknown)
    assert row.digest.permission == "appconfig:ListDeployments"


def test_an_environment_that_was_never_used_has_nothing_in_force() -> None:
    """One that was used, and shows nothing, hides something."""
    assert found() == []
    assert isinstance(found(state="ROLLED_BACK")[0].image, Unknown)
