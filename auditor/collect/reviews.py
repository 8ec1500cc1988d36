"""Reviews of changes, as rows: alike for every host of code."""

from auditor.model import Unknown
from auditor.tables import Change, Maybe, Review


def review_of(
    change: Change,
    name: object,
    *,
    reviewer_id: Maybe[str],
    state: Maybe[str],
    commit: Maybe[str],
    at: Maybe[str],
    comments: Maybe[int],
) -> Review:
    """Return a review of a change, which the same answers tell of.

    Args:
        name: unique among the change's reviews; '?' stands for reviews that were not shown.
    """
    return Review(
        id=f"{change.id}/review/{name}",
        evidence=change.evidence,
        provider=change.provider,
        account=change.account,
        repository_id=change.repository_id,
        change_id=change.id,
        reviewer_id=reviewer_id,
        state=state,
        commit=commit,
        at=at,
        comments=comments,
    )


def unseen_reviews(change: Change, why: Unknown, comments: Unknown) -> Review:
    """Return what stands for reviews that may be there, and were not shown."""
    return review_of(change, "?", reviewer_id=why, state=why, commit=why, at=why, comments=comments)
