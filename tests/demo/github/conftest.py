"""The stand-in of the demo's organisation, as tests use it."""

from collections.abc import Iterator
from datetime import date

import pytest
from githubkit import GitHub, TokenAuthStrategy

from auditor.demo.github.estate import LOGIN, found_organization
from auditor.demo.github.nouns import Organization
from auditor.demo.github.server import TOKEN, Server, serving
from auditor.demo.github.simulator import Simulator

DAY = date(2026, 11, 22)
VARIABLES = {
    "organization": LOGIN,
    "owner": LOGIN,
    "name": "feed-ranking",
    "team": "developers",
    "ref": "refs/heads/main",
    "since": "2025-11-22T00:00:00Z",
    "until": "2026-11-23T00:00:00Z",
    "patterns": True,
    "first": 50,
    "after": None,
}


@pytest.fixture(scope="session")
def organization() -> Organization:
    """The organisation as of one day."""
    return found_organization(DAY)


@pytest.fixture
def server(organization: Organization) -> Iterator[Server]:
    """A server of its own for each test, so that faults of one do not strike another."""
    with serving(Simulator(organization)) as running:
        yield running


def client(server: Server) -> GitHub[TokenAuthStrategy]:
    """Return the real client, which neither keeps answers nor asks twice."""
    return GitHub(TOKEN, base_url=server.url, http_cache=False, auto_retry=False)
