"""Answers of the REST API about rulesets and their earlier versions, and about who changed them."""

from auditor.demo.github.briefs import full_name
from auditor.demo.github.nouns import Account, Bypasser, Organization, Ruleset, Version
from auditor.demo.github.routes import Asked, Route
from auditor.demo.github.rule_nodes import ROLES
from auditor.demo.github.shapes import simple_user
from auditor.model import Json

_LONG_AGO = "2019-03-04T09:00:00Z"


def _rulesets(world: Organization, _: Asked) -> Json:
    return [
        {
            **_head(world, each, ""),
            "enforcement": each.enforcement.lower(),
            "created_at": each.created,
            "updated_at": each.updated,
        }
        for each in world.rulesets
    ]


def _head(world: Organization, ruleset: Ruleset, repository: str) -> dict[str, Json]:
    return {
        "id": ruleset.number,
        "name": ruleset.name,
        "target": ruleset.target.lower(),
        "source_type": "Repository" if repository else "Organization",
        "source": full_name(world, repository) if repository else world.login,
    }


def _history(world: Organization, asked: Asked) -> Json:
    ruleset = _asked_for(world, asked)
    if ruleset is None:
        return None
    return [_version(world, each) for each in reversed(ruleset.versions)]


def _asked_for(world: Organization, asked: Asked) -> Ruleset | None:
    name = asked.get("repo")
    several = world.repositories[name].rulesets if name else world.rulesets
    return next((each for each in several if str(each.number) == asked["ruleset_id"]), None)


def _version(world: Organization, version: Version) -> dict[str, Json]:
    return {
        "version_id": version.number,
        "actor": {"id": world.accounts[version.actor].number, "type": "User"},
        "updated_at": version.at,
    }


def _state(world: Organization, asked: Asked) -> Json:
    ruleset = _asked_for(world, asked)
    versions = ruleset.versions if ruleset else ()
    found = [each for each in versions if str(each.number) == asked["version_id"]]
    if ruleset is None or not found:
        return None
    state = {
        **_head(world, ruleset, asked.get("repo", "")),
        "enforcement": found[0].enforcement.lower(),
        "conditions": {
            "ref_name": {"include": [*ruleset.includes], "exclude": [*ruleset.excludes]}
        },
        "bypass_actors": [_bypasser(each) for each in ruleset.bypassers or ()],
        "rules": [_rule(each.kind, each.parameters) for each in ruleset.rules],
    }
    return {**_version(world, found[0]), "state": state}


def _bypasser(who: Bypasser) -> dict[str, Json]:
    number = ROLES[who.name] if who.kind == "RepositoryRole" else 1
    return {"actor_id": number, "actor_type": who.kind, "bypass_mode": who.mode.lower()}


def _rule(kind: str, parameters: Json) -> dict[str, Json]:
    return {"type": kind.lower(), **({"parameters": parameters} if parameters else {})}


def _user(world: Organization, asked: Asked) -> Json:
    accounts = (each for each in world.accounts.values() if str(each.number) == asked["account_id"])
    return next((_profile(each) for each in accounts), None)


def _profile(account: Account) -> dict[str, Json]:
    hidden = ("company", "blog", "location", "email", "hireable", "bio")
    counts = ("public_repos", "public_gists", "followers", "following")
    return {
        **simple_user(account),
        "name": account.name,
        **dict.fromkeys(hidden),
        **dict.fromkeys(counts, 0),
        "created_at": _LONG_AGO,
        "updated_at": _LONG_AGO,
    }


_OF_ORGANIZATION = "/orgs/{org}/rulesets"
_OF_REPOSITORY = "/repos/{owner}/{repo}/rulesets"
ROUTES = (
    Route(path=_OF_ORGANIZATION, answer=_rulesets, list_at="."),
    *(
        route
        for path in (_OF_ORGANIZATION, _OF_REPOSITORY)
        for route in (
            Route(path=f"{path}/{{ruleset_id}}/history", answer=_history, list_at="."),
            Route(path=f"{path}/{{ruleset_id}}/history/{{version_id}}", answer=_state),
        )
    ),
    Route(path="/user/{account_id}", answer=_user),
)
