"""What we claim to know about access lists of subnets, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.network_acls import LISTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json
from auditor.tables import RuleList
from tests.collect.aws.walking import HOME, gather

pytestmark = pytest.mark.usefixtures("cloud")


def test_rules_stand_in_the_order_of_their_numbers() -> None:
    """The first that fits decides, whatever order an answer has."""
    entries: Json = [
        {"RuleNumber": 32767, "Protocol": "-1", "RuleAction": "deny", "CidrBlock": "0.0.0.0/0"},
        {
            "RuleNumber": 100,
            "Protocol": "6",
            "RuleAction": "allow",
            "CidrBlock": "10.0.0.0/8",
            "PortRange": {"From": 443, "To": 444},
        },
        {
            "RuleNumber": 50,
            "Protocol": "-1",
            "RuleAction": "allow",
            "Egress": True,
            "Ipv6CidrBlock": "::/0",
        },
    ]
    item: Json = {
        "NetworkAclId": "acl-1",
        "VpcId": "vpc-1",
        "Associations": [{"SubnetId": "subnet-2"}, {"SubnetId": "subnet-1"}],
        "Entries": entries,
    }
    rule = Rule(operation="ec2.DescribeNetworkAcls", answer={"NetworkAcls": [item]})

    (row,) = (
        row
        for row in gather((IDENTITY, REGIONS, LISTS), rules=[rule]).rows
        if isinstance(row, RuleList)
    )

    assert row.subnets == ("subnet-1", "subnet-2")
    assert row.rules == (
        "out allow all 0-65535 ::/0",
        "in allow tcp 443-444 10.0.0.0/8",
        "in deny all 0-65535 0.0.0.0/0",
    )


def test_a_subnet_has_the_list_of_its_network_at_first() -> None:
    client = boto3.client("ec2", HOME)
    vpc = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = client.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]

    rows = gather((IDENTITY, REGIONS, LISTS)).rows

    (row,) = (row for row in rows if isinstance(row, RuleList) and row.network_id == vpc)
    assert row.subnets == (subnet,)
