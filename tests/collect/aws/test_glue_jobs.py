"""What we claim to know about Glue's connections and jobs, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.glue_jobs import CONNECTIONS, INTEGRATIONS, JOBS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.spec import Collector
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_GLUE = f"arn:aws:glue:{HOME}:{ACCOUNT}"


def collect(collector: Collector, operation: str, answer: dict[str, Json]) -> Collected:
    rules = [Rule(operation=f"glue.{operation}", answer=answer)]
    return gather((IDENTITY, REGIONS, collector), rules=rules)


def connect(**connection: Json) -> Collected:
    item = {"Name": "c", "ConnectionType": "JDBC", **connection}
    return collect(CONNECTIONS, "GetConnections", {"ConnectionList": [item]})


def test_a_connection_leads_to_its_host_and_keeps_its_password_out() -> None:
    """moto and older accounts give the password in clear."""
    url = "jdbc:mysql://db.example.com/x?password=hunter2"
    found = connect(
        ConnectionProperties={
            "HOST": "db.example.com",
            "PASSWORD": "hunter2",
            "JDBC_CONNECTION_URL": url,
        }
    )

    (flow,) = found.flows
    assert isinstance(flow.target_country, Unknown)
    assert "db.example.com" in flow.target_country.reason
    assert "hunter2" not in repr(found)


def test_a_network_connection_leads_to_nothing() -> None:
    assert not connect(ConnectionType="NETWORK").flows


def test_a_job_goes_where_its_script_and_connections_lead() -> None:
    job = {"Name": "j", "Connections": {"Connections": ["c"]}, "DefaultArguments": {"--k": "pw"}}

    found = collect(JOBS, "GetJobs", {"Jobs": [job]})

    script, connection = found.flows
    assert isinstance(script.active, Unknown)
    assert connection.target_id == f"{_GLUE}:connection/c"
    assert "'pw'" not in repr(found)


def test_an_integration_replicates_from_its_source() -> None:
    target = "arn:aws:redshift-serverless:eu-west-1:222222222222:namespace/n"
    answer = {
        "IntegrationArn": f"{_GLUE}:integration:1",
        "IntegrationName": "i",
        "SourceArn": f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/t",
        "TargetArn": target,
        "Status": "ACTIVE",
        "CreateTime": 0,
    }

    source, own = collect(INTEGRATIONS, "DescribeIntegrations", {"Integrations": [answer]}).flows

    assert source.store_id.endswith("table/t")
    assert own.store_id == f"{_GLUE}:integration:1"
    assert (own.target_id, own.target_country, own.active) == (target, "IE", True)
