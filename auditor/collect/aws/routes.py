"""Amazon VPC: tables of routes, and the gateways that they lead to.

API: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
"""

from collections.abc import Callable, Iterator, Mapping

from auditor.collect.aws.joints import joint
from auditor.collect.aws.reading import entries, member, state_of, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Gateway, Maybe, RouteTable, Row

_API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API"
_DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
_TARGETS = (
    "GatewayId",
    "EgressOnlyInternetGatewayId",
    "NatGatewayId",
    "TransitGatewayId",
    "VpcPeeringConnectionId",
    "NetworkInterfaceId",
    "InstanceId",
    "LocalGatewayId",
    "CarrierGatewayId",
    "CoreNetworkArn",
    "OdbNetworkArn",
)
_ATTACHED = frozenset({"attached", "available", "attaching"})
_DETACHED = frozenset({"detached", "detaching"})
_UP, _DOWN = frozenset({"available"}), frozenset({"pending", "failed", "deleting", "deleted"})
_OUTSIDE = Unknown("VPNs and lines of Direct Connect lead from it to networks outside AWS")
_ELSEWHERE = Unknown("a private NAT gateway leads to other networks, which routes decide")


def _table(found: Found) -> Iterator[RouteTable]:
    associations = entries(found.read("item.Associations", absent=[]))
    routes = found.read("item.Routes", absent=[])
    working: Maybe[tuple[str, ...]] = routes if isinstance(routes, Unknown) else _working(routes)
    yield RouteTable(
        id=text(found, "item.RouteTableId"),
        evidence=found.evidence,
        provider="aws",
        network_id=text(found, "item.VpcId"),
        main=any(each.get("Main") is True for each in associations),
        subnets=tuple(sorted({member(each, "SubnetId") for each in associations} - {""})),
        routes=working,
    )


def _working(routes: Json) -> tuple[str, ...]:
    written = {_route(each) for each in entries(routes) if each.get("State") != "blackhole"}
    return tuple(sorted(written - {""}))


def _route(route: Mapping[str, Json]) -> str:
    """Return a route that leads out of its network, as 'destination target'; '' for another."""
    destination = next(filter(None, (member(route, name) for name in _DESTINATIONS)), "?")
    target = next(filter(None, (member(route, name) for name in _TARGETS)), "?")
    return "" if target == "local" else f"{destination} {target}"


def _internet(found: Found) -> Iterator[Gateway]:
    yield from _attached(found, "item.InternetGatewayId", "internet gateway")


def _egress_only(found: Found) -> Iterator[Gateway]:
    yield from _attached(found, "item.EgressOnlyInternetGatewayId", "egress-only gateway")


def _attached(found: Found, path: str, kind: str) -> Iterator[Gateway]:
    """Yield a gateway to the internet, which is attached to one network at most."""
    joined = entries(found.read("item.Attachments", absent=[]))
    state: Json = joined[0].get("State") if joined else "detached"
    yield joint(
        found,
        text(found, path),
        kind,
        network_id=member(joined[0], "VpcId") if joined else "",
        active=state_of(state, _ATTACHED, _DETACHED),
    )


def _nat(found: Found) -> Iterator[Gateway]:
    private = found.read("item.ConnectivityType", absent="public") == "private"
    end = _ELSEWHERE if private else ""
    yield joint(
        found,
        text(found, "item.NatGatewayId"),
        "private NAT gateway" if private else "NAT gateway",
        network_id=text(found, "item.VpcId"),
        active=state_of(found.read("item.State"), _UP, _DOWN),
        peer_id=end,
        peer_account=end,
    )


def _virtual_private(found: Found) -> Iterator[Gateway]:
    """Yield a gateway to VPNs, which is attached to one network at most."""
    attached = [
        each
        for each in entries(found.read("item.VpcAttachments", absent=[]))
        if each.get("State") in ("attached", "attaching")
    ]
    yield joint(
        found,
        text(found, "item.VpnGatewayId"),
        "VPN",
        network_id=member(attached[0], "VpcId") if attached else "",
        active=state_of(found.read("item.State"), _UP, _DOWN) if attached else False,
        peer_id=_OUTSIDE,
        peer_account=_OUTSIDE,
    )


def _collector(
    kind: str,
    title: str,
    operation: str,
    items: str,
    rows: Callable[[Found], Iterator[Row]],
    table: type[Row] = Gateway,
    *,
    paged: bool = True,
) -> Collector:
    return Collector(
        kind=f"aws.ec2.{kind}",
        service="ec2",
        title=title,
        per=("account", "region"),
        listing=Listing(
            operation=operation,
            permission=f"ec2:{operation}",
            parameters={"MaxResults": 100} if paged else {},
            items=items,
        ),
        tables=(table,),
        rows=rows,
        source=f"{_API}_{operation}.html",
    )


ROUTE_TABLES = _collector(
    "route-table", "tables of routes", "DescribeRouteTables", "RouteTables", _table, RouteTable
)
INTERNET_GATEWAYS = _collector(
    "internet-gateway",
    "gateways of networks to the internet",
    "DescribeInternetGateways",
    "InternetGateways",
    _internet,
)
EGRESS_ONLY_GATEWAYS = _collector(
    "egress-only-internet-gateway",
    "gateways through which networks call the internet by IPv6",
    "DescribeEgressOnlyInternetGateways",
    "EgressOnlyInternetGateways",
    _egress_only,
)
NAT_GATEWAYS = _collector(
    "natgateway",
    "gateways through which networks call the internet",
    "DescribeNatGateways",
    "NatGateways",
    _nat,
)
VPN_GATEWAYS = _collector(
    "vpn-gateway",
    "gateways of networks to VPNs and Direct Connect",
    "DescribeVpnGateways",
    "VpnGateways",
    _virtual_private,
    paged=False,
)
