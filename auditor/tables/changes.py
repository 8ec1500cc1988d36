"""Tables of what changed in code that is released, and who approved it."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Row):
    """One change of a release branch: a merged change request, or a commit pushed directly.

    Its id is 'repository/change/NUMBER' or 'repository/commit/COMMIT', with '@BRANCH' where one
    request reached several branches. Every commit of the branch in the period is of one change.
    """

    table: ClassVar[str] = "changes"

    provider: Annotated[str, "'github', 'aws' or 'oci'."]
    account: Annotated[str, "Organisation, account or tenancy."]
    repository_id: Annotated[str, "Repository that it is in."]
    branch_id: Annotated[str, "Branch that it reached: a row of branches."]
    kind: Annotated[str, "merged, or direct: no change request brought it."]
    number: Annotated[Maybe[int], "Number of the change request; 0 for a direct push."]
    title: Annotated[Maybe[str], "First line of its description."]
    author_id: Annotated[Maybe[str], "Who asked for it, or made the commit."]
    by_bot: Annotated[Maybe[bool], "The author is a program."]
    merged_by: Annotated[Maybe[str], "Who merged or pushed it."]
    method: Annotated[Maybe[str], "merge, squash, rebase, queue or push."]
    opened: Annotated[Maybe[str], "Moment of the request; '' for a direct push."]
    merged: Annotated[Maybe[str], "Moment at which it reached the branch."]
    head: Annotated[Maybe[str], "Last commit of the request before the merge; '' if direct."]
    head_pushed: Annotated[Maybe[str], "Moment at which that commit was pushed or made."]
    commit: Annotated[Maybe[str], "Commit on the branch that holds all of it."]
    rewritten: Annotated[
        Maybe[bool], "The request's own branch was pushed over, so that it may have held more."
    ]
    added: Annotated[Maybe[int], "Lines added."]
    removed: Annotated[Maybe[int], "Lines removed."]
    files: Annotated[Maybe[int], "Files touched."]
    writers: Annotated[
        Maybe[tuple[str, ...]],
        "Principals who wrote the request's own commits, which a squash leaves off the branch; "
        "unknown where one has no account. Empty where they are all commits of the branch.",
    ] = ()
    pushers: Annotated[
        Maybe[tuple[str, ...]],
        "Principals who surely pushed some of the request, where a host names these alone.",
    ] = ()
    authors: Annotated[
        Maybe[tuple[str, ...]],
        "Derived: everybody who wrote some of it: principals of author, commits and the keys that "
        "signed them, sorted. Merging on the host's pages writes nothing.",
    ] = UNJOINED
    approvers: Annotated[
        Maybe[tuple[str, ...]],
        "Derived: principals whose approval counts: on the last commit, before the merge, not "
        "taken back, by none of its authors and by no program. Sorted; unknown only where none is "
        "known to count.",
    ] = UNJOINED
    approver_employers: Annotated[
        Maybe[tuple[str, ...]],
        "Derived: their employers by the roster, sorted; unknown where one is, unless another is "
        "a trusted provider's.",
    ] = UNJOINED
    stale_approvals: Annotated[
        Maybe[int], "Derived: approvals of an earlier commit than the last, or after the merge."
    ] = UNJOINED
    self_approved: Annotated[Maybe[bool], "Derived: one of its authors approved it."] = UNJOINED
    bypassed: Annotated[Maybe[bool], "Derived: the audit log says that rules were bypassed."] = (
        UNJOINED
    )
    signed: Annotated[Maybe[bool], "Derived: every commit of it is validly signed."] = UNJOINED
    review_minutes: Annotated[
        Maybe[int], "Derived: minutes from the last push before it to the first approval."
    ] = UNJOINED
    comments: Annotated[
        Maybe[int],
        "Remarks of reviewers on it: as the host counts them, or derived from its reviews.",
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit(Row):
    """One commit of a release branch in the period. Its id is 'repository/commit/COMMIT'."""

    table: ClassVar[str] = "commits"

    provider: Annotated[str, "'github', 'aws' or 'oci'."]
    account: Annotated[str, "Organisation, account or tenancy."]
    repository_id: Annotated[str, "Repository that it is in."]
    commit: Annotated[str, "Its name: the hash in lower-case hex."]
    change_id: Annotated[Maybe[str], "Change that brought it: a row of changes."]
    author_id: Annotated[Maybe[str], "Who wrote it; unknown if no account is bound to it."]
    co_authors: Annotated[
        Maybe[tuple[str, ...]],
        "Others whom it names as its authors, sorted; unknown where one has no account.",
    ] = ()
    author_address: Annotated[Maybe[str], "E-mail address that it states, as nobody checked."]
    committer_id: Annotated[Maybe[str], "Who committed it."]
    parents: Annotated[Maybe[tuple[str, ...]], "Commits that it follows."]
    made: Annotated[Maybe[str], "Moment that it states."]
    signed: Annotated[Maybe[bool], "It is signed, and the host says that the signature holds."]
    signer_id: Annotated[Maybe[str], "Whose key signed it; '' for none or for the host's own."]
    signed_by_host: Annotated[Maybe[bool], "The host signed it, as it does for merges."]
    signature: Annotated[Maybe[str], "The host's word on it, such as 'valid' or 'unsigned'."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Row):
    """One review of one change request."""

    table: ClassVar[str] = "reviews"

    provider: Annotated[str, "'github', 'aws' or 'oci'."]
    account: Annotated[str, "Organisation, account or tenancy."]
    repository_id: Annotated[str, "Repository that it is in."]
    change_id: Annotated[str, "Change that it is about."]
    reviewer_id: Annotated[Maybe[str], "Who: a row of principals."]
    state: Annotated[Maybe[str], "approved, changes requested, commented or dismissed."]
    commit: Annotated[Maybe[str], "Commit that was reviewed."]
    at: Annotated[Maybe[str], "Moment."]
    comments: Annotated[Maybe[int], "Remarks in it."]
    employer: Annotated[Maybe[str], "Derived: the reviewer's employer on the roster."] = UNJOINED
    on_last_commit: Annotated[Maybe[bool], "Derived: it is about the change's last commit."] = (
        UNJOINED
    )
    by_author: Annotated[Maybe[bool], "Derived: an author of the change gave it."] = UNJOINED
    counts: Annotated[
        Maybe[bool], "Derived: it is an approval that counts, as in changes.approvers."
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput(Row):
    """How reviewing went in one repository. Derived. Its id is the repository's."""

    table: ClassVar[str] = "throughput"

    provider: Annotated[str, "'github', 'aws' or 'oci'."]
    account: Annotated[str, "Organisation, account or tenancy."]
    repository_id: Annotated[str, "The repository."]
    changes: Annotated[
        Maybe[int], "Changes that reached release branches in the period, each once."
    ]
    approved: Annotated[Maybe[int], "Those with an approval that counts."]
    lines: Annotated[Maybe[int], "Lines added and removed by all of them."]
    median_minutes: Annotated[
        Maybe[int],
        "Median of review_minutes of the approved ones; 0 without changes, unknown where none was "
        "approved.",
    ]
    slow_minutes: Annotated[Maybe[int], "95th percentile of it, in the same way."]
    comments: Annotated[Maybe[int], "Remarks of reviewers on all of them."]
    busiest_hour_lines: Annotated[
        Maybe[int], "Most lines that one reviewer approved within one hour of the clock."
    ]
    backlog: Annotated[Maybe[int], "Change requests to release branches open at the audit's end."]
