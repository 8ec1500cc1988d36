"""Who becomes others of an identity domain by an administrator's role within it."""

from dataclasses import replace

import pytest

from auditor.tables import Guardrail, Principal, Row
from tests.facts.deriving import Facts
from tests.facts.granting import TENANCY, derived, member, policy, principal
from tests.facts.test_oci_paths import CAT, KEEPERS, account, of
from tests.facts.test_oci_principals import ADMINS, ANN, BOB, PEOPLE, READ, READERS

HERE, ELSEWHERE = "ocid1.domain.oc1..here", "ocid1.domain.oc1..elsewhere"
DAN = "ocid1.user.oc1..dan"
ROLE = "ocid1.domainapprole.oc1..role"


def within(domain: str, *rows: Row) -> list[Row]:
    """Return rows whose principals are those of a domain."""
    return [
        replace(row, attributes={"domain": domain}) if isinstance(row, Principal) else row
        for row in rows
    ]


def role(name: str, domain: str = HERE, groups: str = "", id_: str = ROLE) -> Principal:
    """Return an administrator's role of a domain."""
    limits = {"limited to groups": groups} if groups else {}
    attributes = {"administrator role": name, "domain": domain, **limits}
    return replace(principal(id_, "group", name), attributes=attributes)


SOME: tuple[Row, ...] = (
    account(),
    *within(
        HERE,
        *PEOPLE,
        principal(KEEPERS, "group", "Keepers", "Keepers"),
        principal(CAT, "user", "cat"),
        principal(DAN, "user", "dan"),
        member(KEEPERS, DAN),
    ),
    *policy(READ),
)


def held(name: str, *rows: Row, groups: str = "") -> Facts:
    """Return the facts where cat has a role."""
    return derived(*SOME, role(name, groups=groups), member(ROLE, CAT), *rows)


@pytest.mark.parametrize(
    ("name", "given", "step"),
    [
        ("Identity Domain Administrator", True, "joins group Readers"),
        ("User Administrator", True, "joins group Readers"),
        ("User Manager", True, "makes credentials of user ann"),
        ("Security Administrator", True, "changes who vouches for user ann"),
        ("Help Desk Administrator", None, "resets the password of user ann"),
        ("A Role Of Tomorrow", None, "joins group Readers"),
    ],
)
def test_roles_make_their_holders_others(name: str, given: bool | None, step: str) -> None:
    """Surely where the role is known to give it, and never nothing where it is not known."""
    ((access, sure, conditional, path, through),) = of(held(name), CAT)

    assert (access, sure, conditional) == ("read", given, False)
    assert isinstance(path, list)
    assert path[:2] == [f"has administrator role {name}", step]
    assert isinstance(through, list)
    assert through[0] == ROLE


def test_who_only_runs_reports_becomes_nobody() -> None:
    """An audit administrator changes neither users nor groups."""
    assert of(held("Audit Administrator"), CAT) == []


def test_a_role_ends_at_its_domain() -> None:
    """Groups and people of another one are out of its reach."""
    facts = derived(*SOME, role("Identity Domain Administrator", ELSEWHERE), member(ROLE, CAT))

    assert of(facts, CAT) == []


def test_of_whom_the_domain_is_not_known_stays_open() -> None:
    """He may be in that one."""
    rows = [principal(READERS, "group", "Readers", "Readers"), principal(CAT, "user", "cat")]
    facts = derived(
        account(),
        *rows,
        role("Identity Domain Administrator"),
        member(ROLE, CAT),
        *policy(READ),
    )

    assert [each[:2] for each in of(facts, CAT)] == [("read", None)]


def test_members_of_a_group_have_its_role() -> None:
    """By way of the group."""
    facts = derived(*SOME, role("User Administrator"), member(ROLE, KEEPERS))

    ((*_, path, through),) = of(facts, DAN)
    assert path == [
        "is in group Keepers",
        "has administrator role User Administrator",
        "joins group Readers",
    ]
    assert through == [KEEPERS, ROLE, READERS]


@pytest.mark.parametrize(
    ("groups", "given"),
    [(READERS, [True]), (KEEPERS, []), ("?", [None])],
    ids=["theirs", "of others", "not told"],
)
def test_limits_leave_the_members_of_groups(groups: str, given: list[bool | None]) -> None:
    """Only ann may read, and she is in one of the groups."""
    facts = held("User Manager", groups=groups)

    assert [each[1] for each in of(facts, CAT)] == given


def test_power_over_those_with_roles_is_not_sure() -> None:
    """A domain's own administrators alone surely have it."""
    chief = role("Identity Domain Administrator", id_="chiefs")
    lesser = held("User Manager", chief, member("chiefs", ANN))
    assert [each[1] for each in of(lesser, CAT)] == [None]
    of_all = held("Identity Domain Administrator", chief, member("chiefs", READERS))
    assert [each[1] for each in of(of_all, CAT)] == [True]


@pytest.mark.parametrize(
    ("name", "changes"),
    [("Security Administrator", {True}), ("User Administrator", set())],
)
def test_who_keeps_a_domain_changes_its_guardrails(name: str, changes: set[bool]) -> None:
    """Those that are of the domain."""
    policy_ = Guardrail(
        id="sign-on",
        provider="oci",
        account=TENANCY,
        name="sign-on",
        kind="sign-on policy",
        target_id=HERE,
        enforced=True,
        limits=("networks",),
    )
    facts = held(name, policy_)

    found = facts.query(
        f"SELECT given FROM powers WHERE principal_id = '{CAT}' AND power = 'change guardrails'"
    )
    assert {given for (given,) in found} == changes


def test_roles_that_nobody_could_list_may_be_anybodys() -> None:
    """Whoever holds one may be a member of any group."""
    unread, somebody = f"{HERE}/administrator role/?", "somebody"
    facts = derived(
        *SOME,
        role("?", id_=unread),
        principal(somebody, "user", "?"),
        member(unread, somebody),
    )

    assert [each[:2] for each in of(facts, somebody)] == [("read", None)]
    assert all("administrator's role" in why for why in facts.why("grants", "given").values())
    assert of(facts, BOB) == of(facts, ADMINS) == []
