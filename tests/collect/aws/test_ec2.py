"""Regions: which the account can use, and where they are."""

import pytest

from auditor.collect.aws.ebs import VOLUMES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Target, Unknown
from auditor.tables import Region
from tests.collect.aws.walking import ACCOUNT, HOME, gather

pytestmark = pytest.mark.usefixtures("cloud")
EVERYWHERE = Target(name="here", provider="aws")


def test_lists_open_and_closed_regions() -> None:
    """A region that is not opted in is a fact, and is not looked into."""
    collected = gather([IDENTITY, REGIONS, VOLUMES], EVERYWHERE)
    regions = {row.region: row for row in collected.rows if isinstance(row, Region)}
    asked = {
        record.request.region
        for record in collected.records
        if record.request.operation == "DescribeVolumes"
    }

    assert regions[HOME].id == f"{ACCOUNT}/{HOME}"
    assert (regions[HOME].enabled, regions[HOME].home) == (True, True)
    assert (regions["eu-central-1"].country, regions["eu-central-1"].home) == ("DE", False)
    assert asked == {name for name, region in regions.items() if region.enabled}
    assert any(region.enabled is False for region in regions.values())


def test_guardrails_are_unknown() -> None:
    """Nobody may take their absence from our not looking."""
    rows = gather([IDENTITY, REGIONS]).rows

    assert all(isinstance(row.creation_denied, Unknown) for row in rows if isinstance(row, Region))
