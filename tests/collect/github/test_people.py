"""Members: who they are, and what membership gives them."""

from typing import Any

import pytest

from auditor.collect.github.people import MEMBERS
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.tables import Principal, RepositoryRight
from tests.collect.github.finding import BASE, DENIED, ok, rows

ANN = f"{BASE}/user/ann"
NONE = Answer(outcome=Outcome.ABSENT, code="none")


def member(**changed: Json) -> dict[str, Any]:
    node = {
        "login": "Ann",
        "name": "The Boss of Everything",
        "createdAt": "2020-01-01T00:00:00Z",
        "organizationVerifiedDomainEmails": ["ann@acme.example"],
    }
    return {"role": "MEMBER", "hasTwoFactorEnabled": True, "node": node, **changed}


def seen(
    item: Json, identities: Answer = NONE, base: str | None = "read"
) -> tuple[Principal, list[RepositoryRight]]:
    found = rows(
        MEMBERS,
        item,
        parent={"default_repository_permission": base},
        details={"identities": identities},
    )
    (principal,) = (row for row in found if isinstance(row, Principal))
    return principal, [row for row in found if isinstance(row, RepositoryRight)]


def test_a_member_is_known_by_login_and_by_addresses_that_somebody_checked() -> None:
    """A display name is whatever its owner likes, so it names nobody."""
    principal, _ = seen(member())

    assert (principal.id, principal.name, principal.account) == (ANN, "ann", "acme")
    assert principal.known_as == ("ann", "ann@acme.example")
    assert principal.second_factor is True


def test_names_in_single_sign_on_are_names_of_the_member() -> None:
    nodes = [
        {"user": {"login": "ben"}, "samlIdentity": {"nameId": "ben@acme.example"}},
        {
            "user": {"login": "ann"},
            "samlIdentity": {"nameId": "A.Nn@acme.example", "emails": [{"value": "a@x"}]},
            "scimIdentity": None,
        },
        {"user": None, "samlIdentity": None},
    ]
    body = {
        "data": {"organization": {"samlIdentityProvider": {"externalIdentities": {"nodes": nodes}}}}
    }
    principal, _ = seen(member(), ok(body))

    assert principal.known_as == ("A.Nn@acme.example", "a@x", "ann", "ann@acme.example")


def test_hidden_names_are_unknown_names() -> None:
    principal, _ = seen(member(), DENIED)

    assert isinstance(principal.known_as, Unknown)
    assert principal.known_as.permission == "members:read"


@pytest.mark.parametrize(
    ("role", "base", "access", "via"),
    [
        ("ADMIN", "read", "administer", "owner"),
        ("MEMBER", "write", "write", "member"),
        ("MEMBER", "admin", "administer", "member"),
    ],
)
def test_membership_gives_what_the_organisation_says(
    role: str, base: str, access: str, via: str
) -> None:
    ((right,),) = seen(member(role=role), base=base)[1:]

    assert (right.repository_id, right.principal_id) == ("*", ANN)
    assert (right.access, right.via) == (access, via)


def test_membership_that_gives_nothing_is_no_right() -> None:
    assert seen(member(), base="none")[1] == []


def test_a_hidden_base_permission_is_an_unknown_right() -> None:
    (right,) = seen(member(), base=None)[1]

    assert isinstance(right.access, Unknown)


def test_an_organisation_that_requires_a_second_factor_has_no_member_without() -> None:
    parent = {"two_factor_requirement_enabled": True}
    found = rows(MEMBERS, member(hasTwoFactorEnabled=None), parent=parent)

    assert [row.second_factor for row in found if isinstance(row, Principal)] == [True]


def test_a_hidden_second_factor_is_unknown() -> None:
    assert isinstance(seen(member(hasTwoFactorEnabled=None))[0].second_factor, Unknown)
