"""Amazon VPC: network interfaces that are in use, and what they belong to.

Instances, load balancers, functions, databases and endpoints all stand in a network by one.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html
"""

import ipaddress
from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, member, text
from auditor.collect.aws.regions import arn
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Interface, Maybe

_UNUSED = "available"
# What these pass on is judged by where they lead; nothing answers at their own addresses.
_PASSING = frozenset(
    {"nat_gateway", "natGateway", "transit_gateway", "gateway_load_balancer_endpoint"}
)
_BALANCER = "ELB "


def _rows(found: Found) -> Iterator[Interface]:
    if text(found, "item.Status") == _UNUSED:
        return
    name = text(found, "item.NetworkInterfaceId")
    yield Interface(
        id=name,
        evidence=found.evidence,
        provider="aws",
        network_id=text(found, "item.VpcId"),
        subnet_id=text(found, "item.SubnetId"),
        resource_id=_resource(found) or _arn(found, "ec2", f"network-interface/{name}"),
        lists=_groups(found),
        public=_has_public_address(found),
        ipv6=_has_global_address(found),
        answers=text(found, "item.InterfaceType") not in _PASSING,
    )


def _resource(found: Found) -> str:
    """Return the ARN of what an interface belongs to; '' where the answer does not name it.

    Load balancers are named in descriptions only, as 'ELB app/name/id':
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
    """
    instance = text(found, "item.Attachment.InstanceId")
    if instance:
        return _arn(found, "ec2", f"instance/{instance}")
    description = text(found, "item.Description")
    if description.startswith(_BALANCER) and text(found, "item.RequesterId"):
        name = description.removeprefix(_BALANCER)
        return _arn(found, "elasticloadbalancing", f"loadbalancer/{name}")
    return ""


def _arn(found: Found, service: str, resource: str) -> str:
    owner = text(found, "item.OwnerId") or found.place["account"]
    return arn(service, found.place["region"], owner, resource)


def _groups(found: Found) -> Maybe[tuple[str, ...]]:
    groups = found.read("item.Groups", absent=[])
    if isinstance(groups, Unknown):
        return groups
    return tuple(sorted({member(each, "GroupId") for each in entries(groups)} - {""}))


def _has_public_address(found: Found) -> Maybe[bool]:
    addresses = found.read("item.PrivateIpAddresses", absent=[])
    if isinstance(addresses, Unknown):
        return addresses
    whole: list[Mapping[str, Json]] = entries(addresses)
    known = [text(found, "item.Association.PublicIp")]
    known += [member(each, "Association.PublicIp") for each in whole]
    return any(known)


def _has_global_address(found: Found) -> Maybe[bool]:
    if found.read("item.DenyAllIgwTraffic", absent=False) is True:
        return False
    addresses = found.read("item.Ipv6Addresses", absent=[])
    if isinstance(addresses, Unknown):
        return addresses
    return any(_is_global(member(each, "Ipv6Address")) for each in entries(addresses))


def _is_global(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return bool(address)
    return not (parsed.is_link_local or parsed in ipaddress.ip_network("fc00::/7"))


INTERFACES = Collector(
    kind="aws.ec2.network-interface",
    service="ec2",
    title="network interfaces",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeNetworkInterfaces",
        permission="ec2:DescribeNetworkInterfaces",
        # Without it, those that other services of AWS manage are left out.
        parameters={"IncludeManagedResources": True, "MaxResults": 1000},
        items="NetworkInterfaces",
    ),
    tables=(Interface,),
    rows=_rows,
    source=(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html"
    ),
)
