"""What reached a release branch in the audit's period: commits, requests and their reviews.

Every commit is of one change. The request that brought it decides: one merged into this branch
before one that was merged elsewhere; a commit that no merged request brought was pushed directly,
and so was a merge of a request that somebody made by hand.
GitHub picks the commits of a period by the moment that each commit states.

API: https://docs.github.com/en/graphql/reference/objects#commit
"""

from collections.abc import Iterator, Mapping

from auditor.collect.github.calls import ORGANIZATION, name_at, owner_at
from auditor.collect.github.change_requests import (
    last_push,
    merged_by_hand,
    method_of,
    review_rows,
    unresolved,
    was_rewritten,
)
from auditor.collect.github.commits import commit_row, principals, writers
from auditor.collect.github.reading import (
    PAGE,
    actor_of,
    held_by,
    moment,
    number,
    repository_of,
    shown,
    text,
    user_of,
    whole,
)
from auditor.collect.period import FIRST_MIDNIGHT, LAST_MIDNIGHT
from auditor.collect.reviews import unseen_reviews
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing, dig
from auditor.tables import Change, Commit, Principal, Review

_PUSH_UNTOLD = Unknown("GitHub does not state who pushed a commit, nor when; its audit log does")
_NO_LOGIN = Unknown("GitHub knows no account with the address that the commit states")
_UNSIGNED = Unknown(
    "GitHub did not sign this merge: whoever made it may have put more into it than was reviewed"
)
_PREFIX = "refs/heads/"


def _rows(found: Found) -> Iterator[Change | Commit | Review | Principal]:
    full_name, _, ref = found.place["branch"].partition("@")
    repository = repository_of(found, full_name)
    branch = f"{repository}@{ref}"
    request = _request(found, ref.removeprefix(_PREFIX))
    if isinstance(request, Mapping) and merged_by_hand(found, request):
        request = None if _signs_merges(found) else _UNSIGNED
    if isinstance(request, Unknown):
        lost = unresolved(found, repository, branch, request)
        yield from (
            lost,
            commit_row(found, repository, lost.id),
            unseen_reviews(lost, request, request),
        )
        return
    if request:
        change = _merged(found, repository, branch, request)
    else:
        change = _direct(found, repository, branch)
    yield change
    yield commit_row(found, repository, change.id)
    if request:
        yield from review_rows(found, request, change)
    yield from principals(found, request)


def _request(found: Found, branch: str) -> Mapping[str, Json] | Unknown | None:
    """Return the merged request that brought a commit, None if none did."""
    connection = found.read("item.associatedPullRequests", absent=None)
    merged = [each for each in shown(connection) if each.get("mergedAt") and _is_ours(found, each)]
    own = [each for each in merged if each.get("baseRefName") == branch]
    if own:
        return own[0]
    known = whole(connection, "the change requests that brought a commit", "pull_requests:read")
    if isinstance(known, Unknown):
        return known
    return merged[0] if merged else None


def _signs_merges(found: Found) -> bool:
    """Whether GitHub surely signs what it merges here: an Enterprise Server may be set not to."""
    return found.place["host"] == "github.com" or found.place["host"].endswith(".ghe.com")


def _is_ours(found: Found, request: Mapping[str, Json]) -> bool:
    """Whether a request was into this repository: a fork shares commits with what it is of."""
    base = dig(request, "baseRepository.nameWithOwner")
    return str(base).lower() == found.place["branch"].partition("@")[0].lower()


def _merged(found: Found, repository: str, branch: str, request: Mapping[str, Json]) -> Change:
    base = f"{repository}@{_PREFIX}{request.get('baseRefName')}"
    suffix = "" if base == branch else f"@{branch.rpartition(_PREFIX)[2]}"
    return Change(
        id=f"{repository}/change/{request.get('number')}{suffix}",
        **held_by(found),
        repository_id=repository,
        branch_id=branch,
        kind="merged",
        number=number(request.get("number"), "the request's number"),
        title=text(request.get("title"), "the request's title"),
        author_id=actor_of(found, request.get("author")),
        by_bot=_is_bot(request.get("author")),
        merged_by=actor_of(found, request.get("mergedBy")),
        method=method_of(found, request),
        opened=moment(request.get("createdAt")),
        merged=moment(request.get("mergedAt")),
        head=text(request.get("headRefOid"), "the request's last commit"),
        head_pushed=last_push(request),
        commit=text(dig(request, "mergeCommit.oid"), "the commit that holds all of it"),
        rewritten=was_rewritten(request),
        added=number(request.get("additions"), "the lines added"),
        removed=number(request.get("deletions"), "the lines removed"),
        files=number(request.get("changedFiles"), "the files touched"),
        writers=writers(found, request),
        comments=number(dig(request, "reviewThreads.totalCount"), "the remarks on it"),
    )


def _direct(found: Found, repository: str, branch: str) -> Change:
    oid = found.read("item.oid", absent="")
    login = found.read("item.author.user.login", absent=None)
    return Change(
        id=f"{repository}/commit/{oid}",
        **held_by(found),
        repository_id=repository,
        branch_id=branch,
        kind="direct",
        number=0,
        title=text(found.read("item.messageHeadline"), "the commit's first line"),
        author_id=user_of(found, login),
        by_bot=login.endswith("[bot]") if isinstance(login, str) else _NO_LOGIN,
        merged_by=_PUSH_UNTOLD,
        method="push",
        opened="",
        merged=_PUSH_UNTOLD,
        head="",
        head_pushed=_PUSH_UNTOLD,
        commit=text(oid, "the commit"),
        rewritten=_PUSH_UNTOLD,
        added=number(found.read("item.additions"), "the lines added"),
        removed=number(found.read("item.deletions"), "the lines removed"),
        files=number(found.read("item.changedFilesIfAvailable"), "the files touched"),
        comments=0,
    )


def _is_bot(author: Json) -> bool | Unknown:
    kind = dig(author, "__typename")
    return kind == "Bot" if isinstance(kind, str) else Unknown("the account was deleted")


def _ref(found: Found) -> str:
    return found.place["branch"].partition("@")[2]


HISTORY = Collector(
    kind="github.changes.commit",
    service="graphql",
    title="Changes of release branches, with their reviews",
    per=(*ORGANIZATION, "release_branches", "branch"),
    listing=Listing(
        operation="History",
        permission="contents:read pull_requests:read",
        items="data.repository.ref.target.history.nodes",
        parameters={"first": PAGE, "since": FIRST_MIDNIGHT, "until": LAST_MIDNIGHT},
        compose={"owner": owner_at("branch"), "name": name_at("branch"), "ref": _ref},
    ),
    tables=(Change, Commit, Review, Principal),
    rows=_rows,
    source="https://docs.github.com/en/graphql/reference/objects#commit",
)
