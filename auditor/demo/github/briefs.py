"""Nodes that lead nowhere: accounts, teams, apps, and names of repositories."""

from base64 import urlsafe_b64encode

from auditor.demo.github.graph import Node
from auditor.demo.github.nouns import Account, App, Organization, Repository, Team

HOST = "https://github.com"
_LONG_AGO = "2019-03-04T09:00:00Z"


def node_id(kind: str, number: int) -> str:
    """Return the opaque id of a thing."""
    return f"{kind}_{urlsafe_b64encode(number.to_bytes(8, 'big')).decode().rstrip('=')}"


def full_name(world: Organization, repository: str) -> str:
    """Return 'owner/name'."""
    return f"{world.login}/{repository}"


def actor_node(world: Organization, login: str) -> Node | None:
    """Return who did something, as an Actor; None for nobody, or an account that is gone."""
    account = world.accounts.get(login)
    if account is None:
        return None
    return user_node(account) if account.kind == "User" else _bot_node(account)


def author_node(world: Organization, login: str) -> Node | None:
    """Return who is bound to the address of a commit: always a User, even for a bot."""
    account = world.accounts.get(login)
    return None if account is None else user_node(account)


def user_node(account: Account) -> Node:
    """Return an account as a User; a bot's login ends in '[bot]' then."""
    login = shown_login(account)
    return {
        **_profile(account, login, f"/{login}"),
        "__typename": "User",
        "id": node_id("U" if account.kind == "User" else "BOT", account.number),
        "name": account.name,
        "email": "",
        "company": None,
        "location": None,
        "isSiteAdmin": False,
        "isEmployee": False,
        "organizationVerifiedDomainEmails": lambda **_: [account.email],
    }


def shown_login(account: Account) -> str:
    """Return the login as REST and users of commits have it."""
    return account.login if account.kind == "User" else f"{account.login}[bot]"


def _bot_node(account: Account) -> Node:
    return {
        **_profile(account, account.login, f"/apps/{account.login}"),
        "__typename": "Bot",
        "id": node_id("BOT", account.number),
    }


def _profile(account: Account, login: str, path: str) -> Node:
    return {
        "login": login,
        "databaseId": account.number,
        "url": HOST + path,
        "resourcePath": path,
        "avatarUrl": f"https://avatars.githubusercontent.com/u/{account.number}?v=4",
        "createdAt": _LONG_AGO,
        "updatedAt": _LONG_AGO,
    }


def team_brief(world: Organization, team: Team) -> Node:
    """Return a team without its members and repositories."""
    path = f"/orgs/{world.login}/teams/{team.slug}"
    return {
        "__typename": "Team",
        "id": node_id("T", team.number),
        "databaseId": team.number,
        "slug": team.slug,
        "combinedSlug": f"{world.login}/{team.slug}",
        "name": team.name,
        "description": None,
        "privacy": "VISIBLE",
        "url": HOST + path,
        "resourcePath": path,
        "createdAt": world.created,
        "updatedAt": world.created,
        "organization": lambda **_: organization_brief(world),
    }


def team_named(world: Organization, slug: str) -> Team:
    """Return a team of the organisation."""
    return next(team for team in world.teams if team.slug == slug)


def app_node(app: App) -> Node:
    """Return an app."""
    return {
        "__typename": "App",
        "id": node_id("A", app.number),
        "databaseId": app.number,
        "slug": app.slug,
        "name": app.name,
        "description": None,
        "url": f"{HOST}/apps/{app.slug}",
        "createdAt": app.created,
        "updatedAt": app.created,
    }


def app_named(world: Organization, slug: str) -> App:
    """Return an app that is installed in the organisation."""
    return next(app for app in world.apps if app.slug == slug)


def organization_brief(world: Organization) -> Node:
    """Return the organisation without what it holds."""
    return {
        "__typename": "Organization",
        "id": node_id("O", world.number),
        "databaseId": world.number,
        "login": world.login,
        "name": world.name,
        "url": f"{HOST}/{world.login}",
        "resourcePath": f"/{world.login}",
        "createdAt": world.created,
        "updatedAt": world.created,
        "description": None,
        "email": None,
        "location": None,
        "isVerified": True,
        "requiresTwoFactorAuthentication": world.second_factor,
        "ipAllowListEnabledSetting": "DISABLED",
        "ipAllowListForInstalledAppsEnabledSetting": "DISABLED",
        "membersCanForkPrivateRepositories": False,
        "webCommitSignoffRequired": False,
        "viewerCanAdminister": False,
        "viewerIsAMember": False,
    }


def repository_brief(world: Organization, repository: Repository) -> Node:
    """Return a repository without what it holds."""
    name = full_name(world, repository.name)
    return {
        "__typename": "Repository",
        "id": node_id("R", repository.number),
        "databaseId": repository.number,
        "name": repository.name,
        "nameWithOwner": name,
        "url": f"{HOST}/{name}",
        "resourcePath": f"/{name}",
        "sshUrl": f"git@github.com:{name}.git",
        "owner": lambda **_: organization_brief(world),
        "createdAt": repository.created,
        "updatedAt": repository.created,
        "visibility": repository.visibility,
        "isPrivate": repository.visibility != "PUBLIC",
    }
