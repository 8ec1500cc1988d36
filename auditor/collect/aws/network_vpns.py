"""AWS VPN: site-to-site connections to networks outside AWS, and endpoints for people's devices.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/OperationList-query-vpn.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_arn, to_outside
from auditor.collect.aws.reading import entries, maybe_text, member, state_of, tags_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_VPN_ON, _VPN_OFF = frozenset({"available"}), frozenset({"pending", "deleting", "deleted"})
_CLIENT_ON = frozenset({"available"})
_CLIENT_OFF = frozenset({"pending-associate", "pending", "deleting", "deleted"})
_API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API"


def _connection(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.VpnConnectionId")
    row = _row(found, f"vpn-connection/{name}", "VPN connection")
    yield row
    gateway = text(found, "item.CustomerGatewayId")
    gateways = {
        member(each, "CustomerGatewayId"): member(each, "IpAddress")
        for each in entries(found.read("parent.CustomerGateways", absent=[]))
    }
    address = gateways.get(gateway, "")
    at = f" at {address}" if address else ""
    why = f"its other end is the customer gateway {gateway}{at}, in a network outside AWS"
    active = state_of(found.read("item.State"), _VPN_ON, _VPN_OFF)
    yield to_outside(row, "mount", gateway, why, active=active)


def _client_endpoint(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.ClientVpnEndpointId")
    row = _row(found, f"client-vpn-endpoint/{name}", "client VPN endpoint")
    yield row
    active = state_of(found.read("item.Status.Code"), _CLIENT_ON, _CLIENT_OFF)
    why = "devices connect to it from wherever the people are who hold its credentials"
    yield to_outside(row, "mount", "devices", why, active=active)
    group = text(found, "item.ConnectionLogOptions.CloudwatchLogGroup")
    if group:
        region, account = found.place["region"], found.place["account"]
        yield to_arn(row, "stream", arn("logs", region, account, f"log-group:{group}"))


def _row(found: Found, resource: str, kind: str) -> Processor:
    return processor_of(
        found,
        id=arn("ec2", found.place["region"], found.place["account"], resource),
        name=resource.partition("/")[2],
        kind=kind,
        public=False,  # asks for a secret or a certificate
        created=maybe_text(found, "item.CreationTime", absent="") if "client" in kind else "",
        tags=tags_of(found.read("item.Tags", absent=[])),
    )


CONNECTIONS = Collector(
    kind="aws.ec2.vpn-connection",
    service="ec2",
    title="site-to-site VPN connections",
    per=("account", "region"),
    # One answer, which every connection finds its gateway's address in.
    parent=Listing(operation="DescribeCustomerGateways", permission="ec2:DescribeCustomerGateways"),
    listing=Listing(
        operation="DescribeVpnConnections",
        permission="ec2:DescribeVpnConnections",
        items="VpnConnections",
        secrets=(
            "VpnConnections.CustomerGatewayConfiguration",
            "VpnConnections.Options.TunnelOptions.PreSharedKey",
        ),
    ),
    tables=(Processor, Flow),
    rows=_connection,
    types=("ec2:vpn-connection",),
    source=f"{_API}_DescribeVpnConnections.html",
)

CLIENT_ENDPOINTS = Collector(
    kind="aws.ec2.client-vpn-endpoint",
    service="ec2",
    title="client VPN endpoints",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeClientVpnEndpoints",
        permission="ec2:DescribeClientVpnEndpoints",
        parameters={"MaxResults": 1000},
        items="ClientVpnEndpoints",
    ),
    tables=(Processor, Flow),
    rows=_client_endpoint,
    types=("ec2:client-vpn-endpoint",),
    source=f"{_API}_DescribeClientVpnEndpoints.html",
)
