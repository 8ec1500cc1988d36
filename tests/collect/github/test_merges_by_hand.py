"""A merge that somebody made by hand may hold more than the request that it names."""

from typing import Any

import pytest

from auditor.collect.github.changes import HISTORY
from auditor.model import Json, Unknown
from auditor.tables import Change, Review, Row
from tests.collect.github.finding import rows
from tests.collect.github.test_changes import HEAD, OID, commit, request, review

APP = "Acme/app@refs/heads/main"
JOINED: dict[str, Any] = {
    "parents": {"totalCount": 2, "nodes": [{"oid": "c" * 40}, {"oid": HEAD}]},
    "committer": {"email": "noreply@github.com", "user": {"login": "web-flow"}},
}
OWN_KEY = {"isValid": True, "state": "VALID", "wasSignedByGitHub": False, "signer": None}


def seen(item: Json, host: str = "github.com") -> list[Row]:
    return rows(HISTORY, item, release_branches="HEAD", branch=APP, host=host)


@pytest.mark.parametrize("signature", [None, OWN_KEY], ids=("unsigned", "by its own key"))
@pytest.mark.parametrize("host", ["github.com", "acme.ghe.com"])
def test_a_merge_that_github_did_not_sign_was_pushed(signature: Json, host: str) -> None:
    """Its committer may call himself GitHub; no approval is of it."""
    found = seen(commit(request(), **JOINED, signature=signature), host)
    (change,) = (row for row in found if isinstance(row, Change))
    assert (change.id.rpartition("/")[2], change.kind) == (OID, "direct")
    assert not [row for row in found if isinstance(row, Review)]


def test_a_server_that_may_not_sign_leaves_it_unknown() -> None:
    """GitHub Enterprise Server signs merges only where it is told to."""
    found = seen(commit(request(), **JOINED, signature=None), "git.example")
    (change,) = (row for row in found if isinstance(row, Change))
    assert change.kind == "merged"
    assert isinstance(change.head, Unknown)
    (unseen,) = (row for row in found if isinstance(row, Review))
    assert isinstance(unseen.state, Unknown)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({}, id="by GitHub"),
        pytest.param({"oid": HEAD, "signature": None}, id="its own last commit"),
        pytest.param({"oid": "e" * 40, "signature": None}, id="within the request"),
        pytest.param(
            {"signature": None, "parents": {"totalCount": 1, "nodes": [{"oid": "c" * 40}]}},
            id="rebased",
        ),
    ],
)
def test_other_commits_are_the_requests(changed: dict[str, Json]) -> None:
    """Signed merges, commits that were reviewed, and rebases, which GitHub cannot sign."""
    made = request(reviews={"nodes": [review()]})
    if changed.get("oid") == HEAD:
        made["mergeCommit"] = {"oid": HEAD}
    found = seen(commit(made, **{**JOINED, **changed}))
    (change,) = (row for row in found if isinstance(row, Change))
    assert (change.kind, change.number) == ("merged", 7)
