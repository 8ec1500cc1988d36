"""OCI DevOps: commits of default branches within the audit's period.

The service says what a commit claims of itself: no account, no signature, and not which request
brought it. Facts find out the last; until then, each commit stands for a push of its own. The
service picks the commits of a period by the moment that each commit states.

API: https://docs.oracle.com/en-us/iaas/api/#/en/devops/20210630/RepositoryCommitSummary
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.collect.oci.devops import HEADS, REPOSITORY, branch_at, of_account, repository_at
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import moment
from auditor.collect.oci.service_rows import COLLECTED, LONG_PAGE
from auditor.collect.period import FIRST_MIDNIGHT, LAST_MIDNIGHT
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import UNJOINED, Change, Commit, Maybe

_API = "https://docs.oracle.com/en-us/iaas/api/#/en/devops/20210630"
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.ASCII)
_TRAILER = re.compile(r"^co-authored-by\s*:", re.IGNORECASE | re.MULTILINE | re.ASCII)
_SIGNATURE = Unknown("OCI DevOps does not say whether a commit is signed")
_PUSH_UNTOLD = Unknown("OCI DevOps does not state who pushed a commit, nor when")
_SIZES = Unknown("OCI DevOps does not count lines or files that a commit touched")
_CO_AUTHORS = Unknown("it names others as its authors, whom nothing binds to accounts")
_NO_TITLE = Unknown("the answer has no message of the commit")
_NO_PARENTS = Unknown("the answer does not say which commits it follows")
_NO_ADDRESS = Unknown("the answer has no address of the commit's author")


def hash_in(commit: Mapping[str, Json]) -> str:
    """Return the name of a commit; '?' for what is none."""
    name = commit.get("commitId")
    lower = name.lower() if isinstance(name, str) else ""
    return lower if _HASH.fullmatch(lower) else "?"


def parents_of(commit: Mapping[str, Json]) -> tuple[str, ...] | None:
    """Return which commits one follows, in order; None if the answer does not say."""
    named = commit.get("parentCommitIds")
    if not isinstance(named, list) or not all(isinstance(each, str) for each in named):
        return None
    return tuple(str(each).lower() for each in named)


def commit_row(
    found: Found, commit: Mapping[str, Json], id_: str, change: Maybe[str] = UNJOINED
) -> Commit:
    """Return the row of a commit, as far as it says itself what it is.

    Args:
        id_: id of the row.
    """
    address, parents = commit.get("authorEmail"), parents_of(commit)
    return Commit(
        id=id_,
        **of_account(found),
        repository_id=repository_at(found),
        commit=hash_in(commit),
        change_id=change,
        author_id=UNJOINED,
        co_authors=_co_authors(commit.get("commitMessage")),
        author_address=address if isinstance(address, str) else _NO_ADDRESS,
        committer_id=UNJOINED,
        parents=_NO_PARENTS if parents is None else parents,
        made=moment(commit.get("timeCreated")),
        signed=_SIGNATURE,
        signer_id=_SIGNATURE,
        signed_by_host=_SIGNATURE,
        signature=_SIGNATURE,
    )


def _co_authors(message: Json) -> Maybe[tuple[str, ...]]:
    if not isinstance(message, str):
        return _NO_TITLE
    return _CO_AUTHORS if _TRAILER.search(message) else ()


def _rows(found: Found) -> Iterator[Commit | Change]:
    commit = found.item if isinstance(found.item, Mapping) else {}
    repository, branch = repository_at(found), branch_at(found)
    id_ = f"{repository}/commit/{hash_in(commit)}"
    yield commit_row(found, commit, id_)
    message = commit.get("commitMessage")
    untold: dict[str, Any] = dict.fromkeys(("merged_by", "merged", "head_pushed"), _PUSH_UNTOLD)
    yield Change(
        id=id_,
        **of_account(found),
        repository_id=repository,
        branch_id=f"{repository}@{HEADS}{branch}",
        kind="direct",
        number=0,
        title=message.partition("\n")[0] if isinstance(message, str) else _NO_TITLE,
        author_id=UNJOINED,
        by_bot=UNJOINED,
        method="push",
        opened="",
        head="",
        commit=hash_in(commit),
        rewritten=_PUSH_UNTOLD,
        added=_SIZES,
        removed=_SIZES,
        files=_SIZES,
        comments=0,
        **untold,
    )


COMMITS = Collector(
    kind="oci.devops.commit",
    service="devops.DevopsClient",
    title="Commits of default branches in the period",
    per=(*PER_COMPARTMENT, REPOSITORY),
    listing=Listing(
        operation="list_commits",
        permission="read devops-repository",
        parameters={
            "limit": LONG_PAGE,
            "timestamp_greater_than_or_equal_to": FIRST_MIDNIGHT,
            "timestamp_less_than_or_equal_to": LAST_MIDNIGHT,
        },
        compose={"repository_id": repository_at, "ref_name": branch_at},
        items=COLLECTED,
    ),
    tables=(Commit, Change),
    rows=_rows,
    source=f"{_API}/RepositoryCommitSummary/ListCommits",
)
