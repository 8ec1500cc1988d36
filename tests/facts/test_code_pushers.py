"""Who surely pushed some of a change, where a host says nothing of the rest: CodeCommit."""

from typing import Any

from auditor.model import Unknown
from tests.facts.coding import BORIS, CAROL, change, estate, review, settled
from tests.facts.deriving import Facts

UNTOLD = Unknown("nobody says who pushed what it began with")


def judged(*reviews: Any, columns: str = "approvers, self_approved") -> Any:
    """Return what is derived of a change to which Boris pushed, and who knows who else."""
    pushed = change(writers=UNTOLD, pushers=(BORIS.id,))
    return Facts(estate(pushed, *reviews), settled()).one("changes", columns)


def test_whoever_pushed_to_it_may_not_approve_it() -> None:
    """That alone is no approval, and everybody knows it."""
    assert judged(review(BORIS)) == ([], True)


def test_whoever_did_not_push_later_may_have_pushed_before() -> None:
    """The approval does not count, and is not known not to."""
    assert judged(review(CAROL)) == (None, None)
    assert judged(columns="authors") == (None,)
