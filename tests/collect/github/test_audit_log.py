"""What the audit log says, and which rules were bypassed."""

from typing import cast

import pytest

from auditor.collect.github.audit_log import AUDIT_LOG, GIT_LOG, RULE_SUITES, kind_of
from auditor.collect.period import within_period
from auditor.model import Unknown
from auditor.tables import CodeEvent
from tests.collect.github.finding import APP, BASE, rows
from tests.fakes import audit


def test_an_event_says_who_did_what_from_where() -> None:
    (row,) = rows(
        AUDIT_LOG,
        {
            "_document_id": "d1",
            "@timestamp": 1_767_225_600_000,
            "action": "protected_branch.policy_override",
            "actor": "Ann",
            "actor_location": {"country_code": "IE"},
            "repo": "acme/app",
            "branch": "refs/heads/main",
            "after": "a" * 40,
        },
    )

    event = cast(CodeEvent, row)
    assert (event.id, event.repository_id) == (f"{BASE}/acme/event/d1", APP)
    assert (event.kind, event.principal_id) == ("bypass", f"{BASE}/user/ann")
    assert (event.country, event.at) == ("IE", "2026-01-01T00:00:00.000Z")
    assert (event.ref, event.commit) == ("refs/heads/main", "a" * 40)


def test_what_the_log_leaves_out_is_unknown() -> None:
    (row,) = rows(AUDIT_LOG, {"action": "org.create", "created_at": None})

    event = cast(CodeEvent, row)
    assert isinstance(event.principal_id, Unknown)
    assert isinstance(event.at, Unknown)
    assert event.repository_id == ""


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("git.clone", "read"),
        ("protected_branch.policy_override", "bypass"),
        ("protected_branch.update_admin_enforced", "rule change"),
        ("repository_ruleset.update", "rule change"),
        ("org.add_member", "right change"),
        ("team.add_repository", "right change"),
        ("repo.access", "right change"),
        ("secret_scanning_push_protection.bypass", "bypass"),
        ("org.register_self_hosted_runner", "runner"),
        ("workflows.completed_workflow_run", "other"),
    ],
)
def test_actions_have_kinds(action: str, kind: str) -> None:
    assert kind_of(action) == kind


def test_the_period_is_part_of_the_search() -> None:
    (log, git) = within_period([AUDIT_LOG, GIT_LOG], audit())

    assert log.listing.parameters["phrase"] == "created:2026-01-01..2026-01-03"
    assert git.listing.parameters["include"] == "git"


def test_a_bypassed_rule_names_the_push() -> None:
    (row,) = rows(
        RULE_SUITES,
        {
            "id": 7,
            "actor_name": "ann",
            "repository_name": "app",
            "ref": "refs/heads/main",
            "after_sha": "a" * 40,
            "pushed_at": "2026-01-01T00:00:00Z",
        },
    )

    event = cast(CodeEvent, row)
    assert (event.kind, event.repository_id, event.commit) == ("bypass", APP, "a" * 40)
