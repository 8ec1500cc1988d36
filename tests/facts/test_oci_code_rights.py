"""Who may do what with repositories of OCI DevOps, by the policies of the tenancy."""

from auditor.tables import Row
from tests.facts.coding import repository
from tests.facts.deriving import Facts
from tests.facts.granting import DATA, TENANCY, derived, member, policy, principal, store, unit

CODE, OTHER = "ocid1.devopsrepository.oc1.iad.app", "ocid1.devopsrepository.oc1.iad.other"
ANN, BOB = "ocid1.user.oc1..ann", "ocid1.user.oc1..bob"
_GROUP = "ocid1.group.oc1..coders"
PEOPLE: list[Row] = [
    principal(ANN, "user", "ann"),
    principal(BOB, "user", "bob"),
    principal(_GROUP, "group", "Coders", "Coders"),
    member(_GROUP, ANN),
]


def held(*rows: Row) -> Facts:
    """Derive from two repositories, and whoever may reach them."""
    kept = [
        each
        for name in (CODE, OTHER)
        for each in (
            store(name, DATA, "devops", "repository", []),
            repository(id=name, provider="oci", account=TENANCY, region="us-ashburn-1"),
        )
    ]
    return derived(*PEOPLE, *kept, *rows)


def rights(facts: Facts) -> set[tuple[str, str | None, str | None]]:
    """Return who may do what with which repository."""
    found = facts.rows("repository_rights", "repository_id, principal_id, access")
    return {(str(where), who, what) for where, who, what in found}


def test_members_of_a_group_hold_its_rights() -> None:
    """Whoever may use code reads and writes all of it; the group itself is nobody."""
    facts = held(
        unit(TENANCY), *policy("Allow group Coders to use devops-repository-family in tenancy")
    )

    assert rights(facts) == {
        (repository_, ANN, access) for repository_ in (CODE, OTHER) for access in ("read", "write")
    }


def test_rules_are_changed_by_whoever_manages_them() -> None:
    """Who may only see them, or the lists of everything, reads no code."""
    asked = (
        "Allow group Coders to manage devops-protected-branch in tenancy",
        "Allow group Coders to read devops-project in tenancy",
        "Allow any-user to inspect devops-family in tenancy",
    )

    assert rights(held(unit(TENANCY), *policy(*asked))) == {
        (CODE, ANN, "administer"),
        (OTHER, ANN, "administer"),
    }


def test_policies_that_were_not_all_read_may_let_anybody_in() -> None:
    """A gap is no right that nobody has."""
    facts = held(unit(TENANCY, is_open=True))

    assert rights(facts) == {("*", None, None)}
    assert "not known" in next(iter(facts.why("repository_rights", "principal_id").values()))
