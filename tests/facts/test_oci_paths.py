"""Who becomes somebody else, and who changes what records or prevents, in Oracle Cloud."""

import pytest

from auditor.tables import Account, Guardrail, Row, Trail
from tests.facts.deriving import Facts
from tests.facts.granting import DATA, LOGS, TENANCY, derived, key, member, policy, principal
from tests.facts.test_oci_principals import ANN, PEOPLE, READ, READERS

KEEPERS, CAT = "ocid1.group.oc1..keepers", "ocid1.user.oc1..cat"


def account() -> Account:
    """Return the tenancy."""
    return Account(
        id=TENANCY,
        provider="oci",
        operator="Oracle",
        name="ours",
        active=True,
        management=True,
    )


SOME: tuple[Row, ...] = (
    *PEOPLE,
    principal(KEEPERS, "group", "Keepers", "Keepers", "Default/Keepers"),
    principal(CAT, "user", "cat"),
    member(KEEPERS, CAT),
)
JOINS = (
    "Allow group Keepers to use users in tenancy",
    "Allow group Keepers to use groups in tenancy",
)


def of(facts: Facts, who: str) -> list[tuple[object, ...]]:
    """Return what somebody has, and by which steps."""
    return facts.query(
        "SELECT access, given, conditional, path, through FROM grants "
        f"WHERE principal_id = '{who}' ORDER BY access, path"
    )


def test_whoever_may_change_users_and_groups_joins_any_group() -> None:
    """The shortest way is told, and the group itself has it as well as its members."""
    facts = derived(account(), *SOME, *policy(READ, *JOINS))

    joins = "joins group Readers"
    assert of(facts, CAT) == [
        ("read", True, False, ["is in group Keepers", joins], [KEEPERS, READERS])
    ]
    assert of(facts, KEEPERS) == [("read", True, False, [joins], [READERS])]
    assert of(facts, ANN) == [("read", True, False, ["is in group Readers"], [READERS])]


@pytest.mark.parametrize(
    "said",
    [
        JOINS[:1],
        ("Allow group Keepers to manage groups in tenancy",),
        ("Allow group Keepers to inspect users in tenancy", JOINS[1]),
        (JOINS[0], "Allow group Keepers to use groups in compartment logs"),
        (*JOINS, "Deny group Keepers to manage groups in tenancy"),
    ],
    ids=["no groups", "no users", "only lists", "elsewhere", "denied"],
)
def test_half_of_the_right_joins_nothing(said: tuple[str, ...]) -> None:
    """It takes a right to both, over the tenancy, where groups are."""
    assert of(derived(account(), *SOME, *policy(READ, *said)), CAT) == []


def test_a_condition_on_the_group_is_one_of_the_path() -> None:
    """Which groups it leaves is for the request to say."""
    but = "Allow group Keepers to use groups in tenancy where target.group.name != 'Administrators'"
    facts = derived(account(), *SOME, *policy(READ, JOINS[0], but))

    assert [each[:3] for each in of(facts, CAT)] == [("read", True, True)]
    assert facts.query(f"SELECT depends_on FROM grants WHERE principal_id = '{CAT}'") == [
        (["target.group.name"],)
    ]


def test_whoever_makes_credentials_acts_as_any_user() -> None:
    """By way of a user who has it, whose own steps follow."""
    may = "Allow group Keepers to manage users in tenancy"
    facts = derived(account(), *SOME, *policy(READ, may))

    steps = ["is in group Keepers", "makes credentials of user ann", "is in group Readers"]
    assert of(facts, CAT) == [("read", True, False, steps, [KEEPERS, ANN, READERS])]


def trail() -> Trail:
    """Return the audit log that Oracle keeps."""
    return Trail(
        id=f"oci:audit:{TENANCY}",
        name="OCI Audit",
        provider="oci",
        account=TENANCY,
        region="",
        logging=True,
        all_regions=True,
        organization=False,
        management_events=True,
        integrity=True,
        retention_days=365,
        destination_id="",
    )


def quota() -> Guardrail:
    """Return a quota of the tenancy."""
    return Guardrail(
        id="quota",
        provider="oci",
        account=TENANCY,
        name="quota",
        kind="quota",
        target_id=TENANCY,
        enforced=True,
        limits=("regions",),
    )


@pytest.mark.parametrize(
    ("said", "powers"),
    [
        ("{AUDIT_CONFIGURATION_UPDATE} in tenancy", {"change trails"}),
        ("manage quotas in tenancy", {"change guardrails"}),
        ("use quotas in tenancy", set()),
        ("manage keys in compartment logs", {"change keys"}),
        ("{KEY_DELETE} in compartment logs", {"change keys"}),
        ("manage vaults in compartment prod", set()),
        ("use keys in tenancy", set()),
        (
            "manage all-resources in tenancy",
            {"change trails", "change guardrails", "change keys"},
        ),
        ("manage all-resources in compartment logs", {"change keys"}),
    ],
)
def test_powers_are_over_what_is_there(said: str, powers: set[str]) -> None:
    """At or below where the statement applies."""
    facts = derived(account(), *SOME, *policy(f"Allow group Keepers to {said}"), *THINGS)

    rows = facts.query(f"SELECT power, given, path FROM powers WHERE principal_id = '{CAT}'")
    assert {power for power, *_ in rows} == powers
    assert all(rest == [True, ["is in group Keepers"]] for _, *rest in map(list, rows))


THINGS: tuple[Row, ...] = (trail(), quota(), key(LOGS))


def test_powers_lie_at_the_end_of_paths_too() -> None:
    """Joining the group that has a power is having it."""
    said = (*JOINS, "Allow group Readers to manage quotas in tenancy")
    facts = derived(account(), *SOME, *policy(*said), *THINGS)

    assert facts.query(f"SELECT power, path FROM powers WHERE principal_id = '{CAT}'") == [
        ("change guardrails", ["is in group Keepers", "joins group Readers"])
    ]


def test_what_cannot_be_read_may_give_any_power() -> None:
    """Told once, of anybody; and of a word that is new, of whom it speaks."""
    new = f"Allow group Keepers to manage new-family in compartment id {DATA}"
    facts = derived(account(), *SOME, *policy("Who knows", new), *THINGS)

    assert facts.query("SELECT DISTINCT principal_id, given FROM powers ORDER BY 1") == [
        ("anybody", None),
    ]
