"""What guards branches, and who may bypass it."""

from typing import Any, cast

import pytest

from auditor.collect.github.rules import PROTECTIONS, RULESETS
from auditor.model import Json, Unknown
from auditor.spec import Collector
from auditor.tables import BranchRule
from tests.collect.github.finding import APP, BASE, DENIED, cut, ok, rows, whole

REQUESTS = {
    "type": "PULL_REQUEST",
    "parameters": {
        "__typename": "PullRequestParameters",
        "requiredApprovingReviewCount": 2,
        "dismissStaleReviewsOnPush": True,
        "requireLastPushApproval": True,
        "requireCodeOwnerReview": False,
    },
}
CHECKS = {
    "type": "REQUIRED_STATUS_CHECKS",
    "parameters": {"requiredStatusChecks": [{"context": "test"}, {"context": "build"}]},
}


def ruleset(**changed: Json) -> dict[str, Any]:
    return {
        "databaseId": 5,
        "name": "main",
        "target": "BRANCH",
        "enforcement": "ACTIVE",
        "updatedAt": "2026-01-01T00:00:00Z",
        "source": {"__typename": "Organization", "login": "acme"},
        "conditions": {"refName": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
        "bypassActors": whole(),
        "rules": whole(REQUESTS, CHECKS, {"type": "DELETION"}, {"type": "REQUIRED_SIGNATURES"}),
        **changed,
    }


def protection(**changed: Json) -> dict[str, Any]:
    return {
        "databaseId": 6,
        "pattern": "release/*",
        "isAdminEnforced": False,
        "requiresApprovingReviews": True,
        "requiredApprovingReviewCount": 1,
        "dismissesStaleReviews": False,
        "requireLastPushApproval": False,
        "requiresCodeOwnerReviews": True,
        "requiresCommitSignatures": False,
        "requiresStatusChecks": True,
        "requiredStatusCheckContexts": ["test"],
        "allowsForcePushes": False,
        "allowsDeletions": False,
        "lockBranch": False,
        "bypassPullRequestAllowances": whole(),
        "bypassForcePushAllowances": {"totalCount": 0},
        **changed,
    }


def only(collector: Collector, member: str, listed: Json) -> BranchRule:
    (row,) = rows(collector, {"nameWithOwner": "acme/app", member: listed})
    return cast(BranchRule, row)


def of_ruleset(**changed: Json) -> BranchRule:
    return only(RULESETS, "rulesets", whole(ruleset(**changed)))


def of_protection(**changed: Json) -> BranchRule:
    return only(PROTECTIONS, "branchProtectionRules", whole(protection(**changed)))


def test_a_ruleset_says_what_it_asks() -> None:
    rule = of_ruleset()

    assert (rule.id, rule.kind, rule.target) == (f"{APP}/ruleset/5", "ruleset", "branch")
    assert (rule.includes, rule.excludes, rule.enforced) == (("~DEFAULT_BRANCH",), (), True)
    assert (rule.approvals, rule.dismisses_stale, rule.last_push_approved) == (2, True, True)
    assert (rule.code_owners, rule.signatures, rule.no_deletion) == (False, True, True)
    assert (rule.checks, rule.no_force_push) == (("build", "test"), False)
    assert (rule.no_direct_push, rule.bypassers, rule.administrators) == (True, (), True)


@pytest.mark.parametrize("state", ["EVALUATE", "DISABLED"])
def test_a_ruleset_that_is_only_tried_is_not_enforced(state: str) -> None:
    assert of_ruleset(enforcement=state).enforced is False


def test_bypassers_are_people_roles_and_apps() -> None:
    nobody = {"deployKey": False, "organizationAdmin": False, "enterpriseOwner": False}
    actors = [
        {**nobody, "actor": {"__typename": "Team", "combinedSlug": "acme/Release"}},
        {**nobody, "actor": {"__typename": "App", "slug": "merger"}},
        {**nobody, "actor": None, "repositoryRoleName": "maintain"},
        {**nobody, "actor": None, "organizationAdmin": True},
        {**nobody, "actor": None, "deployKey": True},
    ]

    assert of_ruleset(bypassActors=whole(*actors)).bypassers == (
        f"{BASE}/app/merger",
        f"{BASE}/team/acme/release",
        "role/deploy key",
        "role/maintain",
        "role/organization administrator",
    )


@pytest.mark.parametrize(
    "actors",
    [None, cut(), whole({"actor": None})],
    ids=["hidden", "cut", "nameless"],
)
def test_bypassers_that_are_not_all_shown_are_unknown(actors: Json) -> None:
    """GitHub hides them from whoever may not change the rules: that is never 'nobody'."""
    assert isinstance(of_ruleset(bypassActors=actors).bypassers, Unknown)


def test_hidden_bypassers_name_the_permission() -> None:
    bypassers = of_ruleset(bypassActors=None).bypassers

    assert isinstance(bypassers, Unknown)
    assert bypassers.permission == "administration:write"


@pytest.mark.parametrize("listed", [None, cut(REQUESTS)], ids=["hidden", "cut"])
def test_rules_that_are_not_all_shown_are_unknown(listed: Json) -> None:
    rule = of_ruleset(rules=listed)

    for value in (rule.approvals, rule.signatures, rule.checks, rule.no_force_push):
        assert isinstance(value, Unknown)


def test_rulesets_beyond_the_first_page_are_asked_for() -> None:
    item = {"nameWithOwner": "acme/app", "rulesets": cut(ruleset())}
    found = rows(RULESETS, item, details={"more": ok(more([ruleset(databaseId=9)]))})

    assert [row.id for row in found] == [f"{APP}/ruleset/5", f"{APP}/ruleset/9"]


def more(nodes: list[Json]) -> Json:
    return {"data": {"repository": {"rulesets": {"nodes": nodes}}}}


@pytest.mark.parametrize("listed", [None, cut(ruleset())], ids=["hidden", "cut"])
def test_rules_that_nobody_may_list_are_one_unknown_rule(listed: Json) -> None:
    item = {"nameWithOwner": "acme/app", "rulesets": listed}
    (rule,) = rows(RULESETS, item, details={"more": DENIED})

    assert isinstance(rule, BranchRule)
    assert isinstance(rule.approvals, Unknown)
    assert isinstance(rule.includes, Unknown)


def test_no_rules_are_no_rows() -> None:
    assert rows(RULESETS, {"nameWithOwner": "acme/app", "rulesets": whole()}) == []


def test_a_protection_says_what_it_asks() -> None:
    rule = of_protection()

    assert (rule.id, rule.kind) == (f"{APP}/protection/6", "branch protection")
    assert (rule.includes, rule.approvals) == (("refs/heads/release/*",), 1)
    assert (rule.administrators, rule.code_owners, rule.checks) == (False, True, ("test",))
    assert (rule.no_force_push, rule.no_deletion, rule.no_direct_push) == (True, True, True)


def test_a_protection_without_reviews_lets_everybody_push() -> None:
    rule = of_protection(requiresApprovingReviews=False, requiredApprovingReviewCount=None)

    assert (rule.approvals, rule.no_direct_push) == (0, False)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"allowsForcePushes": True}, False),
        ({"bypassForcePushAllowances": {"totalCount": 1}}, False),
        ({"bypassForcePushAllowances": None}, None),
    ],
    ids=["all", "some", "hidden"],
)
def test_whoever_may_rewrite_a_branch_counts(changed: Json, expected: bool | None) -> None:
    value = of_protection(**changed).no_force_push

    assert value is expected or (expected is None and isinstance(value, Unknown))


def test_people_who_are_let_past_a_protection_are_bypassers() -> None:
    allowed = whole({"actor": {"__typename": "User", "login": "Ann"}})

    assert of_protection(bypassPullRequestAllowances=allowed).bypassers == (f"{BASE}/user/ann",)
    assert isinstance(of_protection(bypassPullRequestAllowances=None).bypassers, Unknown)
