"""Teams: who is in them, and what they give.

API: https://docs.github.com/en/graphql/reference/objects#team
"""

from collections.abc import Iterator

from auditor.collect.github.calls import ORGANIZATION, after
from auditor.collect.github.reading import (
    ROLES,
    continued,
    held_by,
    repository_of,
    team_of,
    text,
    user_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Maybe, Membership, Principal, RepositoryRight

_MEMBERS, _METADATA = "members:read", "metadata:read"
_MOST = 50


def _rows(found: Found) -> Iterator[Principal | Membership | RepositoryRight]:
    team = team_of(found, found.read("item.combinedSlug", absent=None))
    if isinstance(team, Unknown):
        return
    yield Principal(
        id=team,
        evidence=found.evidence,
        provider="github",
        account=found.place["account"],
        kind="group",
        name=text(found.read("item.name"), "the team's name"),
        created="",
        last_used="",
        attributes={},
        tags={},
    )
    yield from _memberships(found, team)
    yield from _rights(found, team)


def _memberships(found: Found, team: str) -> Iterator[Membership]:
    """Yield who is in the team; members of a team below it are members of it."""
    listed = continued(found, "item.members", "members", "the team's members", _MEMBERS)
    members: list[Maybe[str]] = [listed] if isinstance(listed, Unknown) else []
    if not isinstance(listed, Unknown):
        members += [user_of(found, each.get("login")) for each in listed]
    for member in members:
        known = member if isinstance(member, str) else "?"
        yield Membership(
            id=f"{team}/{known}",
            evidence=found.evidence,
            provider="github",
            group_id=team,
            member_id=known,
        )


def _rights(found: Found, team: str) -> Iterator[RepositoryRight]:
    listed = continued(
        found, "item.repositories", "repositories", "the team's repositories", _METADATA, "edges"
    )
    if isinstance(listed, Unknown):
        yield _right(found, team, "*", listed)
        return
    for edge in listed:
        repository = repository_of(found, dig(edge, "node.nameWithOwner"))
        role = str(edge.get("permission"))
        unknown = Unknown(f"this version does not know the permission {role}")
        yield _right(found, team, repository, ROLES.get(role, unknown))


def _right(found: Found, team: str, repository: str, access: Maybe[str]) -> RepositoryRight:
    return RepositoryRight(
        id=f"{team}/team/{repository}",
        **held_by(found),
        repository_id=repository,
        principal_id=team,
        access=access,
        via="team",
        through=team,
    )


def _rest(name: str, operation: str, members: str, permission: str) -> Detail:
    return Detail(
        name=name,
        operation=operation,
        permission=permission,
        when=f"item.{name}.pageInfo.hasNextPage",
        items=f"data.organization.team.{name}.{members}",
        parameters={"first": _MOST},
        bind={"organization": "place.account", "team": "item.slug"},
        compose={"after": lambda found: after(found, f"item.{name}")},
    )


TEAMS = Collector(
    kind="github.teams.team",
    service="graphql",
    title="Teams, their members, and what they give",
    per=ORGANIZATION,
    listing=Listing(
        operation="Teams",
        permission=_MEMBERS,
        items="data.organization.teams.nodes",
        parameters={"first": 25},
        bind={"organization": "place.account"},
    ),
    details=(
        _rest("members", "TeamMembers", "nodes", _MEMBERS),
        _rest("repositories", "TeamRepositories", "edges", _METADATA),
    ),
    tables=(Principal, Membership, RepositoryRight),
    rows=_rows,
    source="https://docs.github.com/en/graphql/reference/objects#team",
)
