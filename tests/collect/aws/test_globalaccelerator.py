"""What we claim to know about accelerators, given what AWS answered."""

import pytest

from auditor.collect.aws.globalaccelerator import ATTACHMENTS, CUSTOM_LISTENERS, LISTENERS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, Collected, gather

COLLECTORS = (IDENTITY, LISTENERS, ATTACHMENTS)
ARN = f"arn:aws:globalaccelerator::{ACCOUNT}:accelerator/1"
BALANCER = f"arn:aws:elasticloadbalancing:eu-central-1:{ACCOUNT}:loadbalancer/app/b/1"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(deny: tuple[str, ...] = ()) -> Collected:
    def answered(operation: str, **answer: Json) -> Rule:
        return Rule(operation=f"globalaccelerator.{operation}", answer=answer)

    group = {
        "EndpointGroupRegion": "eu-central-1",
        "EndpointDescriptions": [{"EndpointId": BALANCER}],
    }
    attachment = {"Principals": ["999999999999"], "Resources": [{"EndpointId": BALANCER}]}
    rules = [
        answered(
            "ListAccelerators", Accelerators=[{"AcceleratorArn": ARN, "Name": "a", "Enabled": True}]
        ),
        answered("ListListeners", Listeners=[{"ListenerArn": f"{ARN}/listener/1"}]),
        answered("ListEndpointGroups", EndpointGroups=[group]),
        answered("ListCrossAccountAttachments", CrossAccountAttachments=[attachment]),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_an_accelerator_routes_to_the_regions_of_its_endpoints() -> None:
    collected = collect()
    routes = {flow.mechanism: flow for flow in collected.flows}

    assert collected.processors["a"].country == "*"
    assert (routes["edge"].target_id, routes["edge"].target_country) == (BALANCER, "DE")


def test_an_attachment_shares_a_resource_with_another_account() -> None:
    shares = {flow.mechanism: flow for flow in collect().flows}

    assert (shares["share"].store_id, shares["share"].target_account) == (BALANCER, "999999999999")


def test_refused_groups_are_a_possible_route() -> None:
    routes = {flow.mechanism: flow for flow in collect(deny=("ListEndpointGroups",)).flows}

    assert isinstance(routes["edge"].active, Unknown)


def test_an_accelerator_with_custom_routing_is_at_every_edge_too() -> None:
    def answered(operation: str, **answer: Json) -> Rule:
        return Rule(operation=f"globalaccelerator.ListCustomRouting{operation}", answer=answer)

    group = {
        "EndpointGroupRegion": "eu-central-1",
        "EndpointDescriptions": [{"EndpointId": "subnet-1"}],
    }
    accelerator = {"AcceleratorArn": ARN, "Name": "games", "Enabled": True}
    rules = [
        answered("Accelerators", Accelerators=[accelerator]),
        answered("Listeners", Listeners=[{"ListenerArn": f"{ARN}/listener/1"}]),
        answered("EndpointGroups", EndpointGroups=[group]),
    ]

    collected = gather((IDENTITY, CUSTOM_LISTENERS), rules=rules)

    assert collected.processors["games"].country == "*"
    assert [flow.target_country for flow in collected.flows] == ["DE"]
