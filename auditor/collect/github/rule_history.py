"""What rulesets asked for before they were changed, who changed them, and when.

Only rulesets that changed since the period began are asked about, each version of them once. GitHub
keeps the versions of the last 180 days, and shows them to who may change the rules.
API: https://docs.github.com/en/rest/repos/rules#get-repository-ruleset-history and
https://docs.github.com/en/rest/orgs/rules#get-organization-ruleset-history
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from auditor.collect.github.calls import ORGANIZATION, listing
from auditor.collect.github.reading import PAGE, held_by, moment, repository_of, user_of
from auditor.collect.github.rules import changed_since
from auditor.collect.period import FIRST_MIDNIGHT
from auditor.model import Json, Unknown
from auditor.spec import Axis, Collector, Detail, Found, Listing, dig
from auditor.tables import CodeEvent, Maybe

_RULES, _SHARED = "administration:write", "organization_administration:write"
_OWN, _SHARED_RULES = "ruleset", "organization_ruleset"  # axes
# Rules of a version -> what they ask for, as columns of branches name it.
_ASKED = {
    "deletion": "no_deletion",
    "non_fast_forward": "no_force_push",
    "pull_request": "no_direct_push",
    "required_signatures": "signatures",
}
_PULL_REQUEST = {
    "dismiss_stale_reviews_on_push": "dismisses_stale",
    "require_last_push_approval": "last_push_approved",
    "require_code_owner_review": "code_owners",
    "required_review_thread_resolution": "threads resolved",
}
_MOST_APPROVALS = 100  # GitHub takes ten


def _rows(found: Found) -> Iterator[CodeEvent]:
    path = found.place.get(_OWN) or found.place[_SHARED_RULES]
    holder, _, number = path.rpartition("/")
    state = found.read("state.state")
    yield CodeEvent(
        id=f"{repository_of(found, holder)}/ruleset/{number}"
        f"/version/{found.read('item.version_id', absent='?')}",
        **held_by(found),
        repository_id=repository_of(found, holder) if _OWN in found.place else "",
        action="a version of a ruleset",
        kind="rule change",
        principal_id=_actor(found),
        at=moment(found.read("item.updated_at", absent=None)),
        asks=_asks(state),
        exempts=_exempts(state),
    )


def _actor(found: Found) -> Maybe[str]:
    if found.read("item.actor.id", absent=None) is None:
        return Unknown("GitHub does not name who changed the rules")
    login = found.read("actor.login")
    return login if isinstance(login, Unknown) else user_of(found, login)


def _asks(state: Json) -> Maybe[tuple[str, ...]]:
    """Return what a version asks for: nothing while it is off, or only tried.

    Approvals are one word for each, so that who asks for more asks for all that less does.
    """
    rules = dig(state, "rules")
    includes = dig(state, "conditions.ref_name.include")
    if isinstance(state, Unknown):
        return state
    if dig(state, "enforcement") != "active":
        return () if isinstance(dig(state, "enforcement"), str) else _unread("whether it was on")
    if not isinstance(rules, list) or not isinstance(includes, list):
        return _unread("what a version of the rules asked for")
    asked = {f"covers {each}" for each in includes}
    asked |= {f"covers repository {each}" for each in _repositories(state, "include")}
    for rule in rules:
        asked |= _asked_by(rule)
    return tuple(sorted(asked))


def _asked_by(rule: Json) -> set[str]:
    kind = str(dig(rule, "type"))
    asked = {_ASKED.get(kind, kind)}
    asked |= {
        word for name, word in _PULL_REQUEST.items() if dig(rule, f"parameters.{name}") is True
    }
    checks = dig(rule, "parameters.required_status_checks")
    if isinstance(checks, list):
        asked |= {f"check {dig(each, 'context')}" for each in checks}
    approvals = dig(rule, "parameters.required_approving_review_count")
    if type(approvals) is int:
        asked |= {f"approval {one}" for one in range(1, min(approvals, _MOST_APPROVALS) + 1)}
    return asked


def _repositories(state: Json, side: str) -> list[str]:
    """Return which repositories an organisation's rule is for, or which it leaves out."""
    several = [
        dig(state, f"conditions.{each}.{side}")
        for each in ("repository_name", "repository_property")
    ]
    if side == "include":
        several.append(dig(state, "conditions.repository_id.repository_ids"))
    return [
        json.dumps(each, sort_keys=True)
        for listed in several
        for each in (listed if isinstance(listed, list) else ())
    ]


def _exempts(state: Json) -> Maybe[tuple[str, ...]]:
    """Return whom a version lets pass, and which refs it leaves out."""
    if isinstance(state, Unknown):
        return state
    actors = dig(state, "bypass_actors")
    excludes = dig(state, "conditions.ref_name.exclude")
    if not isinstance(actors, list) or not isinstance(excludes, list):
        return _unread("whom a version of the rules let pass")
    passing = {f"{_passer(each)} by change request" for each in actors}
    passing |= {_passer(each) for each in actors if dig(each, "bypass_mode") != "pull_request"}
    passing |= {f"repository {each}" for each in _repositories(state, "exclude")}
    return tuple(sorted(passing | {f"ref {each}" for each in excludes}))


def _passer(actor: Json) -> str:
    return f"{dig(actor, 'actor_type')} {dig(actor, 'actor_id')}"


def _unread(what: str) -> Unknown:
    return Unknown(f"GitHub does not show {what}", _RULES)


def _changed(found: Found) -> str | None:
    item: Any = found.item
    if not isinstance(item, Mapping) or not changed_since(found, item, "updated_at"):
        return None
    return f"{found.place['account']}/{item.get('id')}"


def _part(axis: str, index: int) -> Callable[[Found], str]:
    """Return what reads one part of a ruleset's place: owner, repository if it is one's, number."""
    return lambda found: found.place[axis].split("/")[index]


def _versions(axis: str, path: str, permission: str, **places: int) -> dict[str, Any]:
    compose = {name: _part(axis, index) for name, index in places.items()}
    path = f"{path}/rulesets/{{ruleset_id}}/history"
    return {
        "service": "rest",
        "per": (*ORGANIZATION, axis),
        "listing": Listing(
            operation=f"GET {path}",
            permission=permission,
            items=".",
            parameters={"per_page": PAGE},
            compose=compose,
        ),
        "details": (
            Detail(
                name="state",
                operation=f"GET {path}/{{version_id}}",
                permission=permission,
                bind={"version_id": "item.version_id"},
                compose=compose,
            ),
            Detail(
                name="actor",
                operation="GET /user/{account_id}",
                permission="metadata:read",
                when="item.actor.id",
                bind={"account_id": "item.actor.id"},
                shared=True,
            ),
        ),
        "tables": (CodeEvent,),
        "rows": _rows,
    }


ORGANIZATION_RULESETS = Collector(
    kind="github.rule_history.ruleset",
    service="rest",
    title="Rulesets of the organisation that changed",
    per=ORGANIZATION,
    listing=listing("rulesets", _SHARED),
    tables=(),
    rows=lambda _: (),
    axis=Axis(name=_SHARED_RULES, value=_changed, optional=True),
    since=FIRST_MIDNIGHT,
    source="https://docs.github.com/en/rest/orgs/rules#get-all-organization-repository-rulesets",
)
ORGANIZATION_VERSIONS = Collector(
    kind="github.rule_history.organization",
    title="Earlier versions of the organisation's rulesets",
    **_versions(_SHARED_RULES, "/orgs/{org}", _SHARED, org=0, ruleset_id=1),
    source="https://docs.github.com/en/rest/orgs/rules#get-organization-ruleset-history",
)
VERSIONS = Collector(
    kind="github.rule_history.repository",
    title="Earlier versions of repositories' rulesets",
    **_versions(_OWN, "/repos/{owner}/{repo}", _RULES, owner=0, repo=1, ruleset_id=2),
    source="https://docs.github.com/en/rest/repos/rules#get-repository-ruleset-history",
)
