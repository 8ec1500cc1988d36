"""The stand-in of the demo's organisation, as tests use it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pytest
from githubkit import GitHub, TokenAuthStrategy

from auditor.columns import parquet
from auditor.demo.github.estate import LOGIN, found_organization, github_estate
from auditor.demo.github.nouns import Organization
from auditor.demo.github.server import TOKEN, Server, serving
from auditor.demo.github.simulator import Simulator
from auditor.tables import TABLES
from tests.demo.auditing import Half, audit_half

DAY = date(2026, 11, 22)
OWNER = "github/github.com/northstar-video"
USER = "github/github.com/user"
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


@dataclass(frozen=True)
class Run:
    """One audit of the organisation."""

    half: Half
    database: duckdb.DuckDBPyConnection

    def ask(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """Return what a query over the tables answers."""
        return self.database.execute(query, list(values)).fetchall()

    def change(self, title: str, columns: str) -> tuple[Any, ...]:
        """Return columns of the one change with a title, alike for each branch it reached."""
        rows = self.ask(f"SELECT {columns} FROM changes WHERE title = ?", title)
        assert rows == [rows[0]] * len(rows)
        return rows[0]


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Collect, derive and evaluate once."""
    half = audit_half(tmp_path_factory.mktemp("github"), "github", github_estate)
    database = duckdb.connect()
    for table in TABLES:
        path = parquet(half.facts / f"{table.table}.parquet")
        database.execute(f"CREATE TABLE {table.table} AS FROM {path}")
    return Run(half, database)


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
