"""Rights over repositories that teams give: to whom they are given."""

import pytest

from auditor.tables import Membership, Row
from tests.facts.coding import ANNA, CAROL, WHERE, estate, right, settled
from tests.facts.deriving import Facts

TEAM = "github/github.com/team/acme/reviewers"
GIVEN = right(CAROL, id="r", principal_id=TEAM, through=TEAM, evidence=(4,))


def member(who: str, number: int = 7) -> Membership:
    """Return who is in the team."""
    return Membership(
        id=f"{TEAM}/{who}",
        evidence=(number,),
        provider=WHERE["provider"],
        group_id=TEAM,
        member_id=who,
    )


def test_each_member_of_a_team_has_its_right() -> None:
    """With the evidence of both, and the team as the way."""
    facts = Facts(estate(GIVEN, member(ANNA.id), member(CAROL.id, 2)), settled())

    assert facts.rows("repository_rights", "principal_id, through, access, evidence") == [
        (ANNA.id, TEAM, "read", [4, 7]),
        (CAROL.id, TEAM, "read", [2, 4]),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param((GIVEN, member(CAROL.id)), True, id="a reviewer is in the team"),
        pytest.param((GIVEN, member(ANNA.id)), False, id="only others are"),
        pytest.param((GIVEN,), False, id="nobody is"),
        pytest.param((GIVEN, member(ANNA.id), member("?")), None, id="not all were listed"),
    ],
)
def test_reviewers_read_what_their_team_may(rows: tuple[Row, ...], expected: bool | None) -> None:
    """A team in which nobody is gives nobody anything."""
    assert Facts(estate(*rows), settled()).one("repositories", "reviewers_read") == (expected,)


def test_members_that_could_not_be_listed_are_told() -> None:
    """With what would let them be."""
    facts = Facts(estate(GIVEN, member("?")), settled())

    assert facts.rows("repository_rights", "id, principal_id") == [("r/?", None)]
    assert facts.query(
        "SELECT row_id, \"column\", permission FROM unknowns WHERE of_table = 'repository_rights'"
    ) == [("r/?", "principal_id", "members:read")]


def test_rights_given_by_name_stay_as_they_are() -> None:
    """Whatever teams there are."""
    facts = Facts(estate(right(ANNA, id="own"), member(ANNA.id)), settled())

    assert facts.rows("repository_rights", "id, principal_id") == [("own", ANNA.id)]
