"""What we claim to know about networks and subnets, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.networks import NETWORKS, SUBNETS
from auditor.collect.aws.sts import IDENTITY
from auditor.tables import Network, Subnet
from tests.collect.aws.walking import ACCOUNT, HOME, gather

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_network_has_its_name_and_its_blocks() -> None:
    """The name is a tag, which a network need not have."""
    client = boto3.client("ec2", HOME)
    vpc = client.create_vpc(CidrBlock="10.9.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]
    client.create_tags(Resources=[vpc["VpcId"]], Tags=[{"Key": "Name", "Value": "main"}])

    rows = {row.id: row for row in gather((IDENTITY, REGIONS, NETWORKS)).rows}

    row = rows[vpc["VpcId"]]
    assert isinstance(row, Network)
    assert (row.name, row.account, row.country) == ("main", ACCOUNT, "US")
    assert row.blocks[0] == "10.9.0.0/16"
    assert len(row.blocks) == 2
    others = [each for each in rows.values() if isinstance(each, Network) and each is not row]
    assert all(each.name == each.id for each in others)


def test_a_subnet_leaves_routes_and_lists_to_those_that_name_it() -> None:
    client = boto3.client("ec2", HOME)
    vpc = client.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnet = client.create_subnet(VpcId=vpc, CidrBlock="10.9.1.0/24")["Subnet"]["SubnetId"]

    rows = {row.id: row for row in gather((IDENTITY, REGIONS, SUBNETS)).rows}

    row = rows[subnet]
    assert isinstance(row, Subnet)
    assert (row.network_id, row.route_table_id, row.lists) == (vpc, "", ())
