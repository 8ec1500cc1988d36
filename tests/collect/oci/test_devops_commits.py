"""Commits of default branches, each for a push of its own until a request is found."""

from auditor.model import Json, Unknown
from auditor.tables import Change, Commit
from tests.collect.oci.simulated import collected
from tests.collect.oci.test_devops import APP, branch, repository
from tests.collect.oci.test_devops_requests import BASE, HEAD, commit

_PERIOD: Json = {
    "repositoryId": APP,
    "refName": "main",
    "timestampGreaterThanOrEqualTo": "{midnight at which the period begins}",
    "timestampLessThanOrEqualTo": "{midnight at which the period ends}",
}


def test_a_commit_says_what_it_claims_of_itself() -> None:
    """No account, no signature, and whoever else it names is bound to none."""
    named = "Repair it\n\nCo-authored-by: Boris <boris@acme.example>"
    listed = [commit(HEAD.upper(), BASE), commit("c" * 40, HEAD, message=named)]
    seen = collected(
        {
            "us-ashburn-1": {
                "devops": {
                    "Repository": [repository()],
                    "RepositoryBranchSummary": [branch(tip=HEAD)],
                    "RepositoryCommit": [{"_path": _PERIOD, **each} for each in listed],
                }
            }
        },
        kinds="oci.devops.commit",
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
