"""Statements of policies meet the stores that they are about, and regions that they close."""

import pytest

from auditor.model import Unknown
from auditor.tables import UNJOINED, Region
from tests.facts.deriving import Facts
from tests.facts.granting import (
    BUCKET,
    DATA,
    LOG,
    LOGS,
    OTHER,
    PROD,
    TENANCY,
    VOLUME,
    derived,
    policy,
    store,
    unit,
)


def over(facts: Facts) -> set[str]:
    """Return the stores that grants are over."""
    return {store for (store,) in facts.rows("grants", "store_id")}


@pytest.mark.parametrize(
    ("statement", "place", "stores"),
    [
        ("Allow group A to read objects in tenancy", TENANCY, {BUCKET, LOG}),
        ("Allow group A to manage all-resources in tenancy", TENANCY, {BUCKET, VOLUME, LOG}),
        ("Allow group A to manage policies in tenancy", TENANCY, {BUCKET, VOLUME, LOG}),
        ("Allow group A to inspect all-resources in tenancy", TENANCY, set()),
        ("Allow group A to manage streams in tenancy", TENANCY, set()),
        ("Allow group A to read buckets in tenancy", TENANCY, set()),
        ("Allow group A to use buckets in tenancy", TENANCY, {BUCKET, LOG}),
        ("Allow group A to read volume-family in tenancy", TENANCY, set()),
        ("Allow group A to {BUCKET_READ} in tenancy", TENANCY, set()),
        ("Allow group A to read object-family in compartment prod:data", TENANCY, {BUCKET}),
        ("Allow group A to use volumes in compartment PROD", TENANCY, {VOLUME}),
        ("Allow group A to use volumes in compartment data", PROD, {VOLUME}),
        ("Allow group A to use volumes in compartment prod", PROD, {VOLUME}),
        ("Allow group A to use volumes in compartment data", TENANCY, {None}),
        (f"Allow group A to use volumes in compartment id {DATA}", TENANCY, {VOLUME}),
        (f"Allow group A to use volumes in compartment id {LOGS}", TENANCY, set()),
        ("Allow group A to read new-family in tenancy", TENANCY, {None}),
        ("Allow group A to {OBJECT_READ} in tenancy", TENANCY, {BUCKET, LOG}),
        ("Allow group A to {SOMETHING_NEW} in tenancy", TENANCY, {None}),
        ("Deny group A to read objects in tenancy", TENANCY, set()),
        ("Endorse group A to read objects in any-tenancy", TENANCY, set()),
        ("Admit group A of tenancy other to read objects in tenancy", TENANCY, {BUCKET, LOG}),
        ("Who knows", TENANCY, {None}),
        (
            "Allow group A to read objects in tenancy where request.utc-timestamp before "
            "'2026-11-01T00:00Z'",
            TENANCY,
            set(),
        ),
        (
            "Allow group A to read objects in tenancy where request.utc-timestamp before "
            "'2026-12-01T00:00Z'",
            TENANCY,
            {BUCKET, LOG},
        ),
        (
            "Allow group A to read objects in tenancy where all {request.region='iad', "
            "request.region='fra'}",
            TENANCY,
            set(),
        ),
    ],
)
def test_a_statement_is_over_what_it_names(
    statement: str, place: str, stores: set[str | None]
) -> None:
    """By the place, the kind, and the moment; what nobody knows stays in sight."""
    assert over(derived(*policy(statement, place=place))) == stores


def test_the_strongest_statement_counts_once_for_each_principal() -> None:
    """A store has one row for each of them, whatever else is written."""
    facts = derived(
        *policy(
            "Allow group A, B to read objects in tenancy",
            "Allow group A to manage object-family in compartment prod where a = 'b'",
            "Allow group A to manage all-resources in compartment prod",
        )
    )

    found = {
        (store, principal): (access, conditional)
        for store, principal, access, conditional in facts.rows(
            "grants", "store_id, principal, access, conditional"
        )
    }
    assert found == {
        (BUCKET, "A"): ("manage", False),
        (BUCKET, "B"): ("read", False),
        (VOLUME, "A"): ("manage", False),
        (LOG, "A"): ("read", False),
        (LOG, "B"): ("read", False),
    }


def test_a_statement_knows_the_classes_that_it_is_about() -> None:
    """A store that nobody classified leaves open whether there are more."""
    unclassified = store("new", LOGS, "objectstorage", "bucket", Unknown("not classified"))
    admits = "Admit group A of tenancy other to read objects in"
    facts = derived(
        *policy(f"{admits} compartment prod", f"{admits} compartment logs", f"{admits} tenancy"),
        unclassified,
    )

    found = facts.rows("policy_statements", "data_classes, more_classes")[2:]
    assert found == [(["us_user_data"], False), ([], None), (["us_user_data"], None)]


AGREES = ("Endorse group A to read objects in tenancy ours", "Define tenancy ours as " + TENANCY)


@pytest.mark.parametrize(
    ("there", "read", "agreed"),
    [
        ((), False, None),
        ((), True, False),
        (AGREES, True, True),
        (("Endorse group A to read objects in any-tenancy",), True, True),
        (("Allow group A to read objects in tenancy",), True, False),
        (("Who knows",), True, None),
    ],
)
def test_an_admission_counts_with_the_endorsement_of_the_other_side(
    there: tuple[str, ...],
    read: bool,
    agreed: bool | None,
) -> None:
    """Which is known only where the other tenancy is audited, too."""
    facts = derived(
        *policy("Admit group A of tenancy other to read objects in tenancy"),
        *policy(*there, place=OTHER, account=OTHER),
        *([unit(OTHER)] if read else []),
    )

    statements = facts.rows("policy_statements", "policy_id, effect, agreed")
    assert [a for of, effect, a in statements if (of, effect) == ("policy-of-ours", "admit")] == [
        agreed
    ]
    admitted = [each for (each,) in facts.rows("grants", "principal_account") if each == OTHER]
    assert bool(admitted) is (agreed is not False)


@pytest.mark.parametrize(
    ("statement", "closed"),
    [
        ("deny any-user to manage all-resources in tenancy where request.region = 'fra'", True),
        ("deny any-user to manage all-resources in tenancy where request.region != 'iad'", True),
        ("deny any-user to manage all-resources in tenancy where request.region = 'lhr'", False),
        ("deny group A to manage all-resources in tenancy where request.region = 'fra'", False),
        ("deny any-user to manage buckets in tenancy where request.region = 'fra'", False),
        (
            "deny any-user to manage all-resources in compartment prod where "
            "request.region = 'fra'",
            False,
        ),
    ],
)
def test_a_denial_of_everything_to_everybody_closes_a_region(statement: str, closed: bool) -> None:
    """A lesser one leaves a way to create data there."""
    region = Region(
        id="fra",
        provider="oci",
        operator="Oracle",
        account=TENANCY,
        region="eu-frankfurt-1",
        country="DE",
        enabled=True,
        home=False,
        creation_denied=UNJOINED,
    )

    assert derived(*policy(statement), region).one("regions", "creation_denied") == (closed,)
