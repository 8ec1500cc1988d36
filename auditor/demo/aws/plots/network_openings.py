"""A network that the internet and a stranger can reach, beside one whose rules open nothing."""

from collections.abc import Mapping, Sequence

from auditor.demo.aws.accounts import HOME, STRANGER, USER_DATA
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails
from auditor.model import Json

# The peerings of the other plot name the networks at their ends so.
_MAIN = f"vpc-{USER_DATA[:4]}-{HOME}"
_FAR = f"vpc-{STRANGER[:4]}-{HOME}"
_LAB = "vpc-lab"
_THEIR_BLOCK = "10.99.0.0/16"
_ANYBODY: Json = [{"CidrIp": "0.0.0.0/0"}]
_SUBNETS = {"subnet-web": _MAIN, "subnet-data": _MAIN, "subnet-lab": _LAB}


def _places() -> tuple[Rule, ...]:
    networks = [
        {"VpcId": name, "CidrBlock": block, "OwnerId": USER_DATA}
        for name, block in ((_MAIN, "10.0.0.0/16"), (_LAB, "10.1.0.0/16"))
    ]
    subnets = [{"SubnetId": name, "VpcId": network} for name, network in _SUBNETS.items()]
    return (
        answered("ec2.DescribeVpcs", {"Vpcs": networks}),
        # Plots of what stands in subnets ask for them by name.
        answered("ec2.DescribeSubnets", {"Subnets": subnets}, words="MaxResults"),
    )


def _routes() -> tuple[Rule, ...]:
    """Return a way in and out for the web, one out for the data, and none for the lab."""
    tables = [
        _table("web", _MAIN, {"0.0.0.0/0": {"GatewayId": "igw-main"}}),
        _table(
            "data",
            _MAIN,
            {
                "0.0.0.0/0": {"NatGatewayId": "nat-main"},
                _THEIR_BLOCK: {"VpcPeeringConnectionId": "pcx-stranger"},
            },
        ),
        _table("lab", _LAB, {}),
    ]
    gateways = [
        {
            "InternetGatewayId": f"igw-{name}",
            "Attachments": [{"VpcId": network, "State": "available"}],
        }
        for name, network in (("main", _MAIN), ("lab", _LAB))
    ]
    translator = {"NatGatewayId": "nat-main", "VpcId": _MAIN, "State": "available"}
    return (
        answered("ec2.DescribeRouteTables", {"RouteTables": tables}),
        answered("ec2.DescribeInternetGateways", {"InternetGateways": gateways}),
        answered("ec2.DescribeNatGateways", {"NatGateways": [translator]}),
    )


def _table(name: str, network: str, routes: Mapping[str, Mapping[str, Json]]) -> Json:
    local = {"DestinationCidrBlock": "10.0.0.0/8", "GatewayId": "local", "State": "active"}
    others = [
        {"DestinationCidrBlock": block, "State": "active", **target}
        for block, target in routes.items()
    ]
    return {
        "RouteTableId": f"rtb-{name}",
        "VpcId": network,
        "Associations": [{"SubnetId": f"subnet-{name}", "RouteTableId": f"rtb-{name}"}],
        "Routes": [local, *others],
    }


def _rules() -> tuple[Rule, ...]:
    ssh = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": _ANYBODY}
    ranges = [{"CidrIp": _THEIR_BLOCK}]
    theirs = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": ranges}
    anything = {"IpProtocol": "-1", "IpRanges": _ANYBODY}
    groups = [
        _group("ssh", _MAIN, [ssh], []),
        _group("data", _MAIN, [theirs], [anything]),
        _group("lab", _LAB, [ssh], [anything]),
    ]
    lists = [
        {
            "NetworkAclId": f"acl-{network}",
            "VpcId": network,
            "Associations": [
                {"SubnetId": subnet} for subnet, its in _SUBNETS.items() if its == network
            ],
            "Entries": [
                {
                    "RuleNumber": 100,
                    "Protocol": "-1",
                    "RuleAction": "allow",
                    "Egress": egress,
                    "CidrBlock": "0.0.0.0/0",
                }
                for egress in (True, False)
            ],
        }
        for network in (_MAIN, _LAB)
    ]
    return (
        answered("ec2.DescribeSecurityGroups", {"SecurityGroups": groups}),
        answered("ec2.DescribeNetworkAcls", {"NetworkAcls": lists}),
    )


def _group(name: str, network: str, inward: Sequence[Json], outward: Sequence[Json]) -> Json:
    return {
        "GroupId": f"sg-{name}",
        "GroupName": name,
        "VpcId": network,
        "IpPermissions": list(inward),
        "IpPermissionsEgress": list(outward),
    }


def _interfaces() -> tuple[Rule, ...]:
    interfaces = [
        _interface("web", "ssh", address="198.51.100.7"),
        _interface("data", "data"),
        _interface("lab", "lab", address="198.51.100.8"),
    ]
    return (answered("ec2.DescribeNetworkInterfaces", {"NetworkInterfaces": interfaces}),)


def _interface(name: str, group: str, address: str = "") -> Json:
    association = {"Association": {"PublicIp": address}} if address else {}
    return {
        "NetworkInterfaceId": f"eni-{name}",
        "SubnetId": f"subnet-{name}",
        "VpcId": _SUBNETS[f"subnet-{name}"],
        "Status": "in-use",
        "OwnerId": USER_DATA,
        "Groups": [{"GroupId": f"sg-{group}"}],
        "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.9", **association}],
    }


# Nothing keeps the internet out of whole regions, as where nobody ever asked for it.
_NOT_SHUT = {
    "InternetGatewayBlockMode": "off",
    "ExclusionsAllowed": "not-allowed",
    "State": "default-state",
}

PLOT = Plot(
    rules=(
        *_places(),
        *_routes(),
        *_rules(),
        *_interfaces(),
        Rule(
            operation="ec2.DescribeVpcBlockPublicAccessOptions",
            answer={"VpcBlockPublicAccessOptions": _NOT_SHUT},
        ),
    ),
    planted=(
        *fails(
            "anybody on the internet can try to sign in by SSH",
            B_07=f"{arn_of('ec2', 'network-interface/eni-web')}/in/tcp 22/internet",
        ),
        *fails(
            "what stands beside the data can call anything on the internet",
            B_07=f"{_MAIN}/out/nat-main/internet",
        ),
        *fails(
            "a stranger's network can call the data's, and the other way round",
            B_07=f"{_MAIN}/*/pcx-stranger/{_FAR}",
        ),
    ),
)
