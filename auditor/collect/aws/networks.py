"""Amazon VPC: networks and their subnets.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/OperationList-query-vpc.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import entries, maybe_text, member, tags_of, text
from auditor.collect.aws.regions import country_of
from auditor.spec import Collector, Found, Listing
from auditor.tables import Network, Subnet

_API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API"


def _network(found: Found) -> Iterator[Network]:
    tags = tags_of(found.read("item.Tags", absent=[]))
    name = tags.get("Name", "") if isinstance(tags, dict) else ""
    blocks = {text(found, "item.CidrBlock")}
    blocks |= {
        member(each, path)
        for part, path in (
            ("CidrBlockAssociationSet", "CidrBlock"),
            ("Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock"),
        )
        for each in entries(found.read(f"item.{part}", absent=[]))
    }
    owner = maybe_text(found, "item.OwnerId", absent="")
    yield Network(
        id=text(found, "item.VpcId"),
        evidence=found.evidence,
        name=name or text(found, "item.VpcId"),
        provider="aws",
        account=(owner if isinstance(owner, str) else "") or found.place["account"],
        region=found.place["region"],
        country=country_of(found.place["region"]),
        blocks=tuple(sorted(blocks - {""})),
        tags=tags,
    )


def _subnet(found: Found) -> Iterator[Subnet]:
    yield Subnet(
        id=text(found, "item.SubnetId"),
        evidence=found.evidence,
        provider="aws",
        network_id=text(found, "item.VpcId"),
        route_table_id="",  # tables of routes and ACLs name their subnets
        lists=(),
        public_addresses=True,  # an address can be given to anything in any subnet
        inbound=True,
    )


NETWORKS = Collector(
    kind="aws.ec2.vpc",
    service="ec2",
    title="networks (VPCs)",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeVpcs",
        permission="ec2:DescribeVpcs",
        parameters={"MaxResults": 1000},
        items="Vpcs",
    ),
    tables=(Network,),
    rows=_network,
    source=f"{_API}_DescribeVpcs.html",
)

SUBNETS = Collector(
    kind="aws.ec2.subnet",
    service="ec2",
    title="subnets of networks",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeSubnets",
        permission="ec2:DescribeSubnets",
        parameters={"MaxResults": 1000},
        items="Subnets",
    ),
    tables=(Subnet,),
    rows=_subnet,
    source=f"{_API}_DescribeSubnets.html",
)
