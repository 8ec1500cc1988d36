"""Where regions are, who runs them, what an OCID says."""

import oci.regions
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.oci.regions import (
    REGIONS,
    country_of,
    domain_of,
    operator_in,
    operator_of,
    realm_of,
    region_in,
    region_named,
)
from auditor.model import Unknown


def test_every_region_of_the_sdk_is_in_the_table() -> None:
    """A region that we do not know would make every store in it unknown."""
    assert {name: region.realm for name, region in REGIONS.items()} == oci.regions.REGION_REALMS
    assert {r.key: r.name for r in REGIONS.values()} == oci.regions.REGIONS_SHORT_NAMES
    assert {realm_of(name) for name in REGIONS} == oci.regions.REALMS.keys()


def test_domains_are_those_of_the_sdk() -> None:
    """A signed request goes nowhere else."""
    for name, realm in oci.regions.REGION_REALMS.items():
        assert domain_of(name) == oci.regions.REALMS[realm]


def test_countries_are_iso_codes() -> None:
    """Two capital letters."""
    assert all(len(region.country) == 2 and region.country.isupper() for region in REGIONS.values())


@pytest.mark.parametrize(
    ("region", "country", "operator"),
    [
        ("us-ashburn-1", "US", "Oracle"),
        ("us-gov-phoenix-1", "US", "Oracle"),
        ("eu-frankfurt-2", "DE", "Oracle EU Sovereign Cloud"),
        ("ap-chiyoda-1", "JP", "operator of realm oc8"),
    ],
)
def test_a_partners_realm_is_not_oracles(region: str, country: str, operator: str) -> None:
    """The same service, the same name, other hands."""
    assert (country_of(region), operator_of(region)) == (country, operator)


def test_an_unlisted_region_has_no_known_country() -> None:
    """Its name may look like one; that is no fact."""
    assert isinstance(country_of("us-atlantis-1"), Unknown)
    assert operator_of("us-atlantis-1") != "Oracle"


@pytest.mark.parametrize(
    ("ocid", "region"),
    [
        ("ocid1.volume.oc1.phx.abc", "us-phoenix-1"),
        ("ocid1.volume.oc1.eu-frankfurt-1.abc", "eu-frankfurt-1"),
        ("ocid1.vault.oc1.IAD.v1.abc", "us-ashburn-1"),
        ("ocid1.filesystem.oc1.eu_frankfurt_1.abc", "eu-frankfurt-1"),
    ],
)
def test_an_ocid_names_its_region(ocid: str, region: str) -> None:
    """By key or by name."""
    assert region_in(ocid) == region


@given(st.one_of(st.none(), st.text(), st.integers(), st.lists(st.text())))
def test_whatever_stands_for_an_ocid_is_a_region_or_unknown(value: object) -> None:
    """Answers are not trusted to be well-formed."""
    assert isinstance(region_in(value), str | Unknown)


def test_a_tenancy_is_in_no_region() -> None:
    """The segment is empty."""
    assert isinstance(region_in("ocid1.tenancy.oc1..abc"), Unknown)


def test_only_realms_that_oracle_runs_are_oracles() -> None:
    """A partner's realm that is new must not be taken for Oracle's own."""
    oracles = {realm_of(name) for name in REGIONS if operator_of(name) == "Oracle"}

    assert oracles == {"oc1", "oc2", "oc3", "oc4"}
    assert realm_of("us-atlantis-1") == ""


@pytest.mark.parametrize("name", ["iad", "IAD", "us-ashburn-1"])
def test_a_region_is_known_by_key_and_by_name(name: str) -> None:
    """Services do not agree on how to write it."""
    assert region_named(name) == "us-ashburn-1"


@pytest.mark.parametrize("name", [None, "", 7, Unknown("denied")])
def test_what_names_no_region_is_unknown(name: object) -> None:
    assert isinstance(region_named(name), Unknown)


def test_an_ocid_of_two_realms_names_no_region() -> None:
    """Phoenix is in the commercial realm: such an identifier was made up."""
    assert isinstance(region_in("ocid1.volume.oc3.phx.abc"), Unknown)


def test_who_runs_a_tenancy_is_in_its_id() -> None:
    """What has no region is run by whoever runs the realm."""
    assert operator_in("ocid1.tenancy.oc1..abc") == "Oracle"
    assert "oc42" in operator_in("ocid1.tenancy.oc42..abc")
    assert operator_in("") != "Oracle"
