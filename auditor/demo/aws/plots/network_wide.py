"""Wide networks: private lines, core networks and other clouds, beside look-alikes."""

import json

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED, as_list
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_LINES = f"arn:aws:directconnect:{HOME}:{USER_DATA}"
_GATEWAY = f"arn:aws:directconnect::{USER_DATA}:dx-gateway/g-wide"
_CORE = f"arn:aws:networkmanager::{USER_DATA}"
_CLOUDS = f"arn:aws:interconnect:{HOME}:{USER_DATA}:connection/other-cloud"
_LATTICE = f"arn:aws:vpc-lattice:{HOME}:{USER_DATA}:service"
_TAGS = as_list(PROTECTED)
_SMALL_TAGS = [{"key": key, "value": value} for key, value in PROTECTED.items()]


def _lines() -> tuple[Rule, ...]:
    """Return a private line, and a gateway that joins networks at home and abroad."""
    line = {"location": "EqDC2", "tags": _SMALL_TAGS}
    gateway = {
        "directConnectGatewayId": "g-wide",
        "directConnectGatewayName": "wide",
        "ownerAccount": USER_DATA,
        "tags": _SMALL_TAGS,
    }
    joined = [
        {
            "associationId": f"a-{region}",
            "associationState": "associated",
            "associatedGateway": {
                "id": f"vgw-{region}",
                "ownerAccount": USER_DATA,
                "region": region,
            },
        }
        for region in (FRANKFURT, WEST)
    ]
    connection = {**line, "connectionId": "dxcon-1", "connectionState": "available"}
    interface = {**line, "virtualInterfaceId": "dxvif-1", "virtualInterfaceState": "available"}
    return (
        answered("directconnect.DescribeConnections", {"connections": [connection]}),
        answered("directconnect.DescribeVirtualInterfaces", {"virtualInterfaces": [interface]}),
        answered(
            "directconnect.DescribeDirectConnectGateways", {"directConnectGateways": [gateway]}
        ),
        answered(
            "directconnect.DescribeDirectConnectGatewayAssociations",
            {"directConnectGatewayAssociations": joined},
        ),
    )


def _wide() -> tuple[Rule, ...]:
    """Return a core network with an edge abroad, a line to another cloud, and shared services."""
    core = {"CoreNetworkId": "core-network-1", "CoreNetworkArn": f"{_CORE}:core-network/1"}
    edges = [{"EdgeLocation": region} for region in (HOME, FRANKFURT)]
    attachments = [
        {
            "AttachmentId": f"attachment-{owner}",
            "AttachmentType": "VPC",
            "OwnerAccountId": owner,
            "EdgeLocation": HOME,
            "ResourceArn": f"arn:aws:ec2:{HOME}:{owner}:vpc/vpc-1",
            "State": "AVAILABLE",
            "Tags": _TAGS,
        }
        for owner in (STRANGER, LOGS)
    ]
    connection = {
        "id": "other-cloud",
        "arn": _CLOUDS,
        "provider": {"cloudServiceProvider": "Other Cloud"},
        "location": "Ashburn",
        "state": "available",
    }
    required = ("description", "bandwidth", "environmentId", "type", "sharedId")
    whole = {**dict.fromkeys(required, ""), **connection}
    whole["attachPoint"] = {"directConnectGateway": "g-wide"}
    asked = "us-west-2"
    return (
        answered(
            "networkmanager.ListCoreNetworks",
            {"CoreNetworks": [{**core, "OwnerAccountId": USER_DATA, "Tags": _TAGS}]},
            region=asked,
        ),
        answered("networkmanager.GetCoreNetwork", {"CoreNetwork": {"Edges": edges}}, region=asked),
        answered("networkmanager.ListAttachments", {"Attachments": attachments}, region=asked),
        answered("interconnect.ListConnections", {"connections": [whole]}),
        *_shared_services(),
    )


def _shared_services() -> tuple[Rule, ...]:
    holders = {"svc-0000000000000000a": STRANGER, "svc-0000000000000000b": LOGS}
    rules = [
        answered(
            "vpc-lattice.ListServices",
            {"items": [{"arn": f"{_LATTICE}/{name}", "name": name} for name in holders]},
        ),
        answered("vpc-lattice.GetAuthPolicy", {"state": "Inactive"}),
    ]
    for name, account in holders.items():
        principal = {"AWS": f"arn:aws:iam::{account}:root"}
        statement = {"Effect": "Allow", "Principal": principal, "Action": "*"}
        policy = {"policy": json.dumps({"Statement": [statement]})}
        rules.append(answered("vpc-lattice.GetResourcePolicy", policy, words=name))
    return tuple(rules)


PLOT = Plot(
    tags={
        _CLOUDS: PROTECTED,
        f"{_LATTICE}/svc-0000000000000000a": PROTECTED,
        f"{_LATTICE}/svc-0000000000000000b": PROTECTED,
    },
    rules=(*_lines(), *_wide()),
    planted=(
        *stays_open(
            "a private line ends in a building whose country is not stated",
            A_04=f"{_LINES}:dxcon/dxcon-1/mount/*",
            A_10=f"{_LINES}:dxcon/dxcon-1",
        ),
        *stays_open(
            "an interface on a private line leads to a network outside",
            A_04=f"{_LINES}:dxvif/dxvif-1/mount/*",
            A_10=f"{_LINES}:dxvif/dxvif-1",
        ),
        *fails(
            "a Direct Connect gateway joins a network in Frankfurt",
            A_04=f"{_GATEWAY}/mount/vgw-{FRANKFURT}",
        ),
        *stays_open("a Direct Connect gateway is in no region", A_10=_GATEWAY),
        *fails(
            "a core network has an edge in Frankfurt",
            A_04=f"{_CORE}:core-network/1/mount/{FRANKFURT}",
        ),
        *stays_open("a core network is in two countries", A_10=f"{_CORE}:core-network/1"),
        *fails(
            "a stranger's network is attached to a core network",
            A_04=f"{_CORE}:attachment/attachment-{STRANGER}/mount/*",
        ),
        *stays_open("a private line leads to another cloud", A_04=f"{_CLOUDS}/mount/*"),
        *fails(
            "a stranger may join a service to its networks",
            A_05b=f"{_LATTICE}/svc-0000000000000000a/share/{STRANGER}",
        ),
    ),
)
