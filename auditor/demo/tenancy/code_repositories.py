"""Repositories of code in the demo tenancy, as they grow: commits, requests, and what was done."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from auditor.demo.tenancy.active import add_active, add_named
from auditor.demo.tenancy.builder import HOME, OPERATIONS, SECURITY, Builder, ocid
from auditor.demo.tenancy.plots.people_of_the_tenancy import PEOPLE, user_id
from auditor.model import Json

HOST = f"https://devops.scmservice.{HOME}.oci.oraclecloud.com/namespaces/northstar/projects/video"
PROJECT = ocid("devopsproject", HOME, "video")
_START = "0" * 40


def repository_id(name: str) -> str:
    """Return the OCID of a repository."""
    return ocid("devopsrepository", HOME, name)


def request_id(name: str) -> str:
    """Return the OCID of a pull request."""
    return ocid("devopspullrequest", HOME, name)


def commit_of(name: str) -> str:
    """Return the hash of a commit."""
    return hashlib.sha1(f"the commit {name}".encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A pull request that was merged.

    Attributes:
        commits: its own, in order.
        done: hour of the day, what was done ('push NAME' or 'approve'), and by whom.
    """

    name: str
    author: str
    commits: tuple[str, ...]
    done: tuple[tuple[int, str, str], ...]
    merged_by: str


@dataclass(slots=True)
class Repository:
    """A repository while it is built: its branch, and how many days ago something happened."""

    estate: Builder
    name: str
    days_ago: int
    head: str = _START
    made: dict[str, dict[str, Json]] = field(default_factory=dict)

    def commit(self, name: str, author: str, hour: int, *parents: str) -> str:
        """Make a commit; return its hash."""
        hash_ = commit_of(name)
        login, _, _ = PEOPLE[author]
        self.made[hash_] = {
            "commit_id": hash_,
            "commit_message": f"{name.capitalize().replace('-', ' ')}\n",
            "author_name": author,
            "author_email": login,
            "committer_name": author,
            "committer_email": login,
            "parent_commit_ids": list(parents),
            "time_created": self.at(hour),
        }
        return hash_

    def put(self, hash_: str) -> None:
        """Put a commit onto the branch."""
        path: Json = {"repositoryId": repository_id(self.name), "refName": "main"}
        self.estate.add(HOME, "devops", "RepositoryCommit", _path=path, **self.made[hash_])
        self.head = hash_

    def at(self, hour: int) -> str:
        """Return an hour of the day that everything happens on."""
        day = datetime.now(UTC).date() - timedelta(days=self.days_ago)
        return f"{day}T{hour:02}:00:00Z"

    def merge(self, request: Request, merge: str = "") -> None:
        """Make a request, and merge it.

        Args:
            merge: name of the commit that merges it; '' moves the branch to its last commit.
        """
        base, head = self.head, commit_of(request.commits[-1])
        below = base
        for name in request.commits:
            below = self.commit(name, request.author, 8, below)
            path: Json = {
                "repositoryId": repository_id(self.name),
                "refName": head,
                "excludeRefName": base,
            }
            self.estate.add(HOME, "devops", "RepositoryCommit", _path=path, **self.made[below])
            self.put(below)
        if merge:
            self.put(self.commit(merge, request.merged_by, 16, base, head))
        self._tell(request, base, head)

    def _tell(self, request: Request, base: str, head: str) -> None:
        made = add_active(
            self.estate,
            HOME,
            "devops.PullRequest",
            "devopspullrequest",
            request.name,
            {},
            compartment_id=SECURITY,
            repository_id=repository_id(self.name),
            source_branch=request.name,
            destination_branch="main",
            source_commit_id_at_termination=head,
            merge_base_commit_id_at_termination=base,
            time_created=self.at(9),
            time_updated=self.at(16),
            lifecycle_details="MERGED",
            created_by=_principal(request.author),
            merged_by=_principal(request.merged_by),
            total_comments=1,
        )
        for hour, what, who in request.done:
            verb, _, name = what.partition(" ")
            if verb == "push":
                added: Json = [self.made[commit_of(name)]]
                self._activity(made, "COMMIT", hour, who, commits_added=added, commits_removed=[])
            else:
                self._activity(made, "APPROVAL", hour, who, status="APPROVED")
        self._activity(made, "LIFECYCLE", 16, request.merged_by, state="MERGED")

    def _activity(self, request: str, kind: str, hour: int, who: str, **more: Json) -> None:
        models = {
            "COMMIT": "CommitActivitySummary",
            "APPROVAL": "ApprovalActivitySummary",
            "LIFECYCLE": "PullRequestLifecycleActivitySummary",
        }
        self.estate.add(
            HOME,
            "devops",
            models[kind],
            _path={"pullRequestId": request},
            id=f"{kind.lower()}-{hour}",
            pull_request_id=request,
            activity_type=kind,
            time_occurred=self.at(hour),
            principal=_principal(who),
            **more,
        )


def _principal(name: str) -> dict[str, Json]:
    return {
        "principal_id": user_id(name),
        "principal_name": PEOPLE[name][0],
        "principal_type": "USER",
        "principal_state": "ACTIVE",
    }


def add_repository(estate: Builder, repository: Repository, *, rules: list[Json]) -> None:
    """Add what a repository is, as it is in the end.

    Args:
        rules: for approvals, as the service keeps them.
    """
    id_ = add_named(
        estate,
        HOME,
        "devops.Repository",
        "devopsrepository",
        repository.name,
        OPERATIONS,
        compartment_id=SECURITY,
        project_id=PROJECT,
        project_name="video",
        repository_type="HOSTED",
        default_branch="main",
        http_url=f"{HOST}/repositories/{repository.name}",
    )
    estate.add(
        HOME,
        "devops",
        "RepositoryBranchSummary",
        ref_name="main",
        full_ref_name="refs/heads/main",
        ref_type="BRANCH",
        repository_id=id_,
        commit_id=repository.head,
    )
    estate.add(
        HOME,
        "devops",
        "RepositorySettings",
        _path={"repositoryId": id_},
        merge_checks={"last_build_succeeded": "DISABLED"},
        approval_rules={"items": rules},
    )
