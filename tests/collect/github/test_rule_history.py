"""Earlier versions of rulesets: what they asked for, since when, and who changed them."""

from typing import Any, cast

import pytest

from auditor.collect.github.rule_history import (
    ORGANIZATION_RULESETS,
    ORGANIZATION_VERSIONS,
    VERSIONS,
)
from auditor.collect.github.rules import RULESETS
from auditor.model import Answer, Json, Unknown
from auditor.tables import CodeEvent, Maybe
from tests.collect.github.finding import APP, BASE, DENIED, found, ok, rows, whole

VERSION = {
    "version_id": 3,
    "actor": {"id": 5, "type": "User"},
    "updated_at": "2026-01-02T10:00:00Z",
}
STATE: dict[str, Any] = {
    "enforcement": "active",
    "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": ["refs/heads/x"]}},
    "bypass_actors": [{"actor_id": 1, "actor_type": "Team", "bypass_mode": "always"}],
    "rules": [
        {"type": "deletion"},
        {"type": "non_fast_forward"},
        {"type": "required_linear_history"},
        {
            "type": "pull_request",
            "parameters": {
                "required_approving_review_count": 2,
                "dismiss_stale_reviews_on_push": True,
            },
        },
    ],
}
ANN = ok({"login": "Ann"})


def event(state: Answer, **details: Answer) -> CodeEvent:
    """Return the row of a version of a repository's ruleset."""
    answers = {"state": state, "actor": ANN, **details}
    (row,) = rows(VERSIONS, VERSION, details=answers, ruleset="acme/app/7")
    return cast("CodeEvent", row)


def version(**changed: Json) -> CodeEvent:
    """Return the row of a version in another state."""
    return event(ok({**VERSION, "state": {**STATE, **changed}}))


def words(told: Maybe[tuple[str, ...]]) -> set[str]:
    """Return what is known of a version."""
    assert isinstance(told, tuple)
    return set(told)


def test_a_version_tells_what_the_rules_asked_for() -> None:
    row = version()

    assert (row.id, row.repository_id) == (f"{APP}/ruleset/7/version/3", APP)
    assert (row.kind, row.at) == ("rule change", "2026-01-02T10:00:00.000Z")
    assert row.principal_id == f"{BASE}/user/ann"
    assert row.asks == (
        *("approval 1", "approval 2", "covers ~DEFAULT_BRANCH", "dismisses_stale"),
        *("no_deletion", "no_direct_push", "no_force_push", "required_linear_history"),
    )
    assert row.exempts == ("Team 1", "Team 1 by change request", "ref refs/heads/x")


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ({"require_last_push_approval": True}, "last_push_approved"),
        ({"require_code_owner_review": True}, "code_owners"),
        ({"required_review_thread_resolution": True}, "threads resolved"),
        ({"required_status_checks": [{"context": "build"}]}, "check build"),
    ],
    ids=("last push", "owners", "threads", "checks"),
)
def test_a_version_without_one_of_its_later_demands_asked_for_less(
    rule: dict[str, Json], word: str
) -> None:
    assert word in words(version(rules=[{"type": "pull_request", "parameters": rule}]).asks)
    assert word not in words(version(rules=[{"type": "pull_request", "parameters": {}}]).asks)
    odd = {"required_status_checks": 1, "required_approving_review_count": 10**12}
    assert len(words(version(rules=[{"type": "x", "parameters": odd}]).asks)) < 1000


def test_a_version_is_for_the_repositories_that_it_names() -> None:
    """An earlier one that was for others asked nothing of these."""
    names: Json = {"include": ["app"], "exclude": ["old"]}
    by_number: Json = {"repository_ids": [7]}
    state = STATE["conditions"] | {"repository_name": names, "repository_id": by_number}
    row = version(conditions=state)
    assert {'covers repository "app"', "covers repository 7"} <= words(row.asks)
    assert 'repository "old"' in words(row.exempts)


def test_who_may_pass_by_change_requests_only_may_do_less() -> None:
    """So a version that let them pass always let more pass."""
    actor = {"actor_id": 1, "actor_type": "Team", "bypass_mode": "pull_request"}

    assert version(bypass_actors=[actor]).exempts == (
        "Team 1 by change request",
        "ref refs/heads/x",
    )


@pytest.mark.parametrize("state", ["disabled", "evaluate"])
def test_rules_that_are_off_or_only_tried_ask_for_nothing(state: str) -> None:
    assert version(enforcement=state).asks == ()


@pytest.mark.parametrize("member", ["rules", "conditions", "enforcement"])
def test_what_is_not_shown_of_a_version_is_unknown(member: str) -> None:
    assert isinstance(version(**{member: None}).asks, Unknown)


@pytest.mark.parametrize("member", ["bypass_actors", "conditions"])
def test_whom_a_version_let_pass_is_unknown_where_it_is_hidden(member: str) -> None:
    row = version(**{member: None})

    assert isinstance(row.exempts, Unknown)
    assert row.exempts.permission == "administration:write"


def test_a_refused_version_is_unknown_and_its_moment_is_not() -> None:
    row = event(DENIED)

    assert isinstance(row.asks, Unknown)
    assert isinstance(row.exempts, Unknown)
    assert row.at == "2026-01-02T10:00:00.000Z"


def test_who_changed_it_is_unknown_where_nobody_tells() -> None:
    assert isinstance(event(ok({"state": STATE}), actor=DENIED).principal_id, Unknown)
    (row,) = rows(VERSIONS, {**VERSION, "actor": {}}, ruleset="acme/app/7")
    assert isinstance(cast("CodeEvent", row).principal_id, Unknown)


def test_versions_of_the_organisations_rules_are_of_no_repository() -> None:
    answers = {"state": ok({"state": STATE}), "actor": ANN}
    (row,) = rows(ORGANIZATION_VERSIONS, VERSION, details=answers, organization_ruleset="acme/9")

    assert isinstance(row, CodeEvent)
    assert (row.id, row.repository_id) == (f"{BASE}/acme/ruleset/9/version/3", "")


def test_paths_are_filled_in_from_the_place() -> None:
    one = found(VERSIONS, VERSION, ruleset="acme/app/7")
    made = {name: compose(one) for name, compose in VERSIONS.listing.compose.items()}
    assert made == {"owner": "acme", "repo": "app", "ruleset_id": "7"}

    other = found(ORGANIZATION_VERSIONS, VERSION, organization_ruleset="acme/9")
    listing = ORGANIZATION_VERSIONS.listing
    made = {name: compose(other) for name, compose in listing.compose.items()}
    assert made == {"org": "acme", "ruleset_id": "9"}


@pytest.mark.parametrize(
    ("changed", "asked"),
    [("2025-12-31T00:00:00Z", False), ("2026-01-01T00:00:00Z", True), (None, True)],
    ids=["before", "within", "unknown"],
)
def test_only_rulesets_that_changed_since_the_period_began_are_asked_about(
    changed: str | None, asked: bool
) -> None:
    own: Json = {
        "databaseId": 7,
        "updatedAt": changed,
        "source": {"__typename": "Repository", "nameWithOwner": "acme/app"},
    }
    shared = {**own, "source": {"__typename": "Organization", "login": "acme"}}
    item = {"nameWithOwner": "acme/app", "rulesets": whole(own, shared)}
    assert RULESETS.axis is not None
    assert RULESETS.axis.values_of(found(RULESETS, item)) == (("acme/app/7",) if asked else ())

    listed = found(ORGANIZATION_RULESETS, {"id": 9, "updated_at": changed})
    assert ORGANIZATION_RULESETS.axis is not None
    assert ORGANIZATION_RULESETS.axis.values_of(listed) == (("acme/9",) if asked else ())
    assert list(ORGANIZATION_RULESETS.rows(listed)) == []
