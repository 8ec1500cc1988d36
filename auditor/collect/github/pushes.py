"""Release branches that were pushed over or deleted: no listing shows what they held before.

A repository is not asked where rulesets let nobody do so, and have stood so since before the period
began, or where nothing was pushed since. Classic protections do not state since when they stand.
API: https://docs.github.com/en/rest/repos/repos#list-repository-activities
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from auditor.access.refs import ALL, any_covers
from auditor.collect.github.branches import DEFAULT, has_patterns, is_named, released
from auditor.collect.github.calls import (
    ORGANIZATION,
    name_of,
    owner_of,
    repositories,
    rest_of,
)
from auditor.collect.github.reading import (
    PAGE,
    held_by,
    moment,
    repository_of,
    shown,
    text,
    user_of,
)
from auditor.collect.period import FIRST_MIDNIGHT, REACHING_BACK
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, dig
from auditor.tables import Branch, CodeEvent, Maybe

_CONTENTS, _RULES = "contents:read", "administration:read"
_PREFIX = "refs/heads/"
_PUSHES, _DELETIONS = "pushes", "deletions"
_KINDS = {"force_push": "force push", "branch_deletion": "branch deletion"}


def _rows(found: Found) -> Iterator[Branch | CodeEvent]:
    repository = repository_of(found, found.read("item.nameWithOwner", absent=""))
    events = [each for name in (_PUSHES, _DELETIONS) for each in _listed(found, name)]
    touched = {str(each.get("ref")) for each in events}
    branches = {f"{_PREFIX}{name}": head for name, head in released(found).items()}
    for ref, head in {**dict.fromkeys(sorted(touched), ""), **branches}.items():
        yield Branch(
            id=f"{repository}@{ref}",
            **held_by(found),
            repository_id=repository,
            ref=ref,
            is_default=ref == _default_ref(found),
            head=text(head, "its commit"),
            rewritten=True if ref in touched else _untouched(found),
        )
    for each in events:
        yield _event(found, repository, each)


def _untouched(found: Found) -> Maybe[bool]:
    """Return that a branch kept its history, unless somebody who was asked did not answer."""
    for name in (_PUSHES, _DELETIONS):
        answer = found.read(name, absent=None) if name in found.answers else None
        if isinstance(answer, Unknown):
            return answer
    return False


def _listed(found: Found, name: str) -> Iterator[Mapping[str, Json]]:
    """Yield what happened to release branches since the period began."""
    answer = found.read(name, absent=None)
    for each in answer if isinstance(answer, list) else ():
        if not isinstance(each, Mapping) or _before(found, each.get("timestamp")):
            continue
        branch = str(each.get("ref")).removeprefix(_PREFIX)
        if branch in released(found) or is_named(branch, _patterns(found)):
            yield each


def _event(found: Found, repository: str, each: Mapping[str, Json]) -> CodeEvent:
    action = str(each.get("activity_type"))
    return CodeEvent(
        id=f"{repository}/activity/{each.get('id')}",
        **held_by(found),
        repository_id=repository,
        action=action,
        kind=_KINDS.get(action, "other"),
        principal_id=user_of(found, dig(each, "actor.login")),
        at=moment(each.get("timestamp")),
        ref=text(each.get("ref"), "the branch"),
        commit="" if action == "branch_deletion" else text(each.get("after"), "the commit"),
        replaced=text(each.get("before"), "the commit that was there before"),
    )


def _may_be_pushed_over(found: Found) -> bool:
    if _before(found, found.read("item.pushedAt", absent=None)):
        return False
    refs = (f"{_PREFIX}{name}" for name in released(found))
    return not all(_is_closed(found, "NON_FAST_FORWARD", _covering(found, ref)) for ref in refs)


def _may_be_deleted(found: Found) -> bool:
    """Whether a release branch may be gone. GitHub deletes no default branch."""
    rest = (pattern for pattern in _patterns(found) if pattern != DEFAULT)
    return not all(_is_closed(found, "DELETION", _containing(pattern)) for pattern in rest)


def _is_closed(found: Found, kind: str, binds: Callable[[Mapping[str, Json]], bool]) -> bool:
    """Whether one ruleset has surely let nobody pass since before the period began."""
    return any(
        (each.get("target"), each.get("enforcement")) == ("BRANCH", "ACTIVE")
        and dig(each, "bypassActors.totalCount") == 0
        and any(rule.get("type") == kind for rule in shown(each.get("rules")))
        and _before(found, each.get("updatedAt"))
        and binds(each)
        for each in shown(found.read("item.rulesets", absent=None))
    )


def _covering(found: Found, ref: str) -> Callable[[Mapping[str, Json]], bool]:
    """Return whether a ruleset surely covers one branch."""
    default = ref == _default_ref(found)

    def binds(ruleset: Mapping[str, Json]) -> bool:
        includes, excludes = (_named(ruleset, each) for each in ("include", "exclude"))
        return bool(
            includes is not None
            and excludes is not None
            and any_covers(includes, ref, default)
            and any_covers(excludes, ref, default) is False
        )

    return binds


def _containing(pattern: str) -> Callable[[Mapping[str, Json]], bool]:
    """Return whether a ruleset surely covers every branch that a pattern of the audit's names.

    The audit's star passes slashes, and GitHub's does not: all below a folder is '**/*' there.
    """
    name, star, rest = pattern.partition("*")
    wide = {ALL}
    if not set(pattern) & set("*?["):
        wide.add(f"{_PREFIX}{pattern}")
    elif star and not rest and not set(name) & set("?[") and name[-1:] in ("", "/"):
        wide.add(f"{_PREFIX}{name}**/*")

    def binds(ruleset: Mapping[str, Json]) -> bool:
        includes = _named(ruleset, "include")
        return _named(ruleset, "exclude") == [] and bool(wide & set(includes or ()))

    return binds


def _named(ruleset: Mapping[str, Json], name: str) -> list[str] | None:
    patterns = dig(ruleset, f"conditions.refName.{name}")
    return [str(each) for each in patterns] if isinstance(patterns, list) else None


def _before(found: Found, stated: Json) -> bool:
    """Whether a moment is known and lies before the period."""
    at = moment(stated)
    return isinstance(at, str) and at < found.since


def _default_ref(found: Found) -> str:
    return f"{_PREFIX}{found.read('item.defaultBranchRef.name', absent='')}"


def _patterns(found: Found) -> list[str]:
    return found.place["release_branches"].split(" ")


def _only_ref(found: Found) -> str:
    """Return the one branch to ask about; '' where there are several."""
    names = tuple(released(found))
    return f"{_PREFIX}{names[0]}" if len(names) == 1 else ""


def _activity(name: str, kind: str, applies: Callable[[Found], bool], **compose: Any) -> Detail:
    return Detail(
        name=name,
        service="rest",
        operation="GET /repos/{owner}/{repo}/activity",
        permission=_CONTENTS,
        items=".",
        parameters={"activity_type": kind, "time_period": REACHING_BACK, "per_page": PAGE},
        compose={"owner": owner_of, "repo": name_of, **compose},
        applies=applies,
    )


PUSHES = Collector(
    kind="github.pushes.history",
    service="graphql",
    title="Release branches that were pushed over or deleted",
    per=(*ORGANIZATION, "release_branches"),
    listing=repositories(
        "Guards", f"{_CONTENTS} {_RULES}", first=PAGE // 2, compose={"patterns": has_patterns}
    ),
    details=(
        rest_of("more", "BranchesOf", "item.refs", "refs.nodes", _CONTENTS),
        _activity(_PUSHES, "force_push", _may_be_pushed_over, ref=_only_ref),
        _activity(_DELETIONS, "branch_deletion", _may_be_deleted),
    ),
    tables=(Branch, CodeEvent),
    rows=_rows,
    since=FIRST_MIDNIGHT,
    source="https://docs.github.com/en/rest/repos/repos#list-repository-activities",
)
