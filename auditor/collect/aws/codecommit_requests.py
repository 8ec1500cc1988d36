"""AWS CodeCommit: pull requests into default branches, and who approved which revision of them.

CodeCommit lists neither the commits of a branch nor who pushed them: a request's own commits are
of whom a commit claims, and what was pushed directly is in CloudTrail alone. A request names who
opened it and who pushed to it later, and none of these may approve it. Who pushed what it began
with, it does not say; that may be the reviewer. So no approval surely counts, and one that is late,
taken back or by such a person surely does not.

API: https://docs.aws.amazon.com/codecommit/latest/APIReference/API_GetPullRequest.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.collect.aws.codecommit import HEADS, REPOSITORY, name_at, repository_at
from auditor.collect.aws.reading import entries, member
from auditor.collect.reviews import review_of, unseen_reviews
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Change, Commit, Maybe, Review

_REFERENCE = "https://docs.aws.amazon.com/codecommit/latest/APIReference/API_"
_CREATED = "PULL_REQUEST_CREATED"
_PUSHED = "PULL_REQUEST_SOURCE_REFERENCE_UPDATED"
_MERGED = "PULL_REQUEST_MERGE_STATE_CHANGED"
_APPROVAL = "PULL_REQUEST_APPROVAL_STATE_CHANGED"
_METHODS = {"FAST_FORWARD_MERGE": "merge", "THREE_WAY_MERGE": "merge", "SQUASH_MERGE": "squash"}
_STATES = {"APPROVE": "approved", "REVOKE": "dismissed"}
_WRITERS = Unknown("CodeCommit does not say who pushed what the request started with")
_LONGEST = 18
_NOT_STATED = Unknown("CodeCommit does not state it")
_BEFORE = Unknown("it was pushed before the request, and CodeCommit does not say when")
_NO_TARGET = Unknown("the answer does not say what the pull request was merged into")
_COMMENTS = Unknown("remarks on pull requests are not counted")
_ONE_MOMENT = Unknown("which commit was the last when it was given, the events do not say")


def _request(found: Found) -> Iterator[Change | Commit | Review]:
    row, _, branch = repository_at(found)
    about = found.read("request.pullRequest")
    if isinstance(about, Unknown):
        yield _change(found, row, branch, {}, {}, about)
        return
    targets = entries(dig(about, "pullRequestTargets"))
    for target in targets or [{}]:
        merge = target.get("mergeMetadata")
        reference = member(target, "destinationReference")
        elsewhere = branch and reference.startswith(HEADS) and reference != HEADS + branch
        is_merged = dig(merge, "isMerged") is not False or bool(member(merge, "mergeCommitId"))
        if elsewhere or not is_merged:
            continue
        change = _change(found, row, branch, about, target, None if target else _NO_TARGET)
        yield change
        yield _commit(found, change, target)
        yield from _reviews(found, change, about, member(target, "sourceCommit"))


def _change(
    found: Found,
    repository: str,
    branch: str,
    about: Json,
    target: Mapping[str, Json],
    why: Unknown | None,
) -> Change:
    name = found.item if isinstance(found.item, str) else ""
    if why is not None:
        columns: dict[str, Any] = dict.fromkeys(_READ, why)
    else:
        columns = _columns(found, about, target)
    return Change(
        id=f"{repository}/change/{name}",
        **_of(found),
        repository_id=repository,
        branch_id=f"{repository}@{HEADS}{branch or '?'}",
        kind="merged",
        number=int(name)
        if name.isascii() and name.isdigit() and len(name) < _LONGEST
        else _NOT_STATED,
        by_bot=Unknown("a principal of IAM is not said to be a program"),
        rewritten=_NOT_STATED,
        added=_NOT_STATED,
        removed=_NOT_STATED,
        files=_NOT_STATED,
        writers=_WRITERS,
        comments=_COMMENTS,
        **columns,
    )


_READ = (
    *("title", "author_id", "merged_by", "method", "opened", "merged", "head", "head_pushed"),
    "commit",
)


def _columns(found: Found, about: Json, target: Mapping[str, Json]) -> dict[str, Any]:
    merge = target.get("mergeMetadata")
    events = found.read("events")
    return {
        "title": _stated(about, "title"),
        "author_id": _stated(about, "authorArn"),
        "merged_by": _stated(merge, "mergedBy"),
        "method": _METHODS.get(member(merge, "mergeOption"), _NOT_STATED),
        "opened": moment(dig(about, "creationDate")),
        "merged": _last(events, _MERGED, _NOT_STATED),
        "head": _stated(target, "sourceCommit"),
        "head_pushed": _last(events, _PUSHED, _BEFORE),
        "commit": _stated(merge, "mergeCommitId"),
        "pushers": tuple(sorted({member(each, "actorArn") for each in _pushes(events)} - {""})),
    }


def _pushes(events: Json) -> list[Mapping[str, Json]]:
    return [each for each in entries(events) if member(each, "pullRequestEventType") == _PUSHED]


def _reviews(found: Found, change: Change, about: Json, head: str) -> Iterator[Review]:
    events = found.read("events")
    if isinstance(events, Unknown):
        yield unseen_reviews(change, events, _COMMENTS)
    given = [each for each in entries(events) if member(each, "pullRequestEventType") == _APPROVAL]
    for position, each in enumerate(given):
        status = member(each, "approvalStateChangedEventMetadata.approvalStatus")
        state = Unknown("this version does not know this state of an approval")
        yield review_of(
            change,
            position,
            reviewer_id=_stated(each, "actorArn"),
            state=_STATES.get(status, state),
            commit=_reviewed(events, each, member(about, "revisionId"), head),
            at=moment(each.get("eventDate")),
            comments=_COMMENTS,
        )


def _reviewed(events: Json, approval: Mapping[str, Json], last: str, head: str) -> Maybe[str]:
    """Return the commit that an approval is of: the request's last, or that of its moment."""
    revision = member(approval, "approvalStateChangedEventMetadata.revisionId")
    if revision and revision == last and head:
        return head
    at = moment(approval.get("eventDate"))
    pushes = [
        (moment(each.get("eventDate")), _pushed_in(each))
        for each in entries(events)
        if member(each, "pullRequestEventType") in (_CREATED, _PUSHED)
    ]
    dated = [(when, commit) for when, commit in pushes if isinstance(when, str)]
    if isinstance(at, Unknown) or len(dated) < len(pushes):
        return _ONE_MOMENT
    before = sorted(each for each in dated if each[0] < at)
    if not before or any(when == at for when, _ in dated):
        return _ONE_MOMENT
    return before[-1][1] or _ONE_MOMENT


def _pushed_in(event: Mapping[str, Json]) -> str:
    pushed = member(event, "pullRequestSourceReferenceUpdatedEventMetadata.afterCommitId")
    return pushed or member(event, "pullRequestCreatedEventMetadata.sourceCommitId")


def _commit(found: Found, change: Change, target: Mapping[str, Json]) -> Commit:
    name = member(target, "mergeMetadata.mergeCommitId")
    unread = Unknown("CodeCommit says only what a commit claims of itself")
    return Commit(
        id=f"{change.repository_id}/commit/{name or '?'}",
        **_of(found),
        repository_id=change.repository_id,
        commit=name,
        change_id=change.id,
        author_id=unread,
        author_address=unread,
        committer_id=unread,
        parents=unread,
        made=unread,
        signed=Unknown("CodeCommit checks no signatures"),
        signer_id=unread,
        signed_by_host=False,
        signature=unread,
    )


def moment(value: Json) -> Maybe[str]:
    """Return a moment with fractions of a second, so that two of them compare as text."""
    if not isinstance(value, str) or not value.endswith("Z"):
        return _NOT_STATED
    return value if "." in value else f"{value[:-1]}.000000Z"


def _last(events: Json, kind: str, otherwise: Unknown) -> Maybe[str]:
    """Return the moment of the last event of a kind."""
    if isinstance(events, Unknown):
        return events
    several = [each for each in entries(events) if member(each, "pullRequestEventType") == kind]
    moments = [moment(each.get("eventDate")) for each in several]
    known = [each for each in moments if isinstance(each, str)]
    return max(known) if known and len(known) == len(moments) else otherwise


def _stated(value: Json, name: str) -> Maybe[str]:
    return member(value, name) or Unknown(f"the provider's answer has no {name}")


def _of(found: Found) -> dict[str, Any]:
    account = found.place["account"]
    return {"evidence": found.evidence, "provider": "aws", "account": account}


REQUESTS = Collector(
    kind="aws.codecommit.request",
    service="codecommit",
    title="closed pull requests of CodeCommit, and approvals of them",
    per=("account", "region", REPOSITORY),
    listing=Listing(
        operation="ListPullRequests",
        permission="codecommit:ListPullRequests",
        parameters={"pullRequestStatus": "CLOSED", "maxResults": 100},
        compose={"repositoryName": name_at},
        items="pullRequestIds",
    ),
    details=(
        Detail(
            name="request",
            operation="GetPullRequest",
            permission="codecommit:GetPullRequest",
            bind={"pullRequestId": "item"},
        ),
        Detail(
            name="events",
            operation="DescribePullRequestEvents",
            permission="codecommit:DescribePullRequestEvents",
            parameters={"maxResults": 100},
            bind={"pullRequestId": "item"},
            items="pullRequestEvents",
        ),
    ),
    tables=(Change, Commit, Review),
    rows=_request,
    source=_REFERENCE + "GetPullRequest.html",
)
