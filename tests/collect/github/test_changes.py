"""Which change a commit belongs to, and what is known of it."""

from typing import Any, TypeVar

import pytest

from auditor.collect.github.changes import HISTORY
from auditor.model import Json, Unknown
from auditor.tables import Change, Commit, Principal, Review, Row
from tests.collect.github.finding import APP, BASE, cut, rows, whole

R = TypeVar("R", bound=Row)
BRANCH = "acme/app@refs/heads/main"
ANN, BEN, CAT = (f"{BASE}/user/{name}" for name in ("ann", "ben", "cat"))
OID, HEAD = "a" * 40, "b" * 40


def user(login: str, kind: str = "User") -> Json:
    return {"__typename": kind, "login": login}


def by(login: str | None) -> Json:
    return {"email": f"{login}@acme.example", "user": login and {"login": login}}


def own_commit(
    oid: str = HEAD, login: str | None = "ann", made: str = "2026-03-01T09:00:00Z"
) -> Json:
    commit = {"oid": oid, "committedDate": made, "author": by(login), "committer": by(login)}
    return {"commit": commit}


def review(login: str = "Ben", state: str = "APPROVED", commit: str = HEAD) -> Json:
    return {
        "id": f"PRR_{login}_{state}",
        "state": state,
        "submittedAt": "2026-03-01T10:00:00Z",
        "commit": {"oid": commit},
        "author": user(login),
    }


def request(**changed: Json) -> dict[str, Any]:
    return {
        "number": 7,
        "title": "Do a thing",
        "createdAt": "2026-03-01T08:00:00Z",
        "mergedAt": "2026-03-01T11:00:00Z",
        "baseRepository": {"nameWithOwner": "Acme/app"},
        "baseRefName": "main",
        "headRefOid": HEAD,
        "additions": 10,
        "deletions": 2,
        "changedFiles": 3,
        "author": user("ann"),
        "mergedBy": user("ann"),
        "mergeCommit": {"oid": OID},
        "reviews": whole(review()),
        "reviewThreads": {"totalCount": 4},
        "commits": {"totalCount": 1, "nodes": [own_commit()]},
        "timelineItems": whole(),
        **changed,
    }


def commit(*requests: Json, total: int | None = None, **changed: Json) -> dict[str, Any]:
    return {
        "oid": OID,
        "messageHeadline": "Do a thing (#7)",
        "committedDate": "2026-03-01T11:00:00Z",
        "additions": 10,
        "deletions": 2,
        "changedFilesIfAvailable": 3,
        "author": by("ann"),
        "committer": {"email": "noreply@github.com", "user": None},
        "authors": whole({"user": {"login": "ann"}}),
        "parents": {"totalCount": 1, "nodes": [{"oid": "c" * 40}]},
        "signature": {
            "isValid": True,
            "state": "VALID",
            "wasSignedByGitHub": True,
            "signer": user("web-flow"),
        },
        "associatedPullRequests": {
            "totalCount": len(requests) if total is None else total,
            "nodes": list(requests),
        },
        **changed,
    }


def seen(item: Json) -> list[Row]:
    return rows(HISTORY, item, release_branches="HEAD", branch=BRANCH)


def only(kind: type[R], item: Json) -> R:
    (row,) = several(kind, item)
    return row


def several(kind: type[R], item: Json) -> list[R]:
    return [row for row in seen(item) if isinstance(row, kind)]


def test_a_squashed_request_is_one_change_with_its_review() -> None:
    item = commit(request())
    change, review_row, commit_row = only(Change, item), only(Review, item), only(Commit, item)

    assert (change.id, change.branch_id) == (f"{APP}/change/7", f"{APP}@refs/heads/main")
    assert (change.kind, change.method, change.number) == ("merged", "squash", 7)
    assert (change.author_id, change.merged_by, change.by_bot) == (ANN, ANN, False)
    assert (change.head, change.commit) == (HEAD, OID)
    assert change.head_pushed == "2026-03-01T09:00:00.000Z"
    assert (change.writers, change.comments, change.rewritten) == ((ANN,), 4, False)
    assert (change.added, change.removed, change.files) == (10, 2, 3)
    assert (review_row.change_id, review_row.reviewer_id) == (change.id, BEN)
    assert (review_row.state, review_row.commit) == ("approved", HEAD)
    assert commit_row.change_id == change.id
    assert (commit_row.signed, commit_row.signed_by_host, commit_row.signer_id) == (True, True, "")
    assert commit_row.committer_id == ""


@pytest.mark.parametrize(
    ("changed", "method"),
    [
        ({"parents": {"totalCount": 2, "nodes": [{"oid": "c"}, {"oid": "d"}]}}, "merge"),
        ({"committer": by("ann")}, "rebase"),
        ({"committer": {"email": "x", "user": {"login": "web-flow"}}}, "squash"),
    ],
    ids=["merge", "rebase", "squash"],
)
def test_the_merge_commit_tells_how_a_request_was_merged(changed: Json, method: str) -> None:
    assert only(Change, commit(request(), **changed)).method == method


def test_a_merge_queue_is_told_by_what_happened_to_the_request() -> None:
    queued = request(timelineItems=whole({"__typename": "AddedToMergeQueueEvent"}))

    assert only(Change, commit(queued)).method == "queue"


def test_another_commit_of_a_request_is_of_the_same_change_and_does_not_tell_its_method() -> None:
    item = commit(request(), oid="d" * 40)

    assert only(Change, item).id == only(Commit, item).change_id == f"{APP}/change/7"
    assert isinstance(only(Change, item).method, Unknown)


@pytest.mark.parametrize("others", [[], [request(mergedAt=None)]], ids=["none", "an open one"])
def test_a_commit_that_no_merged_request_brought_was_pushed_directly(others: list[Json]) -> None:
    item = commit(*others)
    change = only(Change, item)

    assert (change.id, change.kind, change.method) == (f"{APP}/commit/{OID}", "direct", "push")
    assert (change.number, change.head, change.author_id) == (0, "", ANN)
    assert isinstance(change.merged, Unknown)
    assert isinstance(change.merged_by, Unknown)
    assert several(Review, item) == []


def test_the_request_into_this_branch_goes_before_one_into_another() -> None:
    elsewhere = request(number=3, baseRefName="develop")

    assert only(Change, commit(elsewhere, request())).number == 7


def test_a_request_into_another_branch_is_judged_by_its_own_reviews() -> None:
    item = commit(request(baseRefName="develop"))

    assert only(Change, item).id == f"{APP}/change/7@main"
    assert only(Review, item).change_id == f"{APP}/change/7@main"


@pytest.mark.parametrize("base", [{"nameWithOwner": "upstream/app"}, None], ids=["other", "gone"])
def test_a_request_into_another_repository_approves_nothing_here(base: Json) -> None:
    """A fork shares its commits with what it was forked from, and nobody's reviews."""
    assert only(Change, commit(request(baseRepository=base))).kind == "direct"


def test_requests_that_were_cut_leave_open_which_brought_the_commit() -> None:
    item = commit(request(mergedAt=None), total=3)

    assert_unresolved(item)


def test_hidden_requests_are_no_direct_push() -> None:
    assert_unresolved(commit(associatedPullRequests=None))


def assert_unresolved(item: Json) -> None:
    """A change without a known review would read as unapproved; nobody knows that, either."""
    change = only(Change, item)
    assert (change.id, change.kind) == (f"{APP}/commit/{OID}", "merged")
    assert isinstance(change.number, Unknown)
    assert isinstance(only(Review, item).state, Unknown)
    assert only(Commit, item).change_id == change.id


def test_whoever_wrote_a_commit_that_was_squashed_away_is_a_writer() -> None:
    own = [own_commit("d" * 40, "cat"), own_commit()]
    squashed = request(commits={"totalCount": 2, "nodes": own})
    item = commit(squashed, authors=whole({"user": {"login": "ann"}}, {"user": {"login": "ben"}}))

    assert only(Change, item).writers == (ANN, CAT)
    assert only(Commit, item).co_authors == (BEN,)


@pytest.mark.parametrize(
    "changed",
    [
        {"commits": {"totalCount": 101, "nodes": [own_commit()]}},
        {"commits": {"totalCount": 1, "nodes": [own_commit(login=None)]}},
        {"commits": None},
    ],
    ids=["cut", "no account", "hidden"],
)
def test_writers_that_are_not_all_known_are_unknown(changed: Json) -> None:
    assert isinstance(only(Change, commit(request(**changed))).writers, Unknown)


def test_a_push_over_others_is_the_last_push() -> None:
    forced = {
        "__typename": "HeadRefForcePushedEvent",
        "createdAt": "2026-03-01T10:30:00Z",
        "afterCommit": {"oid": HEAD},
    }
    change = only(Change, commit(request(timelineItems=whole(forced))))

    assert (change.rewritten, change.head_pushed) == (True, "2026-03-01T10:30:00.000Z")


def test_the_last_push_is_unknown_where_the_last_commit_is_not_shown() -> None:
    change = only(Change, commit(request(headRefOid="e" * 40)))

    assert isinstance(change.head_pushed, Unknown)


def test_reviews_that_were_cut_may_hold_one_that_takes_back() -> None:
    found = several(Review, commit(request(reviews=cut(review()))))

    assert [each.state for each in found if isinstance(each.state, str)] == ["approved"]
    assert sum(isinstance(each.reviewer_id, Unknown) for each in found) == 1


def test_reviews_that_nobody_has_sent_are_none() -> None:
    found = several(Review, commit(request(reviews=whole(review(state="PENDING")))))

    assert found == []


def test_deleted_accounts_are_unknown() -> None:
    item = commit(
        request(author=None, mergedBy=None, reviews=whole({**review(), "author": None})),
        author={"email": "x", "user": None},
    )

    change = only(Change, item)
    assert isinstance(change.author_id, Unknown)
    assert isinstance(change.by_bot, Unknown)
    assert isinstance(only(Review, item).reviewer_id, Unknown)
    assert isinstance(only(Commit, item).author_id, Unknown)


def test_programs_are_apps() -> None:
    change = only(Change, commit(request(author=user("dependabot", "Bot"))))

    assert (change.author_id, change.by_bot) == (f"{BASE}/app/dependabot", True)


@pytest.mark.parametrize(
    ("signature", "signed", "word"),
    [
        (None, False, "unsigned"),
        ({"isValid": False, "state": "BAD_EMAIL", "wasSignedByGitHub": False}, False, "bad_email"),
    ],
    ids=["none", "bad"],
)
def test_signatures_are_as_the_host_says(signature: Json, signed: bool, word: str) -> None:
    row = only(Commit, commit(signature=signature))

    assert (row.signed, row.signature) == (signed, word)


def test_whoever_took_part_is_a_principal_of_whom_nothing_else_is_known() -> None:
    found = several(Principal, commit(request()))

    assert {each.id for each in found} == {ANN, BEN}
    assert all(isinstance(each.account, Unknown) for each in found)
