"""What we claim to know about routes and gateways, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.routes import (
    EGRESS_ONLY_GATEWAYS,
    INTERNET_GATEWAYS,
    NAT_GATEWAYS,
    ROUTE_TABLES,
    VPN_GATEWAYS,
)
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Gateway, RouteTable
from tests.collect.aws.walking import HOME, gather

GATEWAYS = (INTERNET_GATEWAYS, EGRESS_ONLY_GATEWAYS, NAT_GATEWAYS, VPN_GATEWAYS)

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_table_has_the_routes_that_work_and_names_its_subnets() -> None:
    """Local routes leave nothing; the table that a network starts with is its main one."""
    client = boto3.client("ec2", HOME)
    vpc = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = client.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    gateway = client.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    client.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    table = client.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    client.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    client.associate_route_table(RouteTableId=table, SubnetId=subnet)

    rows = gather((IDENTITY, REGIONS, ROUTE_TABLES)).rows

    own = [row for row in rows if isinstance(row, RouteTable) and row.network_id == vpc]
    assert {(row.main, row.subnets, row.routes) for row in own} == {
        (True, (), ()),
        (False, (subnet,), (f"0.0.0.0/0 {gateway}",)),
    }


def test_a_route_into_nothing_is_left_out() -> None:
    routes: Json = [
        {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "blackhole"},
        {"DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": "eigw-1"},
        {"DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1", "State": "active"},
        {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"},
    ]
    table: Json = {"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": routes}
    rule = Rule(operation="ec2.DescribeRouteTables", answer={"RouteTables": [table]})

    (row,) = (
        row
        for row in gather((IDENTITY, REGIONS, ROUTE_TABLES), rules=[rule]).rows
        if isinstance(row, RouteTable)
    )

    assert row.routes == ("::/0 eigw-1", "pl-1 vpce-1")


def gateways(operation: str, items: str, **item: Json) -> list[Gateway]:
    """Return what one gateway's answer means."""
    rule = Rule(operation=f"ec2.{operation}", answer={items: [item]})
    rows = gather((IDENTITY, REGIONS, *GATEWAYS), rules=[rule]).rows
    return [row for row in rows if isinstance(row, Gateway)]


def test_a_gateway_to_the_internet_works_while_it_is_attached() -> None:
    attached: Json = [{"VpcId": "vpc-1", "State": "available"}]
    names = ("DescribeInternetGateways", "InternetGateways")

    (joined,) = gateways(*names, InternetGatewayId="igw-1", Attachments=attached)
    (loose,) = gateways(*names, InternetGatewayId="igw-1")

    assert (joined.kind, joined.network_id, joined.active) == ("internet gateway", "vpc-1", True)
    assert (loose.network_id, loose.active) == ("", False)


def test_a_nat_gateway_may_be_private() -> None:
    """Then it leads to other networks, and to which, only routes tell."""
    names = ("DescribeNatGateways", "NatGateways")
    item: dict[str, Json] = {"NatGatewayId": "nat-1", "VpcId": "vpc-1", "State": "available"}

    (public,) = gateways(*names, **item)
    (private,) = gateways(*names, **item, ConnectivityType="private")

    assert (public.kind, public.active, public.peer_account) == ("NAT gateway", True, "")
    assert private.kind == "private NAT gateway"
    assert isinstance(private.peer_account, Unknown)


def test_a_vpn_gateway_leads_outside_where_it_is_attached() -> None:
    attachments: Json = [
        {"VpcId": "vpc-1", "State": "attached"},
        {"VpcId": "vpc-2", "State": "detached"},
    ]

    (row,) = gateways(
        "DescribeVpnGateways",
        "VpnGateways",
        VpnGatewayId="vgw-1",
        State="available",
        VpcAttachments=attachments,
    )

    assert (row.kind, row.network_id) == ("VPN", "vpc-1")
    assert isinstance(row.peer_account, Unknown)


def test_an_egress_only_gateway_is_one() -> None:
    attached: Json = [{"VpcId": "vpc-1", "State": "attached"}]

    (row,) = gateways(
        "DescribeEgressOnlyInternetGateways",
        "EgressOnlyInternetGateways",
        EgressOnlyInternetGatewayId="eigw-1",
        Attachments=attached,
    )

    assert (row.kind, row.active) == ("egress-only gateway", True)
