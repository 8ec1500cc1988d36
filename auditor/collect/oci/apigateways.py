"""OCI API Gateway: deployments, and the hosts and functions that they pass requests to.

Who may call a deployment is for its own rules to say, and those can be a program:
https://docs.oracle.com/en-us/iaas/Content/APIGateway/Concepts/apigatewayoverview.htm
"""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_outside, to_store
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, odd
from auditor.collect.oci.service_rows import (
    compartment_listing,
    get_detail,
    host_of,
    is_gone,
    processor_of,
    runs,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, dig
from auditor.tables import Flow, Maybe, Processor

_CALLERS = Unknown("whether anybody can call it is not read from its rules by this version")
_ANSWERS_ITSELF = ("STOCK_RESPONSE_BACKEND", "OAUTH2_LOGOUT_BACKEND", "OAUTH2_LOGIN_BACKEND")
_SECRETS = (
    "requestPolicies.authentication",
    "requestPolicies.dynamicAuthentication",
    "routes.backend.body",
    "routes.backend.headers",
    "routes.backend.routingBackends.backend.body",
    "routes.backend.routingBackends.backend.headers",
    "routes.backend.routingBackends.backend.url.@",
    "routes.backend.url.@",
    "routes.requestPolicies.headerTransformations.setHeaders",
    "routes.requestPolicies.queryParameterTransformations.setQueryParameters",
    "routes.responsePolicies.headerTransformations.setHeaders",
)


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    deployment = processor_of(found, "apigateway", "deployment", public=_CALLERS)
    yield deployment
    routes = found.read("deployment.specification.routes")
    if isinstance(routes, Unknown) or not isinstance(routes, list):
        why = routes if isinstance(routes, Unknown) else odd("routes", "a list")
        yield possible(deployment, "stream", why)
        return
    active = runs(found)
    ways = [_way(deployment, backend, active) for backend in _backends(routes)]
    yield from {way.id: way for way in ways if way is not None}.values()


def _backends(routes: Json) -> Iterator[Mapping[str, Json]]:
    """Yield the backends of all routes, those that a route chooses from by a rule included."""
    for route in entries(routes):
        backend = route.get("backend")
        if not isinstance(backend, Mapping):
            yield {}
        elif backend.get("type") == "DYNAMIC_ROUTING_BACKEND":
            for choice in entries(dig(dict(backend), "routingBackends")):
                inner = choice.get("backend")
                yield inner if isinstance(inner, Mapping) else {}
        else:
            yield backend


def _way(deployment: Processor, backend: Mapping[str, Json], active: Maybe[bool]) -> Flow | None:
    kind = str(backend.get("type"))[:40]
    if kind in _ANSWERS_ITSELF:
        return None
    if kind == "ORACLE_FUNCTIONS_BACKEND":
        return to_store(deployment, "stream", str(backend.get("functionId")), active)
    if kind == "HTTP_BACKEND":
        host = host_of(str(backend.get("url")))
        why = Unknown(f"it passes requests to {host}, and where that host is is not known")
        return to_outside(deployment, "stream", host, why, active)
    return possible(deployment, "stream", Unknown(f"backend {kind} is not known"), "backend")


DEPLOYMENTS = Collector(
    kind="oci.apigateway.deployment",
    service="apigateway.DeploymentClient",
    title="Deployments of API gateways, with what they pass requests to",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_deployments", "inspect api-deployments"),
    details=(
        get_detail(
            "deployment",
            "get_deployment",
            "read api-deployments and read api-gateways",
            *(f"specification.{path}" for path in _SECRETS),
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("ApiDeployment",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/api-gateway/20190501/DeploymentSummary/ListDeployments",
)
