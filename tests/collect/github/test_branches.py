"""Which branches are release branches."""

import pytest

from auditor.collect.github.branches import BRANCHES
from auditor.model import Json, Unknown
from auditor.tables import Branch, Repository
from tests.collect.github.finding import APP, DENIED, cut, found, ok, rows, whole


def ref(name: str) -> Json:
    return {"name": name, "target": {"oid": name * 2}}


def repository(**changed: Json) -> Json:
    return {
        "nameWithOwner": "acme/app",
        "isEmpty": False,
        "defaultBranchRef": ref("main"),
        "refs": whole(ref("main"), ref("release/1"), ref("topic")),
        "pullRequests": whole({"baseRefName": "main"}, {"baseRefName": "topic"}),
        **changed,
    }


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        ("HEAD", ["main"]),
        ("release/*", ["release/1"]),
        ("HEAD release/* nothing", ["main", "release/1"]),
        ("*", ["main", "release/1", "topic"]),
    ],
)
def test_patterns_and_the_default_branch_name_release_branches(
    patterns: str, names: list[str]
) -> None:
    one = found(BRANCHES, repository(), release_branches=patterns)

    assert BRANCHES.axis is not None
    assert BRANCHES.axis.values_of(one) == tuple(f"acme/app@refs/heads/{name}" for name in names)
    assert sorted(row.id for row in BRANCHES.rows(one) if isinstance(row, Branch)) == [
        f"{APP}@refs/heads/{name}" for name in names
    ]


def test_an_empty_repository_has_no_branch() -> None:
    item = repository(isEmpty=True, defaultBranchRef=None)

    assert BRANCHES.axis is not None
    assert BRANCHES.axis.values_of(found(BRANCHES, item, release_branches="HEAD")) == ()


def test_branches_beyond_the_first_page_are_asked_for() -> None:
    more = {"data": {"repository": {"refs": {"nodes": [ref("release/2")]}}}}
    one = found(
        BRANCHES,
        repository(refs=cut(ref("release/1"))),
        details={"more": ok(more)},
        release_branches="release/*",
    )

    assert BRANCHES.axis is not None
    assert len(BRANCHES.axis.values_of(one)) == 2


def test_requests_that_wait_for_release_branches_are_counted() -> None:
    assert waiting(repository()) == 1
    more = {"data": {"repository": {"pullRequests": {"nodes": [{"baseRefName": "main"}]}}}}
    item = repository(pullRequests=cut({"baseRefName": "main"}))
    details = {"requests": ok(more)}
    (row,) = (
        each
        for each in rows(BRANCHES, item, details=details, release_branches="HEAD")
        if isinstance(each, Repository)
    )
    assert row.open_requests == 2


def test_requests_that_were_cut_are_unknown() -> None:
    item = repository(pullRequests=cut({"baseRefName": "main"}))
    found_rows = rows(BRANCHES, item, details={"requests": DENIED}, release_branches="HEAD")
    (row,) = (each for each in found_rows if isinstance(each, Repository))

    assert isinstance(row.open_requests, Unknown)


def waiting(item: Json) -> int | Unknown:
    (row,) = (
        each
        for each in rows(BRANCHES, item, release_branches="HEAD")
        if isinstance(each, Repository)
    )
    return row.open_requests


@pytest.mark.parametrize(
    ("changed", "patterns", "why"),
    [
        ({"refs": cut(ref("release/1"))}, "release/*", "denied"),
        ({"refs": None}, "HEAD release/*", "does not show the repository's branches"),
        ({"defaultBranchRef": None}, "HEAD", "does not show the repository's default branch"),
        ({"defaultBranchRef": None, "isEmpty": None}, "HEAD", "default branch"),
    ],
    ids=("the rest", "all", "the default", "whether it is empty"),
)
def test_branches_that_are_hidden_leave_a_gap(changed: Json, patterns: str, why: str) -> None:
    details = {"more": DENIED}
    one = found(BRANCHES, repository(**changed), details=details, release_branches=patterns)

    with pytest.raises(ValueError, match=why):
        list(BRANCHES.rows(one))
