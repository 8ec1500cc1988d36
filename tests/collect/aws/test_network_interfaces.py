"""What we claim to know about network interfaces, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.network_interfaces import INTERFACES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json
from auditor.tables import Interface
from tests.collect.aws.walking import ACCOUNT, HOME, gather

pytestmark = pytest.mark.usefixtures("cloud")


def interfaces(**item: Json) -> list[Interface]:
    """Return what the answer about one interface means."""
    whole: Json = {
        "NetworkInterfaceId": "eni-1",
        "VpcId": "vpc-1",
        "SubnetId": "subnet-1",
        "Status": "in-use",
        "OwnerId": ACCOUNT,
        "Groups": [{"GroupId": "sg-2"}, {"GroupId": "sg-1"}],
        **item,
    }
    rule = Rule(operation="ec2.DescribeNetworkInterfaces", answer={"NetworkInterfaces": [whole]})
    rows = gather((IDENTITY, REGIONS, INTERFACES), rules=[rule]).rows
    return [row for row in rows if isinstance(row, Interface)]


def test_an_interface_of_an_instance_is_the_instances() -> None:
    (row,) = interfaces(
        Attachment={"InstanceId": "i-1"},
        PrivateIpAddresses=[{"Association": {"PublicIp": "198.51.100.1"}}],
    )

    assert row.resource_id == f"arn:aws:ec2:{HOME}:{ACCOUNT}:instance/i-1"
    assert (row.lists, row.public, row.ipv6, row.answers) == (("sg-1", "sg-2"), True, False, True)


def test_a_balancer_is_named_by_the_description_that_aws_wrote() -> None:
    """What somebody else writes there names nothing."""
    described = {"Description": "ELB app/web/50dc6c495c0c9188"}

    (aws,) = interfaces(**described, RequesterId="amazon-elb")
    (forged,) = interfaces(**described)

    stem = f"arn:aws:elasticloadbalancing:{HOME}:{ACCOUNT}:loadbalancer"
    assert aws.resource_id == f"{stem}/app/web/50dc6c495c0c9188"
    assert forged.resource_id == f"arn:aws:ec2:{HOME}:{ACCOUNT}:network-interface/eni-1"


def test_what_is_not_in_use_is_left_out() -> None:
    assert interfaces(Status="available") == []


def test_nothing_answers_at_a_gateway() -> None:
    (row,) = interfaces(InterfaceType="nat_gateway")

    assert row.answers is False


@pytest.mark.parametrize(
    ("address", "is_global"), [("2600:1f18::1", True), ("fd00::1", False), ("fe80::1", False)]
)
def test_an_address_of_ipv6_may_be_of_the_internet(address: str, is_global: bool) -> None:
    (row,) = interfaces(Ipv6Addresses=[{"Ipv6Address": address}])
    (denied,) = interfaces(Ipv6Addresses=[{"Ipv6Address": address}], DenyAllIgwTraffic=True)

    assert row.ipv6 is is_global
    assert denied.ipv6 is False
