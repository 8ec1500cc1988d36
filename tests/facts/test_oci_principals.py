"""Whom statements speak of: groups by their names, their members, and what denials leave them."""

from dataclasses import replace

import pytest

from auditor.model import Unknown
from auditor.tables import Flow, Row
from tests.facts.granting import (
    BUCKET,
    DATA,
    LOG,
    LOGS,
    OTHER,
    PROD,
    TENANCY,
    derived,
    member,
    policy,
    principal,
    reached,
    unit,
)

READERS, ADMINS = "ocid1.group.oc1..readers", "ocid1.group.oc1..admins"
ANN, BOB = "ocid1.user.oc1..ann", "ocid1.user.oc1..bob"
FUNCTIONS = "ocid1.dynamicgroup.oc1..functions"
PEOPLE: tuple[Row, ...] = (
    principal(READERS, "group", "Readers", "Readers", "Default/Readers"),
    principal(ADMINS, "group", "Administrators", "Administrators", "Default/Administrators"),
    principal(FUNCTIONS, "dynamic group", "functions", "functions", "Default/functions"),
    principal(ANN, "user", "ann"),
    principal(BOB, "user", "bob"),
    member(READERS, ANN),
    member(ADMINS, BOB),
)
READ = "Allow group Readers to read objects in tenancy"


NAMES = ("Readers", "readers", "Default/readers", "'default'/'Readers'", f"id {READERS}")


def test_a_group_is_found_by_its_name_and_so_are_its_members() -> None:
    """In whatever case and with or without the default domain; the way is stated."""
    said = (f"Allow group {name} to read objects in tenancy" for name in NAMES)
    facts = derived(*PEOPLE, *policy(*said))

    assert facts.rows("grants", "principal_id, path, through, stores, len(statements)") == [
        (READERS, [], [], 2, 5),
        (ANN, ["is in group Readers"], [READERS], 2, 5),
    ]


def test_groups_of_other_domains_are_not_those_of_the_default_one() -> None:
    """A name alone is one of the default domain."""
    away = principal("ocid1.group.oc1..away", "group", "Readers", "Partners/Readers")
    rows = (*policy("Allow group Partners/readers to read objects in tenancy"), away)
    facts = derived(*PEOPLE, *rows)

    assert facts.one("grants", "principal_id") == (away.id,)


@pytest.mark.parametrize(("read", "enabled"), [(True, False), (False, None)])
def test_a_group_that_is_not_there_has_its_row(read: bool, enabled: bool | None) -> None:
    """It can give nobody anything today; whether it is missing is known if groups were read."""
    read_all = [unit(TENANCY, table="principals")] if read else []
    facts = derived(*read_all, *policy("Allow group Gone to read objects in tenancy"))

    assert facts.one("principals", "id, kind, name, enabled") == (
        f"{TENANCY}/group/gone",
        "group",
        "Gone",
        enabled,
    )
    assert facts.one("grants", "principal_id, given") == (f"{TENANCY}/group/gone", True)


SPOKEN_OF = {
    "Allow dynamic-group functions to": (FUNCTIONS, "dynamic group", TENANCY),
    "Allow service FileStorage to": ("service:filestorage", "service", ""),
    "Allow any-user to": (f"{TENANCY}/any-user", "group", TENANCY),
    "Allow any-group to": (f"{TENANCY}/any-group", "group", TENANCY),
    "Admit any-user of tenancy other to": (OTHER, "account", OTHER),
    "Admit any-user of any-tenancy to": ("anybody", "anybody", "*"),
    "Admit group X of any-tenancy to": ("anybody", "anybody", "*"),
    "Admit group X of tenancy other to": (f"{OTHER}/group/x", "group", OTHER),
}


def test_everything_that_a_statement_speaks_of_is_a_principal() -> None:
    """Everybody of a tenancy is a group of it, and of another one that tenancy."""
    said = (f"{each} read objects in tenancy" for each in SPOKEN_OF)
    facts = derived(PEOPLE[2], *policy(*said))

    joined = facts.query(
        "SELECT principals.id, principals.kind, principals.account, len(statements) FROM grants "
        "JOIN principals ON principals.id = principal_id"
    )
    assert {tuple(each[:3]) for each in joined} == set(SPOKEN_OF.values())
    assert sorted(number for *_, number in joined) == [1, 1, 1, 1, 1, 1, 2]


def test_any_user_is_every_user_of_the_tenancy() -> None:
    """Each has a row, whatever groups they are in."""
    facts = derived(*PEOPLE, *policy("Allow any-user to read objects in tenancy"))

    assert {who for (who,) in facts.rows("grants", "principal_id")} == {
        f"{TENANCY}/any-user",
        ANN,
        BOB,
    }


def test_a_tenancy_that_nobody_defined_is_nobody_known() -> None:
    """The grant stays, of somebody unknown."""
    facts = derived(*policy("Admit group X of tenancy who-knows to read objects in tenancy"))

    assert facts.one("grants", "principal_id, stores") == (None, 2)
    assert "of which tenancy" in next(iter(facts.why("grants", "principal_id").values()))


DENIALS: dict[str, tuple[bool | None, bool] | None] = {
    "Deny group Readers to read objects in tenancy": None,
    "Deny group Readers to manage all-resources in tenancy": None,
    "Deny group Administrators to read objects in tenancy": (True, False),
    "Deny group Readers to read volumes in tenancy": (True, False),
    "Deny group Readers to inspect objects in tenancy": (None, False),
    "Deny group Readers to read objects in compartment prod": (None, False),
    "Deny group Readers to {OBJECT_READ} in tenancy": (None, False),
    "Deny group Readers to manage new-family in tenancy": (None, False),
    "Deny group Readers to read objects in tenancy where a.b = 'c'": (True, True),
    "Deny group Readers to read objects in tenancy where request.region = 'iad'": None,
    "Deny group Readers to read objects in tenancy where request.region = 'fra'": (True, False),
    "Deny group Readers to read objects in tenancy where request.utc-timestamp before "
    "'2026-11-01T00:00Z'": (True, False),
}


def test_a_denial_takes_away_what_it_surely_covers() -> None:
    """From the group and its members; what it may take away is unknown."""
    rows: list[Row] = []
    said: list[str] = []
    for number, denial in enumerate(DENIALS):
        group, user = f"group-{number}", f"user-{number}"
        rows += [principal(group, "group", group, group), principal(user, "user", user)]
        rows.append(member(group, user))
        said += [READ.replace("Readers", group), denial.replace("Readers", group)]
    facts = derived(*PEOPLE, *rows, *policy(*said))

    found: dict[str, set[tuple[bool | None, bool]]] = {}
    for who, given, conditional in facts.rows("grants", "principal_id, given, conditional"):
        found.setdefault(who, set()).add((given, conditional))
    expected = {
        f"{kind}-{number}": {left}
        for number, left in enumerate(DENIALS.values())
        for kind in ("group", "user")
        if left is not None
    }
    assert found == expected


def test_a_denial_of_everybody_binds_every_group() -> None:
    """But for those who cannot be bound."""
    facts = derived(*PEOPLE, *policy(READ, "Deny any-user to manage objects in tenancy"))

    assert facts.rows("grants", "id") == []


def test_a_denial_of_any_user_binds_those_of_its_own_tenancy() -> None:
    """Whom an admission lets in, only the denial of an admission keeps out."""
    admitted = "Admit group X of tenancy other to read objects in tenancy"
    serve = "Allow service FileStorage to read objects in tenancy"
    deny = "manage all-resources in tenancy"
    own = derived(*PEOPLE, *policy(READ, admitted, serve, f"Deny any-user to {deny}"))
    shut = f"Deny admit any-user of tenancy other to {deny}"
    others = derived(*PEOPLE, *policy(READ, admitted, shut))

    assert {who for (who,) in own.rows("grants", "principal_id")} == {
        f"{OTHER}/group/x",
        "service:filestorage",
    }
    assert {who for (who,) in others.rows("grants", "principal_id")} == {
        READERS,
        ANN,
    }


def test_a_denial_of_one_group_binds_whoever_is_in_it() -> None:
    """What another group gives a member is taken away from that member alone."""
    facts = derived(
        *PEOPLE,
        member(READERS, "carl"),
        principal("carl", "user", "carl"),
        principal("g", "group", "Abroad", "Abroad"),
        member("g", ANN),
        *policy(READ, "Deny group Abroad to read objects in tenancy"),
    )

    assert {who for (who,) in facts.rows("grants", "principal_id")} == {READERS, "carl"}


def test_no_denial_binds_the_first_administrators() -> None:
    """Oracle exempts them, so that a tenancy cannot be locked."""
    facts = derived(
        *PEOPLE,
        *policy(
            "Allow group Administrators to manage all-resources in tenancy",
            "Deny any-user to manage all-resources in tenancy",
        ),
    )

    assert {who for (who,) in facts.rows("grants", "principal_id")} == {ADMINS, BOB}


def test_a_provider_fills_a_group_by_the_name_that_its_domain_has_for_it() -> None:
    """The domain's records point at the group by another id than its OCID."""
    readers = principal(READERS, "group", "Readers", "Readers")
    named = replace(readers, attributes={"id in its domain": "scim-readers"})
    provider = principal("idp", "federation", "parent")
    facts = derived(named, provider, member("scim-readers", "idp"), *policy(READ))

    assert facts.one("memberships", "id, group_id") == (f"{READERS}/idp", READERS)
    assert {who for (who,) in facts.rows("grants", "principal_id")} == {READERS, "idp"}


def test_the_plain_way_counts_and_not_the_conditional_one() -> None:
    """Of two groups that give the same, the one without a condition is the way."""
    facts = derived(
        *PEOPLE,
        principal("g", "group", "A", "A"),
        member("g", ANN),
        *policy("Allow group A to read objects in tenancy where b.c = 'd'", READ),
    )

    assert facts.query(f"SELECT conditional, through FROM grants WHERE principal_id = '{ANN}'") == [
        (False, [READERS])
    ]


@pytest.mark.parametrize(("active", "given"), [(True, True), (False, None), ("?", None)])
def test_who_has_a_link_may_read(active: bool | str, given: bool | None) -> None:
    """A pre-authenticated request asks for nobody's name; one that ended gives nothing."""
    unknown = Unknown("not part of this test")
    flow = Flow(
        id=f"{BUCKET}/link/1",
        provider="oci",
        account=TENANCY,
        region="us-ashburn-1",
        store_id=BUCKET,
        mechanism="link",
        target_id="*",
        target_account="*",
        target_region=unknown,
        target_country="*",
        target_operator=unknown,
        active=active if isinstance(active, bool) else unknown,
    )
    found = reached(derived(flow), "principal_id", "access", "given")

    assert found == ({} if active is False else {("anybody", "read", given): {BUCKET}})


def test_stores_of_an_extent_are_runs_of_ids() -> None:
    """Between a first and a last store there is no other; alike ones share an extent."""
    facts = derived(
        *policy(
            "Allow group A to read objects in tenancy",
            "Allow group B to read object-family in tenancy",
            f"Allow group C to read objects in compartment id {LOGS}",
            f"Allow group D to read objects in compartment id {DATA}",
            f"Allow group E to read objects in compartment id {PROD}",
        )
    )

    assert reached(facts, "principal_id") == {
        (f"{TENANCY}/group/{name}",): stores
        for name, stores in {
            "a": {BUCKET, LOG},
            "b": {BUCKET, LOG},
            "c": {LOG},
            "d": {BUCKET},
            "e": {BUCKET},
        }.items()
    }
    assert len(facts.query("SELECT DISTINCT extent_id FROM extents")) == 3
