"""Commits of default branches, each for a push of its own until a request is found."""

from auditor.model import Json, Unknown
from auditor.tables import Change, Commit
from tests.collect.oci.simulated import NOW, collected
from tests.collect.oci.test_devops import APP, branch, repository
from tests.collect.oci.test_devops_requests import BASE, HEAD, commit
from tests.fakes import audit

_BRANCH: Json = {"repositoryId": APP, "refName": "main"}


def test_a_commit_says_what_it_claims_of_itself() -> None:
    """No account, no signature, and whoever else it names is bound to none."""
    named = "Repair it\n\nCo-authored-by: Boris <boris@acme.example>"
    listed = [
        commit(HEAD.upper(), BASE),
        commit("c" * 40, HEAD, message=named),
        {**commit("d" * 40), "time_created": "2025-11-02T08:00:00Z"},
    ]
    seen = collected(
        {
            "us-ashburn-1": {
                "devops": {
                    "Repository": [repository()],
                    "RepositoryBranchSummary": [branch(tip=HEAD)],
                    "RepositoryCommit": [{"_path": _BRANCH, **each} for each in listed],
                }
            }
        },
        kinds="oci.devops.commit",
        period=audit(as_of=NOW, period_start="2026-11-01", period_end="2026-11-21"),
    )
    first, change = seen.row(Commit, HEAD), seen.row(Change, HEAD)

    assert (first.commit, first.parents, first.co_authors) == (HEAD, (BASE,), ())
    assert first.author_address == "anna@acme.example"
    assert isinstance(first.signed, Unknown)
    assert (change.kind, change.title, change.branch_id) == (
        "direct",
        "Repair it",
        f"{APP}@refs/heads/main",
    )
    assert isinstance(change.merged, Unknown)
    assert isinstance(seen.row(Commit, "c" * 40).co_authors, Unknown)
    assert len(seen.of(Commit)) == 2
