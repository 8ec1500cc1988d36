"""What guards branches of OCI DevOps repositories: protected branches, rules for approvals, checks.

Rules stand on a repository and on its project. Oracle says that a repository's settings take the
place of its project's; whether they do where both ask for approvals, it does not say. Nor does it
say whether a push takes approvals away, or who may merge in spite of a rule:
https://docs.oracle.com/en-us/iaas/Content/devops/using/pullrequest-settings.htm

API: https://docs.oracle.com/en-us/iaas/api/#/en/devops/20210630/RepositorySettings
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.collect.oci.reading import entries, text
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import BranchRule, Maybe

_HEADS = "refs/heads/"
_EVERY_BRANCH = ("~ALL",)
_LEVELS = frozenset({"READ_ONLY", "PULL_REQUEST_MERGE_ONLY"})
_BUILT = "last build succeeded"
_MOST = 1000
_STALE = Unknown("Oracle does not say whether a push takes earlier approvals away")
_DELETION = Unknown("Oracle does not say whether a protected branch can be deleted")
_BINDS = Unknown("Oracle does not say whether rules bind administrators, too")
_LEVEL = Unknown("this version does not know how the branch is protected")
_NO_NAME = Unknown("the answer does not say which branches the rule is for")
_NO_NUMBER = Unknown("the answer does not say how many approvals the rule asks for")
_NO_WORD = Unknown("the answer does not say whether the last build must have succeeded")
_OVERRIDDEN = Unknown("the repository has rules of its own, which may take the place of this one")
_ASKS_NOTHING: Mapping[str, Any] = {
    "target": "branch",
    "enforced": True,
    "approvals": 0,
    "dismisses_stale": False,
    "last_push_approved": False,
    "code_owners": False,
    "signatures": False,
    "checks": (),
    "no_force_push": False,
    "no_deletion": False,
    "no_direct_push": False,
    "administrators": _BINDS,
    "bypassers": (),  # there is no list of whom a rule leaves out
    "changed": Unknown("the provider does not state when a rule was changed last"),
}
_UNREAD = (
    *("name", "includes", "enforced", "approvals", "dismisses_stale", "last_push_approved"),
    *("checks", "no_force_push", "no_deletion", "no_direct_push", "administrators", "bypassers"),
)


def rule_rows(found: Found) -> Iterator[BranchRule]:
    """Yield a row for each rule on a repository, and an unknown one for those not seen."""
    yield from _protections(found)
    own = found.read("settings.approvalRules.items")
    if isinstance(own, Unknown):
        yield _unseen(found, "approvals", own)
    else:
        yield from _approvals(found, "approvals", own, enforced=True)
    shared = found.read("project.approvalRules.items")
    if isinstance(shared, Unknown):
        yield _unseen(found, "project", shared)
    else:
        stands = True if own == [] else _OVERRIDDEN
        yield from _approvals(found, "project", shared, enforced=stands)
    yield from _checks(found)


def _protections(found: Found) -> Iterator[BranchRule]:
    protected = found.read("protected")
    if isinstance(protected, Unknown):
        yield _unseen(found, "protected", protected)
        return
    for number, each in enumerate(entries(protected)):
        name, levels = each.get("branchName"), each.get("protectionLevels")
        known = isinstance(levels, list) and bool(levels) and _LEVELS.issuperset(map(str, levels))
        shut: Maybe[bool] = True if known else _LEVEL
        # Nobody can push to it, and so nobody can push over it.
        yield _rule(
            found,
            f"protected/{name if isinstance(name, str) else number}",
            "branch protection",
            name=name if isinstance(name, str) else _NO_NAME,
            includes=_one_branch(name),
            no_direct_push=shut,
            no_force_push=shut,
            no_deletion=_DELETION,
        )


def _approvals(
    found: Found, place: str, rules: Json, *, enforced: Maybe[bool]
) -> Iterator[BranchRule]:
    """Yield rules for approvals.

    Args:
        place: 'approvals' for the repository's own, 'project' for those of its project.
    """
    for number, each in enumerate(entries(rules)):
        name, needed = each.get("name"), each.get("minApprovalsCount")
        asks: Maybe[int] = needed if type(needed) is int and 0 <= needed < _MOST else _NO_NUMBER
        branch = each.get("destinationBranch")
        yield _rule(
            found,
            f"{place}/{name if isinstance(name, str) else number}",
            "approval rule",
            name=name if isinstance(name, str) else _NO_NAME,
            includes=_EVERY_BRANCH if branch is None else _one_branch(branch),
            enforced=enforced,
            approvals=asks,
            dismisses_stale=_STALE,
        )


def _checks(found: Found) -> Iterator[BranchRule]:
    """Yield the rule that the last build must have succeeded, if it is set."""
    word = found.read("settings.mergeChecks.lastBuildSucceeded", absent="DISABLED")
    if isinstance(word, Unknown):
        return  # then the repository's rules are not known either
    if word != "DISABLED":
        yield _rule(
            found,
            "checks",
            "ruleset",
            name=_BUILT,
            includes=_EVERY_BRANCH,
            checks=(_BUILT,) if word == "ENABLED" else _NO_WORD,
        )


def _one_branch(name: Json) -> Maybe[tuple[str, ...]]:
    if not isinstance(name, str) or not name:
        return _NO_NAME
    # A name is no pattern: what would be read as one stands for whatever it may cover.
    if set(name) & set("*?~"):
        return Unknown("the name of the branch would read as a pattern")
    return (f"{_HEADS}{name.removeprefix(_HEADS)}",)


def _unseen(found: Found, place: str, why: Unknown) -> BranchRule:
    return _rule(found, f"{place}/?", "ruleset", **dict.fromkeys(_UNREAD, why))


def _rule(found: Found, place: str, kind: str, **columns: Any) -> BranchRule:
    repository = text(found, "item.id")
    return BranchRule(
        id=f"{repository}/{place}",
        evidence=found.evidence,
        provider="oci",
        account=found.place["account"],
        repository_id=repository,
        kind=kind,
        **{**_ASKS_NOTHING, **columns},
    )
