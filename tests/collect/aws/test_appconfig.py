"""What we claim to know about configurations in force, given what AWS answered."""

import hashlib
from typing import Any

import pytest

from auditor.collect.aws.appconfig import DEPLOYMENTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Artifact, Deployment
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ENVIRONMENT = f"arn:aws:appconfig:{HOME}:{ACCOUNT}:application/a/environment/e"

pytestmark = pytest.mark.usefixtures("cloud")


def collected(
    *deployments: Json,
    deny: str = "",
    state: str = "READY_FOR_DEPLOYMENT",
    location: str = "hosted",
    content: Json = None,
) -> Collected:
    profiles = [{"Id": name, "Name": name, "LocationUri": location} for name in ("flags", "limits")]
    rules = [
        Rule(operation="appconfig.ListApplications", answer={"Items": [{"Id": "a"}]}),
        Rule(
            operation="appconfig.ListEnvironments",
            answer={"Items": [{"ApplicationId": "a", "Id": "e", "State": state}]},
        ),
        Rule(operation="appconfig.ListDeployments", answer={"Items": list(deployments)}),
        Rule(operation="appconfig.ListConfigurationProfiles", answer={"Items": profiles}),
        *(
            Rule(
                operation="appconfig.GetHostedConfigurationVersion",
                words=f"/{name}/hostedconfigurationversions/{number}",
                answer=content or hosted(name, number),
            )
            for name in ("flags", "limits")
            for number in (1, 2)
        ),
    ]
    return gather((IDENTITY, REGIONS, DEPLOYMENTS), rules=rules, deny=[deny])


def hosted(name: str, number: int) -> Json:
    return {
        "ConfigurationProfileId": name,
        "VersionNumber": number,
        "Content": f"{name} {number}".encode(),
    }


def digest(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def found(*deployments: Json, **changes: Any) -> list[Deployment]:
    rows = collected(*deployments, **changes).rows
    return [row for row in rows if isinstance(row, Deployment)]


def deployed(number: int, state: str, name: str = "flags", version: str = "1") -> Json:
    return {
        "DeploymentNumber": number,
        "ConfigurationName": name,
        "ConfigurationProfileId": name,
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
    assert {(row.kind, row.digest, row.pinned) for row in rows} == {
        ("configuration", digest("flags 2"), True),
        ("configuration", digest("limits 1"), True),
    }


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


def test_what_is_in_force_is_kept_by_its_digest_alone() -> None:
    """The content may hold secrets, and never becomes evidence."""
    collection = collected(deployed(1, "COMPLETE"))

    (kept,) = [row for row in collection.rows if isinstance(row, Artifact)]
    assert (kept.kind, kept.digest, kept.tags) == ("configuration", digest("flags 1"), ("1",))
    assert "flags 1" not in str(collection.records)
    assert [
        record.answer.body["Content"]
        for record in collection.records
        if record.request.operation == "GetHostedConfigurationVersion"
    ] == [digest("flags 1")]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"location": "s3://bucket/flags"}, id="elsewhere"),
        pytest.param({"location": ""}, id="nowhere"),
        pytest.param({"content": hosted("flags", 2)}, id="another version"),
        pytest.param({"content": {"Content": b"x"}}, id="no version"),
        pytest.param({"deny": "ListConfigurationProfiles"}, id="places refused"),
        pytest.param({"deny": "GetHostedConfigurationVersion"}, id="content refused"),
    ],
)
def test_a_digest_that_was_not_made_is_unknown(changes: Any) -> None:
    (row,) = found(deployed(1, "COMPLETE"), **changes)

    assert row.image == "flags:1"
    assert isinstance(row.digest, Unknown)


def test_a_version_that_is_no_number_is_not_fetched() -> None:
    (row,) = found(deployed(1, "COMPLETE", version="v1"))

    assert isinstance(row.digest, Unknown)
