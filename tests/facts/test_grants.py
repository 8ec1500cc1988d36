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
    reached,
    store,
    unit,
)


def over(facts: Facts) -> set[str | None]:
    """Return the stores that grants are over."""
    return {each for stores in reached(facts, "provider").values() for each in stores}


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


def test_each_kind_of_access_is_a_grant_over_all_its_stores() -> None:
    """A principal has one row for each kind and scope; the unconditional statement counts."""
    facts = derived(
        *policy(
            "Allow group A, B to read objects in tenancy",
            "Allow group A to manage object-family in compartment prod where a = 'b'",
            "Allow group A to use volumes in compartment prod",
            "Allow group A to read objects in tenancy where c.d = 'e'",
        )
    )
    a, b = f"{TENANCY}/group/a", f"{TENANCY}/group/b"

    assert reached(facts, "principal_id", "access", "conditional") == {
        (a, "read", False): {BUCKET, LOG, VOLUME},
        (b, "read", False): {BUCKET, LOG},
        (a, "read", True): {BUCKET},
        (a, "write", True): {BUCKET},
        (a, "administer", True): {BUCKET},
        (a, "share", True): {BUCKET},
        (a, "write", False): {VOLUME},
    }
    (widest,) = facts.query(
        f"SELECT stores, store_id, statements, path, given, data_classes, more_classes FROM grants "
        f"WHERE principal_id = '{a}' AND stores = 2"
    )
    statement = "policy-of-ours/3/1"
    assert widest == (2, BUCKET, [statement], [], True, ["us_user_data"], False)


@pytest.mark.parametrize(
    ("statement", "access"),
    [
        ("read objects", {"read"}),
        ("use objects", {"read", "write"}),
        ("manage objects", {"read", "write"}),
        ("use buckets", {"administer"}),
        ("manage buckets", {"administer", "share"}),
        ("manage policies", {"read", "write", "administer", "share"}),
        ("use all-resources", {"read", "write", "administer"}),
        ("{OBJECT_READ}", {"read"}),
        ("{PAR_MANAGE}", {"administer", "share"}),
        ("read new-family", {"read"}),
        ("{NEW_THING}", {None}),
    ],
)
def test_a_verb_gives_what_it_gives_to_that_type(statement: str, access: set[str | None]) -> None:
    """Who may change a bucket can open it, and who may read an object has it."""
    facts = derived(*policy(f"Allow group A to {statement} in tenancy"))

    assert {each for (each,) in facts.rows("grants", "access")} == access


def test_what_nobody_could_read_is_given_to_nobody_knows_whom() -> None:
    """Its row has no stores, and nothing says that it is given."""
    facts = derived(*policy("Who knows"))

    assert facts.one("grants", "given, principal_id, extent_id, stores, access") == (None,) * 5
    assert "could not be understood" in next(iter(facts.why("grants", "given").values()))


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
    admitted = [each for (each,) in facts.rows("grants", "principal_id") if OTHER in str(each)]
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
