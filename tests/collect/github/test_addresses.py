"""Addresses of each edition of GitHub."""

import pytest

from auditor.collect.github.addresses import graph_address, host_of, rest_address


@pytest.mark.parametrize(
    ("address", "rest_base", "queries", "host"),
    [
        (None, "https://api.github.com/", "https://api.github.com/graphql", "github.com"),
        (
            "https://acme.ghe.com",
            "https://api.acme.ghe.com/",
            "https://api.acme.ghe.com/graphql",
            "acme.ghe.com",
        ),
        (
            "https://code.example.com:8443/",
            "https://code.example.com:8443/api/v3/",
            "https://code.example.com:8443/api/graphql",
            "code.example.com",
        ),
    ],
    ids=["public", "resident", "server"],
)
def test_each_edition_has_its_addresses(
    address: str | None, rest_base: str, queries: str, host: str
) -> None:
    assert (rest_address(address), graph_address(address), host_of(address)) == (
        rest_base,
        queries,
        host,
    )
