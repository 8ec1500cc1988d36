"""Addresses that come from answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.oci.addresses import fault_of, is_oracle
from tests.collect.oci.simulated import request_for

GOOD = "https://abc-management.kms.us-ashburn-1.oraclecloud.com"


@pytest.mark.parametrize("endpoint", [GOOD, f"{GOOD}/", f"{GOOD}:443"])
def test_a_vaults_address_is_oracles(endpoint: str) -> None:
    """As the API states it."""
    assert is_oracle(endpoint, "us-ashburn-1")


@pytest.mark.parametrize(
    "endpoint",
    [
        GOOD.replace("https", "http"),
        f"{GOOD}:8443",
        f"{GOOD}.evil.example",
        f"{GOOD}@evil.example",
        f"https://evil.example#{GOOD}",
        f"https://evil.example/{GOOD}",
        f"https://user@{GOOD.removeprefix('https://')}",
        "https://oraclecloud.com.evil.example",
        "https://eviloraclecloud.com",
        "https://evil.example\\.oraclecloud.com",
        "https://[::1",
        f"{GOOD}/path",
        f"{GOOD}?query",
        f"{GOOD}\n",
        GOOD.replace("oraclecloud.com", "oraclegovcloud.com"),
        "",
    ],
)
def test_anything_else_is_not(endpoint: str) -> None:
    """A signed request must not leave the realm."""
    assert not is_oracle(endpoint, "us-ashburn-1")


@pytest.mark.parametrize("region", ["", "evil.example/", "us-ashburn-1.evil.example", "US-X-1"])
def test_a_region_is_a_plain_name(region: str) -> None:
    """It becomes part of a host name."""
    assert fault_of(request_for("s.C", "get_x"), region)


@pytest.mark.parametrize("value", [".", ".."])
def test_a_parameter_cannot_climb_the_path(value: str) -> None:
    """Percent-encoding leaves dots as they are."""
    assert fault_of(request_for("s.C", "get_x", key_id=value), "us-ashburn-1")


@given(st.text())
def test_only_hosts_below_the_domain_pass(endpoint: str) -> None:
    """Whatever an answer says."""
    assert not is_oracle(endpoint, "us-ashburn-1") or ".oraclecloud.com" in endpoint
