"""The root of every query: the organisation, its people, teams and repositories."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from auditor.demo.github.briefs import organization_brief, team_brief, team_named, user_node
from auditor.demo.github.connections import connection
from auditor.demo.github.graph import Node, RefusedError
from auditor.demo.github.nouns import Account, Organization, Team
from auditor.demo.github.repository_nodes import repository_node
from auditor.demo.github.rule_nodes import ruleset_node

_LIMIT = 5000  # points an hour


def root_node(world: Organization) -> Node:
    """Return what a query starts from."""

    def organization(login: str) -> Node:
        if login.lower() != world.login:
            raise RefusedError(
                "NOT_FOUND", f"Could not resolve to an Organization with the login of '{login}'."
            )
        return organization_node(world)

    def repository(owner: str, name: str, **_: Any) -> Node:
        if owner.lower() != world.login or name not in world.repositories:
            raise RefusedError(
                "NOT_FOUND", f"Could not resolve to a Repository with the name '{owner}/{name}'."
            )
        return repository_node(world, world.repositories[name])

    nodes = _known_nodes(world)
    return {
        "organization": organization,
        "repository": repository,
        "repositoryOwner": organization,
        "node": lambda id: _of_id(nodes, id),  # noqa: A006
        "nodes": lambda ids: [_of_id(nodes, each) for each in ids],
        "viewer": lambda **_: user_node(next(iter(world.accounts.values()))),
        "user": lambda login: user_node(world.accounts[login]),
        "rateLimit": {
            "cost": 1,
            "limit": _LIMIT,
            "remaining": _LIMIT - 1,
            "used": 1,
            "nodeCount": 0,
            "resetAt": "2099-01-01T00:00:00Z",
        },
    }


def _known_nodes(world: Organization) -> dict[str, Callable[[], Node]]:
    repositories = {
        str(node["id"]): partial(repository_node, world, each)
        for each in world.repositories.values()
        for node in (repository_node(world, each),)
    }
    teams = {
        str(team_brief(world, each)["id"]): partial(team_node, world, each) for each in world.teams
    }
    return {
        str(organization_brief(world)["id"]): partial(organization_node, world),
        **repositories,
        **teams,
    }


def _of_id(nodes: dict[str, Callable[[], Node]], name: str) -> Node:
    if name not in nodes:
        raise RefusedError(
            "NOT_FOUND", f"Could not resolve to a node with the global id of '{name}'"
        )
    return nodes[name]()


def organization_node(world: Organization) -> Node:
    """Return the organisation with all that it holds."""
    members = [each for each in world.accounts.values() if each.role]
    return {
        **organization_brief(world),
        "membersWithRole": connection(members, user_node, edge=_membership, name="membersWithRole"),
        "pendingMembers": connection([], user_node, name="pendingMembers"),
        "repositories": _repositories(world),
        "repository": lambda name, **_: (
            repository_node(world, world.repositories[name]) if name in world.repositories else None
        ),
        "teams": _teams(world),
        "team": lambda slug: team_node(world, team_named(world, slug)),
        "rulesets": connection(
            world.rulesets, lambda each: ruleset_node(world, each, None), name="rulesets"
        ),
        "samlIdentityProvider": _identity_provider(world),
    }


def _membership(account: Account) -> Node:
    return {"role": account.role, "hasTwoFactorEnabled": account.second_factor}


def _repositories(world: Organization) -> Callable[..., Any]:
    def repositories(**page: Any) -> Node:
        archived = page.pop("isArchived", None)
        chosen = [each for each in world.repositories.values() if archived in (None, each.archived)]
        return connection(chosen, partial(repository_node, world), name="repositories")(**page)

    return repositories


def _teams(world: Organization) -> Callable[..., Any]:
    def teams(**page: Any) -> Node:
        logins: Sequence[str] = page.pop("userLogins", None) or ()
        chosen = [each for each in world.teams if not logins or {*logins} & {*each.members}]
        return connection(chosen, partial(team_node, world), name="teams")(**page)

    return teams


def team_node(world: Organization, team: Team) -> Node:
    """Return a team with its members and repositories."""
    parent = team_named(world, team.parent) if team.parent else None
    children = [each for each in world.teams if each.parent == team.slug]
    return {
        **team_brief(world, team),
        "members": connection(
            [world.accounts[login] for login in team.members],
            user_node,
            edge=lambda _: {"role": "MEMBER"},
            name="members",
        ),
        "repositories": connection(
            [world.repositories[name] for name in sorted(team.permissions)],
            partial(repository_node, world),
            edge=lambda each: {"permission": team.permissions[each.name]},
            name="repositories",
        ),
        "parentTeam": lambda **_: team_brief(world, parent) if parent else None,
        "childTeams": connection(children, partial(team_node, world), name="childTeams"),
        "ancestors": connection(
            [parent] if parent else [], lambda each: team_brief(world, each), name="ancestors"
        ),
    }


def _identity_provider(world: Organization) -> Node:
    known = [each for each in world.accounts.values() if each.identity]
    return {
        "__typename": "OrganizationIdentityProvider",
        "id": "SAML_1",
        "ssoUrl": "https://sign-in.northstar.example/saml",
        "issuer": "https://sign-in.northstar.example",
        "externalIdentities": connection(known, _identity_node, name="externalIdentities"),
    }


def _identity_node(account: Account) -> Node:
    return {
        "__typename": "ExternalIdentity",
        "id": f"EI_{account.number}",
        "guid": f"00000000-0000-4000-8000-{account.number:012d}",
        "user": user_node(account),
        "samlIdentity": {
            "nameId": account.identity,
            "username": account.identity,
            "givenName": account.name.partition(" ")[0],
            "familyName": account.name.partition(" ")[2],
            "emails": [{"value": account.identity, "primary": True, "type": "work"}],
            "groups": [],
            "attributes": [],
        },
        "scimIdentity": None,
    }
