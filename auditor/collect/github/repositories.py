"""Repositories of an organisation, with the settings that guard what is pushed.

Two listings tell of one repository: the REST API of scanning, GraphQL of everything else; their
rows have one id and become one. API: https://docs.github.com/en/rest/repos/repos
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.github.calls import ORGANIZATION, listing, repositories
from auditor.collect.github.reading import flag, held_by, repository_of, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found
from auditor.tables import Maybe, Repository

_ADMINISTRATION = "administration:read"
_UNTOLD = Unknown("this listing of GitHub does not tell it")
_NOT_TOLD = Unknown(
    "no alert of a code scanner is kept and no configuration of the organisation's turns one on: "
    "none may scan, or none may have found anything"
)


def _described(found: Found) -> Iterator[Repository]:
    name = found.read("item.nameWithOwner", absent="")
    yield Repository(
        id=repository_of(found, name),
        **held_by(found),
        name=text(name, "its name"),
        url=text(found.read("item.url"), "its address"),
        visibility=_visibility(found.read("item.visibility")),
        archived=flag(found.read("item.isArchived"), "whether it is archived"),
        fork_of=_origin(found),
        default_branch=_default_branch(found),
        secret_scanning=_UNTOLD,
        push_protection=_UNTOLD,
        code_scanning=_NOT_TOLD,
        dependency_alerts=flag(
            found.read("item.hasVulnerabilityAlertsEnabled"),
            "whether dependencies raise alerts",
            "vulnerability_alerts:read",
        ),
    )


def waiting(found: Found, repository: str, requests: Maybe[int]) -> Repository:
    """Return the row that tells of a repository how many change requests wait, and no more."""
    return replace(_untold(found, repository), open_requests=requests)


def scanned(found: Found, repository: str) -> Repository:
    """Return the row that tells that a repository's code is scanned, and no more."""
    return replace(_untold(found, repository), code_scanning=True)


def _untold(found: Found, repository: str) -> Repository:
    return Repository(
        id=repository,
        **held_by(found),
        name=_UNTOLD,
        url=_UNTOLD,
        visibility=_UNTOLD,
        archived=_UNTOLD,
        fork_of=_UNTOLD,
        default_branch=_UNTOLD,
        secret_scanning=_UNTOLD,
        push_protection=_UNTOLD,
        code_scanning=_NOT_TOLD,
        dependency_alerts=_UNTOLD,
    )


def _visibility(value: Json) -> Maybe[str]:
    return value.lower() if isinstance(value, str) else Unknown("GitHub does not state it")


def _origin(found: Found) -> Maybe[str]:
    if found.read("item.isFork") is False:
        return ""
    parent = found.read("item.parent.nameWithOwner", absent=None)
    return text(parent, "what it was forked from")


def _default_branch(found: Found) -> Maybe[str]:
    if found.read("item.isEmpty") is True:
        return ""
    return text(found.read("item.defaultBranchRef.name", absent=None), "its default branch")


def _guarded(found: Found) -> Iterator[Repository]:
    name = found.read("item.full_name", absent="")
    yield Repository(
        id=repository_of(found, name),
        **held_by(found),
        name=text(name, "its name"),
        url=text(found.read("item.html_url"), "its address"),
        visibility=text(found.read("item.visibility"), "it"),
        archived=flag(found.read("item.archived"), "whether it is archived"),
        fork_of=_UNTOLD if found.read("item.fork", absent=None) is not False else "",
        default_branch=_UNTOLD,
        secret_scanning=_enabled(found, "secret_scanning"),
        push_protection=_enabled(found, "secret_scanning_push_protection"),
        code_scanning=_analysed(found),
        dependency_alerts=_UNTOLD,
    )


def _analysed(found: Found) -> Maybe[bool]:
    """Return that code is not scanned where GitHub keeps no results: others need a product on.

    GitHub split that product: servers that know only the older name state only that.
    """
    block = "item.security_and_analysis"
    older = found.read(f"{block}.advanced_security.status", absent=None)
    newer = found.read(f"{block}.code_security.status", absent=older)
    hidden = found.read("item.visibility", absent="public") in ("private", "internal")
    off = newer == "disabled" and older in (None, "disabled")
    return False if hidden and off else _NOT_TOLD


def _enabled(found: Found, name: str) -> Maybe[bool]:
    """Return whether a scanner is on. What is left out of a block that is shown is not offered."""
    block = found.read("item.security_and_analysis", absent=None)
    if not isinstance(block, dict):
        return Unknown("GitHub does not show the repository's scanners", _ADMINISTRATION)
    status = found.read(f"item.security_and_analysis.{name}.status", absent="disabled")
    return str(status) == "enabled"


REPOSITORIES = Collector(
    kind="github.repositories.repository",
    service="graphql",
    title="Repositories",
    per=ORGANIZATION,
    listing=repositories("Repositories", "metadata:read"),
    tables=(Repository,),
    rows=_described,
    source="https://docs.github.com/en/graphql/reference/objects#repository",
)
SCANNERS = Collector(
    kind="github.repositories.scanners",
    service="rest",
    title="Scanners of repositories",
    per=ORGANIZATION,
    listing=listing("repos", _ADMINISTRATION),
    tables=(Repository,),
    rows=_guarded,
    source="https://docs.github.com/en/rest/repos/repos#list-organization-repositories",
)
