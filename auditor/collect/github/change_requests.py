"""What a change request tells: how it was merged, its last push, and its reviews."""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.collect.github.reading import (
    WEB_FLOW,
    actor_of,
    held_by,
    moment,
    shown,
    text,
    whole,
)
from auditor.collect.reviews import review_of, unseen_reviews
from auditor.model import Json, Unknown
from auditor.spec import Found, dig
from auditor.tables import Change, Maybe, Review

_QUEUED, _FORCED = "AddedToMergeQueueEvent", "HeadRefForcePushedEvent"
_REQUESTS = "pull_requests:read"
_STATES = {
    "APPROVED": "approved",
    "CHANGES_REQUESTED": "changes requested",
    "COMMENTED": "commented",
    "DISMISSED": "dismissed",
}
_DRAFT = "PENDING"  # a review that its writer has not sent
_COUNTED = Unknown("remarks are counted for the whole request")


def method_of(found: Found, request: Mapping[str, Json]) -> Maybe[str]:
    """Return how a request was merged, told by the commit that GitHub calls its merge."""
    if found.read("item.oid", absent=None) != dig(request, "mergeCommit.oid"):
        return Unknown("another commit of the request tells how it was merged")
    if _events(request, _QUEUED):
        return "queue"
    parents = whole(found.read("item.parents", absent=None), "the commit's parents")
    if isinstance(parents, Unknown):
        return parents
    if len(parents) > 1:
        return "merge"
    committer = found.read("item.committer", absent=None)
    by_host = dig(committer, "user.login") in WEB_FLOW or dig(committer, "email") in WEB_FLOW
    return "squash" if by_host else "rebase"


def merged_by_hand(found: Found, request: Mapping[str, Json]) -> bool:
    """Whether this commit joined a request to the branch elsewhere than on GitHub's pages.

    GitHub calls a request merged as soon as its commits arrive, pushed by whomever; what a merge
    of somebody's own adds to them was in no request. GitHub signs the merges that it makes, and
    the name of a committer proves nothing.
    """
    oid = found.read("item.oid", absent=None)
    if oid != dig(request, "mergeCommit.oid") or oid == request.get("headRefOid"):
        return False
    parents = whole(found.read("item.parents", absent=None), "the commit's parents")
    single = not isinstance(parents, Unknown) and len(parents) == 1
    return not single and found.read("item.signature.wasSignedByGitHub", absent=None) is not True


def last_push(request: Mapping[str, Json]) -> Maybe[str]:
    """Return when a request's last commit was made, or pushed over others, whichever is later."""
    head = request.get("headRefOid")
    made = [
        dig(each, "commit.committedDate")
        for each in shown(request.get("commits"))
        if dig(each, "commit.oid") == head
    ]
    if not made:
        return Unknown("GitHub does not show the request's last commit")
    events = _events(request, _FORCED)
    forced = [each.get("createdAt") for each in events if dig(each, "afterCommit.oid") == head]
    moments = [moment(each) for each in (*made, *forced)]
    known = [each for each in moments if isinstance(each, str)]
    return max(known) if len(known) == len(moments) else moments[0]


def was_rewritten(request: Mapping[str, Json]) -> Maybe[bool]:
    """Return whether the request's own branch was pushed over what was there."""
    if _events(request, _FORCED):
        return True
    events = whole(request.get("timelineItems"), "what happened to the request", _REQUESTS)
    return events if isinstance(events, Unknown) else False


def _events(request: Mapping[str, Json], kind: str) -> list[Mapping[str, Json]]:
    return [e for e in shown(request.get("timelineItems")) if e.get("__typename") == kind]


def review_rows(found: Found, request: Mapping[str, Json], change: Change) -> Iterator[Review]:
    """Yield a row for each review, and an unknown one for those that were cut off."""
    reviews = shown(request.get("reviews"))
    for each in reviews:
        if each.get("state") != _DRAFT:
            yield _row(found, change, each)
    all_of_them = whole(request.get("reviews"), "the request's reviews", _REQUESTS)
    if isinstance(all_of_them, Unknown):
        yield unseen_reviews(change, all_of_them, all_of_them)


def unresolved(found: Found, repository: str, branch: str, why: Unknown) -> Change:
    """Return the change of a commit of which nobody knows which request brought it, or if one."""
    columns: dict[str, Any] = dict.fromkeys(
        (
            *("number", "title", "author_id", "by_bot", "merged_by", "method", "opened", "merged"),
            *("head", "head_pushed", "rewritten", "added", "removed", "files", "writers"),
        ),
        why,
    )
    oid = str(found.read("item.oid", absent=""))
    return Change(
        id=f"{repository}/commit/{oid}",
        **held_by(found),
        repository_id=repository,
        branch_id=branch,
        kind="merged",
        commit=oid,
        comments=why,
        **columns,
    )


def _row(found: Found, change: Change, review: Mapping[str, Json]) -> Review:
    state = review.get("state")
    return review_of(
        change,
        review.get("id"),
        reviewer_id=actor_of(found, review.get("author")),
        state=_STATES.get(str(state), Unknown(f"this version knows no review {state}")),
        commit=text(dig(review, "commit.oid"), "the commit that was reviewed"),
        at=moment(review.get("submittedAt")),
        comments=_COUNTED,
    )
