"""What we claim to know about load balancers, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.elbv2 import BALANCERS, GROUPS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, BALANCERS, GROUPS)
ARN = f"arn:aws:elasticloadbalancing:{HOME}:{ACCOUNT}:loadbalancer/app/b/1"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(
    *zones: Json, deny: tuple[str, ...] = (), zone: str = "all", logs: str = "true"
) -> Collected:
    def answered(operation: str, **answer: Json) -> Rule:
        return Rule(operation=f"elbv2.{operation}", answer=answer)

    balancer = {
        "LoadBalancerArn": ARN,
        "LoadBalancerName": "b",
        "Scheme": "internet-facing",
        "AvailabilityZones": list(zones) or [{"ZoneName": f"{HOME}a"}],
    }
    attributes = [
        {"Key": "access_logs.s3.enabled", "Value": logs},
        {"Key": "access_logs.s3.bucket", "Value": "logs"},
    ]
    target = {"Target": {"Id": "10.9.0.1", "AvailabilityZone": zone}}
    group = {"TargetGroupArn": "g", "TargetGroupName": "g"}
    rules = [
        answered("DescribeLoadBalancers", LoadBalancers=[balancer]),
        answered("DescribeLoadBalancerAttributes", Attributes=attributes),
        answered("DescribeTargetGroups", TargetGroups=[group]),
        answered("DescribeTargetHealth", TargetHealthDescriptions=[target]),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_logs_and_targets_outside_are_flows() -> None:
    collected = collect()
    row = collected.processors["b"]
    flows = {flow.mechanism: flow for flow in collected.flows}

    assert (row.id, row.country, row.public) == (ARN, "US", True)
    assert flows["export"].target_id == "arn:aws:s3:::logs"
    assert isinstance(flows["mount"].target_country, Unknown)


def test_targets_in_the_vpc_and_logs_that_are_off_lead_nowhere() -> None:
    assert collect(zone=f"{HOME}a", logs="false").flows == []


@pytest.mark.parametrize("zone", [{"ZoneName": "x"}, {"ZoneName": f"{HOME}a", "OutpostId": "op"}])
def test_local_zones_and_outposts_are_anywhere(zone: Json) -> None:
    assert isinstance(collect(zone).processors["b"].country, Unknown)


@pytest.mark.parametrize("refused", ["DescribeLoadBalancerAttributes", "DescribeTargetHealth"])
def test_a_refusal_is_a_possible_way_out(refused: str) -> None:
    flows = collect(deny=(refused,)).flows

    assert any(isinstance(flow.active, Unknown) for flow in flows)


def test_one_zone_of_several_on_an_outpost_is_enough() -> None:
    balancer = {
        "LoadBalancerArn": ARN,
        "LoadBalancerName": "b",
        "AvailabilityZones": [
            {"ZoneName": f"{HOME}a"},
            {"ZoneName": f"{HOME}b", "OutpostId": "op-1"},
        ],
    }
    rules = [Rule(operation="elbv2.DescribeLoadBalancers", answer={"LoadBalancers": [balancer]})]

    found = gather(COLLECTORS, rules=rules, deny=("DescribeTargetHealth",))

    assert isinstance(found.processors["b"].country, Unknown)
