"""Nodes of repositories."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from auditor.demo.github.briefs import (
    author_node,
    full_name,
    node_id,
    organization_brief,
    repository_brief,
    team_brief,
    user_node,
)
from auditor.demo.github.commit_nodes import Ledger
from auditor.demo.github.connections import connection
from auditor.demo.github.graph import Node
from auditor.demo.github.nouns import (
    Account,
    DeployKey,
    Environment,
    Organization,
    Release,
    Repository,
)
from auditor.demo.github.rights import Source, sources_of, strongest
from auditor.demo.github.rule_nodes import protection_node, ruleset_node, rulesets_of

_HEADS = "refs/heads/"


def repository_node(world: Organization, repository: Repository) -> Node:
    """Return a repository with all that it holds."""
    ledger = Ledger(world, repository)
    return {
        **repository_brief(world, repository),
        **_settings(repository),
        **_contents(world, repository, ledger),
        **_guards(world, repository),
        "collaborators": _collaborators(world, repository),
        "environments": connection(
            repository.environments, partial(_environment_node, world), name="environments"
        ),
        "releases": connection(
            sorted(repository.releases, key=lambda each: each.published, reverse=True),
            partial(_release_node, world, repository),
            name="releases",
        ),
    }


def _settings(repository: Repository) -> Node:
    return {
        "isArchived": repository.archived,
        "archivedAt": None,
        "isDisabled": False,
        "isEmpty": not repository.commits,
        "isFork": False,
        "isLocked": False,
        "isMirror": False,
        "isTemplate": False,
        "parent": None,
        "templateRepository": None,
        "forkingAllowed": False,
        "hasVulnerabilityAlertsEnabled": repository.dependency_alerts,
        "mergeCommitAllowed": True,
        "squashMergeAllowed": True,
        "rebaseMergeAllowed": True,
        "autoMergeAllowed": False,
        "deleteBranchOnMerge": True,
        "pushedAt": max(each.committed for each in repository.commits.values()),
        "diskUsage": len(repository.commits),
        "mergeQueue": None,
        "viewerPermission": "READ",
        "viewerCanAdminister": False,
        "webCommitSignoffRequired": False,
        "description": None,
    }


def _contents(world: Organization, repository: Repository, ledger: Ledger) -> Node:
    def ref(name: str) -> Node:
        return _ref_node(world, ledger, name)

    def found(qualifiedName: str) -> Node | None:  # noqa: N803
        name = qualifiedName.removeprefix(_HEADS)
        return ref(name) if name in repository.branches else None

    def requested(number: int) -> Node | None:
        each = next((each for each in repository.requests if each.number == number), None)
        return ledger.request(each) if each else None

    return {
        "defaultBranchRef": lambda **_: ref(repository.default),
        "ref": found,
        "refs": _refs(repository, ref),
        "object": lambda **asked: _object(ledger, **asked),
        "pullRequest": requested,
        "pullRequests": _requests(ledger),
    }


def _object(ledger: Ledger, oid: str = "", expression: str = "") -> Node | None:
    branches = ledger.repository.branches
    name = oid or branches.get(expression.removeprefix(_HEADS), expression)
    return ledger.commit(name) if name in ledger.repository.commits else None


def _refs(repository: Repository, ref: Callable[[str], Node]) -> Callable[..., Any]:
    def refs(query: str = "", **page: Any) -> Node:
        heads = str(page.pop("refPrefix", _HEADS)) in (_HEADS, "refs/")
        names = [name for name in sorted(repository.branches) if query in name] if heads else []
        return connection(names, ref, name="refs")(**page)

    return refs


def _ref_node(world: Organization, ledger: Ledger, name: str) -> Node:
    repository = ledger.repository
    guards = [each for each in repository.protections if each.pattern == name]
    return {
        "__typename": "Ref",
        "id": node_id("REF", int(repository.branches[name][:12], 16)),
        "name": name,
        "prefix": _HEADS,
        "repository": lambda **_: repository_brief(world, repository),
        "target": lambda **_: ledger.commit(repository.branches[name]),
        "branchProtectionRule": lambda **_: (
            protection_node(world, guards[0], repository) if guards else None
        ),
    }


def _requests(ledger: Ledger) -> Callable[..., Any]:
    def requests(states: Sequence[str] = (), **page: Any) -> Node:
        base = page.pop("baseRefName", None)
        order = page.pop("orderBy", None) or {"direction": "ASC"}
        wanted = set(states) or {"OPEN", "CLOSED", "MERGED"}
        chosen = [
            each
            for each in ledger.repository.requests
            if ("MERGED" if each.merged else "CLOSED" if each.closed else "OPEN") in wanted
            and base in (None, each.base)
        ]
        if order["direction"] == "DESC":
            chosen.reverse()
        return connection(chosen, ledger.request, name="pullRequests")(**page)

    return requests


def _guards(world: Organization, repository: Repository) -> Node:
    def rulesets(**page: Any) -> Node:
        parents = page.pop("includeParents", True) is not False
        chosen = [each for each in rulesets_of(world, repository) if parents or not each[1]]
        return connection(
            chosen,
            lambda pair: ruleset_node(world, pair[0], None if pair[1] else repository),
            name="rulesets",
        )(**page)

    return {
        "rulesets": rulesets,
        "branchProtectionRules": connection(
            repository.protections,
            lambda rule: protection_node(world, rule, repository),
            name="branchProtectionRules",
        ),
        "deployKeys": connection(repository.keys, _key_node, name="deployKeys"),
    }


def _key_node(key: DeployKey) -> Node:
    return {
        "__typename": "DeployKey",
        "id": node_id("DK", key.number),
        "title": key.title,
        "key": f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{key.number:024d}",
        "readOnly": key.read_only,
        "createdAt": key.created,
        "enabled": True,
        "verified": True,
    }


def _collaborators(world: Organization, repository: Repository) -> Callable[..., Any]:
    def collaborators(affiliation: str = "ALL", **page: Any) -> Node:
        held = sources_of(world, repository)
        outside = [login for login in held if not world.accounts[login].role]
        direct = [login for login in held if login in repository.collaborators]
        chosen = {"ALL": list(held), "OUTSIDE": outside, "DIRECT": direct}[affiliation]
        return connection(
            [world.accounts[login] for login in chosen],
            user_node,
            edge=lambda account: _held(world, repository, account, held[account.login]),
            name="collaborators",
        )(**page)

    return collaborators


def _held(
    world: Organization, repository: Repository, account: Account, sources: Sequence[Source]
) -> Node:
    del account
    return {
        "permission": strongest(each.permission for each in sources),
        "permissionSources": [
            {
                "permission": _coarse(each.permission),
                "roleName": each.permission.lower(),
                "organization": lambda **_: organization_brief(world),
                "source": _granter(world, repository, each),
            }
            for each in sources
        ],
    }


def _coarse(permission: str) -> str:
    """Sources of permissions know three words only; triage reads, and maintain writes."""
    return {"TRIAGE": "READ", "MAINTAIN": "WRITE"}.get(permission, permission)


def _granter(world: Organization, repository: Repository, source: Source) -> Node:
    if source.team:
        return team_brief(world, source.team)
    if source.direct:
        return repository_brief(world, repository)
    return organization_brief(world)


def _environment_node(world: Organization, environment: Environment) -> Node:
    waits = [environment] if environment.reviewers else []
    return {
        "__typename": "Environment",
        "id": node_id("EN", environment.number),
        "databaseId": environment.number,
        "name": environment.name,
        "protectionRules": connection(
            waits,
            lambda each: {
                "databaseId": each.number,
                "type": "REQUIRED_REVIEWERS",
                "timeout": 0,
                "preventSelfReview": each.prevents_self_review,
                "reviewers": connection(
                    each.reviewers, lambda who: _reviewer_node(world, who), name="reviewers"
                ),
            },
            name="protectionRules",
        ),
    }


def _reviewer_node(world: Organization, name: str) -> Node:
    for team in world.teams:
        if team.slug == name:
            return team_brief(world, team)
    return user_node(world.accounts[name])


def _release_node(world: Organization, repository: Repository, release: Release) -> Node:
    return {
        "__typename": "Release",
        "id": node_id("RE", release.number),
        "databaseId": release.number,
        "name": release.tag,
        "tagName": release.tag,
        "isDraft": False,
        "isPrerelease": False,
        "createdAt": release.published,
        "publishedAt": release.published,
        "url": f"https://github.com/{full_name(world, repository.name)}/releases/{release.tag}",
        "author": lambda **_: author_node(world, release.author),
        "releaseAssets": connection(
            sorted(release.assets),
            lambda name: {"name": name, "digest": f"sha256:{release.assets[name]}", "size": 1},
            name="releaseAssets",
        ),
    }
