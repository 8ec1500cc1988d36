"""Repositories of code with their rules, and connections to others."""

from typing import Any

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Branch, BranchRule, Change, Flow, Repository, Store
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import named, thing

PROJECT = "ocid1.devopsproject.oc1.iad.p"
APP = "ocid1.devopsrepository.oc1.iad.app"
HEAD = "AB" * 20
_MAIN = f"{APP}@refs/heads/main"


def repository(name: str = "app", **more: Json) -> dict[str, Json]:
    """Return a repository of the project, kept here."""
    kept: dict[str, Json] = {
        "project_id": PROJECT,
        "project_name": "northstar",
        "repository_type": "HOSTED",
        "default_branch": "refs/heads/main",
        "http_url": f"https://devops.scmservice.us-ashburn-1.oci.oraclecloud.com/{name}",
    }
    return named("devopsrepository", name, **{**kept, **more})


def branch(name: str = "main", tip: str = HEAD) -> dict[str, Json]:
    """Return a branch of that repository."""
    return {
        "ref_name": name,
        "full_ref_name": f"refs/heads/{name}",
        "ref_type": "BRANCH",
        "repository_id": APP,
        "commit_id": tip,
    }


def settings(*rules: Json, checks: str = "DISABLED") -> dict[str, Json]:
    """Return settings of that repository."""
    return {
        "_path": {"repositoryId": APP},
        "merge_checks": {"last_build_succeeded": checks},
        "approval_rules": {"items": list(rules)},
    }


def project_settings(*rules: Json) -> dict[str, Json]:
    """Return settings of its project."""
    return {"_path": {"projectId": PROJECT}, "approval_rules": {"items": list(rules)}}


def protected(name: str, level: str = "PULL_REQUEST_MERGE_ONLY") -> dict[str, Json]:
    """Return what protects a branch of that repository."""
    return {"_path": {"repositoryId": APP}, "branch_name": name, "protection_levels": [level]}


def request(name: str, branch: str, state: str) -> dict[str, Json]:
    """Return a request to that repository."""
    made = thing("devopspullrequest", name, repository_id=APP, destination_branch=branch)
    return {**made, "lifecycle_details": state, "source_branch": name}


def found(*faults: Any, **models: list[dict[str, Json]]) -> Collected:
    """Collect from a tenancy with that repository and what is said of it."""
    kept = {
        "Repository": [repository()],
        "RepositoryBranchSummary": [branch(), branch("next", "cd" * 20)],
        "RepositorySettings": [settings()],
        "ProjectRepositorySettings": [project_settings()],
        **models,
    }
    return collected({"us-ashburn-1": {"devops": kept}}, *faults, kinds="oci.devops.repository")


def test_code_is_kept_here_and_fetched_from_elsewhere() -> None:
    """Where the host of a connection is, nobody states."""
    connection = thing(
        "devopsconnection",
        "github",
        project_id=PROJECT,
        connection_type="GITHUB_ACCESS_TOKEN",
        access_token="ocid1.vaultsecret.oc1.iad.t",
    )
    seen = collected(
        {
            "us-ashburn-1": {
                "devops": {
                    "Repository": [repository()],
                    "GithubAccessTokenConnection": [connection],
                }
            }
        },
        kinds="oci.devops.connection",
    )
    (flow,) = seen.of(Flow)

    assert seen.row(Store, "app").kind == "repository"
    assert isinstance(flow.target_account, Unknown)
    assert "GITHUB_ACCESS_TOKEN" in flow.target_account.reason


def test_a_repository_names_its_branch_and_counts_what_waits() -> None:
    """Requests to other branches are not counted, and those in conflict are."""
    waiting = [
        request("one", "main", "OPEN"),
        request("two", "refs/heads/main", "CONFLICT"),
        request("three", "next", "OPEN"),
        request("four", "main", "MERGED"),
    ]
    seen = found(PullRequest=waiting)
    row, tip = seen.row(Repository, "app"), seen.row(Branch, "main")

    assert (row.name, row.default_branch, row.open_requests) == ("northstar/app", "main", 2)
    assert str(row.url).endswith("/app")
    assert (tip.id, tip.ref, tip.head) == (_MAIN, "refs/heads/main", HEAD.lower())


def test_rules_of_the_repository_its_project_and_its_branches() -> None:
    """A rule without a branch is for all; a project's stands where the repository has none."""
    seen = found(
        RepositorySettings=[settings(checks="ENABLED")],
        ProjectRepositorySettings=[
            project_settings({"name": "two", "min_approvals_count": 2, "reviewers": []})
        ],
        ProtectedBranch=[protected("main"), protected("old", "READ_ONLY")],
    )
    rules = {row.id.removeprefix(f"{APP}/"): row for row in seen.of(BranchRule)}

    assert sorted(rules) == ["checks", "project/two", "protected/main", "protected/old"]
    assert rules["checks"].checks == ("last build succeeded",)
    assert (rules["project/two"].approvals, rules["project/two"].enforced) == (2, True)
    assert rules["project/two"].includes == ("~ALL",)
    assert isinstance(rules["project/two"].dismisses_stale, Unknown)
    guarded = rules["protected/main"]
    assert (guarded.includes, guarded.no_direct_push) == (("refs/heads/main",), True)
    assert guarded.no_force_push is True
    assert isinstance(guarded.no_deletion, Unknown)


def test_a_repositorys_own_rules_may_take_the_place_of_its_projects() -> None:
    """Which of two stands where both ask for approvals, Oracle does not say."""
    own = {"name": "one", "min_approvals_count": 1, "destination_branch": "main"}
    seen = found(
        RepositorySettings=[settings(own)],
        ProjectRepositorySettings=[project_settings({"name": "two", "min_approvals_count": 2})],
    )

    assert seen.row(BranchRule, "approvals/one").enforced is True
    assert seen.row(BranchRule, "approvals/one").includes == ("refs/heads/main",)
    assert isinstance(seen.row(BranchRule, "project/two").enforced, Unknown)


def test_rules_that_nobody_may_read_are_no_rules_that_are_missing() -> None:
    """What is refused may ask for anything."""
    seen = found(denied(r"devops\..*(settings|protected).*"))
    rules = seen.of(BranchRule)

    assert [row.id.removeprefix(f"{APP}/") for row in rules] == [
        "approvals/?",
        "project/?",
        "protected/?",
    ]
    assert all(isinstance(row.approvals, Unknown) for row in rules)
    assert all(isinstance(row.includes, Unknown) for row in rules)


def test_an_empty_repository_has_no_branch() -> None:
    """The answer leaves out what there is not."""
    seen = found(Repository=[repository(default_branch=None)], RepositoryBranchSummary=[])

    assert seen.row(Repository, "app").default_branch == ""
    assert seen.of(Branch) == []


def test_changes_of_a_copy_are_reviewed_elsewhere() -> None:
    """What a mirror holds was approved at its source, if anywhere."""
    seen = found(Repository=[repository(repository_type="MIRRORED")])
    change = seen.row(Change, "main")

    assert change.kind == "direct"
    assert isinstance(change.commit, Unknown)
    assert "elsewhere" in change.commit.reason
