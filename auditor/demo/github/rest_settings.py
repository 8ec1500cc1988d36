"""Answers of the REST API about what the organisation sets for its repositories."""

from auditor.demo.github.nouns import Organization
from auditor.demo.github.routes import Asked, Route
from auditor.demo.github.shapes import API, minimal_repository, simple_repository
from auditor.model import Json

_CONFIGURATION = 17
# What whole repositories have besides what listings of them give.
_COUNTED: dict[str, Json] = dict.fromkeys(
    (
        *("forks_count", "forks", "stargazers_count", "watchers_count", "watchers", "size"),
        *("open_issues_count", "open_issues"),
    ),
    0,
)
_OFF: dict[str, Json] = dict.fromkeys(("has_downloads", "has_pages"), False)
_NONE: dict[str, Json] = {
    **dict.fromkeys(("homepage", "language", "license", "mirror_url")),
    **dict.fromkeys(("clone_url", "git_url", "ssh_url", "svn_url"), ""),
}


def _runners(world: Organization, _: Asked) -> Json:
    chosen = world.runner_repositories
    if chosen is None or not chosen:
        return {"enabled_repositories": "all" if chosen is None else "none"}
    return {
        "enabled_repositories": "selected",
        "selected_repositories_url": f"{API}/orgs/{world.login}"
        "/actions/permissions/self-hosted-runners/repositories",
    }


def _with_runners(world: Organization, _: Asked) -> Json:
    chosen = [world.repositories[name] for name in world.runner_repositories or ()]
    return {
        "total_count": len(chosen),
        "repositories": [
            {**minimal_repository(world, each), **_COUNTED, **_OFF, **_NONE} for each in chosen
        ],
    }


def _configurations(world: Organization, _: Asked) -> Json:
    return [
        {
            "id": _CONFIGURATION,
            "target_type": "organization",
            "name": "Scanned",
            "description": "Code is scanned.",
            "advanced_security": "enabled",
            "dependency_graph": "enabled",
            "code_scanning_default_setup": "enabled",
            "secret_scanning": "not_set",
            "enforcement": "unenforced",
            "url": f"{API}/orgs/{world.login}/code-security/configurations/{_CONFIGURATION}",
            "created_at": world.created,
            "updated_at": world.created,
        }
    ]


def _configured(world: Organization, asked: Asked) -> Json:
    if asked["configuration_id"] != str(_CONFIGURATION):
        return None
    return [
        {"status": "attached", "repository": simple_repository(world, each)}
        for each in world.repositories.values()
        if each.code_scanning
    ]


_RUNNERS = "/orgs/{org}/actions/permissions/self-hosted-runners"
_CONFIGURATIONS = "/orgs/{org}/code-security/configurations"
ROUTES = (
    Route(path=_RUNNERS, answer=_runners),
    Route(path=f"{_RUNNERS}/repositories", answer=_with_runners, list_at="repositories"),
    Route(path=_CONFIGURATIONS, answer=_configurations, list_at=".", by_cursor=True),
    Route(
        path=f"{_CONFIGURATIONS}/{{configuration_id}}/repositories",
        answer=_configured,
        list_at=".",
        by_cursor=True,
    ),
)
