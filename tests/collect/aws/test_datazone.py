"""What we claim to know about DataZone, given what AWS answered."""

import pytest

from auditor.collect.aws.datazone import DOMAINS, PROJECTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_STRANGER = "222222222222"


def collect(*places: tuple[str, str], deny: str = "") -> Collected:
    domain: Json = {
        "id": "dzd-1",
        "name": "lake",
        "arn": f"arn:aws:datazone:{HOME}:{ACCOUNT}:domain/dzd-1",
        "managedAccountId": ACCOUNT,
        "status": "AVAILABLE",
        "createdAt": 0,
    }
    project = {"domainId": "dzd-1", "id": "p1", "name": "ads", "createdBy": "x"}
    environments = [
        {
            "projectId": "p1",
            "domainId": "dzd-1",
            "createdBy": "x",
            "name": f"e-{account}",
            "provider": "x",
            "awsAccountId": account,
            "awsAccountRegion": region,
        }
        for account, region in places
    ]
    rules = [
        Rule(operation="datazone.ListDomains", answer={"items": [domain]}),
        Rule(operation="datazone.ListProjects", answer={"items": [project]}),
        Rule(operation="datazone.ListEnvironments", answer={"items": environments}),
    ]
    return gather((IDENTITY, REGIONS, DOMAINS, PROJECTS), rules=rules, deny=[deny])


def test_a_project_reaches_into_accounts_and_regions() -> None:
    found = collect((ACCOUNT, HOME), (_STRANGER, "eu-west-1"))

    (flow,) = found.flows
    assert (flow.target_account, flow.target_country) == (_STRANGER, "IE")
    assert found.stores["lake"].encrypted is True
    assert list(found.processors) == ["ads"]


def test_refused_environments_may_be_anywhere() -> None:
    (flow,) = collect(deny="ListEnvironments").flows

    assert isinstance(flow.active, Unknown)
