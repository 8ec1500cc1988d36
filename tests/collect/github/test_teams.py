"""Teams: their members, and what they give."""

import pytest

from auditor.collect.github.teams import TEAMS
from auditor.model import Json, Unknown
from auditor.tables import Membership, RepositoryRight
from tests.collect.github.finding import APP, BASE, DENIED, cut, ok, rows, whole

TEAM = f"{BASE}/team/acme/release"


def team(**changed: Json) -> Json:
    edge = {"permission": "MAINTAIN", "node": {"nameWithOwner": "acme/app"}}
    return {
        "slug": "release",
        "name": "Release",
        "combinedSlug": "acme/release",
        "members": whole({"login": "Ann"}),
        "repositories": whole(edge, members="edges"),
        **changed,
    }


def test_a_team_has_members_and_rights() -> None:
    principal, membership, right = rows(TEAMS, team())

    assert principal.id == TEAM
    assert isinstance(membership, Membership)
    assert (membership.group_id, membership.member_id) == (TEAM, f"{BASE}/user/ann")
    assert isinstance(right, RepositoryRight)
    assert (right.repository_id, right.principal_id, right.access) == (APP, TEAM, "write")


@pytest.mark.parametrize("members", [None, cut({"login": "ann"})], ids=["hidden", "cut"])
def test_members_that_are_not_all_shown_are_anybody(members: Json) -> None:
    found = rows(TEAMS, team(members=members), details={"members": DENIED})

    assert [row.member_id for row in found if isinstance(row, Membership)] == ["?"]


def test_members_beyond_the_first_page_are_asked_for() -> None:
    more = {"data": {"organization": {"team": {"members": {"nodes": [{"login": "ben"}]}}}}}
    found = rows(TEAMS, team(members=cut({"login": "ann"})), details={"members": ok(more)})

    members = [row.member_id for row in found if isinstance(row, Membership)]
    assert members == [f"{BASE}/user/ann", f"{BASE}/user/ben"]


def test_hidden_repositories_are_an_unknown_right_to_all() -> None:
    found = rows(TEAMS, team(repositories=None))
    (right,) = (row for row in found if isinstance(row, RepositoryRight))

    assert right.repository_id == "*"
    assert isinstance(right.access, Unknown)
