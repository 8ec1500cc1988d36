"""What workflows may do, and on which machines."""

from typing import cast

import pytest

from auditor.collect.github.actions import RUNNERS, SETTINGS
from auditor.model import Answer, Json, Unknown
from auditor.tables import Builder
from tests.collect.github.finding import BASE, DENIED, ok, rows


def settings(item: Json, workflow: Answer, selected: Answer | None = None) -> Builder:
    details = {"workflow": workflow} | ({"selected": selected} if selected else {})
    (row,) = rows(SETTINGS, item, details=details)
    return cast(Builder, row)


@pytest.mark.parametrize(("level", "writes"), [("read", False), ("write", True)])
def test_the_token_of_workflows_may_what_the_organisation_says(level: str, writes: bool) -> None:
    body = {"default_workflow_permissions": level, "can_approve_pull_request_reviews": writes}
    row = settings({"enabled_repositories": "all", "allowed_actions": "all"}, ok(body))

    assert (row.id, row.kind) == (f"{BASE}/acme/actions", "workflow settings")
    assert (row.token_writes, row.approves) == (writes, writes)


def test_hidden_settings_are_unknown() -> None:
    row = settings({"enabled_repositories": "all"}, DENIED)

    for value in (row.token_writes, row.approves, row.unmanaged_code):
        assert isinstance(value, Unknown)


@pytest.mark.parametrize(
    ("item", "selected", "expected"),
    [
        ({"enabled_repositories": "none"}, None, False),
        ({"allowed_actions": "local_only"}, None, False),
        ({"allowed_actions": "all"}, None, True),
        ({"allowed_actions": "all", "sha_pinning_required": True}, None, False),
        ({"allowed_actions": "selected"}, {"patterns_allowed": ["x/*"]}, True),
        ({"allowed_actions": "selected"}, {"verified_allowed": True}, True),
        (
            {"allowed_actions": "selected"},
            {"patterns_allowed": [], "verified_allowed": False},
            False,
        ),
    ],
    ids=["off", "local", "all", "pinned", "patterns", "verified", "own"],
)
def test_actions_of_strangers_are_code_that_anybody_may_change(
    item: Json, selected: Json, expected: bool
) -> None:
    row = settings(item, DENIED, ok(selected) if selected else None)

    assert row.unmanaged_code is expected


def test_refused_patterns_are_unknown() -> None:
    assert isinstance(
        settings({"allowed_actions": "selected"}, DENIED, DENIED).unmanaged_code, Unknown
    )


def test_a_runner_is_a_machine_of_the_organisations_own() -> None:
    (row,) = rows(RUNNERS, {"id": 31, "name": "box"})

    assert isinstance(row, Builder)
    assert (row.id, row.kind, row.self_hosted) == (f"{BASE}/acme/runner/31", "runner", True)
