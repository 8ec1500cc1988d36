"""The demo's organisation, collected by the real client, and what the tables say of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pytest

from auditor.columns import parquet
from auditor.demo.github import plots
from auditor.demo.github.estate import found_organization, github_estate
from auditor.demo.github.people import DEVI, HUI_MIN, INES, LUIS, NADIA, RAFAEL
from auditor.demo.github.planted import PLANTED
from auditor.evidence import read_evidence
from auditor.model import Outcome
from auditor.tables import TABLES
from tests.demo.auditing import Half, audit_half
from tests.demo.github.conftest import DAY

_OWNER = "github/github.com/northstar-video"
_USER = "github/github.com/user"


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


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Collect, derive and evaluate once."""
    half = audit_half(tmp_path_factory.mktemp("github"), "github", github_estate)
    database = duckdb.connect()
    for table in TABLES:
        path = parquet(half.facts / f"{table.table}.parquet")
        database.execute(f"CREATE TABLE {table.table} AS FROM {path}")
    return Run(half, database)


def test_everything_is_answered(run: Run) -> None:
    """Nothing is refused, so that whatever is unknown is planted."""
    refused = [
        (record.request.operation, record.answer.code)
        for _, record in read_evidence(run.half.bundle)
        if record.answer.outcome is not Outcome.OK
    ]

    assert refused == []


def test_every_planted_wrong_is_found(run: Run) -> None:
    """A breach that a run misses is a failing test."""
    shown = run.half.shown()
    missed = [
        planted
        for planted in PLANTED
        if planted.surely and not any(planted.shows(*each) for each in shown)
    ]

    assert missed == []


def test_nothing_else_is_wrong(run: Run) -> None:
    """What is in order must pass."""
    extra = [
        each
        for each in sorted(run.half.shown() - {("G-10", "log", "indeterminate")})
        if not any(planted.shows(*each) for planted in PLANTED)
    ]

    assert "\n".join(map(str, extra)) == ""


def test_a_year_of_changes_is_seen(run: Run) -> None:
    """Most of it is in order: an estate in which everything is wrong shows nothing."""
    ((merged, approved),) = run.ask(
        "SELECT count(*), count(*) FILTER (approver_employers = ['Oracle']) "
        "FROM changes WHERE kind = 'merged'"
    )

    assert merged >= 115
    assert merged - approved == len({plots.STALE, plots.SELF, plots.PARENTS}) + 4


@pytest.mark.parametrize(
    ("title", "approver"),
    [
        (plots.QUEUED, LUIS),
        (plots.REBASED, NADIA),
        (plots.REVERTED, DEVI),
        (plots.PICKED, NADIA),
        (plots.BY_BOT, LUIS),
        (plots.TWO_HANDS, DEVI),
        (plots.OTHERS_MERGE, NADIA),
        (plots.TIDIED, DEVI),
    ],
    ids=[
        "queue",
        "rebase",
        "revert",
        "cherry-pick",
        "bot",
        "two authors",
        "merged by another",
        "tidied",
    ],
)
def test_what_only_looks_wrong_is_approved(run: Run, title: str, approver: str) -> None:
    """Approved by a trusted reviewer, on its last commit, before it was merged."""
    seen = run.change(title, "approvers, approver_employers, stale_approvals, self_approved")

    assert seen == ([f"{_USER}/{approver}"], ["Oracle"], 0, False)


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        (plots.STALE, ([], 1, False, False)),
        (plots.SELF, ([], 0, True, False)),
        (plots.PARENTS, ([f"{_USER}/{HUI_MIN}"], 0, False, False)),
        (plots.UNAPPROVED, ([], 0, False, True)),
        (plots.AFTERWARDS, ([], 1, False, True)),
        (plots.TAKEN_BACK, ([], 0, False, True)),
        (plots.REMARKED, ([], 0, False, True)),
        (plots.DIRECT, ([], 0, False, True)),
        (plots.UNSIGNED, ([], 0, False, False)),
    ],
    ids=[
        "before the last push",
        "by an author",
        "by the parent",
        "by nobody",
        "after the merge",
        "taken back",
        "remarked only",
        "pushed",
        "pushed and unsigned",
    ],
)
def test_what_is_wrong_is_not_approved(run: Run, title: str, seen: tuple[Any, ...]) -> None:
    """Or not by somebody whose approval counts."""
    assert run.change(title, "approvers, stale_approvals, self_approved, bypassed") == seen


def test_the_parent_is_known_as_such(run: Run) -> None:
    """An approval counts for its employer only."""
    assert run.change(plots.PARENTS, "approver_employers") == (["Farshore Holdings"],)


def test_each_way_of_merging_is_told(run: Run) -> None:
    """By the commit that GitHub calls the merge, and by what happened to the request."""
    found = run.ask("SELECT DISTINCT method FROM changes ORDER BY method")

    assert found == [("merge",), ("push",), ("queue",), ("rebase",), ("squash",)]


def test_a_release_branch_has_the_changes_of_the_branch_that_it_was_made_from(run: Run) -> None:
    """Each once for each branch; what was picked for it, once."""
    twice = run.ask("SELECT count(*) FROM changes WHERE id LIKE '%@release/5.2'")
    (picked,) = run.ask("SELECT branch_id FROM changes WHERE title = ?", plots.PICKED)

    assert twice[0][0] > 15
    assert picked == (f"{_OWNER}/app-android@refs/heads/{plots.RELEASE}",)


def test_only_pushes_came_without_a_request(run: Run) -> None:
    """However a request was merged, its commits are its own."""
    direct = run.ask("SELECT title FROM changes WHERE kind = 'direct' ORDER BY title")

    assert direct == [(plots.DIRECT,), (plots.UNSIGNED,)]


def test_an_unsigned_commit_is_seen(run: Run) -> None:
    """Those that GitHub rebased are not signed either, and nothing else is unsigned."""
    unsigned = run.ask(
        "SELECT DISTINCT repository_id, kind FROM changes WHERE signed IS NOT true "
        "ORDER BY repository_id"
    )

    assert unsigned == [
        (f"{_OWNER}/feed-ranking", "merged"),
        (f"{_OWNER}/remote-config", "direct"),
    ]
    assert run.change(plots.UNSIGNED, "signed") == (False,)


@pytest.mark.parametrize(
    ("repository", "columns", "seen"),
    [
        ("app-android", "approvals, dismisses_stale, signatures, bypassers", (1, True, True, [])),
        ("app-ios", "no_force_push, bypassers", (False, ["role/administrator"])),
        ("build-tools", "approvals, bypassers", (1, None)),
        ("feed-ranking", "approvals, dismisses_stale", (1, False)),
        ("remote-config", "approvals, no_direct_push", (0, False)),
        ("upload-service", "bypassers", (["role/admin", "role/organization administrator"],)),
    ],
)
def test_what_guards_a_branch(
    run: Run, repository: str, columns: str, seen: tuple[Any, ...]
) -> None:
    """One holds; the others let force pushes, bypassers, or everything pass, or hide who may."""
    rows = run.ask(
        f"SELECT {columns} FROM branches WHERE repository_id = '{_OWNER}/{repository}' "
        "AND is_default"
    )

    assert rows == [seen]


def test_who_else_can_write(run: Run) -> None:
    """An outside collaborator and a deploy key; another key only reads."""
    rights = run.ask(
        "SELECT repository_id, access, via FROM repository_rights "
        "WHERE via IN ('outside collaborator', 'deploy key') ORDER BY repository_id"
    )

    assert rights == [
        (f"{_OWNER}/app-ios", "write", "outside collaborator"),
        (f"{_OWNER}/build-tools", "read", "deploy key"),
        (f"{_OWNER}/upload-service", "write", "deploy key"),
    ]


def test_scanners_and_their_alerts(run: Run) -> None:
    """Push protection is off once; two alerts stay open, one of them critical and old."""
    off = run.ask("SELECT id FROM repositories WHERE NOT push_protection")
    alerts = run.ask(
        "SELECT repository_id, kind, severity, age_days FROM alerts WHERE state = 'open' "
        "ORDER BY repository_id"
    )

    assert off == [(f"{_OWNER}/build-tools",)]
    assert alerts == [
        (f"{_OWNER}/app-ios", "dependency", "critical", 120),
        (f"{_OWNER}/remote-config", "secret", "", 20),
    ]


def test_what_builds(run: Run) -> None:
    """Runners of one's own, workflows that may approve, and an environment that nobody guards."""
    rows = run.ask(
        "SELECT kind, name, self_hosted, approves, gated FROM builders ORDER BY kind, id"
    )

    assert rows == [
        ("environment", "production", False, False, True),
        ("environment", "production", False, False, False),
        ("runner", "ios-mini-2", True, False, False),
        ("runner", "build-box-7", True, False, False),
        ("workflow settings", "Actions of northstar-video", False, True, False),
    ]


def test_the_log_tells_of_bypassing_and_of_reading(run: Run) -> None:
    """Six pushes past the rules, one of which was taken back; readers in other countries."""
    bypasses = run.ask(
        "SELECT repository_id, count(DISTINCT commit) FROM code_events WHERE kind = 'bypass' "
        "GROUP BY ALL ORDER BY ALL"
    )
    readers = run.ask("SELECT DISTINCT country FROM code_events WHERE kind = 'read' ORDER BY 1")

    assert bypasses == [(f"{_OWNER}/app-ios", 1), (f"{_OWNER}/upload-service", 5)]
    assert readers == [("IE",), ("SG",), ("US",)]


def test_a_force_push_is_seen_where_rules_allow_it(run: Run) -> None:
    """Every other branch kept its history: by its rules, or as the host says."""
    rewritten = run.ask("SELECT id FROM branches WHERE rewritten IS NOT false")
    pushes = run.ask(
        "SELECT principal_id, ref, replaced IN (SELECT commit FROM commits) FROM code_events "
        "WHERE kind = 'force push'"
    )

    assert rewritten == [(f"{_OWNER}/app-ios@refs/heads/main",)]
    assert pushes == [(f"{_USER}/{RAFAEL}", "refs/heads/main", False)]


def test_who_changed_rules_is_told_with_what_they_asked_for(run: Run) -> None:
    """Only of those that changed: one was switched off, and one on."""
    changes = run.ask(
        "SELECT split_part(id, '/', -3), principal_id, len(asks) > 0 FROM code_events "
        "WHERE contains(id, '/version/') ORDER BY ALL"
    )
    lasted = run.ask("SELECT DISTINCT lasted FROM branches ORDER BY ALL")

    ines, rafael = (f"{_USER}/{name}" for name in (INES, RAFAEL))
    assert changes == [
        ("4002", ines, False),
        ("4002", rafael, True),
        ("4005", ines, False),
        ("4005", ines, True),
    ]
    assert lasted == [(True,), (None,)]


def test_what_waits_is_counted(run: Run) -> None:
    """Open requests to release branches."""
    waiting = run.ask(
        "SELECT repository_id, backlog FROM throughput WHERE backlog > 0 ORDER BY repository_id"
    )

    assert waiting == [(f"{_OWNER}/build-tools", 1), (f"{_OWNER}/feed-ranking", 1)]


def test_names_of_commits_do_not_depend_on_the_day() -> None:
    """So that a finding of today can be compared with one of tomorrow."""
    one, other = (found_organization(day).repositories for day in (DAY, date(2027, 3, 1)))

    assert {name: list(each.commits) for name, each in one.items()} == {
        name: list(each.commits) for name, each in other.items()
    }
