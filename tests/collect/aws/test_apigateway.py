"""What we claim to know about REST APIs, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.apigateway import DOMAIN_NAMES, REST_APIS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import HOME, gather

COLLECTORS = (IDENTITY, REGIONS, REST_APIS)
POLICY = '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"*"}]}'

pytestmark = pytest.mark.usefixtures("cloud")


def make_api(kind: str = "REGIONAL") -> str:
    answer = boto3.client("apigateway", HOME).create_rest_api(
        name="api", endpointConfiguration={"types": [kind]}, tags={"a": "b"}
    )
    return str(answer["id"])


@pytest.mark.parametrize(
    ("kind", "is_public", "mechanisms"),
    [("REGIONAL", True, []), ("PRIVATE", False, []), ("EDGE", True, ["edge"])],
)
def test_only_edge_optimized_endpoints_answer_everywhere(
    kind: str, is_public: bool, mechanisms: list[str]
) -> None:
    name = make_api(kind)

    collected = gather(COLLECTORS)
    row = collected.processors["api"]

    assert row.id == f"arn:aws:apigateway:{HOME}::/restapis/{name}"
    assert (row.country, row.public, row.tags) == ("US", is_public, {"a": "b"})
    assert [flow.mechanism for flow in collected.flows] == mechanisms


def rules(**stage: Json) -> list[Rule]:
    sent = {"integration.request.header.Authorization": "'hidden'"}
    integration = {"type": "HTTP", "uri": "https://crm.example/", "requestParameters": sent}
    resource = {"id": "r", "resourceMethods": {"GET": {"methodIntegration": integration}}}
    return [
        Rule(operation="apigateway.GetResources", answer={"items": [resource]}),
        Rule(operation="apigateway.GetStages", answer={"item": [{"stageName": "live", **stage}]}),
    ]


def test_integrations_and_access_logs_are_flows() -> None:
    make_api()
    log: Json = {"destinationArn": "arn:aws:logs:eu-central-1:123456789012:log-group:g"}

    collected = gather(COLLECTORS, rules=rules(accessLogSettings=log, cacheClusterEnabled=False))

    assert {str(flow.target_country) for flow in collected.flows} >= {"DE"}
    assert any(isinstance(flow.target_operator, Unknown) for flow in collected.flows)
    assert "hidden" not in repr(collected.records)


def test_a_cache_is_a_store() -> None:
    make_api()
    settings: Json = {"*/*": {"cachingEnabled": True, "cacheDataEncrypted": False}}

    collected = gather(COLLECTORS, rules=rules(cacheClusterEnabled=True, methodSettings=settings))

    assert collected.stores["api/live"].encrypted is False


def test_a_policy_with_escaped_quotes_is_read() -> None:
    """The API hands policies out as the inside of a JSON text."""
    item: Json = {
        "id": "x",
        "name": "api",
        "policy": POLICY.replace('"', '\\"'),
        "endpointConfiguration": {"types": ["REGIONAL"]},
    }

    listed = Rule(operation="apigateway.GetRestApis", answer={"items": [item]})
    collected = gather(COLLECTORS, rules=[listed], deny=["GetResources", "GetStages"])

    assert "999999999999" in {flow.target_account for flow in collected.flows}
    assert collected.processors["api"].public is False


@pytest.mark.parametrize("refused", ["GetResources", "GetStages"])
def test_a_refusal_is_a_possible_way_out(refused: str) -> None:
    make_api()

    (flow,) = gather(COLLECTORS, deny=[refused]).flows

    assert isinstance(flow.active, Unknown)


@pytest.mark.parametrize(("kind", "mechanisms"), [("REGIONAL", []), ("EDGE", ["edge"])])
def test_a_domain_name_at_the_edge_takes_requests_everywhere(
    kind: str, mechanisms: list[str]
) -> None:
    """Whatever kind of endpoint the API behind it has."""
    item: Json = {"domainName": "api.example.com", "endpointConfiguration": {"types": [kind]}}
    listed = Rule(operation="apigateway.GetDomainNames", answer={"items": [item]})

    collected = gather((IDENTITY, REGIONS, DOMAIN_NAMES), rules=[listed])

    name = f"arn:aws:apigateway:{HOME}::/domainnames/api.example.com"
    assert collected.processors["api.example.com"].id == name
    assert [flow.mechanism for flow in collected.flows] == mechanisms


def test_variables_of_a_canary_are_not_kept() -> None:
    make_api()
    canary: Json = {"stageVariableOverrides": {"token": "hidden"}}

    collected = gather(COLLECTORS, rules=rules(canarySettings=canary, cacheClusterEnabled=False))

    assert "hidden" not in repr(collected.records)
