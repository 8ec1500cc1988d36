"""People whom a repository lets in by name."""

from typing import Any

import pytest

from auditor.collect.github.collaborators import COLLABORATORS
from auditor.model import Json, Unknown
from auditor.tables import Principal, RepositoryRight
from tests.collect.github.finding import APP, BASE, cut, rows, whole

ANN = f"{BASE}/user/ann"


def edge(login: str = "Ann", **changed: Json) -> dict[str, Any]:
    sources = [
        {"permission": "ADMIN", "source": {"__typename": "Team"}},
        {"permission": "WRITE", "source": {"__typename": "Repository"}},
    ]
    return {
        "permission": "ADMIN",
        "permissionSources": sources,
        "node": {"login": login, "createdAt": "2020-01-01T00:00:00Z"},
        **changed,
    }


def seen(collaborators: Json, outside: Json) -> list[Any]:
    item = {"nameWithOwner": "acme/app", "collaborators": collaborators, "outside": outside}
    return rows(COLLABORATORS, item)


def test_the_repository_itself_gives_what_it_gives() -> None:
    (right,) = seen(whole(edge(), members="edges"), whole())

    assert (right.repository_id, right.principal_id) == (APP, ANN)
    assert (right.access, right.via) == ("write", "collaborator")


def test_a_hidden_source_leaves_all_that_somebody_may() -> None:
    (right,) = seen(whole(edge(permissionSources=None), members="edges"), whole())

    assert right.access == "administer"


def test_strangers_are_principals_of_their_own() -> None:
    right, principal = seen(whole(edge(), members="edges"), whole({"login": "Ann"}))

    assert right.via == "outside collaborator"
    assert isinstance(principal, Principal)
    assert (principal.id, principal.account) == (ANN, "ann")


@pytest.mark.parametrize("outside", [None, cut()], ids=["hidden", "cut"])
def test_whoever_may_be_a_stranger_counts_as_one(outside: Json) -> None:
    (right,) = seen(whole(edge(), members="edges"), outside)

    assert right.via == "outside collaborator"


def test_hidden_collaborators_are_an_unknown_right() -> None:
    (right,) = seen(None, None)

    assert isinstance(right, RepositoryRight)
    assert isinstance(right.principal_id, Unknown)
    assert right.principal_id.permission == "administration:read"


def test_an_unknown_permission_is_unknown() -> None:
    odd = edge(permission="EMPEROR", permissionSources=[])
    (right,) = seen(whole(odd, members="edges"), whole())

    assert isinstance(right.access, Unknown)
