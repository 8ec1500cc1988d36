"""Each way in which a change reaches a release branch is judged by its own approval."""

from typing import Any

import pytest

from auditor.tables import Row
from tests.facts.coding import (
    ANNA,
    BORIS,
    BRANCH,
    CAROL,
    HEAD,
    REPOSITORY,
    change,
    covered,
    developer,
    estate,
    event,
    review,
    revision,
    settled,
)
from tests.facts.deriving import Facts

QUEUE = developer("github-merge-queue")
ROBOT = developer("dependabot")
MERGED, PICKED = "d" * 40, "e" * 40
RELEASE = f"{REPOSITORY}@refs/heads/release/1"


def derived(*rows: Row, columns: str = "approvers") -> list[tuple[Any, ...]]:
    """Return what is derived of the changes, by their ids."""
    return Facts(estate(QUEUE, ROBOT, *rows), settled()).rows("changes", columns)


@pytest.mark.parametrize(
    ("made", "commit"),
    [
        pytest.param({"method": "merge"}, {"parents": (HEAD, "b" * 40)}, id="merge"),
        pytest.param({"method": "squash"}, {"signed_by_host": True, "signer_id": ""}, id="squash"),
        pytest.param({"method": "rebase"}, {"signed": False, "signer_id": ""}, id="rebase"),
        pytest.param({"method": "queue", "merged_by": QUEUE.id}, {}, id="queue"),
        pytest.param({"author_id": ROBOT.id, "by_bot": True}, {"author_id": ROBOT.id}, id="robot"),
    ],
)
def test_the_approval_of_the_requests_last_commit_counts(
    made: dict[str, Any], commit: dict[str, Any]
) -> None:
    """Whatever commit merging made of it, and whoever pressed the button."""
    landed = revision(MERGED, **commit)
    assert derived(change(commit=MERGED, **made), landed, review()) == [([CAROL.id],)]


def test_a_queue_approves_nothing() -> None:
    """Of what waited in it, too, the last commit must be approved before it reached the branch."""
    queued = change(method="queue", merged_by=QUEUE.id, commit=MERGED)
    late = review(at="2026-01-01T12:00:01Z")
    assert derived(queued, revision(MERGED)) == [([],)]
    assert derived(queued, revision(MERGED), late) == [([],)]


def test_a_revert_needs_an_approval_of_its_own() -> None:
    """Whoever approved what it takes back has not approved that it is taken back."""
    undone = change(2, title='Revert "Repair it"', head=MERGED, commit=MERGED)
    rows = (change(), revision(), review(), undone, revision(MERGED, 2))
    assert derived(*rows) == [([CAROL.id],), ([],)]
    assert derived(*rows, review(number=2, commit=MERGED)) == [([CAROL.id],), ([CAROL.id],)]


def test_a_commit_picked_by_a_request_is_approved_there() -> None:
    """The approval of the first request is of another commit, on another branch."""
    picked = change(2, branch_id=RELEASE, head=PICKED, commit=PICKED)
    rows = (change(), revision(), review(), picked, revision(PICKED, 2))
    assert derived(*rows) == [([CAROL.id],), ([],)]
    assert derived(*rows, review(number=2, commit=PICKED))[1] == ([CAROL.id],)


def test_a_commit_picked_by_hand_was_approved_by_nobody() -> None:
    """Though the commit that it was picked from was."""
    name = f"{REPOSITORY}/commit/{PICKED}"
    pushed = change(0, id=name, branch_id=RELEASE, kind="direct", head="", opened="", commit=PICKED)
    own = revision(PICKED, change_id=name)
    assert derived(change(), revision(), review(), pushed, own) == [([CAROL.id],), ([],)]


def twice(*more: Row) -> tuple[Row, ...]:
    """Return one request that reached two release branches, with its approval on each."""
    other = f"{REPOSITORY}/change/1@release/1"
    again = review(id=f"{other}/review/carol", change_id=other)
    return (change(), revision(), review(), change(id=other, branch_id=RELEASE), again, *more)


def test_one_request_on_two_branches_is_two_changes_of_one_approval() -> None:
    """Each branch must show how it got there."""
    assert derived(*twice(), columns="branch_id, approvers") == [
        (BRANCH, [CAROL.id]),
        (RELEASE, [CAROL.id]),
    ]


def test_one_request_on_two_branches_was_reviewed_once() -> None:
    """Reading it took nobody twice as long, and nobody read twice as much."""
    columns = "changes, approved, lines, comments, busiest_hour_lines, median_minutes"
    once = Facts(estate(change(), revision(), review()), settled()).one("throughput", columns)
    both = Facts(estate(*twice()), settled()).one("throughput", columns)

    assert both == once == (1, 1, 12, 2, 12, 120)


def test_a_request_that_reached_only_other_branches_counts() -> None:
    """Once, whichever they are."""
    names = [f"{REPOSITORY}/change/1@release/{number}" for number in (1, 2)]
    rows = [change(id=name, branch_id=RELEASE) for name in names]
    facts = Facts(estate(*rows, change(2, head=MERGED)), settled())
    assert facts.one("throughput", "changes, approved") == (2, 0)


@pytest.mark.parametrize(
    ("collector", "expected"),
    [("github.pushes.history", True), ("github.audit_log.event", None)],
)
def test_what_was_not_heard_of_history_is_no_bypass(collector: str, expected: bool | None) -> None:
    """Only the log that tells of bypasses must have been read in full."""
    rows = (
        covered("code_events"),
        covered("code_events", open_=True, id="coverage/2", collector=collector),
    )
    known = [(False,)] if expected else [(None,)]
    assert derived(change(), revision(), *rows, columns="bypassed") == known
    heard = derived(change(), revision(), event(principal_id=BORIS.id), *rows, columns="bypassed")
    assert heard == [(True,)]


def test_a_request_whose_branch_was_pushed_over_is_held_to_its_last_commit() -> None:
    """What it held before is gone, and was approved by nobody who counts."""
    pushed_over = change(rewritten=True)
    assert derived(pushed_over, revision(), review()) == [([CAROL.id],)]
    assert derived(pushed_over, revision(), review(commit=MERGED)) == [([],)]
    assert derived(pushed_over, revision(), review(reviewer_id=ANNA.id)) == [([],)]
