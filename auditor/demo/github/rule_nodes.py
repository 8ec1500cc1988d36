"""Nodes of rulesets and of classic branch protections."""

from auditor.demo.github.briefs import (
    actor_node,
    app_named,
    app_node,
    node_id,
    organization_brief,
    repository_brief,
    team_brief,
    team_named,
)
from auditor.demo.github.connections import connection
from auditor.demo.github.graph import Node
from auditor.demo.github.nouns import (
    Bypasser,
    Organization,
    Protection,
    Repository,
    Rule,
    Ruleset,
)

_PARAMETERS = {
    "PULL_REQUEST": "PullRequestParameters",
    "REQUIRED_STATUS_CHECKS": "RequiredStatusChecksParameters",
    "MERGE_QUEUE": "MergeQueueParameters",
    "UPDATE": "UpdateParameters",
}
ROLES = {"maintain": 2, "write": 4, "admin": 5}  # ids of the built-in roles


def rulesets_of(world: Organization, repository: Repository) -> list[tuple[Ruleset, bool]]:
    """Return the rulesets that bind a repository, and whether each is the organisation's."""
    return [(each, False) for each in repository.rulesets] + [
        (each, True) for each in world.rulesets if repository.name in each.repositories
    ]


def ruleset_node(world: Organization, ruleset: Ruleset, repository: Repository | None) -> Node:
    """Return a ruleset of a repository, or of the organisation."""
    rules = list(enumerate(ruleset.rules))
    actors = None if ruleset.bypassers is None else list(enumerate(ruleset.bypassers))
    return {
        "__typename": "RepositoryRuleset",
        "id": node_id("RRS", ruleset.number),
        "databaseId": ruleset.number,
        "name": ruleset.name,
        "target": ruleset.target,
        "enforcement": ruleset.enforcement,
        "createdAt": ruleset.created,
        "updatedAt": ruleset.updated,
        "source": lambda **_: (
            repository_brief(world, repository) if repository else organization_brief(world)
        ),
        "conditions": lambda **_: _conditions(ruleset),
        "rules": connection(rules, lambda pair: _rule_node(ruleset, *pair), name="rules"),
        "bypassActors": None
        if actors is None
        else connection(
            actors, lambda pair: _bypasser_node(world, ruleset, *pair), name="bypassActors"
        ),
    }


def _conditions(ruleset: Ruleset) -> Node:
    names = {
        "include": list(ruleset.repositories),
        "exclude": [],
        "protected": False,
    }
    return {
        "refName": {"include": list(ruleset.includes), "exclude": list(ruleset.excludes)},
        "repositoryName": names if ruleset.repositories else None,
        "repositoryId": None,
        "repositoryProperty": None,
    }


def _rule_node(ruleset: Ruleset, index: int, rule: Rule) -> Node:
    parameters = {
        "__typename": _PARAMETERS.get(rule.kind, ""),
        **{_camel(key): _deep(value) for key, value in rule.parameters.items()},
    }
    return {
        "__typename": "RepositoryRule",
        "id": node_id("RRU", ruleset.number * 100 + index),
        "type": rule.kind,
        "parameters": parameters if rule.kind in _PARAMETERS else None,
    }


def _deep(value: object) -> object:
    if isinstance(value, dict):
        return {_camel(key): _deep(each) for key, each in value.items()}
    return [_deep(each) for each in value] if isinstance(value, list) else value


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _bypasser_node(world: Organization, ruleset: Ruleset, index: int, who: Bypasser) -> Node:
    actor: Node | None = None
    if who.kind == "Team":
        actor = team_brief(world, team_named(world, who.name))
    elif who.kind == "Integration":
        actor = app_node(app_named(world, who.name))
    role = who.name if who.kind == "RepositoryRole" else None
    return {
        "__typename": "RepositoryRulesetBypassActor",
        "id": node_id("RRB", ruleset.number * 100 + index),
        "actor": actor,
        "bypassMode": who.mode,
        "deployKey": who.kind == "DeployKey",
        "enterpriseOwner": False,
        "organizationAdmin": who.kind == "OrganizationAdmin",
        "repositoryRoleName": role,
        "repositoryRoleDatabaseId": ROLES[role] if role else None,
    }


def protection_node(world: Organization, rule: Protection, repository: Repository) -> Node:
    """Return a classic branch protection."""
    teams = [team_named(world, slug) for slug in rule.bypass_teams]
    nobody = connection([], lambda _: {}, name="allowances")
    refs = [name for name in repository.branches if name == rule.pattern]
    return {
        "__typename": "BranchProtectionRule",
        "id": node_id("BPR", rule.number),
        "databaseId": rule.number,
        "pattern": rule.pattern,
        "creator": actor_node(world, ""),
        "repository": lambda **_: repository_brief(world, repository),
        "matchingRefs": connection(refs, lambda name: {"name": name, "prefix": "refs/heads/"}),
        **_demands(rule),
        **_strictness(rule),
        "bypassPullRequestAllowances": connection(
            teams, lambda team: {"actor": team_brief(world, team)}, name="allowances"
        ),
        "bypassForcePushAllowances": nobody,
        "reviewDismissalAllowances": nobody,
        "pushAllowances": nobody,
    }


def _demands(rule: Protection) -> Node:
    return {
        "requiresApprovingReviews": rule.approvals is not None,
        "requiredApprovingReviewCount": rule.approvals,
        "dismissesStaleReviews": rule.dismisses_stale,
        "requireLastPushApproval": rule.last_push,
        "requiresCodeOwnerReviews": rule.code_owners,
        "requiresCommitSignatures": rule.signatures,
        "requiresStatusChecks": bool(rule.checks),
        "requiresStrictStatusChecks": bool(rule.checks),
        "requiredStatusCheckContexts": list(rule.checks),
        "requiredStatusChecks": [{"context": each, "app": None} for each in rule.checks],
        "requiresConversationResolution": False,
        "requiresLinearHistory": False,
        "requiresDeployments": False,
        "requiredDeploymentEnvironments": [],
    }


def _strictness(rule: Protection) -> Node:
    return {
        "allowsForcePushes": rule.force_pushes,
        "allowsDeletions": rule.deletions,
        "isAdminEnforced": rule.administrators,
        "blocksCreations": False,
        "lockBranch": False,
        "lockAllowsFetchAndMerge": False,
        "restrictsPushes": False,
        "restrictsReviewDismissals": False,
    }
