"""Who has which permission on a repository, and from where."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.demo.github.nouns import Organization, Repository, Team

_LEVELS = ("NONE", "READ", "TRIAGE", "WRITE", "MAINTAIN", "ADMIN")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One reason for a permission: a team, the repository itself, or the organisation."""

    permission: str
    team: Team | None = None
    direct: bool = False


def strongest(permissions: Iterable[str]) -> str:
    """Return the permission that includes the others."""
    return max(permissions, key=_LEVELS.index)


def sources_of(world: Organization, repository: Repository) -> dict[str, list[Source]]:
    """Return everybody who can at least read a repository, and why, by login in order."""
    found: dict[str, list[Source]] = {}
    for login, account in sorted(world.accounts.items()):
        sources = [
            Source(permission=team.permissions[repository.name], team=team)
            for team in world.teams
            if repository.name in team.permissions and login in team.members
        ]
        if login in repository.collaborators:
            sources.append(Source(permission=repository.collaborators[login], direct=True))
        if account.role == "ADMIN":
            sources.append(Source(permission="ADMIN"))
        elif account.role and world.base_permission != "NONE":
            sources.append(Source(permission=world.base_permission))
        if sources and account.kind == "User":
            found[login] = sources
    return found
