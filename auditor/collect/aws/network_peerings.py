"""Amazon VPC: peering connections, and attachments of transit gateways.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/OperationList-query-vpc.html
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.aws.flow_ends import to_outside, to_place
from auditor.collect.aws.joints import joint
from auditor.collect.aws.reading import maybe_text, member, state_of, tags_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Gateway, Maybe, Processor

_OPEN = frozenset({"active"})
_SHUT = frozenset(
    {
        "initiating-request",
        "pending-acceptance",
        "deleted",
        "rejected",
        "failed",
        "expired",
        "provisioning",
        "deleting",
    }
)
_ATTACHED = frozenset({"available", "modifying"})
_DETACHED = frozenset(
    {
        "initiating",
        "initiatingRequest",
        "pendingAcceptance",
        "rollingBack",
        "pending",
        "deleting",
        "deleted",
        "failed",
        "rejected",
        "rejecting",
        "failing",
    }
)
_IN_PLACE = frozenset({"vpc", "network-function"})
_PEERINGS = frozenset({"peering", "tgw-peering"})
_SITES = {
    "direct-connect-gateway": "a Direct Connect gateway, which leads to wherever its lines end",
    "connect": "an appliance of its owner's, wherever that is",
    "vpn": "a VPN connection, whose other end is outside AWS",
    "vpn-concentrator": "VPN connections, whose other ends are outside AWS",
    "client-vpn": "devices, wherever the people are who hold its credentials",
}
_JOINTS = {
    "direct-connect-gateway": "circuit",
    "vpn": "VPN",
    "vpn-concentrator": "VPN",
    "client-vpn": "VPN",
}
_API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API"


def _vpc_peering(found: Found) -> Iterator[Processor | Flow | Gateway]:
    name = text(found, "item.VpcPeeringConnectionId")
    row = _row(found, f"vpc-peering-connection/{name}", "VPC peering connection")
    yield row
    active = state_of(found.read("item.Status.Code"), _OPEN, _SHUT)
    sides = [found.read(f"item.{side}VpcInfo", absent={}) for side in ("Accepter", "Requester")]
    yield _to_other_side(row, sides, "VpcId", active)
    for side in sides:
        network = member(side, "VpcId") or "?"
        yield joint(
            found,
            f"{name}/{network}",
            "peering",
            account=member(side, "OwnerId"),
            network_id=network,
            hub_id=name,
            active=active,
        )


def _gateway_peering(found: Found) -> Iterator[Processor | Flow | Gateway]:
    name = text(found, "item.TransitGatewayAttachmentId")
    kind = "transit gateway peering attachment"
    row = _row(found, f"transit-gateway-attachment/{name}", kind)
    yield row
    active = state_of(found.read("item.State"), _ATTACHED, _DETACHED)
    sides = [found.read(f"item.{side}TgwInfo", absent={}) for side in ("Accepter", "Requester")]
    yield _to_other_side(row, sides, "TransitGatewayId", active)
    own, other = _ordered(row, sides)
    unstated = Unknown("the answer does not say whose gateway is at the other side")
    yield joint(
        found,
        f"{name}/{found.place['region']}",
        "peering",
        account=row.account,
        network_id="",
        hub_id=member(own, "TransitGatewayId"),
        active=active,
        peer_id=member(other, "TransitGatewayId") or unstated,
        peer_account=member(other, "OwnerId") or unstated,
    )


def _to_other_side(row: Processor, sides: list[Json], named: str, active: Maybe[bool]) -> Flow:
    """Return the flow to the side of a peering that is not in this account and region.

    Where both are, it is the accepter's.
    """
    side = _ordered(row, sides)[1]
    account, region = member(side, "OwnerId"), member(side, "Region")
    unknown = Unknown("the answer does not say where the other side is")
    name = member(side, named) or "?"
    return to_place(row, "mount", name, account or unknown, region or unknown, active=active)


def _ordered(row: Processor, sides: list[Json]) -> tuple[Json, Json]:
    """Return the side that is in this account and region, and the other one."""
    here = (row.account, row.region)
    away = [side for side in sides if (member(side, "OwnerId"), member(side, "Region")) != here]
    other = (away or sides)[0]
    return next((side for side in sides if side is not other), other), other


def _attachment(found: Found) -> Iterator[Processor | Flow | Gateway]:
    kind = text(found, "item.ResourceType")
    name = text(found, "item.TransitGatewayAttachmentId")
    resource = text(found, "item.ResourceId")
    row = _row(found, f"transit-gateway-attachment/{name}", f"transit gateway attachment of {kind}")
    if kind in _PEERINGS:
        return  # listed with the place of its other side by a call of their own
    yield row
    active = state_of(found.read("item.State"), _ATTACHED, _DETACHED)
    yield _attached(found, name, kind, active)
    if kind not in _IN_PLACE:
        where = _SITES.get(
            kind, f"something of a kind that this version does not know, {kind[:40]}"
        )
        yield to_outside(row, "mount", resource, f"it leads to {where}", active=active)
        return
    owners = [maybe_text(found, f"item.{each}OwnerId") for each in ("Resource", "TransitGateway")]
    other = next((each for each in owners if each != row.account), row.account)
    yield to_place(row, "mount", resource, other, row.region, active=active)


def _attached(found: Found, name: str, kind: str, active: Maybe[bool]) -> Gateway:
    """Return an attachment: a network at a hub, or what else the hub leads to."""
    if kind == "vpc":
        return joint(
            found,
            name,
            "hub",
            account=text(found, "item.ResourceOwnerId"),
            network_id=text(found, "item.ResourceId"),
            hub_id=text(found, "item.TransitGatewayId"),
            active=active,
            peer_account=maybe_text(found, "item.TransitGatewayOwnerId"),
        )
    why = Unknown(f"it leads to {_SITES.get(kind, 'something of a kind that is not known')}")
    return joint(
        found,
        name,
        _JOINTS.get(kind, "other"),
        account=text(found, "item.TransitGatewayOwnerId"),
        network_id="",
        hub_id=text(found, "item.TransitGatewayId"),
        active=active,
        peer_id=why,
        peer_account=why,
    )


def _row(found: Found, resource: str, kind: str) -> Processor:
    return processor_of(
        found,
        id=arn("ec2", found.place["region"], found.place["account"], resource),
        name=resource.partition("/")[2],
        kind=kind,
        public=False,  # reached from the networks that it joins
        tags=tags_of(found.read("item.Tags", absent=[])),
    )


def _collector(kind: str, title: str, operation: str, items: str, rows: Any) -> Collector:
    return Collector(
        kind=kind,
        service="ec2",
        title=title,
        per=("account", "region"),
        listing=Listing(
            operation=operation,
            permission=f"ec2:{operation}",
            parameters={"MaxResults": 1000},
            items=items,
        ),
        tables=(Processor, Flow, Gateway),
        rows=rows,
        types=(f"ec2:{kind.rpartition('.')[2]}",),
        source=f"{_API}_{operation}.html",
    )


VPC_PEERINGS = _collector(
    "aws.ec2.vpc-peering-connection",
    "VPC peering connections",
    "DescribeVpcPeeringConnections",
    "VpcPeeringConnections",
    _vpc_peering,
)
GATEWAY_PEERINGS = _collector(
    "aws.ec2.transit-gateway-peering",
    "peerings of transit gateways",
    "DescribeTransitGatewayPeeringAttachments",
    "TransitGatewayPeeringAttachments",
    _gateway_peering,
)
ATTACHMENTS = _collector(
    "aws.ec2.transit-gateway-attachment",
    "attachments of transit gateways",
    "DescribeTransitGatewayAttachments",
    "TransitGatewayAttachments",
    _attachment,
)
