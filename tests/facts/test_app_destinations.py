"""Where hosts are: by address, or by an ending that is a country's alone."""

import pytest

from auditor.model import Unknown
from auditor.tables import AppDestination
from tests.facts.deriving import Facts

PLACED = {
    ("log.farshore.example.cn", ""): "CN",
    ("8.8.8.8", ""): "US",
    ("api.example.com", ""): None,
    ("video.example.io", ""): None,
    ("api.example.com", "8.8.8.8"): "US",
    ("log.farshore.example.cn", "8.8.8.8"): "US",
    ("192.0.2.1", ""): None,
    ("[2001:4860:4860::8888]", ""): "US",
    ("x.xn--p1ai", ""): None,
    ("", ""): None,
    ("..", "999.1.1.1"): None,
}


@pytest.fixture(scope="module")
def placed() -> dict[str, str | None]:
    """The country of each destination, by its id."""
    rows = [
        AppDestination(
            id=f"{number:02}",
            provider="app",
            account="apps",
            app_id="",
            application="com.example",
            host=host,
            seen="traffic",
            where="x.har",
            address=address,
        )
        for number, (host, address) in enumerate(PLACED)
    ]
    rows.append(
        AppDestination(
            id="99", provider="app", account="apps", app_id="", application="com.example",
            host="a.cn", seen="traffic", where="x.har", address=Unknown("not recorded"),
        )
    )  # fmt: skip
    return dict(Facts(rows).rows("app_destinations", "id, country"))


def test_hosts_are_placed(placed: dict[str, str | None]) -> None:
    """An address decides before a name; endings sold to everybody place nothing."""
    assert [placed[f"{number:02}"] for number in range(len(PLACED))] == list(PLACED.values())


def test_a_name_is_placed_although_its_address_is_unknown(
    placed: dict[str, str | None],
) -> None:
    """By its ending."""
    assert placed["99"] == "CN"
