"""The table of regions against the SDK's own."""

import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.aws.regions import (
    REGIONS,
    UNLISTED,
    arn,
    country_of,
    country_of_zones,
    home_of,
    operator_of,
    partition_of,
)
from auditor.model import Unknown

SESSION = botocore.session.get_session()
KNOWN = {
    (partition, region)
    for partition in SESSION.get_available_partitions()
    for region in SESSION.get_available_regions("ec2", partition)
}


@pytest.mark.parametrize(("partition", "region"), sorted(KNOWN))
def test_each_region_of_the_sdk_is_listed_or_unknown(partition: str, region: str) -> None:
    """A region that a new SDK brings must not be taken for any country."""
    if region in REGIONS:
        assert REGIONS[region].partition == partition == partition_of(region)
        assert len(str(country_of(region))) == 2
    else:
        assert country_of(region) is UNLISTED


def test_every_public_region_is_listed() -> None:
    """Those of secret partitions are not: their places are not published."""
    public = {region for partition, region in KNOWN if "iso" not in partition}

    assert public <= REGIONS.keys()


def test_homes_are_in_their_partitions() -> None:
    """Identities are mastered where the provider's guide says."""
    partitions = {region.partition for region in REGIONS.values()}

    assert {partition_of(home_of(partition)) for partition in partitions} == partitions


def test_other_companies_run_the_regions_in_china() -> None:
    """The operator decides whose staff has the keys to the building."""
    assert operator_of("us-east-1") == "Amazon Web Services"
    assert "Sinnet" in operator_of("cn-north-1")
    assert country_of("cn-northwest-1") == "CN"


@pytest.mark.parametrize(
    ("zones", "expected"),
    [("us-east-1a", "US"), (["us-east-1a", "us-east-1f"], "US"), (["us-east-1b"], "US")],
)
def test_ordinary_zones_are_where_their_region_is(zones: object, expected: str) -> None:
    assert country_of_zones(zones, "us-east-1") == expected


@pytest.mark.parametrize(
    ("zone", "region", "expected"),
    [
        ("us-east-1-lim-1a", "us-east-1", "PE"),
        ("us-east-1-bue-1a", "us-east-1", "AR"),
        ("use1-lim1-az1", "us-east-1", "PE"),
        ("us-west-2-lax-1b", "us-west-2", "US"),
        ("usw2-lax1-az1", "us-west-2", "US"),
        ("us-east-1-wl1-bos-wlz-1", "us-east-1", "US"),
        ("eu-west-3-wl1-cmn-wlz-1", "eu-west-3", "MA"),
        ("apse1-az2", "ap-southeast-1", "SG"),
    ],
)
def test_other_zones_are_where_the_table_says(zone: str, region: str, expected: str) -> None:
    """A Local Zone of Virginia can be in Lima."""
    assert country_of_zones(zone, region) == expected


@given(st.text(max_size=30) | st.from_regex(r"us-east-1-[a-z]{3}-[0-9]a\n?"))
def test_no_name_makes_a_country_that_the_table_has_not(zone: str) -> None:
    country = country_of_zones(zone, "us-east-1")

    assert isinstance(country, Unknown) or country in {"US", "AR", "CL", "MX", "PE"}
    assert isinstance(country, Unknown) or zone.startswith(("us-east-1", "use1-"))


def test_a_zone_of_another_region_is_no_zone_of_this_one() -> None:
    assert isinstance(country_of_zones("us-east-1-lim-1a", "us-west-2"), Unknown)


@pytest.mark.parametrize(
    "zones",
    [
        "us-east-1-xyz-1a",
        "us-east-1-wl1-xyz-wlz-1",
        "us-east-1-lim-1aa",
        "us-east-1-lim-1\n",
        "us-east-1aa",
        "us-east-1",
        "eu-central-1a",
        ["us-east-1a", "us-east-1-bue-1a"],  # in two countries
        [],
        "",
        None,
        7,
    ],
)
def test_zones_that_nobody_listed_are_anywhere(zones: object) -> None:
    """A region's name is not its zones' country."""
    assert isinstance(country_of_zones(zones, "us-east-1"), Unknown)


def test_arns_have_the_partition_of_their_region() -> None:
    assert arn("ec2", "cn-north-1", "1", "volume/v") == "arn:aws-cn:ec2:cn-north-1:1:volume/v"
