"""Parts that many answers of the REST API share, with every member that GitHub's description asks.

Source: https://github.com/github/rest-api-description
"""

from auditor.demo.github.briefs import full_name, node_id, shown_login
from auditor.demo.github.nouns import Account, Organization, Repository
from auditor.model import Json

API, HTML = "https://api.github.com", "https://github.com"
_OF_USER = "followers following gists starred subscriptions repos events received_events"
_OF_REPOSITORY = (
    "archive assignees blobs branches collaborators comments commits compare contents contributors "
    "deployments downloads events forks git_commits git_refs git_tags issue_comment issue_events "
    "issues keys labels languages merges milestones notifications pulls releases stargazers "
    "statuses subscribers subscription tags teams trees hooks"
)


def simple_user(account: Account) -> dict[str, Json]:
    """Return an account as answers name it."""
    login = shown_login(account)
    url = f"{API}/users/{login}"
    return {
        "login": login,
        "id": account.number,
        "node_id": node_id("U", account.number),
        "avatar_url": f"https://avatars.githubusercontent.com/u/{account.number}?v=4",
        "gravatar_id": "",
        "url": url,
        "html_url": f"{HTML}/{login}",
        **{f"{name}_url": f"{url}/{name}" for name in _OF_USER.split()},
        "organizations_url": f"{url}/orgs",
        "type": account.kind,
        "user_view_type": "public",
        "site_admin": False,
    }


def user_named(world: Organization, login: str) -> dict[str, Json] | None:
    """Return an account by its login; None for nobody."""
    account = world.accounts.get(login)
    return None if account is None else simple_user(account)


def owner(world: Organization) -> dict[str, Json]:
    """Return the organisation as the account that owns something."""
    account = Account(login=world.login, number=world.number, name=world.name, email="")
    return {**simple_user(account), "type": "Organization"}


def simple_repository(world: Organization, repository: Repository) -> dict[str, Json]:
    """Return a repository as answers name it."""
    name = full_name(world, repository.name)
    url = f"{API}/repos/{name}"
    return {
        "id": repository.number,
        "node_id": node_id("R", repository.number),
        "name": repository.name,
        "full_name": name,
        "owner": owner(world),
        "private": repository.visibility != "PUBLIC",
        "html_url": f"{HTML}/{name}",
        "description": None,
        "fork": False,
        "url": url,
        **{f"{part}_url": f"{url}/{part}" for part in _OF_REPOSITORY.split()},
    }


def minimal_repository(world: Organization, repository: Repository) -> dict[str, Json]:
    """Return a repository as listings give it."""
    return {
        **simple_repository(world, repository),
        "archived": repository.archived,
        "disabled": False,
        "visibility": repository.visibility.lower(),
        "default_branch": repository.default,
        "created_at": repository.created,
        "updated_at": repository.created,
        "pushed_at": repository.created,
        "security_and_analysis": {
            "secret_scanning": _status(repository.secret_scanning),
            "secret_scanning_push_protection": _status(repository.push_protection),
            "dependabot_security_updates": _status(repository.dependency_alerts),
        },
    }


def _status(on: bool) -> Json:
    return {"status": "enabled" if on else "disabled"}


def whole_organization(world: Organization) -> dict[str, Json]:
    """Return the organisation as its owners see it."""
    url = f"{API}/orgs/{world.login}"
    parts = ("repos", "events", "hooks", "issues", "members", "public_members")
    return {
        "login": world.login,
        "id": world.number,
        "node_id": node_id("O", world.number),
        "url": url,
        **{f"{part}_url": f"{url}/{part}" for part in parts},
        "avatar_url": f"https://avatars.githubusercontent.com/u/{world.number}?v=4",
        "html_url": f"{HTML}/{world.login}",
        "type": "Organization",
        "name": world.name,
        "description": None,
        "has_organization_projects": True,
        "has_repository_projects": True,
        "public_repos": 0,
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "created_at": world.created,
        "updated_at": world.created,
        "archived_at": None,
        "two_factor_requirement_enabled": world.second_factor,
        "default_repository_permission": world.base_permission.lower(),
        "members_can_create_repositories": False,
        "members_can_fork_private_repositories": False,
        "web_commit_signoff_required": False,
        "plan": {
            "name": "enterprise",
            "space": 976562499,
            "private_repos": 999999,
            "filled_seats": len([each for each in world.accounts.values() if each.role]),
            "seats": 50,
        },
    }
