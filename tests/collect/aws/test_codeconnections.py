"""What we claim to know about connections to code, given what AWS answered."""

import pytest

from auditor.collect.aws.codeconnections import CONNECTIONS, HOSTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_ARN = f"arn:aws:codeconnections:{HOME}:{ACCOUNT}"


def collect(status: str) -> Collected:
    connection: Json = {
        "ConnectionArn": f"{_ARN}:connection/1",
        "ConnectionName": "code",
        "ProviderType": "GitHub",
        "ConnectionStatus": status,
    }
    host: Json = {
        "HostArn": f"{_ARN}:host/1",
        "Name": "own",
        "ProviderEndpoint": "https://git.example.com/api",
    }
    rules = [
        Rule(operation="codeconnections.ListConnections", answer={"Connections": [connection]}),
        Rule(operation="codeconnections.ListHosts", answer={"Hosts": [host]}),
    ]
    return gather((IDENTITY, REGIONS, CONNECTIONS, HOSTS), rules=rules)


@pytest.mark.parametrize(("status", "active"), [("AVAILABLE", True), ("PENDING", False)])
def test_a_connection_leads_to_its_provider(status: str, *, active: bool) -> None:
    connection, host = collect(status).flows

    assert connection.active is active
    assert isinstance(connection.target_operator, Unknown)
    assert "GitHub" in connection.target_operator.reason
    assert isinstance(host.target_country, Unknown)
    assert "git.example.com" in host.target_country.reason


def test_a_state_that_nobody_knows_may_be_in_use() -> None:
    connection, _ = collect("ERROR").flows

    assert isinstance(connection.active, Unknown)
