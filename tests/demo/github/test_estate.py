"""The demo's organisation, collected by the real client, and what the tables say of it."""

from datetime import date
from typing import Any

import pytest

from auditor.demo.github import plots
from auditor.demo.github.estate import found_organization
from auditor.demo.github.people import DEVI, HUI_MIN, LUIS, NADIA
from auditor.demo.github.planted import PLANTED
from auditor.evidence import read_evidence
from auditor.model import Outcome
from tests.demo.github.conftest import DAY, OWNER, USER, Run


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

    assert seen == ([f"{USER}/{approver}"], ["Oracle"], 0, False)


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        (plots.STALE, ([], 1, False, False)),
        (plots.SELF, ([], 0, True, False)),
        (plots.PARENTS, ([f"{USER}/{HUI_MIN}"], 0, False, False)),
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
    assert picked == (f"{OWNER}/app-android@refs/heads/{plots.RELEASE}",)


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
        (f"{OWNER}/feed-ranking", "merged"),
        (f"{OWNER}/remote-config", "direct"),
    ]
    assert run.change(plots.UNSIGNED, "signed") == (False,)


def test_names_of_commits_do_not_depend_on_the_day() -> None:
    """So that a finding of today can be compared with one of tomorrow."""
    one, other = (found_organization(day).repositories for day in (DAY, date(2027, 3, 1)))

    assert {name: list(each.commits) for name, each in one.items()} == {
        name: list(each.commits) for name, each in other.items()
    }
