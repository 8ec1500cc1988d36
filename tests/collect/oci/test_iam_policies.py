"""Policies: whom each statement speaks of, what it gives, where, and when."""

import pytest

from auditor.collect.oci.iam_policies import POLICIES
from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Guardrail, PolicyStatement, Row
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

FAR = "ocid1.tenancy.oc1..far"
GUESTS = "ocid1.group.oc1..guests"


def policy(name: str, *statements: str, place: str = TENANCY, **more: Json) -> dict[str, Json]:
    """Return a policy as the identity service lists it."""
    return {
        "id": f"ocid1.policy.oc1..{name}",
        "compartment_id": place,
        "name": name,
        "description": "for a test",
        "statements": list(statements),
        "lifecycle_state": "ACTIVE",
        **more,
    }


@pytest.mark.parametrize(
    ("state", "expected"), [("ACTIVE", True), ("INACTIVE", False), ("DELETING", None)]
)
def test_a_denial_holds_while_its_policy_does(state: str, expected: bool | None) -> None:
    """A policy that is not active keeps nobody out."""
    denial = "Deny any-user to manage all-resources in tenancy where request.region = 'fra'"
    policies = {"Policy": [policy("border", denial, lifecycle_state=state)]}
    row = collected({"global": {"identity": policies}}, kinds="oci.identity.policy").row(
        Guardrail, "/denies"
    )

    assert row.enforced is expected or (expected is None and isinstance(row.enforced, Unknown))


@pytest.fixture(scope="module")
def found() -> Collected:
    """Policies at two places, one of them deleted."""
    return collected(
        {
            "global": {
                "identity": {
                    "Policy": [
                        policy(
                            "guests",
                            f"Define tenancy Farshore as {FAR}",
                            f"Define group Guests as {GUESTS}",
                            "Admit group Guests of tenancy farshore to read objects in tenancy",
                            "Endorse group Staff to use keys in tenancy Farshore",
                            "Admit group Guests of tenancy Unheard to read objects in tenancy",
                        ),
                        policy(
                            "data",
                            "Allow group A, B to read volumes in compartment Backups:Old",
                            "Allow service blockstorage to use keys in tenancy",
                            "Who knows what this says",
                            place=DATA,
                        ),
                        policy("gone", "Allow any-user to read keys", lifecycle_state="DELETED"),
                    ]
                }
            }
        },
        kinds="oci.identity.policy",
    )


def rows_of(*statements: str) -> list[Row]:
    """Return the rows of one policy."""
    item = {"id": "p", "compartmentId": TENANCY, "name": "p", "statements": list(statements)}
    place = {"account": TENANCY, "compartment": TENANCY}
    return list(POLICIES.rows(Found(place=place, item=item)))


def row_of(statement: str) -> PolicyStatement:
    """Return the row of one statement with one principal."""
    row, *_ = rows_of(statement)
    assert isinstance(row, PolicyStatement)
    return row


def test_each_statement_and_principal_is_a_row(found: Collected) -> None:
    """It is named by its policy and by its number there."""
    rows = [row.id.removeprefix("ocid1.policy.oc1..") for row in found.of(PolicyStatement)]

    assert rows == [
        "data/1/1",
        "data/1/2",
        "data/2",
        "data/3",
        *(f"guests/{n}" for n in range(1, 6)),
    ]


def test_names_of_strangers_are_what_the_policy_defines(found: Collected) -> None:
    """Whatever letters they are written in; a name that nobody defined is unknown."""
    admit = found.row(PolicyStatement, "guests/3")
    endorse = found.row(PolicyStatement, "guests/4")
    unheard = found.row(PolicyStatement, "guests/5")

    assert (admit.principal, admit.principal_account) == (GUESTS, FAR)
    assert (admit.compartment, admit.target_account) == (TENANCY, "")
    assert (endorse.principal, endorse.principal_account) == ("Staff", TENANCY)
    assert (endorse.compartment, endorse.target_account) == ("", FAR)
    assert isinstance(unheard.principal_account, Unknown)
    assert "Unheard" in unheard.principal_account.reason


def test_a_service_is_of_no_tenancy(found: Collected) -> None:
    """It is the provider's own."""
    row = found.row(PolicyStatement, "data/2")

    assert (row.principal_kind, row.principal, row.principal_account) == (
        "service",
        "blockstorage",
        "",
    )


def test_a_named_compartment_is_left_to_the_join(found: Collected) -> None:
    """A name means something only below where the policy is attached."""
    row = found.row(PolicyStatement, "data/1/1")

    assert (row.place, row.path) == (DATA, ("Backups", "Old"))
    assert isinstance(row.compartment, Unknown)


def test_what_cannot_be_read_stays_a_row(found: Collected) -> None:
    """With its text, and with why everything else is unknown."""
    row = found.row(PolicyStatement, "data/3")

    assert (row.parsed, row.text) == (False, "Who knows what this says")
    assert isinstance(row.effect, Unknown)
    assert "unexpected text at character 1" in row.effect.reason


def test_policies_are_listed_once_for_each_compartment(found: Collected) -> None:
    """They belong to no region."""
    assert len(found.asked("list_policies")) == 2


def test_a_refusal_leaves_no_row_and_a_record() -> None:
    """Then the unit is a gap, and no control that reads statements can pass."""
    refused = collected({}, denied(".*list_policies"), kinds="oci.identity.policy")

    assert not refused.of(PolicyStatement)
    assert {str(each.answer.outcome) for each in refused.asked("list_policies")} == {"denied"}


def test_a_policy_without_statements_is_not_forgotten() -> None:
    """The API always states them."""
    item = {"id": "p", "compartmentId": TENANCY}
    place = {"account": TENANCY, "compartment": TENANCY}
    (row,) = POLICIES.rows(Found(place=place, item=item))

    assert isinstance(row, PolicyStatement)
    assert not row.parsed


@pytest.mark.parametrize(
    ("statement", "access"),
    [
        ("Allow group A to manage objects in tenancy", "manage"),
        ("Allow group A to {OBJECT_READ, OBJECT_INSPECT} in tenancy", "read"),
        ("Allow group A to {UNHEARD_OF} in tenancy", None),
        (
            "Allow group A to manage objects in tenancy where any {request.permission="
            "'OBJECT_INSPECT', request.permission='OBJECT_READ'}",
            "read",
        ),
        (
            "Allow group A to manage objects in tenancy where request.permission!='OBJECT_DELETE'",
            "manage",
        ),
        (
            "Allow group A to read objects in tenancy where request.permission=/OBJECT_*/",
            "read",
        ),
        (
            "Endorse group A to associate dns-zones in tenancy with dns-records in any-tenancy",
            "associate",
        ),
        (f"Define tenancy Farshore as {FAR}", ""),
    ],
)
def test_a_statement_gives_no_more_than_its_condition_lets_through(
    statement: str, access: str | None
) -> None:
    """Permissions that a condition names lower what the verb says."""
    found = row_of(statement).access

    assert found == access if access is not None else isinstance(found, Unknown)


@pytest.mark.parametrize(
    ("condition", "regions"),
    [
        ("request.region = 'iad'", ("us-ashburn-1",)),
        ("any {request.region = 'IAD', request.region = /ph*/}", ("us-ashburn-1", "us-phoenix-1")),
        ("all {request.region = 'iad', request.user.name = 'x'}", ("us-ashburn-1",)),
        ("any {request.region = 'iad', request.user.name = 'x'}", None),
        ("request.user.name = 'x'", ("*",)),
        ("target.region = 'iad'", ("*",)),
    ],
)
def test_a_region_limits_where_requests_are_made(
    condition: str, regions: tuple[str, ...] | None
) -> None:
    """Not where copies go; another way to meet the condition leaves every region."""
    row = row_of(f"Allow group A to manage objects in tenancy where {condition}")

    assert isinstance(row.regions, tuple)
    assert row.regions == regions if regions else len(row.regions) > 80


def test_a_denial_is_a_guardrail() -> None:
    """One of everybody's everything keeps data out of a region; a lesser one does not."""
    whole = "deny any-user to manage all-resources in tenancy where request.region = 'fra'"
    part = "deny group A to manage all-resources in tenancy where request.region = 'fra'"
    guardrails = [row for row in rows_of(whole, part) if isinstance(row, Guardrail)]

    assert [each.denied_regions for each in guardrails] == [("eu-frankfurt-1",), ()]
    assert {(each.kind, each.target_id, each.limits) for each in guardrails} == {
        ("IAM denial", TENANCY, ("regions",))
    }


def test_a_denial_in_a_named_compartment_does_not_seem_to_bind_all() -> None:
    """Where the name leads is not known here."""
    _, guardrail = rows_of("deny group A to manage buckets in compartment prod:data")

    assert isinstance(guardrail, Guardrail)
    assert guardrail.target_id == f"{TENANCY}:prod:data"
