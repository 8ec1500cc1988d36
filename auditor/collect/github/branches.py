"""Branches that releases come from. What reached them is looked for in each of them.

API: https://docs.github.com/en/graphql/reference/objects#ref
"""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from auditor.collect.github.calls import ORGANIZATION, repositories, rest_of
from auditor.collect.github.reading import continued, held_by, repository_of, shown, text
from auditor.collect.github.repositories import waiting
from auditor.model import Json, Unknown
from auditor.spec import Axis, Collector, Found, dig
from auditor.tables import Branch, Maybe, Repository

_CONTENTS, _REQUESTS = "contents:read", "pull_requests:read"
_PREFIX = "refs/heads/"
DEFAULT = "HEAD"  # stands for the default branch of each repository


def _rows(found: Found) -> Iterator[Branch | Repository]:
    repository = repository_of(found, found.read("item.nameWithOwner", absent=""))
    default = found.read("item.defaultBranchRef.name", absent="")
    _demand_all(found)
    for name, head in released(found).items():
        yield Branch(
            id=f"{repository}@{_PREFIX}{name}",
            **held_by(found),
            repository_id=repository,
            ref=f"{_PREFIX}{name}",
            is_default=name == default,
            head=text(head, "its commit"),
        )
    yield waiting(found, repository, _open_requests(found))


def released(found: Found) -> dict[str, Json]:
    """Return the branches of a repository that releases come from, with their commits."""
    patterns = found.place["release_branches"].split(" ")
    default = found.read("item.defaultBranchRef", absent=None)
    branches = shown(found.read("item.refs", absent=None))
    rest = found.read("more", absent=[])
    branches += [each for each in rest if isinstance(each, dict)] if isinstance(rest, list) else []
    found_ones = {
        str(each.get("name")): dig(each, "target.oid")
        for each in branches
        if is_named(str(each.get("name")), patterns)
    }
    if DEFAULT in patterns and isinstance(default, dict):
        found_ones[str(default.get("name"))] = dig(default, "target.oid")
    return found_ones


def _demand_all(found: Found) -> None:
    """Refuse a repository of which release branches may be hidden: a gap is opened for it.

    Raises:
        ValueError: the rest of its branches, or its default branch, is not shown.
    """
    if has_patterns(found):
        listed = continued(found, "item.refs", "more", "the repository's branches", _CONTENTS)
        if isinstance(listed, Unknown):
            raise ValueError(f"GitHub does not show all branches: {listed.reason}")
    default = found.read("item.defaultBranchRef.name", absent=None)
    is_asked = DEFAULT in found.place["release_branches"].split(" ")
    if is_asked and default is None and found.read("item.isEmpty", absent=None) is not True:
        raise ValueError("GitHub does not show the repository's default branch")


def is_named(branch: str, patterns: Iterable[str]) -> bool:
    """Whether one of the audit's patterns names a branch."""
    return any(fnmatchcase(branch, pattern) for pattern in patterns)


def _open_requests(found: Found) -> Maybe[int]:
    listed = continued(found, "item.pullRequests", "requests", "the open requests", _REQUESTS)
    if isinstance(listed, Unknown):
        return listed
    branches = released(found)
    return sum(each.get("baseRefName") in branches for each in listed)


def _places(found: Found) -> tuple[str, ...]:
    name = found.read("item.nameWithOwner", absent="")
    return tuple(f"{name}@{_PREFIX}{branch}" for branch in sorted(released(found)))


def has_patterns(found: Found) -> bool:
    """Whether others than default branches may be release branches."""
    return found.place["release_branches"] != DEFAULT


BRANCHES = Collector(
    kind="github.branches.branch",
    service="graphql",
    title="Release branches",
    per=(*ORGANIZATION, "release_branches"),
    listing=repositories("Branches", _CONTENTS, compose={"patterns": has_patterns}),
    details=(
        rest_of("more", "BranchesOf", "item.refs", "refs.nodes", _CONTENTS),
        rest_of("requests", "OpenRequestsOf", "item.pullRequests", "pullRequests.nodes", _REQUESTS),
    ),
    tables=(Branch, Repository),
    rows=_rows,
    axis=Axis(name="branch", value=_places, optional=True),
    source="https://docs.github.com/en/graphql/reference/objects#ref",
)
