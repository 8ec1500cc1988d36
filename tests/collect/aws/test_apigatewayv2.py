"""What we claim to know about HTTP APIs, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.apigatewayv2 import APIS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Unknown
from tests.collect.aws.walking import HOME, gather

COLLECTORS = (IDENTITY, REGIONS, APIS)
FUNCTION = "arn:aws:lambda:us-east-1:999999999999:function:f"

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def api(cloud: None) -> str:
    answer = boto3.client("apigatewayv2", HOME).create_api(Name="api", ProtocolType="HTTP")
    return str(answer["ApiId"])


def test_integrations_and_access_logs_are_flows(api: str) -> None:
    client = boto3.client("apigatewayv2", HOME)
    client.create_integration(ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=FUNCTION)
    group = "arn:aws:logs:eu-central-1:123456789012:log-group:g"
    client.create_stage(
        ApiId=api, StageName="live", AccessLogSettings={"DestinationArn": group, "Format": "x"}
    )

    collected = gather(COLLECTORS)

    assert collected.processors["api"].id == f"arn:aws:apigateway:{HOME}::/apis/{api}"
    assert {flow.target_id for flow in collected.flows} == {FUNCTION, group}


@pytest.mark.parametrize("refused", ["GetIntegrations", "GetStages"])
@pytest.mark.usefixtures("api")
def test_a_refusal_is_a_possible_way_out(refused: str) -> None:
    (flow,) = gather(COLLECTORS, deny=[refused]).flows

    assert isinstance(flow.active, Unknown)
