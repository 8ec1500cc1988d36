"""Deploy keys, and what guards environments."""

import pytest

from auditor.collect.github.keys import SETTINGS
from auditor.model import Json, Unknown
from auditor.tables import Builder, Principal, RepositoryRight
from tests.collect.github.finding import APP, BASE, cut, rows, whole

KEY: Json = {
    "id": "DK_1",
    "title": "deploy",
    "readOnly": True,
    "enabled": True,
    "createdAt": "2024-01-01T00:00:00Z",
}
GATE: Json = {"type": "REQUIRED_REVIEWERS", "reviewers": {"totalCount": 1}}


def repository(keys: Json = None, environments: Json = None) -> Json:
    return {"nameWithOwner": "acme/app", "deployKeys": keys, "environments": environments}


@pytest.mark.parametrize(("read_only", "access"), [(True, "read"), (False, "write")])
def test_a_key_is_a_principal_that_reaches_one_repository(read_only: bool, access: str) -> None:
    item = repository(whole({**KEY, "readOnly": read_only}), whole())
    principal, right = rows(SETTINGS, item)

    assert isinstance(principal, Principal)
    assert (principal.id, principal.lasting_keys) == (f"{BASE}/key/DK_1", 1)
    assert isinstance(right, RepositoryRight)
    assert (right.repository_id, right.principal_id) == (APP, principal.id)
    assert (right.access, right.via) == (access, "deploy key")


@pytest.mark.parametrize("keys", [None, cut()], ids=["hidden", "cut"])
def test_keys_that_are_not_all_shown_are_an_unknown_right(keys: Json) -> None:
    (right,) = rows(SETTINGS, repository(keys, whole()))

    assert isinstance(right, RepositoryRight)
    assert isinstance(right.principal_id, Unknown)


@pytest.mark.parametrize(
    ("rules", "gated"),
    [
        ([GATE], True),
        ([{"type": "REQUIRED_REVIEWERS", "reviewers": {"totalCount": 0}}], False),
        ([{"type": "WAIT_TIMER"}], False),
        ([], False),
    ],
    ids=["reviewers", "none named", "timer", "none"],
)
def test_an_environment_is_gated_by_reviewers_only(rules: list[Json], gated: bool) -> None:
    environment = {"name": "production", "protectionRules": whole(*rules)}
    (builder,) = rows(SETTINGS, repository(whole(), whole(environment)))

    assert isinstance(builder, Builder)
    assert (builder.kind, builder.name, builder.gated) == ("environment", "production", gated)
    assert builder.repository_id == APP


@pytest.mark.parametrize("environments", [None, cut()], ids=["hidden", "cut"])
def test_environments_that_are_not_all_shown_are_unknown(environments: Json) -> None:
    (builder,) = rows(SETTINGS, repository(whole(), environments))

    assert isinstance(builder, Builder)
    assert isinstance(builder.gated, Unknown)
