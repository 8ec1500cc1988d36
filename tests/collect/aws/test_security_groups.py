"""What we claim to know about security groups, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.security_groups import GROUPS
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Json
from auditor.tables import RuleList
from tests.collect.aws.walking import HOME, gather

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_group_says_whom_it_lets_in_and_out() -> None:
    """A new one lets everything out; ports belong to TCP and UDP only."""
    client = boto3.client("ec2", HOME)
    vpc = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    group = client.create_security_group(GroupName="web", Description="web", VpcId=vpc)["GroupId"]
    permissions: Json = [
        {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
        {
            "IpProtocol": "icmp",
            "FromPort": -1,
            "ToPort": -1,
            "Ipv6Ranges": [{"CidrIpv6": "2001:db8::/32"}],
        },
        {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]},
    ]
    client.authorize_security_group_ingress(GroupId=group, IpPermissions=permissions)

    rows = {row.id: row for row in gather((IDENTITY, REGIONS, GROUPS)).rows}

    row = rows[group]
    assert isinstance(row, RuleList)
    assert (row.kind, row.name, row.network_id) == ("security group", "web", vpc)
    assert row.rules == (
        f"in allow all 0-65535 {group}",
        "in allow icmp 0-65535 2001:db8::/32",
        "in allow tcp 22-22 0.0.0.0/0",
        "out allow all 0-65535 0.0.0.0/0",
    )
