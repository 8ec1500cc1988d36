"""Amazon VPC: the rules of security groups.

A group only allows, and lets answers pass by itself: order does not matter.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html
"""

from collections.abc import Iterator, Mapping

from auditor.access.traffic import rule
from auditor.collect.aws.reading import entries, member, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Maybe, RuleList

_DIRECTIONS = {"in": "IpPermissions", "out": "IpPermissionsEgress"}
_PEERS = {
    "IpRanges": "CidrIp",
    "Ipv6Ranges": "CidrIpv6",
    "PrefixListIds": "PrefixListId",
    "UserIdGroupPairs": "GroupId",
}


def _rows(found: Found) -> Iterator[RuleList]:
    yield RuleList(
        id=text(found, "item.GroupId"),
        evidence=found.evidence,
        provider="aws",
        kind="security group",
        name=text(found, "item.GroupName"),
        network_id=text(found, "item.VpcId"),
        subnets=(),
        rules=_rules(found),
    )


def _rules(found: Found) -> Maybe[tuple[str, ...]]:
    written: set[str] = set()
    for direction, part in _DIRECTIONS.items():
        permissions = found.read(f"item.{part}", absent=[])
        if isinstance(permissions, Unknown):
            return permissions
        for each in entries(permissions):
            written.update(_written(direction, each))
    return tuple(sorted(written))


def _written(direction: str, permission: Mapping[str, Json]) -> Iterator[str]:
    for part, name in _PEERS.items():
        for peer in entries(permission.get(part)):
            yield str(
                rule(
                    direction,
                    permission.get("IpProtocol"),
                    permission.get("FromPort"),
                    permission.get("ToPort"),
                    member(peer, name),
                )
            )


GROUPS = Collector(
    kind="aws.ec2.security-group",
    service="ec2",
    title="security groups",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeSecurityGroups",
        permission="ec2:DescribeSecurityGroups",
        parameters={"MaxResults": 1000},
        items="SecurityGroups",
    ),
    tables=(RuleList,),
    rows=_rows,
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html",
)
