"""Addresses: what is no country is not made one."""

from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.activity.addresses import Database, open_databases, place
from auditor.errors import AuditorError

DATABASES = open_databases(())


@pytest.mark.parametrize(
    ("address", "endpoint", "origin", "country"),
    [
        ("8.8.8.8", "", "internet", "US"),
        ("2001:4860:4860::8888", "", "internet", "US"),
        ("::ffff:8.8.8.8", "", "internet", "US"),
        ("5.255.255.5", "", "internet", "RU"),
        ("10.1.2.3", "", "private", ""),
        ("100.64.0.1", "", "private", ""),
        ("169.254.1.1", "", "private", ""),
        ("fd00::1", "", "private", ""),
        ("10.1.2.3", "vpce-1", "endpoint", ""),
        ("8.8.8.8", "vpce-1", "endpoint", ""),
        ("AWS Internal", "", "provider", ""),
        ("cloudformation.amazonaws.com", "", "provider", ""),
        ("evil-amazonaws.com.example", "", "unknown", ""),
        ("ec2-8-8-8-8.compute-1.amazonaws.com", "", "unknown", ""),
        ("a1.execute-api.us-east-1.amazonaws.com", "", "unknown", ""),
        ("athena.us-east-1.amazonaws.com", "", "provider", ""),
        ("8.8.8.8:443", "", "unknown", ""),
        ("::ffff:10.0.0.1", "", "private", ""),
        ("", "", "unknown", ""),
        ("8.8.8.8, 10.0.0.1", "", "unknown", ""),
    ],
)
def test_where_addresses_are(address: str, endpoint: str, origin: str, country: str) -> None:
    """Only addresses of the internet are looked up."""
    placed = place(address, endpoint, DATABASES)
    assert placed.origin == origin
    assert placed.said == ({"shipped": country} if country else {})


@given(st.one_of(st.text(max_size=40), st.ip_addresses().map(str)))
def test_any_address_has_an_origin(address: str) -> None:
    """Nothing raises, whatever a log says."""
    origins = {"internet", "private", "provider", "endpoint", "unknown"}
    assert place(address, "", DATABASES).origin in origins


def test_what_every_database_says_is_kept() -> None:
    """Two that disagree are both heard."""

    class Says:
        def __init__(self, said: object) -> None:
            self._said = said

        def get(self, address: object) -> object:
            return self._said

    several = [
        Database(name=name, kind="", built="", sha256="", reader=Says(said))  # type: ignore[arg-type]
        for name, said in (
            ("maxmind", {"country": {"iso_code": "SG"}, "registered_country": {"iso_code": "US"}}),
            ("ipinfo", {"country": "US"}),
            ("dbip", {"country_code": "us"}),
            ("odd", {"country": 7}),
            ("none", None),
        )
    ]
    assert place("8.8.8.8", "", several).said == {"maxmind": "SG", "ipinfo": "US", "dbip": "US"}
    assert ip_address("8.8.8.8").is_global


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    """It is named, before anything is read."""
    path = tmp_path / "x.mmdb"
    path.write_bytes(b"no database")
    with pytest.raises(AuditorError, match=r"x\.mmdb is no MaxMind database"):
        open_databases([path])
