"""Whose principals are: by the roster, their directory, or the party that owns their account."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.model import Party, Person, Unknown
from auditor.tables import Membership, Principal, Row
from tests.facts.deriving import Facts
from tests.facts.identifying import ACCOUNT, OURS, PARTIES, THEIRS, about, person, role, user

WHO = "person_id, human, employer, country, covered_person"
NOBODY_KNOWS = (None, None, None, None, None)


def found(*rows: Row, roster: tuple[Person, ...] = (), **changes: Any) -> Facts:
    """Return the facts of an estate with these principals."""
    return Facts([ACCOUNT, *rows], about(*roster, **changes))


def test_a_user_on_the_roster_is_that_person() -> None:
    """Every column of the line arrives."""
    jane = person("jane", residence="CA", left="2026-03-01")
    columns = f'{WHO}, person_name, residence, vetted_until, "left", owner_id'
    assert found(user("jane"), roster=(jane,)).one("principals", columns) == (
        "jane", True, "Northstar", "US", False, "Jane", "CA", "2026-12-31", "2026-03-01", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("principal", "line"),
    [
        (user("x", known_as=("JANE",)), person("jane")),
        (user("x", known_as=("Jane@Example.com",)), person("1", principals=("jane@example.com",))),
        (user("x", known_as=("j.r",)), person("1", principals=("*.r",))),
        (role("deploy"), person("1", principals=("*:role/deploy",))),
        (role("deploy", THEIRS), person("1", principals=(f"arn:aws:iam::{THEIRS}:role/*",))),
        (user("j*r"), person("1", principals=("j[*]r",))),
        (user("root", kind="root", id=f"arn:aws:iam::{OURS}:root"), person("root")),
    ],
)
def test_names_that_a_line_of_the_roster_claims(principal: Principal, line: Person) -> None:
    """By any name that the own directory gives it, whatever the case; elsewhere by its id."""
    assert found(principal, roster=(line,)).one("principals", "person_id") == (line.id,)


@pytest.mark.parametrize(
    ("principal", "line"),
    [
        (user("jane", THEIRS), person("jane")),
        (user("jane", THEIRS), person("1", principals=("jane",))),
        (user("x", THEIRS, known_as=("jane",)), person("jane")),
        (role("jane"), person("jane")),
        (user("janet"), person("jane")),
        (user("jxr"), person("1", principals=("j[*]r",))),
        (user("j\nr"), person("1", principals=("jr",))),
    ],
)
def test_names_that_are_nobodys(principal: Principal, line: Person) -> None:
    """A stranger may call a user after anybody, and a role is no person by its name."""
    assert found(principal, roster=(line,)).one("principals", "person_id") == (None,)


def test_whom_two_lines_claim_is_unknown_and_says_so() -> None:
    """Neither line is taken, and neither the directory nor the account speaks instead."""
    claimed = user("x", known_as=("jane", "john"), attributes={"employer": "E", "country": "US"})
    facts = found(claimed, roster=(person("jane"), person("john")))
    assert facts.one("principals", WHO) == NOBODY_KNOWS
    reason = "several lines of the roster claim it: jane, john"
    assert facts.why("principals", "person_id") == {claimed.id: reason}
    assert facts.why("principals", "employer") == {claimed.id: reason}


def test_an_exact_name_says_more_than_a_pattern() -> None:
    """A pattern for all roles leaves the one that has a line of its own."""
    lines = (person("all", principals=("*:role/*",)), person("one", principals=(role("one").id,)))
    facts = found(role("one"), role("two"), roster=lines)
    assert facts.rows("principals", "person_id") == [("one",), ("all",)]


def test_who_is_not_on_the_roster_is_unknown() -> None:
    """Not innocent: nothing is known of the person, and the reason says why."""
    facts = found(user("stranger"), roster=(person("jane"),))
    assert facts.one("principals", WHO) == NOBODY_KNOWS
    assert set(facts.why("principals", "person_id").values()) == {"no line of the roster names it"}


def test_a_password_is_for_a_person() -> None:
    """Users that sign in with one, root users and people of a directory are human."""
    kinds = [user("a", password=True), user("b", password=False), user("c", kind="resource")]
    kinds += [user("d", kind="person"), user("e", kind="root"), user("f", kind="role")]
    facts = found(*kinds)
    assert facts.rows("principals", "human") == [
        (True,), (None,), (False,), (True,), (True,), (None,),
    ]  # fmt: skip


def test_a_service_answers_with_its_owner() -> None:
    """What its own line leaves open is the owner's; one who has left is no owner."""
    jane = person("jane", covered_person=True, country="DE")
    service = Person(
        id="s", name="S", employer="", country="", kind="service", owner="jane", principals=("s",)
    )
    columns = f"{WHO}, owner_id, vetted_until"
    facts = found(user("s"), roster=(jane, service))
    assert facts.one("principals", columns) == (
        "s", False, "Northstar", "DE", True, "jane", "2026-12-31",
    )  # fmt: skip
    gone = person("jane", left="2026-01-01")
    facts = found(user("s"), roster=(gone, service))
    assert facts.one("principals", "owner_id") == ("",)
    last = person("jane", left="2026-01-02")
    assert found(user("s"), roster=(last, service)).one("principals", "owner_id") == ("jane",)


def test_a_directory_speaks_where_the_roster_does_not() -> None:
    """It fills what a line leaves empty, never what it says."""
    said = {"employer": "Vendor", "country": "IN"}
    lines = (
        Person(id="a", name="", employer="", country=""),
        person("b", employer="Northstar", country="US"),
    )
    users = [user(name, attributes=said) for name in "abc"]
    facts = found(*users, roster=lines)
    assert facts.rows("principals", "person_id, employer, country") == [
        ("a", "Vendor", "IN"),
        ("b", "Northstar", "US"),
        (None, "Vendor", "IN"),
    ]


@pytest.mark.parametrize(
    ("written", "country"), [("us", "US"), (" DE ", "DE"), ("United States", None), ("", None)]
)
def test_a_country_in_a_directorys_own_words_is_unknown(written: str, country: str | None) -> None:
    """Directories take any text there; only a code can be held against a list."""
    facts = found(user("a", attributes={"country": written}))
    assert facts.one("principals", "country") == (country,)


def test_a_permission_set_whose_role_was_not_found_is_judged_by_its_members() -> None:
    """It stands for the role that it becomes in the account."""
    set_of = role("x", id=f"arn:aws:sso:::permissionSet/ssoins-1/ps-1/{OURS}")
    member = Membership(id="m", provider="aws", group_id=set_of.id, member_id="p")
    assert found(set_of, member).one("principals", "collective") == (True,)


def test_an_outside_account_is_its_owners() -> None:
    """So is every user and role of it, unless the roster names one."""
    account = user("", THEIRS, id=THEIRS, kind="account")
    facts = found(account, role("reader", THEIRS))
    party = ("Farshore", "SG", True)
    assert facts.rows("principals", "person_id, employer, country, covered_person") == [
        ("", *party),
        (None, *party),
    ]


def test_a_strangers_account_is_unknown() -> None:
    """Unless it can be read where its owner sits."""
    stranger = user("", "5", id="5", kind="account", attributes=Unknown("no"))
    seen = user("", "6", id="6", kind="account", attributes={"country": "FR"})
    facts = found(stranger, seen)
    assert facts.rows("principals", "person_id, employer, country, covered_person") == [
        ("", None, None, None),
        ("", None, "FR", None),
    ]


def test_an_excluded_party_that_is_audited_owns_its_users() -> None:
    """Those of the company's own account are nobody's until the roster names them."""
    parties = (Party(name="Farshore", roles=("excluded",), accounts=(OURS,), country="SG"),)
    facts = found(user("a"), parties=parties)
    assert facts.one("principals", "employer, country, covered_person") == ("Farshore", "SG", True)
    assert found(user("a")).one("principals", "employer") == (None,)


def test_groups_services_and_everybody() -> None:
    """Members of a group are judged one by one; a service is its operator's; anybody is anybody."""
    sso = role("aws-reserved/sso.amazonaws.com/AWSReservedSSO_Reader_1")
    empty = role("aws-reserved/sso.amazonaws.com/AWSReservedSSO_Writer_2")
    linked = role("aws-service-role/x.amazonaws.com/Linked")
    group = user("g", kind="group")
    service = user("", id="service:x.amazonaws.com", account="", kind="service")
    everybody = user("", id="anybody", account="*", kind="anybody")
    member = Membership(id="m", provider="aws", group_id=sso.id, member_id="p")
    facts = found(sso, empty, linked, group, service, everybody, member)
    assert facts.rows("principals", f"collective, {WHO}") == [
        (False, "", False, "*", "*", True),
        (True, "", False, "", "", False),
        (False, *NOBODY_KNOWS),
        (False, "", False, "Trusted", "US", False),
        (True, "", False, "", "", False),
        (False, "", False, "Trusted", "US", False),
    ]


def test_a_group_of_an_outside_account_is_its_owners() -> None:
    """Its members are not seen, so that nobody judges them one by one."""
    facts = found(user("g", THEIRS, kind="group"))
    assert facts.one("principals", "collective, employer") == (False, "Farshore")


@pytest.mark.parametrize(
    ("written", "employer"),
    [
        ("farshore ", "Farshore"),
        ("Cloud Inc", "Trusted"),
        ("Farshore Pte. Ltd.", None),
        ("Far", None),
        ("Vendor", "Vendor"),
    ],
)
def test_spellings_of_employers(written: str, employer: str | None) -> None:
    """A party is known by its name or as an operator; nobody slips through by a spelling."""
    facts = found(user("jane"), roster=(person("jane", employer=written),))
    assert facts.one("principals", "employer") == (employer,)
    if employer is None:
        (reason,) = facts.why("principals", "employer").values()
        assert "the excluded party Farshore" in reason


def test_two_operators_of_one_provider_leave_services_open() -> None:
    """Whose a service is that both run cannot be told."""
    service = user("", id="service:x.amazonaws.com", account="", kind="service")
    other = Party(name="Other", roles=("trusted provider",), operators=("Sinnet",))
    second = replace(ACCOUNT, id="222233334444", operator="Sinnet")
    facts = found(service, second, parties=(*PARTIES, other))
    assert facts.one("principals", "employer") == (None,)
