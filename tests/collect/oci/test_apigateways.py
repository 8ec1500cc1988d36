"""Deployments of API gateways and what is behind them."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import thing

FUNCTION, SECRET = "ocid1.fnfunc.oc1.phx.f", "hunter2"


def deployment(name: str, *backends: dict[str, Json]) -> dict[str, Json]:
    """Return a deployment with a route to each backend, and a header that is a secret."""
    item = {"name": "Authorization", "values": [SECRET], "if_exists": "OVERWRITE"}
    policies = {"header_transformations": {"set_headers": {"items": [item]}}}
    routes = [
        {"path": f"/{number}", "backend": backend, "request_policies": policies}
        for number, backend in enumerate(backends)
    ]
    chosen: dict[str, Json] = {
        "selection_source": {"type": "SINGLE", "selector": "request.host"},
        "authentication_servers": [
            {
                "key": {"name": "k", "type": "ANY_OF", "values": ["a"], "is_default": True},
                "authentication_server_detail": {
                    "type": "CUSTOM_AUTHENTICATION",
                    "function_id": FUNCTION,
                    "parameters": {"password": SECRET},
                },
            }
        ],
    }
    return thing(
        "apideployment",
        name,
        gateway_id="ocid1.apigateway.oc1.iad.g",
        path_prefix="/",
        endpoint="https://example.com",
        specification={"routes": routes, "request_policies": {"dynamic_authentication": chosen}},
    )


@pytest.fixture(scope="module")
def found() -> Collected:
    """A deployment with every kind of backend, and one that is refused."""
    http = {"type": "HTTP_BACKEND", "url": "https://api.example.com/v1"}
    function = {"type": "ORACLE_FUNCTIONS_BACKEND", "function_id": FUNCTION}
    stock = {"type": "STOCK_RESPONSE_BACKEND", "status": 200, "body": SECRET}
    made = [deployment("all", http, http, function, stock), deployment("hidden", http)]
    return collected(
        {"us-ashburn-1": {"apigateway": {"Deployment": made}}},
        denied("apigateway.*get_deployment", resource=str(made[1]["id"])),
        kinds="oci.apigateway",
    )


def test_each_backend_is_one_way_out(found: Collected) -> None:
    """However many routes lead there; an answer that the gateway gives itself is none."""
    flows = {flow.id.rpartition(".all/")[2]: flow for flow in found.of(Flow) if ".all/" in flow.id}

    assert set(flows) == {"stream/api.example.com", f"stream/{FUNCTION}"}
    assert flows[f"stream/{FUNCTION}"].target_region == "us-phoenix-1"
    assert isinstance(flows["stream/api.example.com"].target_country, Unknown)


def test_routes_that_are_refused_may_lead_anywhere(found: Collected) -> None:
    """Who may call is unknown in any case."""
    assert isinstance(found.row(Flow, "hidden/stream/?").target_account, Unknown)
    assert isinstance(found.row(Processor, "all").public, Unknown)


def test_headers_and_answers_are_no_evidence(found: Collected) -> None:
    """They may hold credentials."""
    assert SECRET not in repr(found.records)
