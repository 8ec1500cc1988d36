"""What the tables say of the organisation's settings, rules and logs."""

from typing import Any

import pytest

from auditor.demo.github.people import INES, RAFAEL
from tests.demo.github.conftest import OWNER, USER, Run


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
        f"SELECT {columns} FROM branches WHERE repository_id = '{OWNER}/{repository}' "
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
        (f"{OWNER}/app-ios", "write", "outside collaborator"),
        (f"{OWNER}/build-tools", "read", "deploy key"),
        (f"{OWNER}/upload-service", "write", "deploy key"),
    ]


def test_scanners_and_their_alerts(run: Run) -> None:
    """Push protection is off once; two alerts stay open, one of them critical and old."""
    off = run.ask("SELECT id FROM repositories WHERE NOT push_protection")
    alerts = run.ask(
        "SELECT repository_id, kind, severity, age_days FROM alerts WHERE state = 'open' "
        "ORDER BY repository_id"
    )

    assert off == [(f"{OWNER}/build-tools",)]
    assert alerts == [
        (f"{OWNER}/app-ios", "dependency", "critical", 120),
        (f"{OWNER}/remote-config", "secret", "", 20),
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

    assert bypasses == [(f"{OWNER}/app-ios", 1), (f"{OWNER}/upload-service", 5)]
    assert readers == [("IE",), ("SG",), ("US",)]


def test_a_force_push_is_seen_where_rules_allow_it(run: Run) -> None:
    """Every other branch kept its history: by its rules, or as the host says."""
    rewritten = run.ask("SELECT id FROM branches WHERE rewritten IS NOT false")
    pushes = run.ask(
        "SELECT principal_id, ref, replaced IN (SELECT commit FROM commits) FROM code_events "
        "WHERE kind = 'force push'"
    )

    assert rewritten == [(f"{OWNER}/app-ios@refs/heads/main",)]
    assert pushes == [(f"{USER}/{RAFAEL}", "refs/heads/main", False)]


def test_who_changed_rules_is_told_with_what_they_asked_for(run: Run) -> None:
    """Only of those that changed: one was switched off, and one on."""
    changes = run.ask(
        "SELECT split_part(id, '/', -3), principal_id, len(asks) > 0 FROM code_events "
        "WHERE contains(id, '/version/') ORDER BY ALL"
    )
    lasted = run.ask("SELECT DISTINCT lasted FROM branches ORDER BY ALL")

    ines, rafael = (f"{USER}/{name}" for name in (INES, RAFAEL))
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

    assert waiting == [(f"{OWNER}/build-tools", 1), (f"{OWNER}/feed-ranking", 1)]
