"""Merged pull requests: who wrote, pushed and approved them, and on which commit."""

from collections.abc import Sequence

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Change, Commit, Review
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.test_devops import APP, branch, repository
from tests.collect.oci.things import thing

BASE, FIRST, HEAD = "0" * 40, "a" * 40, "b" * 40
ANNA, CAROL = "ocid1.user.oc1..anna", "ocid1.user.oc1..carol"
REQUEST = "ocid1.devopspullrequest.oc1.iad.one"
_CHANGE = f"{APP}/change/{REQUEST}"


def commit(name: str, *parents: str, message: str = "Repair it\n\nAt last.") -> dict[str, Json]:
    """Return a commit of Anna's."""
    return {
        "commit_id": name,
        "parent_commit_ids": list(parents),
        "commit_message": message,
        "author_name": "Anna",
        "author_email": "anna@acme.example",
        "time_created": "2026-11-02T08:00:00Z",
    }


def principal(id_: str) -> dict[str, Json]:
    """Return the description of a user."""
    return {"principal_id": id_, "principal_name": id_[-4:], "principal_type": "USER"}


def activity(kind: str, at: str, who: str = CAROL, **more: Json) -> dict[str, Json]:
    """Return something that was done to the request on one day."""
    return {
        "_path": {"pullRequestId": REQUEST},
        "id": f"{kind}-{at}",
        "pull_request_id": REQUEST,
        "activity_type": kind,
        "time_occurred": f"2026-11-02T{at}Z",
        "principal": principal(who),
        **more,
    }


def push(at: str, *added: Json, removed: Sequence[Json] = ()) -> dict[str, Json]:
    """Return a push of Anna's."""
    return activity("COMMIT", at, ANNA, commits_added=list(added), commits_removed=list(removed))


def approved(at: str, status: str = "APPROVED") -> dict[str, Json]:
    """Return an approval of Carol's, or that she took it back."""
    return activity("APPROVAL", at, status=status)


def request(**more: Json) -> dict[str, Json]:
    """Return the request, merged."""
    settled: dict[str, Json] = {
        "repository_id": APP,
        "source_branch": "repair",
        "destination_branch": "main",
        "source_commit_id_at_termination": HEAD,
        "merge_base_commit_id_at_termination": BASE,
        "time_updated": "2026-11-02T12:00:00Z",
        "lifecycle_details": "MERGED",
        "created_by": principal(ANNA),
        "merged_by": principal(CAROL),
        "total_comments": 2,
    }
    return thing("devopspullrequest", "one", **{**settled, **more})


_MERGED = activity("LIFECYCLE", "12:00:00", state="MERGED")


def found(
    *activities: dict[str, Json],
    commits: Sequence[dict[str, Json]] = (commit(FIRST, BASE), commit(HEAD, FIRST)),
    asked: dict[str, Json] | None = None,
    refused: str = "",
) -> Collected:
    """Collect from a repository with one request and what was done to it."""
    bound: Json = {"repositoryId": APP, "refName": HEAD, "excludeRefName": BASE}
    sorted_out: dict[str, list[dict[str, Json]]] = {}
    models = {
        "APPROVAL": "ApprovalActivitySummary",
        "COMMIT": "CommitActivitySummary",
        "LIFECYCLE": "PullRequestLifecycleActivitySummary",
    }
    for each in (*activities, _MERGED):
        sorted_out.setdefault(models[str(each["activity_type"])], []).append(each)
    kept = {
        "Repository": [repository()],
        "RepositoryBranchSummary": [branch(tip=HEAD)],
        "PullRequest": [asked or request()],
        "RepositoryCommit": [{"_path": bound, **each} for each in commits],
        **sorted_out,
    }
    faults = [denied(refused)] if refused else []
    return collected({"us-ashburn-1": {"devops": kept}}, *faults, kinds="oci.devops.request")


def test_a_request_tells_who_asked_pushed_approved_and_merged() -> None:
    """The approval came after the last push, and so is of the last commit."""
    seen = found(push("09:00:00", commit(HEAD, FIRST)), approved("10:00:00"))
    change, (review,) = seen.row(Change, REQUEST), seen.of(Review)

    assert change.id == _CHANGE
    assert (change.author_id, change.merged_by, change.writers) == (ANNA, CAROL, (ANNA,))
    assert (change.head, change.head_pushed) == (HEAD, "2026-11-02T09:00:00.000Z")
    assert (change.merged, change.rewritten, change.comments) == (
        "2026-11-02T12:00:00.000Z",
        False,
        2,
    )
    assert (review.reviewer_id, review.state, review.commit) == (CAROL, "approved", HEAD)
    own = {row.id.removeprefix(f"{_CHANGE}/own/"): row for row in seen.of(Commit)}
    assert {name: row.parents for name, row in own.items()} == {FIRST: (BASE,), HEAD: (FIRST,)}
    assert own[FIRST].author_address == "anna@acme.example"


def test_an_approval_before_the_last_push_is_of_the_commit_before_it() -> None:
    """What was pushed onto tells which that was, also where the first push came before all."""
    seen = found(approved("08:30:00"), push("09:00:00", commit(HEAD, FIRST)))

    assert [row.commit for row in seen.of(Review)] == [FIRST]


def test_a_push_over_what_was_there_removes_it() -> None:
    """The approval was of what is gone."""
    gone = "c" * 40
    seen = found(
        approved("08:30:00"),
        push("09:00:00", commit(HEAD, BASE), removed=[commit(gone, BASE)]),
    )

    assert seen.row(Change, REQUEST).rewritten is True
    assert [row.commit for row in seen.of(Review)] == [gone]


def test_an_approval_that_was_taken_back_is_dismissed() -> None:
    seen = found(approved("10:00:00"), approved("11:00:00", "UNAPPROVED"))

    assert [row.state for row in seen.of(Review)] == ["approved", "dismissed"]


def test_one_moment_has_no_order() -> None:
    seen = found(approved("09:00:00"), push("09:00:00", commit(HEAD, FIRST)))

    assert [isinstance(row.commit, Unknown) for row in seen.of(Review)] == [True]


def test_what_nobody_may_read_stays_open() -> None:
    """Refused activities are no request without reviews, and refused commits none without any."""
    seen = found(approved("10:00:00"), refused=r"devops\..*list_(commits|pull_request_activities)")
    change, (review,), (own,) = seen.row(Change, REQUEST), seen.of(Review), seen.of(Commit)

    assert isinstance(change.merged, Unknown)
    assert isinstance(change.writers, Unknown)
    assert isinstance(review.state, Unknown)
    assert own.commit == "?"


def test_requests_to_other_branches_are_not_asked_about() -> None:
    seen = found(asked=request(destination_branch="next"))

    assert seen.of(Change) == []
    assert seen.asked("list_pull_request_activities") == []
