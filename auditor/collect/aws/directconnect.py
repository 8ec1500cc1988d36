"""AWS Direct Connect: lines to sites, interfaces on them, and gateways that join regions.

API: https://docs.aws.amazon.com/directconnect/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import GLOBAL, to_outside, to_place
from auditor.collect.aws.reading import maybe_text, member, state_of, tags_in, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_UP = frozenset({"available", "down"})  # a line that is down may come up again
_NOT_UP = frozenset(
    {
        "ordering",
        "requested",
        "pending",
        "deleting",
        "deleted",
        "rejected",
        "confirming",
        "verifying",
        "testing",
    }
)
_JOINED = frozenset({"associated", "updating", "disassociating"})
_NOT_JOINED = frozenset({"associating", "disassociated"})
_API = "https://docs.aws.amazon.com/directconnect/latest/APIReference/API"
_UNSTATED = Unknown("the answer does not name it")


def _connection(found: Found) -> Iterator[Processor | Flow]:
    yield from _line(found, "connection", "item.connectionId", "dxcon", "item.connectionState")


def _interface(found: Found) -> Iterator[Processor | Flow]:
    path, state = "item.virtualInterfaceId", "item.virtualInterfaceState"
    yield from _line(found, "virtual interface", path, "dxvif", state)


def _line(
    found: Found, kind: str, named: str, type_: str, state: str
) -> Iterator[Processor | Flow]:
    """Yield a line and where it ends: in a building that need not be in its region's country."""
    name = text(found, named)
    region, account = found.place["region"], found.place["account"]
    location = text(found, "item.location") or "a location that the answer does not name"
    row = processor_of(
        found,
        country=Unknown(f"its port is at {location[:100]}, which can be in another country"),
        id=arn("directconnect", region, account, f"{type_}/{name}"),
        name=name,
        kind=kind,
        public=False,  # a private line
        tags=tags_in(found.read("item.tags", absent=[])),
    )
    yield row
    why = f"it ends at {location[:100]}, and leads to its owner's network from there"
    yield to_outside(row, "mount", location, why, active=state_of(found.read(state), _UP, _NOT_UP))


def _association(found: Found) -> Iterator[Processor | Flow]:
    """Yield the gateway of an association, which is in no region, and what it is joined to."""
    gateway = text(found, "parent.directConnectGatewayId")
    owner = text(found, "parent.ownerAccount") or found.place["account"]
    row = processor_of(
        found,
        id=f"arn:aws:directconnect::{owner}:dx-gateway/{gateway}",
        name=text(found, "parent.directConnectGatewayName"),
        kind="Direct Connect gateway",
        region=GLOBAL,
        country=Unknown("it joins networks of any region, and is in none"),
        public=False,
        tags=tags_in(found.read("parent.tags", absent=[])),
    )
    yield row
    end = found.read("item.associatedGateway", absent={})
    account, region = member(end, "ownerAccount"), member(end, "region")
    name = member(end, "id") or text(found, "item.associationId")
    active = state_of(maybe_text(found, "item.associationState"), _JOINED, _NOT_JOINED)
    where = account or _UNSTATED, region or _UNSTATED
    yield to_place(row, "mount", name, *where, active=active)


CONNECTIONS = Collector(
    kind="aws.directconnect.connection",
    service="directconnect",
    title="Direct Connect connections",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeConnections",
        permission="directconnect:DescribeConnections",
        items="connections",
    ),
    tables=(Processor, Flow),
    rows=_connection,
    types=("directconnect:dxcon",),
    source=f"{_API}_DescribeConnections.html",
)

INTERFACES = Collector(
    kind="aws.directconnect.interface",
    service="directconnect",
    title="virtual interfaces of Direct Connect",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeVirtualInterfaces",
        permission="directconnect:DescribeVirtualInterfaces",
        items="virtualInterfaces",
        secrets=(
            "virtualInterfaces.authKey",
            "virtualInterfaces.customerRouterConfig",
            "virtualInterfaces.bgpPeers.authKey",
        ),
    ),
    tables=(Processor, Flow),
    rows=_interface,
    types=("directconnect:dxvif",),
    source=f"{_API}_DescribeVirtualInterfaces.html",
)

ASSOCIATIONS = Collector(
    kind="aws.directconnect.gateway",
    service="directconnect",
    title="Direct Connect gateways and what they join",
    per=("account",),
    parent=Listing(
        operation="DescribeDirectConnectGateways",
        permission="directconnect:DescribeDirectConnectGateways",
        items="directConnectGateways",
    ),
    listing=Listing(
        operation="DescribeDirectConnectGatewayAssociations",
        permission="directconnect:DescribeDirectConnectGatewayAssociations",
        bind={"directConnectGatewayId": "parent.directConnectGatewayId"},
        items="directConnectGatewayAssociations",
    ),
    tables=(Processor, Flow),
    rows=_association,
    types=("directconnect:dx-gateway",),
    source=f"{_API}_DescribeDirectConnectGatewayAssociations.html",
)
