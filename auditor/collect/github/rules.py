"""Rules on branches and tags: rulesets, those of the organisation included, and protections.

API: https://docs.github.com/en/graphql/reference/objects#repositoryruleset and
https://docs.github.com/en/graphql/reference/objects#branchprotectionrule
"""

from collections.abc import Iterator, Mapping

from auditor.collect.github.calls import ORGANIZATION, repositories, rest_of
from auditor.collect.github.reading import (
    continued,
    flag,
    held_by,
    holder_of,
    moment,
    number,
    repository_of,
    text,
    together,
    whole,
)
from auditor.collect.period import FIRST_MIDNIGHT
from auditor.model import Json, Unknown
from auditor.spec import Axis, Collector, Found, dig
from auditor.tables import BranchRule, Maybe

_READ, _WRITE = "administration:read", "administration:write"
_PREFIXES = {"BRANCH": "refs/heads/", "TAG": "refs/tags/"}
Rules = Maybe[tuple[Mapping[str, Json], ...]]


def _rulesets(found: Found) -> Iterator[BranchRule]:
    repository = repository_of(found, found.read("item.nameWithOwner", absent=""))
    listed = continued(found, "item.rulesets", "more", "the repository's rulesets", _READ)
    if isinstance(listed, Unknown):
        yield _hidden(found, repository, "ruleset", listed)
        return
    for each in listed:
        yield _ruleset(found, repository, each)


def _ruleset(found: Found, repository: str, ruleset: Mapping[str, Json]) -> BranchRule:
    rules = whole(ruleset.get("rules"), "the ruleset's rules", _READ)
    requests = _parameters(rules, "PULL_REQUEST")
    target = ruleset.get("target")
    return BranchRule(
        id=f"{repository}/ruleset/{ruleset.get('databaseId')}",
        **held_by(found),
        repository_id=repository,
        name=text(ruleset.get("name"), "the ruleset's name"),
        kind="ruleset",
        target=target.lower() if isinstance(target, str) else text(target, "what it is about"),
        includes=_patterns(ruleset, "include"),
        excludes=_patterns(ruleset, "exclude"),
        enforced=_state(ruleset.get("enforcement")),
        approvals=_count(requests, "requiredApprovingReviewCount"),
        dismisses_stale=_asked(requests, "dismissStaleReviewsOnPush"),
        last_push_approved=_asked(requests, "requireLastPushApproval"),
        code_owners=_asked(requests, "requireCodeOwnerReview"),
        signatures=_has(rules, "REQUIRED_SIGNATURES"),
        checks=_checks(_parameters(rules, "REQUIRED_STATUS_CHECKS")),
        no_force_push=_has(rules, "NON_FAST_FORWARD"),
        no_deletion=_has(rules, "DELETION"),
        no_direct_push=_has(rules, "PULL_REQUEST"),
        administrators=True,
        bypassers=_bypassers(found, ruleset),
        made=moment(ruleset.get("createdAt")),
        changed=moment(ruleset.get("updatedAt")),
    )


def _state(value: Json) -> Maybe[bool]:
    if isinstance(value, str):
        return value == "ACTIVE"
    return Unknown("GitHub does not state whether it is in force")


def _patterns(ruleset: Mapping[str, Json], name: str) -> Maybe[tuple[str, ...]]:
    """Return the patterns of refs; a ruleset without any condition on refs covers all."""
    if ruleset.get("target") == "PUSH":
        return ("~ALL",) if name == "include" else ()
    patterns = dig(ruleset, f"conditions.refName.{name}")
    if not isinstance(patterns, list):
        return Unknown("GitHub does not show which refs it covers", _READ)
    return tuple(str(each) for each in patterns)


def _has(rules: Rules, kind: str) -> Maybe[bool]:
    if isinstance(rules, Unknown):
        return rules
    return any(each.get("type") == kind for each in rules)


def _parameters(rules: Rules, kind: str) -> Maybe[list[Json]]:
    if isinstance(rules, Unknown):
        return rules
    return [each.get("parameters") for each in rules if each.get("type") == kind]


def _count(parameters: Maybe[list[Json]], name: str) -> Maybe[int]:
    if isinstance(parameters, Unknown) or not parameters:
        return parameters if isinstance(parameters, Unknown) else 0
    return number(dig(parameters[0], name), "how many approvals it asks for")


def _asked(parameters: Maybe[list[Json]], name: str) -> Maybe[bool]:
    if isinstance(parameters, Unknown) or not parameters:
        return parameters if isinstance(parameters, Unknown) else False
    return flag(dig(parameters[0], name), "what it asks of approvals", _READ)


def _checks(parameters: Maybe[list[Json]]) -> Maybe[tuple[str, ...]]:
    if isinstance(parameters, Unknown):
        return parameters
    lists = [dig(each, "requiredStatusChecks") for each in parameters]
    if not all(isinstance(each, list) for each in lists):
        return Unknown("GitHub does not show which checks it asks for", _READ)
    return tuple(sorted({str(dig(check, "context")) for each in lists for check in each}))


def _bypassers(found: Found, ruleset: Mapping[str, Json]) -> Maybe[tuple[str, ...]]:
    """Return who may bypass it. GitHub shows that to those only who may change the rules."""
    actors = whole(ruleset.get("bypassActors"), "who may bypass the ruleset", _WRITE)
    if isinstance(actors, Unknown):
        return actors
    return together([_bypasser(found, each) for each in actors])


def _bypasser(found: Found, actor: Mapping[str, Json]) -> Maybe[str]:
    roles = {
        "organizationAdmin": "organization administrator",
        "enterpriseOwner": "enterprise owner",
        "deployKey": "deploy key",
    }
    for member, role in roles.items():
        if actor.get(member) is True:
            return f"role/{role}"
    if isinstance(actor.get("repositoryRoleName"), str):
        return f"role/{actor['repositoryRoleName']}"
    return holder_of(found, actor.get("actor"))


def _protections(found: Found) -> Iterator[BranchRule]:
    repository = repository_of(found, found.read("item.nameWithOwner", absent=""))
    path, what = "item.branchProtectionRules", "the repository's branch protections"
    listed = continued(found, path, "more", what, _READ)
    if isinstance(listed, Unknown):
        yield _hidden(found, repository, "branch protection", listed)
        return
    for each in listed:
        yield _protection(found, repository, each)


def _protection(found: Found, repository: str, rule: Mapping[str, Json]) -> BranchRule:
    reviewed = flag(rule.get("requiresApprovingReviews"), "whether approvals are needed", _READ)
    pattern = text(rule.get("pattern"), "which branches it covers")
    return BranchRule(
        id=f"{repository}/protection/{rule.get('databaseId')}",
        **held_by(found),
        repository_id=repository,
        name=pattern,
        kind="branch protection",
        target="branch",
        includes=pattern if isinstance(pattern, Unknown) else (f"refs/heads/{pattern}",),
        enforced=True,
        approvals=number(rule.get("requiredApprovingReviewCount"), "how many approvals it asks for")
        if reviewed is True
        else _none(reviewed, 0),
        dismisses_stale=_flag(rule, "dismissesStaleReviews"),
        last_push_approved=_flag(rule, "requireLastPushApproval"),
        code_owners=_flag(rule, "requiresCodeOwnerReviews"),
        signatures=_flag(rule, "requiresCommitSignatures"),
        checks=_contexts(rule),
        no_force_push=_no_force_push(rule),
        no_deletion=_not(_flag(rule, "allowsDeletions")),
        no_direct_push=True if rule.get("lockBranch") is True else reviewed,
        administrators=_flag(rule, "isAdminEnforced"),
        bypassers=_let_through(found, rule),
    )


def _none(reviewed: Maybe[bool], value: int) -> Maybe[int]:
    return reviewed if isinstance(reviewed, Unknown) else value


def _flag(rule: Mapping[str, Json], name: str) -> Maybe[bool]:
    return flag(rule.get(name), "all of the protection", _READ)


def _not(value: Maybe[bool]) -> Maybe[bool]:
    return value if isinstance(value, Unknown) else not value


def _no_force_push(rule: Mapping[str, Json]) -> Maybe[bool]:
    """Return whether nobody at all may: some may be named who can."""
    some = dig(rule, "bypassForcePushAllowances.totalCount")
    if rule.get("allowsForcePushes") is True or (isinstance(some, int) and some > 0):
        return False
    if some is None:
        return Unknown("GitHub does not show who may rewrite the branch", _READ)
    return _not(_flag(rule, "allowsForcePushes"))


def _contexts(rule: Mapping[str, Json]) -> Maybe[tuple[str, ...]]:
    needed = _flag(rule, "requiresStatusChecks")
    if needed is not True:
        return needed if isinstance(needed, Unknown) else ()
    contexts = rule.get("requiredStatusCheckContexts")
    if not isinstance(contexts, list):
        return Unknown("GitHub does not show which checks it asks for", _READ)
    return tuple(sorted(str(each) for each in contexts))


def _let_through(found: Found, rule: Mapping[str, Json]) -> Maybe[tuple[str, ...]]:
    allowed = whole(rule.get("bypassPullRequestAllowances"), "who may bypass it", _READ)
    if isinstance(allowed, Unknown):
        return allowed
    return together([holder_of(found, each.get("actor")) for each in allowed])


def _hidden(found: Found, repository: str, kind: str, why: Unknown) -> BranchRule:
    """Return a row for rules that may be there and are not shown."""
    columns = (
        "name target includes excludes enforced approvals dismisses_stale last_push_approved "
        "code_owners signatures checks no_force_push no_deletion no_direct_push administrators "
        "bypassers changed"
    )
    unknown: dict[str, Unknown] = dict.fromkeys(columns.split(), why)
    return BranchRule(
        id=f"{repository}/{kind}/?",
        **held_by(found),
        repository_id=repository,
        kind=kind,
        **_several(unknown),
    )


def _several(columns: Mapping[str, Unknown]) -> Mapping[str, Json]:
    return columns


def _changed(found: Found) -> tuple[str, ...]:
    """Return the repository's own rulesets that changed since the period began."""
    listed = continued(found, "item.rulesets", "more", "the repository's rulesets", _READ)
    own = [
        each
        for each in (() if isinstance(listed, Unknown) else listed)
        if dig(each, "source.__typename") == "Repository"
        and changed_since(found, each, "updatedAt")
    ]
    name = found.read("item.nameWithOwner", absent="")
    return tuple(f"{name}/{each.get('databaseId')}" for each in own)


def changed_since(found: Found, ruleset: Mapping[str, Json], member: str) -> bool:
    """Whether a ruleset may have changed since the period began."""
    at = moment(ruleset.get(member))
    return isinstance(at, Unknown) or at >= found.since


RULESETS = Collector(
    kind="github.rules.ruleset",
    service="graphql",
    title="Rulesets, and who may bypass them",
    per=ORGANIZATION,
    listing=repositories("Rulesets", _READ, first=25),
    details=(rest_of("more", "RulesetsOf", "item.rulesets", "rulesets.nodes", _READ),),
    tables=(BranchRule,),
    rows=_rulesets,
    axis=Axis(name="ruleset", value=_changed, optional=True),
    since=FIRST_MIDNIGHT,
    source="https://docs.github.com/en/graphql/reference/objects#repositoryruleset",
)
PROTECTIONS = Collector(
    kind="github.rules.protection",
    service="graphql",
    title="Branch protections",
    per=ORGANIZATION,
    listing=repositories("Protections", _READ, first=50),
    details=(
        rest_of(
            "more",
            "ProtectionsOf",
            "item.branchProtectionRules",
            "branchProtectionRules.nodes",
            _READ,
        ),
    ),
    tables=(BranchRule,),
    rows=_protections,
    source="https://docs.github.com/en/graphql/reference/objects#branchprotectionrule",
)
