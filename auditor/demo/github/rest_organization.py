"""Answers of the REST API about the organisation as a whole."""

import re
from datetime import datetime, timedelta

from auditor.demo.github.briefs import node_id
from auditor.demo.github.nouns import App, Event, Organization, Runner, Suite, Token
from auditor.demo.github.routes import Asked, Route
from auditor.demo.github.shapes import (
    API,
    HTML,
    minimal_repository,
    owner,
    simple_user,
    user_named,
    whole_organization,
)
from auditor.demo.github.stories import written
from auditor.model import Json

_CREATED = re.compile(r"created:(?:>=)?([0-9TZ:+-]+)(?:\.\.([0-9TZ:+-]+))?")
_ACTION = re.compile(r"action:([a-z_.]+)")
_EXPECTED, _GIT_DAYS = 90, 7  # days that the audit log tells of unasked, and of git events
_PERIODS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
_MONTH = timedelta(days=31)


def _events(world: Organization, asked: Asked) -> Json:
    wanted = asked.get("include", "web")
    phrase = asked.get("phrase", "")
    actions = _ACTION.findall(phrase)
    created = _CREATED.search(phrase)
    since = created[1] if created else _before(world, timedelta(days=_EXPECTED))
    until = (created[2] if created else None) or "9"
    git_since = _before(world, timedelta(days=_GIT_DAYS))
    found = [
        _event(world, each)
        for each in world.events
        if since <= each.at <= until + "~"
        and wanted in ("all", "git" if each.action.startswith("git.") else "web")
        and (not each.action.startswith("git.") or each.at >= git_since)
        and (not actions or each.action.startswith(tuple(actions)))
    ]
    return found[::-1] if asked.get("order") == "asc" else found


def _before(world: Organization, span: timedelta) -> str:
    return written(datetime.fromisoformat(world.as_of) - span)


def _event(world: Organization, event: Event) -> dict[str, Json]:
    actor = world.accounts[event.actor]
    moment = int(datetime.fromisoformat(event.at).timestamp() * 1000)
    about: dict[str, Json] = {}
    if event.repository:
        about = {
            "repo": f"{world.login}/{event.repository}",
            "repo_id": world.repositories[event.repository].number,
        }
    return {
        "@timestamp": moment,
        "created_at": moment,
        "_document_id": f"{moment}-{event.action}-{event.repository}",
        "action": event.action,
        "actor": event.actor,
        "actor_id": actor.number,
        "actor_location": {"country_code": actor.country},
        "operation_type": "access" if event.action.startswith("git.") else "modify",
        "org": world.login,
        "org_id": world.number,
        **about,
        **{key: str(value) for key, value in event.more.items()},
    }


def _suites(world: Organization, asked: Asked) -> Json:
    since = _before(world, _PERIODS.get(asked.get("time_period", "day"), _MONTH))
    wanted = asked.get("rule_suite_result", "all")
    return [
        _suite(world, each)
        for each in world.suites
        if each.at >= since and wanted in ("all", each.result)
    ]


def _suite(world: Organization, suite: Suite) -> dict[str, Json]:
    return {
        "id": suite.number,
        "actor_id": world.accounts[suite.actor].number,
        "actor_name": suite.actor,
        "before_sha": suite.before,
        "after_sha": suite.after,
        "ref": suite.ref,
        "repository_id": world.repositories[suite.repository].number,
        "repository_name": suite.repository,
        "pushed_at": suite.at,
        "result": suite.result,
        "evaluation_result": suite.result,
    }


def _actions(world: Organization, _: Asked) -> Json:
    return {
        "enabled_repositories": "all",
        "allowed_actions": "selected",
        "selected_actions_url": f"{API}/orgs/{world.login}/actions/permissions/selected-actions",
        "sha_pinning_required": True,
    }


def _selected(_: Organization, __: Asked) -> Json:
    return {
        "github_owned_allowed": True,
        "verified_allowed": False,
        "patterns_allowed": ["northstar-video/*"],
    }


def _workflow_token(world: Organization, _: Asked) -> Json:
    return {
        "default_workflow_permissions": "read",
        "can_approve_pull_request_reviews": world.actions_approve,
    }


def _runners(world: Organization, _: Asked) -> Json:
    return {"total_count": len(world.runners), "runners": [*map(runner_shape, world.runners)]}


def runner_shape(runner: Runner) -> dict[str, Json]:
    """Return a self-hosted runner."""
    labels: Json = [{"name": each, "type": "read-only"} for each in runner.labels]
    return {
        "id": runner.number,
        "runner_group_id": 1,
        "name": runner.name,
        "os": "Linux",
        "status": "online",
        "busy": False,
        "labels": labels,
    }


def _runner_groups(world: Organization, _: Asked) -> Json:
    url = f"{API}/orgs/{world.login}/actions/runner-groups/1"
    group: Json = {
        "id": 1,
        "name": "Default",
        "visibility": "all",
        "default": True,
        "runners_url": f"{url}/runners",
        "inherited": False,
        "allows_public_repositories": False,
        "restricted_to_workflows": False,
        "selected_workflows": [],
    }
    return {"total_count": 1, "runner_groups": [group]}


def _tokens(world: Organization, _: Asked) -> Json:
    return [_token(world, each) for each in world.tokens]


def _token(world: Organization, token: Token) -> dict[str, Json]:
    grants = f"{API}/orgs/{world.login}/personal-access-tokens/{token.number}"
    return {
        "id": token.number,
        "owner": user_named(world, token.owner),
        "repository_selection": "all",
        "repositories_url": f"{grants}/repositories",
        "permissions": {"repository": dict(token.permissions)},
        "access_granted_at": token.created,
        "token_id": token.number + 1000,
        "token_name": token.name,
        "token_expired": False,
        "token_expires_at": token.expires,
        "token_last_used_at": None,
    }


def _token_repositories(world: Organization, asked: Asked) -> Json:
    known = asked["pat_id"] in {str(each.number) for each in world.tokens}
    return _repositories(world, asked) if known else []


def _installations(world: Organization, _: Asked) -> Json:
    return {
        "total_count": len(world.apps),
        "installations": [_installation(world, each) for each in world.apps],
    }


def _installation(world: Organization, app: App) -> dict[str, Json]:
    url = f"{API}/app/installations/{app.installation}"
    return {
        "id": app.installation,
        "account": owner(world),
        "repository_selection": "all",
        "access_tokens_url": f"{url}/access_tokens",
        "repositories_url": f"{API}/installation/repositories",
        "html_url": f"{HTML}/organizations/{world.login}/settings/installations/{app.installation}",
        "app_id": app.number,
        "app_slug": app.slug,
        "client_id": f"Iv1.{app.number:016x}",
        "target_id": world.number,
        "target_type": "Organization",
        "permissions": dict(app.permissions),
        "events": [],
        "created_at": app.created,
        "updated_at": app.created,
        "single_file_name": None,
        "suspended_by": None,
        "suspended_at": None,
    }


def _outside(world: Organization, _: Asked) -> Json:
    named = {login for each in world.repositories.values() for login in each.collaborators}
    outside = sorted(login for login in named if not world.accounts[login].role)
    return [simple_user(world.accounts[login]) for login in outside]


def _members(world: Organization, asked: Asked) -> Json:
    role = {"admin": ("ADMIN",), "member": ("MEMBER",)}.get(asked.get("role", "all"))
    careless = asked.get("filter") == "2fa_disabled"
    return [
        simple_user(each)
        for each in world.accounts.values()
        if each.role in (role or ("ADMIN", "MEMBER")) and not (careless and each.second_factor)
    ]


def _repositories(world: Organization, _: Asked) -> Json:
    return [minimal_repository(world, each) for each in world.repositories.values()]


def _teams(world: Organization, _: Asked) -> Json:
    return [
        {
            "id": each.number,
            "node_id": node_id("T", each.number),
            "name": each.name,
            "slug": each.slug,
            "description": None,
            "privacy": "closed",
            "permission": "pull",
            "url": f"{API}/organizations/{world.number}/team/{each.number}",
            "html_url": f"{HTML}/orgs/{world.login}/teams/{each.slug}",
            "members_url": f"{API}/organizations/{world.number}/team/{each.number}/members",
            "repositories_url": f"{API}/organizations/{world.number}/team/{each.number}/repos",
            "type": "organization",
            "organization_id": world.number,
            "parent": None,
        }
        for each in world.teams
    ]


_ORG = "/orgs/{org}"
ROUTES = (
    Route(path=_ORG, answer=lambda world, _: whole_organization(world)),
    Route(path=f"{_ORG}/repos", answer=_repositories, list_at="."),
    Route(path=f"{_ORG}/members", answer=_members, list_at="."),
    Route(path=f"{_ORG}/teams", answer=_teams, list_at="."),
    Route(path=f"{_ORG}/outside_collaborators", answer=_outside, list_at="."),
    Route(path=f"{_ORG}/audit-log", answer=_events, list_at=".", by_cursor=True),
    Route(path=f"{_ORG}/rulesets/rule-suites", answer=_suites, list_at="."),
    Route(path=f"{_ORG}/actions/permissions", answer=_actions),
    Route(path=f"{_ORG}/actions/permissions/selected-actions", answer=_selected),
    Route(path=f"{_ORG}/actions/permissions/workflow", answer=_workflow_token),
    Route(path=f"{_ORG}/actions/runners", answer=_runners, list_at="runners"),
    Route(path=f"{_ORG}/actions/runner-groups", answer=_runner_groups, list_at="runner_groups"),
    Route(path=f"{_ORG}/personal-access-tokens", answer=_tokens, list_at="."),
    Route(
        path=f"{_ORG}/personal-access-tokens/{{pat_id}}/repositories",
        answer=_token_repositories,
        list_at=".",
    ),
    Route(path=f"{_ORG}/installations", answer=_installations, list_at="installations"),
)
