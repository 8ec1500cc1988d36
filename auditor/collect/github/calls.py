"""Calls that several collectors of GitHub are made of."""

from collections.abc import Callable
from typing import Any

from auditor.collect.github.reading import PAGE
from auditor.spec import Detail, Found, Listing

ORGANIZATION = ("host", "account")  # axes that every collector lists along


def repositories(operation: str, permission: str, *, first: int = PAGE, **more: Any) -> Listing:
    """Return a listing of an organisation's repositories, with what one query asks of them."""
    return Listing(
        service="graphql",
        operation=operation,
        permission=permission,
        items="data.organization.repositories.nodes",
        parameters={"first": first},
        bind={"organization": "place.account"},
        **more,
    )


def listing(path: str, permission: str, *, items: str = ".", **more: Any) -> Listing:
    """Return a listing of the REST API about the organisation."""
    parameters = {"per_page": PAGE, **more.pop("parameters", {})}
    return Listing(
        service="rest",
        operation=f"GET /orgs/{{org}}/{path}",
        permission=permission,
        items=items,
        parameters=parameters,
        bind={"org": "place.account"},
        **more,
    )


def rest_of(name: str, operation: str, cut: str, items: str, permission: str) -> Detail:
    """Return a detail that asks for the rest of a repository's nested list where it was cut.

    Args:
        cut: path of the nested list.
        items: path in the answer, below the repository.
    """
    return Detail(
        name=name,
        service="graphql",
        operation=operation,
        permission=permission,
        when=f"{cut}.pageInfo.hasNextPage",
        items=f"data.repository.{items}",
        parameters={"first": PAGE // 2},
        compose={"owner": owner_of, "name": name_of, "after": lambda found: after(found, cut)},
    )


def owner_of(found: Found) -> str:
    """Return the owner of a listed repository."""
    return str(found.read("item.nameWithOwner", absent="/")).partition("/")[0]


def name_of(found: Found) -> str:
    """Return the short name of a listed repository."""
    return str(found.read("item.nameWithOwner", absent="/")).partition("/")[2]


def owner_at(axis: str) -> Callable[[Found], str]:
    """Return what reads the owner off a place 'OWNER/NAME', or 'OWNER/NAME@PART'."""
    return lambda found: found.place[axis].partition("/")[0]


def name_at(axis: str) -> Callable[[Found], str]:
    """Return what reads the short name off such a place."""
    return lambda found: found.place[axis].partition("@")[0].partition("/")[2]


def after(found: Found, cut: str) -> str | None:
    """Return the place at which a nested list was cut."""
    cursor = found.read(f"{cut}.pageInfo.endCursor", absent=None)
    return cursor if isinstance(cursor, str) else None
