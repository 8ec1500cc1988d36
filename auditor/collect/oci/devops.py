"""OCI DevOps: repositories of source code, and connections to hosts of code elsewhere.

The default branch stands for what is released: the service knows no other mark of it. Repositories
are encrypted with Oracle's key, and read with credentials only:
https://docs.oracle.com/en-us/iaas/Content/devops/using/home.htm
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.oci.devops_rules import rule_rows
from auditor.collect.oci.flows import to_outside
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, maybe_text, odd, text
from auditor.collect.oci.service_rows import (
    COLLECTED,
    LONG_PAGE,
    compartment_listing,
    is_gone,
    processor_of,
    runs,
    store_of,
)
from auditor.model import Unknown
from auditor.spec import Axis, Collector, Detail, Found
from auditor.tables import Branch, BranchRule, Change, Flow, Maybe, Processor, Repository, Store

REPOSITORY = "repository"  # the axis of OCIDs, each with its default branch after a blank
HEADS = "refs/heads/"
_SERVICE = "devops.DevopsClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/devops/20210630"
_OTHER_SERVICE = Unknown("other services may analyse its code, and are not asked about it")
_ELSEWHERE = Unknown("it is a copy of a repository elsewhere, where its changes are reviewed")
_UNTOLD = (
    *("title", "author_id", "by_bot", "merged_by", "merged", "head", "head_pushed", "commit"),
    *("rewritten", "added", "removed", "files", "writers", "comments"),
)


def repository_at(found: Found) -> str:
    """Return the OCID of the repository at a place."""
    return found.place[REPOSITORY].partition(" ")[0]


def branch_at(found: Found) -> str:
    """Return the default branch of the repository at a place."""
    return found.place[REPOSITORY].partition(" ")[2]


def plain(name: str) -> str:
    """Return the name of a branch without what all branches begin with."""
    return name.removeprefix(HEADS)


def _repository_rows(found: Found) -> Iterator[Store | Repository | Branch | BranchRule | Change]:
    if is_gone(found):
        return
    yield store_of(found, "devops", "repository", name=text(found, "item.name"))
    yield _repository(found)
    yield from rule_rows(found)
    branch = _default_branch(found)
    if branch:
        guarded = _branch(found, branch)
        yield guarded
        if isinstance(branch, Unknown):
            yield _unlisted(found, guarded, branch)
        elif not _is_kept_here(found):
            yield _unlisted(found, guarded, _ELSEWHERE)


def _repository(found: Found) -> Repository:
    name, project = text(found, "item.name"), text(found, "item.projectName")
    return Repository(
        id=text(found, "item.id"),
        **of_account(found),
        region=found.place["region"],
        name=f"{project}/{name}" if project else name,
        url=maybe_text(found, "item.httpUrl"),
        visibility="private",
        archived=False,
        fork_of=maybe_text(found, "item.parentRepositoryId", absent=""),
        default_branch=_default_branch(found),
        secret_scanning=_OTHER_SERVICE,
        push_protection=False,
        code_scanning=_OTHER_SERVICE,
        dependency_alerts=_OTHER_SERVICE,
        open_requests=_open_requests(found),
    )


def _default_branch(found: Found) -> Maybe[str]:
    """Return its name; '' for a repository that is empty."""
    name = maybe_text(found, "item.defaultBranch", absent="")
    return name if isinstance(name, Unknown) else plain(name)


def _branch(found: Found, branch: Maybe[str]) -> Branch:
    repository = text(found, "item.id")
    ref = f"{HEADS}{branch if isinstance(branch, str) else '?'}"
    return Branch(
        id=f"{repository}@{ref}",
        **of_account(found),
        repository_id=repository,
        ref=ref,
        is_default=True,
        head=branch if isinstance(branch, Unknown) else _tip(found, branch),
    )


def _tip(found: Found, branch: str) -> Maybe[str]:
    refs = found.read("refs")
    if isinstance(refs, Unknown):
        return refs
    tips = {
        each.get("commitId") for each in entries(refs) if plain(str(each.get("refName"))) == branch
    }
    tip = tips.pop() if len(tips) == 1 else None
    return tip.lower() if isinstance(tip, str) else Unknown("no listed branch is the default one")


def _open_requests(found: Found) -> Maybe[int]:
    """Return how many requests to the default branch wait: those in conflict do, too."""
    branch, waiting = _default_branch(found), []
    if isinstance(branch, Unknown):
        return branch
    for name in ("open", "conflicting"):
        several = found.read(name)
        if isinstance(several, Unknown):
            return several
        waiting += [each.get("destinationBranch") for each in entries(several)]
    if not all(isinstance(each, str) for each in waiting):
        return odd("destinationBranch", "text")
    return sum(plain(str(each)) == branch for each in waiting)


def _unlisted(found: Found, branch: Branch, why: Unknown) -> Change:
    """Return what stands for all changes of a branch that cannot be looked into."""
    columns: dict[str, Any] = dict.fromkeys(_UNTOLD, why)
    return Change(
        id=f"{branch.repository_id}/commit/?@{branch.ref}",
        **of_account(found),
        repository_id=branch.repository_id,
        branch_id=branch.id,
        kind="direct",
        number=0,
        opened="",
        method="push",
        **columns,
    )


def of_account(found: Found) -> dict[str, Any]:
    """Return the columns that every row about code has alike."""
    return {"evidence": found.evidence, "provider": "oci", "account": found.place["account"]}


def _is_kept_here(found: Found) -> bool:
    """Whether changes are made here; a mirror's come from elsewhere."""
    return text(found, "item.repositoryType") in ("HOSTED", "FORKED")


def _to_look_into(found: Found) -> str | None:
    branch, id_ = _default_branch(found), text(found, "item.id")
    if is_gone(found) or not id_ or not _is_kept_here(found):
        return None
    return f"{id_} {branch}" if isinstance(branch, str) and branch else None


def _connection_rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    connection = processor_of(found, "devops", "connection")
    yield connection
    kind = text(found, "item.connectionType")[:40]
    why = Unknown(f"it connects to a host of code ({kind}), and where that is is not stated")
    yield to_outside(connection, "sync", "*", why, runs(found))


def _requests(name: str, state: str) -> Detail:
    return Detail(
        name=name,
        operation="list_pull_requests",
        permission="inspect devops-pull-request",
        parameters={"lifecycle_details": state, "limit": LONG_PAGE},
        bind={"repository_id": "item.id"},
        items=COLLECTED,
    )


REPOSITORIES = Collector(
    kind="oci.devops.repository",
    service=_SERVICE,
    title="Repositories of source code, their default branches, and the rules on them",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_repositories",
        "inspect devops-repository",
        f"{COLLECTED}.mirrorRepositoryConfig.repositoryUrl.@",
        limit=LONG_PAGE,
    ),
    details=(
        Detail(
            name="refs",
            operation="list_refs",
            permission="read devops-repository",
            parameters={"ref_type": "BRANCH", "limit": LONG_PAGE},
            bind={"repository_id": "item.id"},
            items=COLLECTED,
        ),
        Detail(
            name="protected",
            operation="list_protected_branches",
            permission="inspect devops-protected-branch",
            parameters={"limit": LONG_PAGE},
            bind={"repository_id": "item.id"},
            items=COLLECTED,
        ),
        Detail(
            name="settings",
            operation="get_repository_settings",
            permission="{DEVOPS_REPOSITORY_SETTINGS_READ}",
            bind={"repository_id": "item.id"},
        ),
        Detail(
            name="project",
            operation="get_project_repository_settings",
            permission="{DEVOPS_PROJECT_SETTINGS_READ}",
            bind={"project_id": "item.projectId"},
            shared=True,
        ),
        _requests("open", "OPEN"),
        _requests("conflicting", "CONFLICT"),
    ),
    tables=(Store, Repository, Branch, BranchRule, Change),
    rows=_repository_rows,
    axis=Axis(name=REPOSITORY, value=_to_look_into, optional=True),
    types=("DevOpsRepository",),
    source=f"{_API}/RepositorySummary/ListRepositories",
)

CONNECTIONS = Collector(
    kind="oci.devops.connection",
    service=_SERVICE,
    title="Connections to hosts of code elsewhere",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_connections", "inspect devops-connection", limit=LONG_PAGE),
    tables=(Processor, Flow),
    rows=_connection_rows,
    types=("DevOpsConnection",),
    source=f"{_API}/ConnectionSummary/ListConnections",
)
