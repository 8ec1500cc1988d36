"""A whole audit of the demo's organisation while things go wrong on the way."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from auditor.collect.github.client import GithubDoor
from auditor.columns import parquet
from auditor.demo.github.estate import LOGIN, found_organization, reaching
from auditor.demo.github.faults import bad_gateway, secondary_limit, unseen
from auditor.demo.github.simulator import Simulator
from auditor.evidence import read_evidence
from auditor.model import Record
from tests.demo.auditing import Half, audit_half

WAIT = 7  # seconds


@dataclass(frozen=True)
class Run:
    """One audit."""

    half: Half
    records: list[Record]
    waits: list[float]
    unplayed: set[str]

    def ask(self, query: str, table: str) -> list[tuple[Any, ...]]:
        """Return what a query over one table answers."""
        path = parquet(self.half.facts / f"{table}.parquet")
        with duckdb.connect() as database:
            database.execute(f"CREATE TABLE {table} AS FROM {path}")
            return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Audit once; a limit and a gateway strike once, and two things may not be seen at all."""
    waits: list[float] = []
    simulator = Simulator(found_organization(datetime.now(UTC).date()))
    simulator.inject(secondary_limit(f"GET /orgs/{LOGIN}/audit-log", seconds=WAIT))
    simulator.inject(bad_gateway("query History"))
    simulator.inject(unseen(f"GET /orgs/{LOGIN}/dependabot/alerts"))
    simulator.forbidden = frozenset({"RepositoryRuleset.bypassActors"})
    half = audit_half(
        tmp_path_factory.mktemp("faults"),
        "github",
        lambda: reaching(simulator),
        lambda target: GithubDoor(target, wait=waits.append),
    )
    records = [record for _, record in read_evidence(half.bundle)]
    return Run(half, records, waits, simulator.unplayed)


def test_limits_and_failures_of_the_moment_are_waited_out(run: Run) -> None:
    """As long as GitHub says; nothing of what was asked is lost."""
    throttled = [each.answer.throttled for each in run.records if each.answer.throttled]

    assert (WAIT in run.waits, throttled) == (True, [1])
    assert len(run.waits) == 2
    assert run.ask("SELECT count(*) FROM changes", "changes")[0][0] > 115
    assert run.ask("SELECT count(*) > 0 FROM code_events WHERE kind = 'bypass'", "code_events") == [
        (True,)
    ]


def test_what_a_ruleset_hides_is_unknown_and_nothing_else_of_it(run: Run) -> None:
    """A list of nobody would be a pass that nobody saw."""
    hidden = run.ask(
        "SELECT DISTINCT bypassers IS NULL, approvals IS NULL, enforced IS NULL FROM branch_rules "
        "WHERE kind = 'ruleset'",
        "branch_rules",
    )

    assert hidden == [(True, False, False)]


def test_alerts_that_may_not_be_seen_are_a_gap(run: Run) -> None:
    """GitHub says 'Not Found', which is no word on whether there are any."""
    gaps = run.ask("SELECT collector, outcome FROM coverage WHERE open AND id <> 'log'", "coverage")

    assert gaps == [("github.alerts.dependency", "denied")]


def test_nothing_was_asked_that_the_stand_in_does_not_play(run: Run) -> None:
    """Else an answer would lack what GitHub gives."""
    assert run.unplayed == set()
