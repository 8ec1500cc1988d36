"""What we claim to know about private lines, given what AWS answered."""

import pytest

from auditor.collect.aws.directconnect import ASSOCIATIONS, CONNECTIONS, INTERFACES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, gather

COLLECTORS = (IDENTITY, REGIONS, CONNECTIONS, INTERFACES, ASSOCIATIONS)

pytestmark = pytest.mark.usefixtures("cloud")


def answered(operation: str, **answer: Json) -> Rule:
    return Rule(operation=f"directconnect.{operation}", answer=answer)


def test_a_line_ends_at_its_location_and_not_in_its_region() -> None:
    line: Json = {"connectionId": "dxcon-1", "connectionState": "available", "location": "GPXM"}
    interface: Json = {
        "virtualInterfaceId": "dxvif-1",
        "virtualInterfaceState": "available",
        "location": "GPXM",
        "authKey": "hidden",
        "bgpPeers": [{"authKey": "hidden"}],
        "customerRouterConfig": "hidden",
    }
    rules = [
        answered("DescribeConnections", connections=[line]),
        answered("DescribeVirtualInterfaces", virtualInterfaces=[interface]),
    ]

    collected = gather(COLLECTORS, rules=rules)

    assert {row.kind for row in collected.processors.values()} == {
        "connection",
        "virtual interface",
    }
    assert all(isinstance(row.country, Unknown) for row in collected.processors.values())
    assert all(isinstance(flow.target_country, Unknown) for flow in collected.flows)
    assert [flow.active for flow in collected.flows] == [True, True]
    assert "hidden" not in repr(collected.records)


def test_a_gateway_leads_to_every_network_that_it_joins() -> None:
    gateway: Json = {
        "directConnectGatewayId": "g",
        "directConnectGatewayName": "wan",
        "ownerAccount": ACCOUNT,
    }
    end: Json = {"id": "vgw-1", "ownerAccount": "999999999999", "region": "eu-central-1"}
    association: Json = {"associationState": "associated", "associatedGateway": end}
    rules = [
        answered("DescribeDirectConnectGateways", directConnectGateways=[gateway]),
        answered(
            "DescribeDirectConnectGatewayAssociations",
            directConnectGatewayAssociations=[association],
        ),
    ]

    collected = gather(COLLECTORS, rules=rules)

    assert collected.processors["wan"].id == f"arn:aws:directconnect::{ACCOUNT}:dx-gateway/g"
    assert [(flow.target_account, flow.target_country) for flow in collected.flows] == [
        ("999999999999", "DE")
    ]
