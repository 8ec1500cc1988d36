"""Networks that are joined to others: abroad, to strangers or outside, beside look-alikes."""

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, SINGAPORE, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED, as_list
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_EC2 = f"arn:aws:ec2:{HOME}:{USER_DATA}"
_TAGS = as_list(PROTECTED)
_LETTERS = {"stranger": "0a", "logs": "0b"}


def _side(account: str, region: str) -> dict[str, str]:
    return {"OwnerId": account, "Region": region, "VpcId": f"vpc-{account[:4]}-{region}"}


def _peerings() -> tuple[Rule, ...]:
    """Return peerings abroad, with a stranger, in the west, and with the log account."""
    ends = {
        "abroad": (USER_DATA, FRANKFURT),
        "stranger": (STRANGER, HOME),
        "west": (USER_DATA, WEST),
        "logs": (LOGS, HOME),
    }
    peerings = [
        {
            "VpcPeeringConnectionId": f"pcx-{name}",
            "RequesterVpcInfo": _side(USER_DATA, HOME),
            "AccepterVpcInfo": _side(*end),
            "Status": {"Code": "active"},
            "Tags": _TAGS,
        }
        for name, end in ends.items()
    ]
    gateways = [
        {
            "TransitGatewayAttachmentId": f"tgw-attach-{region}",
            "RequesterTgwInfo": {"OwnerId": USER_DATA, "Region": HOME},
            "AccepterTgwInfo": {"OwnerId": USER_DATA, "Region": region},
            "State": "available",
            "Tags": _TAGS,
        }
        for region in (SINGAPORE, WEST)
    ]
    attachments = [
        {
            "TransitGatewayAttachmentId": f"tgw-attach-{owner}",
            "TransitGatewayOwnerId": USER_DATA,
            "ResourceOwnerId": owner,
            "ResourceType": "vpc",
            "ResourceId": f"vpc-{owner}",
            "State": "available",
            "Tags": _TAGS,
        }
        for owner in (STRANGER, LOGS)
    ]
    return (
        answered("ec2.DescribeVpcPeeringConnections", {"VpcPeeringConnections": peerings}),
        answered(
            "ec2.DescribeTransitGatewayPeeringAttachments",
            {"TransitGatewayPeeringAttachments": gateways},
        ),
        answered(
            "ec2.DescribeTransitGatewayAttachments", {"TransitGatewayAttachments": attachments}
        ),
    )


def _private_networks() -> tuple[Rule, ...]:
    """Return a connection to an office, and an endpoint for the devices of people."""
    gateway = {"CustomerGatewayId": "cgw-office", "IpAddress": "203.0.113.9"}
    connection = {
        "VpnConnectionId": "vpn-office",
        "CustomerGatewayId": "cgw-office",
        "State": "available",
        "Tags": _TAGS,
    }
    endpoint = {
        "ClientVpnEndpointId": "cvpn-staff",
        "Status": {"Code": "available"},
        "Tags": _TAGS,
    }
    return (
        answered("ec2.DescribeCustomerGateways", {"CustomerGateways": [gateway]}),
        answered("ec2.DescribeVpnConnections", {"VpnConnections": [connection]}),
        answered("ec2.DescribeClientVpnEndpoints", {"ClientVpnEndpoints": [endpoint]}),
    )


def _endpoints() -> tuple[Rule, ...]:
    """Return endpoints for services at home, abroad and of somebody, and what is offered."""
    services = {
        "home": (f"com.amazonaws.{HOME}.s3", HOME),
        "abroad": (f"com.amazonaws.{FRANKFURT}.s3", FRANKFURT),
        "vendor": (f"com.amazonaws.vpce.{HOME}.vpce-svc-0f", HOME),
    }
    endpoints = [
        {
            "VpcEndpointId": f"vpce-{name}",
            "ServiceName": service,
            "ServiceRegion": region,
            "State": "Available",
            "Tags": _TAGS,
        }
        for name, (service, region) in services.items()
    ]
    offers = [
        {"ServiceId": f"vpce-svc-{letters}", "ServiceName": name, "Tags": _TAGS}
        for name, letters in _LETTERS.items()
    ]
    offers[1]["SupportedRegions"] = [{"Region": HOME}]
    permitted = {_LETTERS["stranger"]: STRANGER, _LETTERS["logs"]: LOGS}
    return (
        answered("ec2.DescribeVpcEndpoints", {"VpcEndpoints": endpoints}),
        answered("ec2.DescribeVpcEndpointServiceConfigurations", {"ServiceConfigurations": offers}),
        *(
            answered(
                "ec2.DescribeVpcEndpointServicePermissions",
                {"AllowedPrincipals": [{"Principal": f"arn:aws:iam::{account}:root"}]},
                words=f"vpce-svc-{letters}",
            )
            for letters, account in permitted.items()
        ),
    )


def _copies() -> tuple[Rule, ...]:
    """Return mirrors to a stranger and to the log account, and logs that go abroad and stay."""
    owners = {"tmt-stranger": STRANGER, "tmt-logs": LOGS}
    targets = [{"TrafficMirrorTargetId": name, "OwnerId": owners[name]} for name in owners]
    sessions = [
        {
            "TrafficMirrorSessionId": name.replace("tmt", "tms"),
            "TrafficMirrorTargetId": name,
            "Tags": _TAGS,
        }
        for name in owners
    ]
    ends = {
        "fl-abroad": f"arn:aws:firehose:{FRANKFURT}:{USER_DATA}:deliverystream/flows",
        "fl-home": f"arn:aws:logs:{HOME}:{LOGS}:log-group:flows",
    }
    logs = [
        {
            "FlowLogId": name,
            "FlowLogStatus": "ACTIVE",
            "LogDestination": end,
            "Tags": _TAGS,
        }
        for name, end in ends.items()
    ]
    return (
        answered("ec2.DescribeTrafficMirrorTargets", {"TrafficMirrorTargets": targets}),
        answered("ec2.DescribeTrafficMirrorSessions", {"TrafficMirrorSessions": sessions}),
        answered("ec2.DescribeFlowLogs", {"FlowLogs": logs}),
    )


PLOT = Plot(
    rules=(*_peerings(), *_private_networks(), *_endpoints(), *_copies()),
    planted=(
        *fails(
            "a network is peered with one in Frankfurt",
            A_04=f"{_EC2}:vpc-peering-connection/pcx-abroad/mount/*",
        ),
        *fails(
            "a network is peered with a stranger's",
            A_04=f"{_EC2}:vpc-peering-connection/pcx-stranger/mount/*",
        ),
        *fails(
            "a transit gateway is peered with one in Singapore",
            A_04=f"{_EC2}:transit-gateway-attachment/tgw-attach-{SINGAPORE}/mount/*",
        ),
        *fails(
            "a stranger's network is attached to a transit gateway",
            A_04=f"{_EC2}:transit-gateway-attachment/tgw-attach-{STRANGER}/mount/*",
        ),
        *stays_open(
            "a network is joined to an office at an address whose place nobody states",
            A_04=f"{_EC2}:vpn-connection/vpn-office/mount/*",
        ),
        *stays_open(
            "people's devices connect from wherever they are",
            A_04=f"{_EC2}:client-vpn-endpoint/cvpn-staff/mount/devices",
        ),
        *fails("an endpoint leads to Frankfurt", A_04=f"{_EC2}:vpc-endpoint/vpce-abroad/mount/*"),
        *stays_open(
            "an endpoint leads to a service of an account that is not named",
            A_04=f"{_EC2}:vpc-endpoint/vpce-vendor/mount/*",
        ),
        *fails(
            "a stranger may connect to an endpoint service",
            A_05b=f"{_EC2}:vpc-endpoint-service/vpce-svc-0a/share/{STRANGER}",
        ),
        *fails(
            "packets are mirrored to a stranger",
            A_04=f"{_EC2}:traffic-mirror-session/tms-stranger/stream/*",
        ),
        *fails("flow logs go to Frankfurt", A_04=f"{_EC2}:vpc-flow-log/fl-abroad/stream/*"),
    ),
)
