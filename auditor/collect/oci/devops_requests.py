"""OCI DevOps: pull requests that were merged into default branches, and who approved them.

What the service does not state is which commit a merge made. A request names its last commit and
where it began; the commits between them are asked for, and who pushed to it is told. How many lines
it touched is not.

API: https://docs.oracle.com/en-us/iaas/api/#/en/devops/20210630/PullRequest
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.collect.oci.devops import (
    HEADS,
    REPOSITORY,
    branch_at,
    of_account,
    plain,
    repository_at,
)
from auditor.collect.oci.devops_activities import (
    approved_commit,
    last_moment,
    of_type,
    principal_in,
    pushes_in,
)
from auditor.collect.oci.devops_commits import commit_row, hash_in
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, maybe_text, moment, text
from auditor.collect.oci.service_rows import COLLECTED, LONG_PAGE
from auditor.collect.period import FIRST_MIDNIGHT
from auditor.collect.reviews import review_of, unseen_reviews
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import UNJOINED, Change, Commit, Maybe, Review

_API = "https://docs.oracle.com/en-us/iaas/api/#/en/devops/20210630"
_STATES = {"APPROVED": "approved", "UNAPPROVED": "dismissed"}
_MOST = 1_000_000
_NO_NUMBER = Unknown("pull requests of OCI DevOps have no numbers")
_SIZES = Unknown("OCI DevOps does not count the lines or files that a request touches")
_NOT_TOLD = Unknown("nothing that was done to the request tells when it was merged")
_BEFORE = Unknown("it was pushed before the request, and when is not stated")
_NO_COUNT = Unknown("the answer does not count remarks")
_COUNTED = Unknown("remarks are counted for the whole request")
_NO_STATE = Unknown("this version does not know this state of an approval")


def _rows(found: Found) -> Iterator[Change | Commit | Review]:
    if not _is_of_interest(found):
        return
    change = _change(found)
    yield change
    yield from _own_commits(found, change)
    activities = found.read("activities")
    if isinstance(activities, Unknown):
        yield unseen_reviews(change, activities, _COUNTED)
        return
    for number, each in enumerate(of_type(activities, "APPROVAL")):
        id_, at = each.get("id"), moment(each.get("timeOccurred"))
        yield review_of(
            change,
            id_ if isinstance(id_, str) else number,
            reviewer_id=principal_in(each.get("principal")),
            state=_STATES.get(str(each.get("status")), _NO_STATE),
            commit=approved_commit(activities, at, change.head),
            at=at,
            comments=_COUNTED,
        )


def _is_of_interest(found: Found) -> bool:
    """Whether a request is to the default branch, and may have been merged in the period."""
    target, changed = text(found, "item.destinationBranch"), moment(found.read("item.timeUpdated"))
    if target and plain(target) != branch_at(found):
        return False
    since = moment(found.since)
    return isinstance(changed, Unknown) or isinstance(since, Unknown) or changed >= since


def _change(found: Found) -> Change:
    repository, activities = repository_at(found), found.read("activities")
    head = maybe_text(found, "item.sourceCommitIdAtTermination")
    return Change(
        id=f"{repository}/change/{text(found, 'item.id')}",
        **of_account(found),
        repository_id=repository,
        branch_id=f"{repository}@{HEADS}{branch_at(found)}",
        kind="merged",
        number=_NO_NUMBER,
        title=maybe_text(found, "item.displayName"),
        author_id=principal_in(found.read("item.createdBy", absent=None)),
        by_bot=_is_program(found),
        merged_by=maybe_text(found, "request.mergedBy.principalId"),
        method=UNJOINED,
        opened=moment(found.read("item.timeCreated")),
        head=head.lower() if isinstance(head, str) else head,
        commit=UNJOINED,
        added=_SIZES,
        removed=_SIZES,
        files=_SIZES,
        comments=_remarks(found),
        **_done(activities),
    )


def _done(activities: Json) -> dict[str, Any]:
    """Return the columns that follow from what was done to a request."""
    pushes = activities if isinstance(activities, Unknown) else pushes_in(activities)
    if isinstance(pushes, Unknown):
        return dict.fromkeys(("merged", "head_pushed", "rewritten", "writers"), pushes)
    ends = [each for each in of_type(activities, "LIFECYCLE") if each.get("state") == "MERGED"]
    who = [push.who for push in pushes]
    lost = next((each for each in who if isinstance(each, Unknown)), None)
    return {
        "merged": last_moment(ends, _NOT_TOLD),
        "head_pushed": pushes[-1].at if pushes else _BEFORE,
        "rewritten": any(push.rewrote for push in pushes),
        "writers": lost or tuple(sorted({str(each) for each in who})),
    }


def _own_commits(found: Found, change: Change) -> Iterator[Commit]:
    """Yield the request's own commits, for facts to find on the branch; they are no rows there."""
    commits = found.read("commits")
    if isinstance(commits, Unknown):
        yield commit_row(found, {}, f"{change.id}/own/?", change.id)
        return
    for each in entries(commits):
        yield commit_row(found, each, f"{change.id}/own/{hash_in(each)}", change.id)


def _is_program(found: Found) -> Maybe[bool]:
    kind = maybe_text(found, "item.createdBy.principalType")
    return kind if isinstance(kind, Unknown) else kind != "USER"


def _remarks(found: Found) -> Maybe[int]:
    count = found.read("item.totalComments", absent=None)
    return count if type(count) is int and 0 <= count < _MOST else _NO_COUNT


def _source_of(found: Found) -> Json:
    """Return the repository that holds the request's own commits: a fork's are not here."""
    item = found.item if isinstance(found.item, Mapping) else {}
    return item.get("sourceRepositoryId") or item.get("repositoryId")


REQUESTS = Collector(
    kind="oci.devops.request",
    service="devops.DevopsClient",
    title="Merged pull requests, and approvals of them",
    per=(*PER_COMPARTMENT, REPOSITORY),
    listing=Listing(
        operation="list_pull_requests",
        permission="inspect devops-pull-request",
        parameters={"lifecycle_details": "MERGED", "limit": LONG_PAGE},
        compose={"repository_id": repository_at},
        items=COLLECTED,
    ),
    details=(
        Detail(
            name="request",
            operation="get_pull_request",
            permission="read devops-pull-request",
            bind={"pull_request_id": "item.id"},
            applies=_is_of_interest,
        ),
        Detail(
            name="activities",
            operation="list_pull_request_activities",
            permission="read devops-pull-request",
            parameters={"limit": LONG_PAGE},
            bind={"pull_request_id": "item.id"},
            items=COLLECTED,
            applies=_is_of_interest,
        ),
        Detail(
            name="commits",
            operation="list_commits",
            permission="read devops-repository",
            parameters={"limit": LONG_PAGE},
            bind={
                "repository_id": "item.repositoryId",
                "ref_name": "item.sourceCommitIdAtTermination",
                "exclude_ref_name": "item.mergeBaseCommitIdAtTermination",
            },
            compose={"repository_id": _source_of},
            items=COLLECTED,
            applies=_is_of_interest,
        ),
    ),
    tables=(Change, Commit, Review),
    rows=_rows,
    since=FIRST_MIDNIGHT,
    source=f"{_API}/PullRequestSummary/ListPullRequests",
)
