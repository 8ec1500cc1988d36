"""Amazon VPC: the access lists (ACLs) of subnets.

Their rules are held against traffic by number, and the first that fits decides; an answer needs a
rule of its own.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkAcls.html
"""

from collections.abc import Iterator, Mapping

from auditor.access.traffic import rule
from auditor.collect.aws.reading import entries, member, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Maybe, RuleList


def _rows(found: Found) -> Iterator[RuleList]:
    associations = entries(found.read("item.Associations", absent=[]))
    yield RuleList(
        id=text(found, "item.NetworkAclId"),
        evidence=found.evidence,
        provider="aws",
        kind="network ACL",
        name=text(found, "item.NetworkAclId"),
        network_id=text(found, "item.VpcId"),
        subnets=tuple(sorted({member(each, "SubnetId") for each in associations} - {""})),
        rules=_rules(found),
    )


def _rules(found: Found) -> Maybe[tuple[str, ...]]:
    stated = found.read("item.Entries", absent=[])
    if isinstance(stated, Unknown):
        return stated
    ordered = sorted(entries(stated), key=_number)
    return tuple(_written(each) for each in ordered)


def _number(entry: Mapping[str, Json]) -> int:
    number = entry.get("RuleNumber")
    return number if isinstance(number, int) else 0


def _written(entry: Mapping[str, Json]) -> str:
    ports = entry.get("PortRange")
    first, last = (ports.get("From"), ports.get("To")) if isinstance(ports, Mapping) else (0, None)
    return str(
        rule(
            "out" if entry.get("Egress") is True else "in",
            entry.get("Protocol"),
            first,
            last,
            member(entry, "CidrBlock") or member(entry, "Ipv6CidrBlock"),
            allows=entry.get("RuleAction") == "allow",
        )
    )


LISTS = Collector(
    kind="aws.ec2.network-acl",
    service="ec2",
    title="access lists of subnets (network ACLs)",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeNetworkAcls",
        permission="ec2:DescribeNetworkAcls",
        parameters={"MaxResults": 1000},
        items="NetworkAcls",
    ),
    tables=(RuleList,),
    rows=_rows,
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkAcls.html",
)
