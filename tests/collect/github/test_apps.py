"""Apps and tokens that an organisation lets in."""

import pytest

from auditor.collect.github.apps import APPS, TOKENS
from auditor.model import Answer, Json
from auditor.tables import RepositoryRight
from tests.collect.github.finding import APP, BASE, DENIED, ok, rows


def installed(permissions: Json) -> list[str]:
    item = {
        "app_slug": "Merger",
        "created_at": "2024-01-01T00:00:00Z",
        "suspended_at": None,
        "repository_selection": "selected",
        "permissions": permissions,
    }
    principal, *rights = rows(APPS, item)
    assert principal.id == f"{BASE}/app/merger"
    return [str(row.access) for row in rights if isinstance(row, RepositoryRight)]


@pytest.mark.parametrize(
    ("permissions", "accesses"),
    [
        ({"contents": "read"}, ["read"]),
        ({"contents": "write"}, ["write", "read"]),
        ({"workflows": "write"}, ["write"]),
        ({"administration": "write"}, ["administer"]),
        ({"administration": "read", "issues": "write"}, []),
    ],
)
def test_an_app_may_what_its_permissions_come_to(permissions: Json, accesses: list[str]) -> None:
    assert installed(permissions) == accesses


@pytest.mark.parametrize("hidden", [None, "all"])
def test_permissions_that_are_not_shown_may_be_all(hidden: Json) -> None:
    """Nobody is innocent because GitHub hides what he may."""
    (access,) = installed(hidden)
    assert "does not show what the App may do" in access


def token(
    selection: str, repositories: Answer | None = None, **changed: Json
) -> list[RepositoryRight]:
    item = {
        "id": 25,
        "owner": {"login": "Ann"},
        "repository_selection": selection,
        "permissions": {"repository": {"contents": "write"}},
        "token_expires_at": "2027-01-01T00:00:00Z",
        **changed,
    }
    details = {"repositories": repositories} if repositories else {}
    return [row for row in rows(TOKENS, item, details=details) if isinstance(row, RepositoryRight)]


def test_a_token_is_a_right_of_its_owner_to_the_repositories_that_were_chosen() -> None:
    found = token("subset", ok([{"full_name": "acme/app"}]))

    assert {(row.repository_id, row.principal_id) for row in found} == {(APP, f"{BASE}/user/ann")}
    assert [row.access for row in found] == ["write", "read"]
    assert {row.expires for row in found} == {"2027-01-01T00:00:00.000Z"}


@pytest.mark.parametrize(
    ("selection", "answer"),
    [("all", DENIED), ("subset", DENIED), ("subset", None)],
    ids=["all", "refused", "not asked"],
)
def test_a_token_whose_repositories_are_hidden_reaches_all(
    selection: str, answer: Answer | None
) -> None:
    assert {row.repository_id for row in token(selection, answer)} == {"*"}


def test_a_token_for_no_repository_is_no_right() -> None:
    assert token("none") == []


def test_a_token_may_never_end() -> None:
    assert {row.expires for row in token("all", token_expires_at=None)} == {""}
