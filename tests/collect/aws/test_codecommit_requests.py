"""What we claim to know about pull requests of CodeCommit, given what AWS answered."""

import pytest

from auditor.collect.aws.codecommit import REPOSITORIES
from auditor.collect.aws.codecommit_requests import REQUESTS, moment
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Change, Commit, Review
from tests.collect.aws.test_codecommit import answered
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, REPOSITORIES, REQUESTS)
ARN = f"arn:aws:codecommit:{HOME}:{ACCOUNT}:app"
AUTHOR, REVIEWER = (f"arn:aws:iam::{ACCOUNT}:user/{name}" for name in ("author", "reviewer"))

pytestmark = pytest.mark.usefixtures("cloud")


def event(kind: str, at: str, **about: Json) -> Json:
    when = f"2020-09-20T{at}:00Z"
    return {"pullRequestEventType": f"PULL_REQUEST_{kind}", "eventDate": when, **about}


def pushed(at: str, commit: str, **more: Json) -> Json:
    about = {"afterCommitId": commit}
    return event(
        "SOURCE_REFERENCE_UPDATED", at, pullRequestSourceReferenceUpdatedEventMetadata=about, **more
    )


def approved(at: str, revision: str, status: str = "APPROVE") -> Json:
    about = {"revisionId": revision, "approvalStatus": status}
    return event(
        "APPROVAL_STATE_CHANGED",
        at,
        actorArn=REVIEWER,
        approvalStateChangedEventMetadata=about,
    )


CREATED = event("CREATED", "09:00", pullRequestCreatedEventMetadata={"sourceCommitId": "c0"})
MERGED = event("MERGE_STATE_CHANGED", "12:00")


def requests(
    *events: Json, deny: tuple[str, ...] = (), into: str = "refs/heads/main", merged: bool = True
) -> Collected:
    merge: Json = {
        "isMerged": merged,
        **(
            {"mergedBy": AUTHOR, "mergeCommitId": "m", "mergeOption": "SQUASH_MERGE"}
            if merged
            else {}
        ),
    }
    target = {"destinationReference": into, "sourceCommit": "c1", "mergeMetadata": merge}
    about = {
        "pullRequestId": "7",
        "title": "<b>Change</b>",
        "authorArn": AUTHOR,
        "creationDate": "2020-09-20T09:00:00Z",
        "revisionId": "r2",
        "pullRequestTargets": [target],
    }
    rules: list[Rule] = [
        answered("ListRepositories", repositories=[{"repositoryName": "app"}]),
        answered(
            "GetRepository", repositoryMetadata={"repositoryName": "app", "defaultBranch": "main"}
        ),
        answered("GetBranch", branch={"branchName": "main", "commitId": "m"}),
        answered("ListPullRequests", pullRequestIds=["7"]),
        answered("GetPullRequest", pullRequest=about),
        answered("DescribePullRequestEvents", pullRequestEvents=list(events)),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def changes(collected: Collected) -> list[Change]:
    rows = [row for row in collected.rows if isinstance(row, Change)]
    return [row for row in rows if row.kind == "merged"]


def reviews(collected: Collected) -> list[Review]:
    return [row for row in collected.rows if isinstance(row, Review)]


def test_a_merged_request_is_a_change_of_the_default_branch() -> None:
    collected = requests(CREATED, pushed("10:00", "c1"), MERGED)
    (row,) = changes(collected)
    (commit,) = (row for row in collected.rows if isinstance(row, Commit))

    assert (row.id, row.number, row.title) == (f"{ARN}/change/7", 7, "<b>Change</b>")
    assert (row.author_id, row.method, row.commit, row.head) == (AUTHOR, "squash", "m", "c1")
    assert (row.head_pushed, row.merged) == (
        "2020-09-20T10:00:00.000000Z",
        "2020-09-20T12:00:00.000000Z",
    )
    assert isinstance(row.writers, Unknown)
    assert (commit.id, commit.change_id) == (f"{ARN}/commit/m", row.id)
    assert isinstance(commit.author_id, Unknown)


@pytest.mark.parametrize(
    ("into", "merged"),
    [("refs/heads/other", True), ("refs/heads/main", False)],
    ids=("elsewhere", "closed"),
)
def test_what_did_not_reach_the_branch_is_no_change_of_it(into: str, merged: bool) -> None:
    assert changes(requests(CREATED, into=into, merged=merged)) == []


def test_an_approval_is_of_the_commit_of_its_revision() -> None:
    """One before the last push is of an earlier commit, and stays so."""
    events = (CREATED, approved("09:30", "r1"), pushed("10:00", "c1"), approved("11:00", "r2"))

    first, second = reviews(requests(*events, approved("11:30", "r2", "REVOKE"), MERGED))[:2]

    assert (first.commit, second.commit) == ("c0", "c1")
    assert (first.reviewer_id, first.state) == (REVIEWER, "approved")
    assert reviews(requests(approved("11:30", "r2", "REVOKE")))[0].state == "dismissed"


def test_an_approval_at_the_moment_of_a_push_is_of_one_of_two_commits() -> None:
    events = CREATED, pushed("10:00", "c1"), approved("10:00", "r1")

    assert isinstance(reviews(requests(*events))[0].commit, Unknown)
    assert isinstance(reviews(requests(approved("10:00", "r1")))[0].commit, Unknown)


def test_an_approval_within_the_second_of_a_later_push_is_of_what_came_before() -> None:
    """Moments with and without fractions do not compare as they are written."""
    late = pushed("10:00", "c1", eventDate="2020-09-20T10:00:00.500000Z")
    (row,) = reviews(requests(CREATED, late, approved("10:00", "r1"), MERGED))
    assert row.commit == "c0"


def test_who_pushed_to_a_request_is_known_and_who_began_it_is_not() -> None:
    """None of them may approve it; whoever pushed before it was opened may be anybody."""
    events = (CREATED, pushed("10:00", "c1", actorArn=REVIEWER), pushed("10:30", "c2"))
    (row,) = changes(requests(*events, MERGED))

    assert row.pushers == (REVIEWER,)
    assert isinstance(row.writers, Unknown)
    assert changes(requests(deny=("DescribePullRequestEvents",)))[0].pushers == ()


def test_a_refusal_leaves_reviews_or_everything_open() -> None:
    without_events = requests(deny=("DescribePullRequestEvents",))
    without_request = requests(deny=("GetPullRequest",))

    assert isinstance(reviews(without_events)[0].state, Unknown)
    assert isinstance(changes(without_events)[0].merged, Unknown)
    assert isinstance(changes(without_request)[0].author_id, Unknown)


def test_moments_compare_as_text() -> None:
    assert str(moment("2020-01-01T00:00:00Z")) < str(moment("2020-01-01T00:00:00.100000Z"))
    assert isinstance(moment("yesterday"), Unknown)
