"""Runners of repositories' own, and where the organisation lets them have any."""

from typing import Any

import pytest

from auditor.collect.github.own_runners import ALLOWED, RUNNERS
from auditor.model import Answer, Json, Unknown
from auditor.tables import Builder
from tests.collect.github.finding import APP, BASE, DENIED, found, ok, rows

LISTED: Json = [
    {"full_name": "acme/app", "archived": False},
    {"full_name": "acme/old", "archived": True},
]
CHOSEN = {"repositories": [{"full_name": "acme/lib"}]}


def allowed(choice: Any, **details: Answer) -> tuple[str, ...]:
    """Return the repositories that are asked for runners."""
    assert ALLOWED.axis is not None
    one = found(ALLOWED, {"enabled_repositories": choice}, details=details)
    return ALLOWED.axis.values_of(one)


@pytest.mark.parametrize(
    ("choice", "details", "asked"),
    [
        ("all", {"all": ok(LISTED)}, ("acme/app",)),
        ("selected", {"selected": ok(CHOSEN)}, ("acme/lib",)),
        ("none", {}, ()),
    ],
)
def test_only_where_they_are_allowed_runners_are_looked_for(
    choice: str, details: dict[str, Answer], asked: tuple[str, ...]
) -> None:
    """What is archived runs nothing."""
    assert allowed(choice, **details) == asked
    assert rows(ALLOWED, {"enabled_repositories": choice}, details=details) == []


@pytest.mark.parametrize("choice", ["all", "selected", "none"])
def test_only_the_list_that_the_setting_speaks_of_is_asked_for(choice: str) -> None:
    one = found(ALLOWED, {"enabled_repositories": choice})
    asked = [each.name for each in ALLOWED.details if each.applies and each.applies(one)]

    assert asked == [each for each in ("selected", "all") if each == choice]


@pytest.mark.parametrize(
    ("item", "details"),
    [
        ({"enabled_repositories": "all"}, {"all": DENIED}),
        ({"enabled_repositories": "selected"}, {"selected": DENIED}),
        ({}, {}),
        ({"enabled_repositories": "some"}, {}),
    ],
    ids=["all", "selected", "hidden", "a new word"],
)
def test_runners_that_may_be_there_are_unknown(item: Json, details: dict[str, Answer]) -> None:
    (row,) = rows(ALLOWED, item, details=details)

    assert isinstance(row, Builder)
    assert isinstance(row.self_hosted, Unknown)
    assert row.self_hosted.permission in ("organization_administration:read", "metadata:read")


def test_a_runner_builds_the_repository_that_has_it() -> None:
    (row,) = rows(RUNNERS, {"id": 32, "name": "mini"}, repository="acme/app")

    assert isinstance(row, Builder)
    assert (row.id, row.repository_id) == (f"{APP}/runner/32", f"{BASE}/acme/app")
    assert (row.kind, row.name, row.self_hosted) == ("runner", "mini", True)
    one = found(RUNNERS, None, repository="acme/app")
    made = {name: compose(one) for name, compose in RUNNERS.listing.compose.items()}
    assert made == {"owner": "acme", "repo": "app"}
