"""What we claim to know about zones, given what AWS answered."""

import pytest

from auditor.collect.aws.availability_zones import ZONES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Region
from tests.collect.aws.walking import ACCOUNT, HOME, gather

pytestmark = pytest.mark.usefixtures("cloud")


def zones_of(*zones: dict[str, object]) -> dict[str, Region]:
    answer = {"AvailabilityZones": list(zones)}
    rule = Rule(operation="ec2.DescribeAvailabilityZones", answer=answer)
    rows = gather((IDENTITY, REGIONS, ZONES), rules=[rule]).rows
    return {row.id: row for row in rows if isinstance(row, Region) and "1-" in row.id}


def zone(name: str, kind: str = "local-zone", **more: object) -> dict[str, object]:
    return {"ZoneName": name, "ZoneType": kind, "OptInStatus": "opted-in", **more}


def test_a_local_zone_is_a_place_of_its_own() -> None:
    """Its region is where guardrails look; its country is not the region's."""
    row = zones_of(zone("us-east-1-lim-1a"))[f"{ACCOUNT}/us-east-1-lim-1a"]

    assert (row.region, row.country, row.enabled, row.home) == (HOME, "PE", True, False)


def test_an_ordinary_zone_is_no_place_of_its_own() -> None:
    assert zones_of(zone("us-east-1a", "availability-zone")) == {}


def test_a_zone_that_was_not_opted_into_cannot_be_used() -> None:
    closed = zone("us-east-1-wl1-bos-wlz-1", "wavelength-zone", OptInStatus="not-opted-in")

    (row,) = zones_of(closed).values()

    assert (row.country, row.enabled) == ("US", False)


def test_a_zone_that_aws_places_elsewhere_is_anywhere() -> None:
    """The table is older than the answer."""
    moved = zone("us-east-1-bos-1a", Geography=[{"Name": "Canada"}])

    (row,) = zones_of(moved).values()

    assert isinstance(row.country, Unknown)
