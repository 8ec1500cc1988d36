"""People whom a repository lets in by name, members of the organisation or not.

API: https://docs.github.com/en/graphql/reference/objects#repositorycollaboratoredge
"""

from collections.abc import Iterator, Mapping

from auditor.collect.github.calls import ORGANIZATION, repositories, rest_of
from auditor.collect.github.people import user_row
from auditor.collect.github.reading import (
    ROLES,
    continued,
    held_by,
    repository_of,
    user_of,
    whole,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, dig
from auditor.tables import Maybe, Principal, RepositoryRight

_PERMISSION = "administration:read"
_ORDER = tuple(ROLES)


def _rows(found: Found) -> Iterator[RepositoryRight | Principal]:
    repository = repository_of(found, found.read("item.nameWithOwner", absent=""))
    listed = continued(
        found, "item.collaborators", "more", "who was let in", _PERMISSION, members="edges"
    )
    if isinstance(listed, Unknown):
        yield _right(found, repository, "?", listed, listed, "collaborator")
        return
    outside = _outside(found)
    for edge in listed:
        login = str(dig(edge, "node.login"))
        is_outside = outside is None or login in outside
        via = "outside collaborator" if is_outside else "collaborator"
        yield _right(found, repository, login, user_of(found, login), _given(edge), via)
        if outside is not None and login in outside:
            yield from user_row(found, dig(edge, "node"), account=login.lower())


def _right(
    found: Found, repository: str, name: str, who: Maybe[str], access: Maybe[str], via: str
) -> RepositoryRight:
    return RepositoryRight(
        id=f"{repository}/collaborator/{name.lower()}",
        **held_by(found),
        repository_id=repository,
        principal_id=who,
        access=access,
        via=via,
    )


def _outside(found: Found) -> frozenset[str] | None:
    """Return who is no member of the organisation; None where not all of them are shown."""
    listed = whole(found.read("item.outside", absent=None), "outside collaborators", _PERMISSION)
    if isinstance(listed, Unknown):
        return None
    return frozenset(str(each.get("login")) for each in listed)


def _given(edge: Mapping[str, Json]) -> Maybe[str]:
    """Return what the repository itself gives; where that is not told, all that he may do."""
    sources = edge.get("permissionSources")
    own = [
        str(dig(each, "permission"))
        for each in (sources if isinstance(sources, list) else ())
        if dig(each, "source.__typename") == "Repository"
    ]
    named = [each for each in own or [str(edge.get("permission"))] if each in ROLES]
    if not named:
        return Unknown("GitHub states a permission that this version does not know")
    return ROLES[max(named, key=_ORDER.index)]


COLLABORATORS = Collector(
    kind="github.collaborators.collaborator",
    service="graphql",
    title="People whom repositories let in by name",
    per=ORGANIZATION,
    listing=repositories("Collaborators", _PERMISSION, first=50),
    details=(
        rest_of(
            "more", "CollaboratorsOf", "item.collaborators", "collaborators.edges", _PERMISSION
        ),
    ),
    tables=(RepositoryRight, Principal),
    rows=_rows,
    source="https://docs.github.com/en/graphql/reference/objects#repositorycollaboratoredge",
)
