"""What we claim to know about joined networks, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.network_peerings import ATTACHMENTS, GATEWAY_PEERINGS, VPC_PEERINGS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Gateway
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, VPC_PEERINGS, GATEWAY_PEERINGS, ATTACHMENTS)
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_peering_leads_to_the_other_side_once_it_is_accepted() -> None:
    abroad = boto3.client("ec2", "eu-central-1")
    theirs = abroad.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    client = boto3.client("ec2", HOME)
    ours = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    answer = client.create_vpc_peering_connection(
        VpcId=ours, PeerVpcId=theirs, PeerRegion="eu-central-1"
    )
    name = answer["VpcPeeringConnection"]["VpcPeeringConnectionId"]

    (before,) = gather(COLLECTORS).flows
    abroad.accept_vpc_peering_connection(VpcPeeringConnectionId=name)
    (after,) = gather(COLLECTORS).flows

    assert (before.active, after.active) == (False, True)
    assert (after.mechanism, after.target_country) == ("mount", "DE")
    assert after.store_id == f"arn:aws:ec2:{HOME}:{ACCOUNT}:vpc-peering-connection/{name}"


def test_a_peering_that_came_from_elsewhere_leads_back() -> None:
    """We may be the accepter: the other side is whichever is not here."""
    item: Json = {
        "VpcPeeringConnectionId": "pcx-1",
        "AccepterVpcInfo": {"OwnerId": ACCOUNT, "Region": HOME, "VpcId": "vpc-1"},
        "RequesterVpcInfo": {"OwnerId": STRANGER, "Region": HOME, "VpcId": "vpc-2"},
        "Status": {"Code": "active"},
    }
    answer: Json = {"VpcPeeringConnections": [item]}

    listed = Rule(operation="ec2.DescribeVpcPeeringConnections", answer=answer)
    (flow,) = gather(COLLECTORS, rules=[listed]).flows

    assert (flow.target_account, flow.target_country) == (STRANGER, "US")


def collect(operation: str, items: str, **item: Json) -> Collected:
    whole = {"TransitGatewayAttachmentId": "tgw-attach-1", "State": "available", **item}
    return gather(COLLECTORS, rules=[Rule(operation=f"ec2.{operation}", answer={items: [whole]})])


def test_peered_gateways_lead_to_another_region() -> None:
    collected = collect(
        "DescribeTransitGatewayPeeringAttachments",
        "TransitGatewayPeeringAttachments",
        RequesterTgwInfo={"OwnerId": ACCOUNT, "Region": HOME},
        AccepterTgwInfo={"OwnerId": ACCOUNT, "Region": "ap-southeast-1"},
    )

    assert [flow.target_country for flow in collected.flows] == ["SG"]


@pytest.mark.parametrize(
    ("kind", "account"),
    [
        ("vpc", STRANGER),
        ("direct-connect-gateway", None),
        ("connect", None),
        ("vpn", None),
        ("something-new", None),
    ],
)
def test_attachments_lead_to_the_other_owner_or_outside(kind: str, account: str | None) -> None:
    (flow,) = collect(
        "DescribeTransitGatewayAttachments",
        "TransitGatewayAttachments",
        ResourceType=kind,
        ResourceOwnerId=STRANGER,
        TransitGatewayOwnerId=ACCOUNT,
    ).flows

    assert flow.target_account == account or isinstance(flow.target_account, Unknown)


def test_attachments_of_peerings_are_left_to_the_peerings() -> None:
    found = collect(
        "DescribeTransitGatewayAttachments", "TransitGatewayAttachments", ResourceType="peering"
    )

    assert (found.flows, found.processors) == ([], {})


def joints(rows: Collected) -> list[Gateway]:
    """Return what joins networks."""
    return [row for row in rows.rows if isinstance(row, Gateway)]


def test_a_peering_joins_the_networks_at_both_sides() -> None:
    """Each is at the peering as at a hub, so that each account sees the other one."""
    item: Json = {
        "VpcPeeringConnectionId": "pcx-1",
        "AccepterVpcInfo": {"OwnerId": ACCOUNT, "Region": HOME, "VpcId": "vpc-1"},
        "RequesterVpcInfo": {"OwnerId": STRANGER, "Region": HOME, "VpcId": "vpc-2"},
        "Status": {"Code": "active"},
    }
    answer: Json = {"VpcPeeringConnections": [item]}
    listed = Rule(operation="ec2.DescribeVpcPeeringConnections", answer=answer)

    found = joints(gather(COLLECTORS, rules=[listed]))

    assert {(row.network_id, row.account, row.hub_id, row.active) for row in found} == {
        ("vpc-1", ACCOUNT, "pcx-1", True),
        ("vpc-2", STRANGER, "pcx-1", True),
    }


def test_an_attachment_is_a_network_at_a_hub_or_a_way_on() -> None:
    more = {"TransitGatewayId": "tgw-1", "TransitGatewayOwnerId": STRANGER}
    items = ("DescribeTransitGatewayAttachments", "TransitGatewayAttachments")

    (network,) = joints(
        collect(*items, ResourceType="vpc", ResourceId="vpc-1", ResourceOwnerId=ACCOUNT, **more)
    )
    (line,) = joints(collect(*items, ResourceType="vpn", ResourceId="vpn-1", **more))

    assert (network.kind, network.network_id, network.hub_id) == ("hub", "vpc-1", "tgw-1")
    assert (network.account, network.peer_account) == (ACCOUNT, STRANGER)
    assert (line.kind, line.network_id, line.hub_id) == ("VPN", "", "tgw-1")
    assert isinstance(line.peer_account, Unknown)


def test_peered_gateways_are_a_way_on_from_the_hub_here() -> None:
    (row,) = joints(
        collect(
            "DescribeTransitGatewayPeeringAttachments",
            "TransitGatewayPeeringAttachments",
            RequesterTgwInfo={"OwnerId": STRANGER, "Region": HOME, "TransitGatewayId": "tgw-2"},
            AccepterTgwInfo={"OwnerId": ACCOUNT, "Region": HOME, "TransitGatewayId": "tgw-1"},
        )
    )

    assert (row.hub_id, row.peer_id, row.peer_account) == ("tgw-1", "tgw-2", STRANGER)
