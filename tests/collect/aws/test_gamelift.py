"""Where game servers run, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.gamelift import CONTAINER_FLEETS, FLEETS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, FLEETS)
FLEET = f"arn:aws:gamelift:{HOME}:{ACCOUNT}:fleet/fleet-1"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_fleet(*locations: str, deny: tuple[str, ...] = (), kind: str = "EC2") -> list[Flow]:
    fleet = {"FleetId": "fleet-1", "FleetArn": FLEET, "Name": "arena", "ComputeType": kind}
    attributes = [{"LocationState": {"Location": each, "Status": "ACTIVE"}} for each in locations]
    rules = [
        Rule(operation="gamelift.DescribeFleetAttributes", answer={"FleetAttributes": [fleet]}),
        Rule(
            operation="gamelift.DescribeFleetLocationAttributes",
            answer={"LocationAttributes": attributes},
        ),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny).flows


def test_servers_run_in_every_location_of_a_fleet() -> None:
    flows = gather_fleet(HOME, "eu-central-1", "us-west-2")

    assert [(flow.mechanism, flow.target_country) for flow in flows] == [
        ("edge", "DE"),
        ("edge", "US"),
    ]


def test_a_local_zone_is_not_always_where_its_region_is() -> None:
    """Neither is a place that the owner made up a name for."""
    near, far, custom = gather_fleet("us-west-2-lax-1", "us-east-1-lim-1", "custom-garage")

    assert (near.target_region, near.target_country) == ("us-west-2", "US")
    assert far.target_country == "PE"
    assert isinstance(custom.target_country, Unknown)


def test_hardware_of_ones_own_may_be_anywhere() -> None:
    (flow,) = gather_fleet(kind="ANYWHERE")

    assert isinstance(flow.target_country, Unknown)


def test_a_refusal_hides_where_servers_run() -> None:
    (flow,) = gather_fleet(deny=("DescribeFleetLocationAttributes",))

    assert isinstance(flow.active, Unknown)


def test_a_fleet_of_containers_runs_in_every_location_too() -> None:
    """The local zone of Lima belongs to a region at home."""
    places = [HOME, "eu-central-1", "us-east-1-lim-1"]
    fleet = {
        "FleetId": "containerfleet-1",
        "FleetArn": f"arn:aws:gamelift:{HOME}:{ACCOUNT}:containerfleet/containerfleet-1",
        "CreationTime": "2026-01-01T00:00:00Z",
        "LocationAttributes": [{"Location": place} for place in places],
    }
    rule = Rule(operation="gamelift.ListContainerFleets", answer={"ContainerFleets": [fleet]})

    flows = gather((IDENTITY, REGIONS, CONTAINER_FLEETS), rules=[rule]).flows

    assert [flow.target_country for flow in flows] == ["DE", "PE"]
