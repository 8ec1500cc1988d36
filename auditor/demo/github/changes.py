"""What happens to code in a stand-in's repository: commits, requests and reviews.

Moments are text in GitHub's form; accounts are named by their login.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One commit.

    Attributes:
        author, committer: logins, or '' where no account is bound to the address.
        signature: a word of GitSignatureState.
        signer: whose key signed it: a login, 'web-flow' for GitHub's own, or '' for nobody.
    """

    oid: str
    repository: str
    parents: tuple[str, ...]
    headline: str
    author: str
    email: str
    committer: str
    authored: str
    committed: str
    signature: str = "VALID"
    signer: str = ""
    added: int = 0
    removed: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review of a change request; ``oid`` is the commit that was its head then."""

    number: int
    author: str
    state: str
    oid: str
    at: str
    comments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ForcePush:
    """A branch was pushed with another history: a change request's, or a release branch."""

    actor: str
    at: str
    before: str
    after: str
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """A pull request.

    Attributes:
        base: branch that it is for.
        commits: what it held last, oldest first.
        landed: commits that merging it made on the branch, oldest first.
        queued: the merge queue merged it.
    """

    number: int
    repository: str
    title: str
    author: str
    base: str
    branch: str
    opened: str
    commits: tuple[str, ...]
    reviews: tuple[Review, ...] = ()
    merged: str = ""
    merged_by: str = ""
    landed: tuple[str, ...] = ()
    closed: str = ""
    queued: bool = False
    pushes: tuple[ForcePush, ...] = ()
    added: int = 0
    removed: int = 0
    files: int = 0

    @property
    def head(self) -> str:
        """Its last commit."""
        return self.commits[-1]

    @property
    def merge_commit(self) -> str:
        """The last commit that merging it made; '' while it is open."""
        return self.landed[-1] if self.landed else ""
