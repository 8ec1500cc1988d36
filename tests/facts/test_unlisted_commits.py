"""Commits that state another moment than that of their push are missed by no audit."""

from typing import Any

import pytest

from auditor.tables import Row
from tests.facts.coding import BRANCH, HEAD, change, estate, revision, settled
from tests.facts.deriving import Facts

BASE, FIRST, HIDDEN = "0" * 40, "1" * 40, "2" * 40


def gaps(*rows: Row, **changes: Any) -> list[str]:
    """Return the branches of which something was not listed."""
    facts = Facts(estate(*rows), settled(**changes))
    found = facts.query("SELECT id FROM coverage WHERE open AND id LIKE 'history/%'")
    return [name.removeprefix("history/") for (name,) in found]


def brought(commit: str, parent: str, number: int, **changes: Any) -> tuple[Row, Row]:
    """Return a change and its only commit."""
    return (
        change(number, commit=commit, head=commit, **changes),
        revision(commit, number, parents=(parent,)),
    )


def test_a_branch_that_hangs_together_is_whole() -> None:
    """Its first commit follows one from before the period."""
    assert gaps(*brought(FIRST, BASE, 1), *brought(HEAD, FIRST, 2)) == []


def test_a_commit_between_two_that_was_not_listed_is_a_gap() -> None:
    """Whoever wrote it stated another year."""
    assert gaps(*brought(FIRST, BASE, 1), *brought(HEAD, HIDDEN, 2)) == [BRANCH]


def test_a_commit_behind_a_later_merge_is_a_gap() -> None:
    """Though the merge's other parent follows what came before."""
    side = revision("3" * 40, 2, parents=(FIRST,))
    merge = (
        change(2, commit=HEAD, head="3" * 40),
        revision(HEAD, 2, parents=(HIDDEN, "3" * 40)),
    )
    assert gaps(*brought(FIRST, BASE, 1), side, *merge) == [BRANCH]


@pytest.mark.parametrize(
    ("end", "expected"), [("2099-12-31", [BRANCH]), ("2025-12-31", [])], ids=("whole", "past")
)
def test_a_head_of_another_moment_may_be_of_after_the_period(end: str, expected: list[str]) -> None:
    """Unless the period reaches to the day of the audit."""
    assert gaps(*brought(FIRST, BASE, 1), period_end=end) == expected


def test_changes_without_listed_commits_say_nothing() -> None:
    """A request's commits can be on another branch only."""
    elsewhere = change(3, id=f"{BRANCH}/change/3@release/1", commit=HIDDEN)
    assert gaps(*brought(HEAD, BASE, 1), change(2, commit=HIDDEN), elsewhere) == []


def test_a_history_that_bites_its_tail_ends() -> None:
    """No host makes one; a folder of answers may hold anything."""
    assert gaps(*brought(HEAD, FIRST, 1), *brought(FIRST, HEAD, 2)) == []
