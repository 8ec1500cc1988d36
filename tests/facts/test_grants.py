"""Statements of policies meet the stores and keys that they are about."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from auditor.collect.oci.iam_policies import POLICIES
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import UNJOINED, Coverage, HierarchyNode, Key, Row, Store
from tests.facts.deriving import Facts
from tests.fakes import audit

TENANCY, OTHER = "ocid1.tenancy.oc1..ours", "ocid1.tenancy.oc1..other"
PROD, DATA, LOGS = (f"ocid1.compartment.oc1..{name}" for name in ("prod", "data", "logs"))
BUCKET, VOLUME, LOG = "bucket-of-data", "volume-of-data", "bucket-of-logs"


def node(id_: str, name: str, parent: str, kind: str = "compartment") -> HierarchyNode:
    """Return one place of the tenancy."""
    return HierarchyNode(id=id_, provider="oci", kind=kind, name=name, parent_id=parent)


def store(
    id_: str, compartment: str, service: str, kind: str, classes: Sequence[str] | Unknown
) -> Store:
    """Return one store in Ashburn."""
    unknown = Unknown("not part of this test")
    return Store(
        id=id_,
        name=id_,
        provider="oci",
        operator="Oracle",
        account=TENANCY,
        compartment=compartment,
        region="us-ashburn-1",
        country="US",
        service=service,
        kind=kind,
        backup=False,
        data_classes=classes if isinstance(classes, Unknown) else tuple(classes),
        classified_by="a rule",
        encrypted=unknown,
        key_id=unknown,
        public=unknown,
        locked=unknown,
        size_bytes=unknown,
        created=unknown,
        tags={},
    )


def policy(*statements: str, place: str = TENANCY, account: str = TENANCY) -> list[Row]:
    """Return the rows of one policy, as its collector makes them."""
    name = f"policy-of-{place.rpartition('.')[2]}"
    item = {
        "id": name,
        "compartmentId": place,
        "name": "a policy",
        "lifecycleState": "ACTIVE",
        "statements": [
            "define tenancy other as " + OTHER,
            "define tenancy far as ocid1.tenancy.oc1..far",
            *statements,
        ],
    }
    found = Found(place={"account": account, "compartment": place}, item=item)
    return list(POLICIES.rows(found))


def unit(account: str, compartment: str = "", *, is_open: bool = False) -> Coverage:
    """Return the unit of the policies of one account, or of one compartment."""
    return Coverage(
        id=f"here/{account}/{compartment}/policies",
        provider="oci",
        collector="oci.identity.policy",
        service="identity",
        account=account,
        region="",
        compartment=compartment,
        outcome="denied" if is_open else "complete",
        open=is_open,
        complete=not is_open,
        reason="",
        permission="",
        items=1,
        answers=1,
        refusals=0,
        tables=("policy_statements",),
    )


ESTATE: tuple[Row, ...] = (
    node(TENANCY, "ours", "", "tenancy"),
    node(PROD, "Prod", TENANCY),
    node(DATA, "Data", PROD),
    node(LOGS, "Logs", TENANCY),
    store(BUCKET, DATA, "objectstorage", "bucket", ["us_user_data"]),
    store(VOLUME, DATA, "blockvolume", "volume", ["us_user_data"]),
    store(LOG, LOGS, "objectstorage", "bucket", []),
)


def derived(*rows: Row) -> Facts:
    """Return the facts of the estate and more."""
    about = replace(audit(), classification=(), as_of="2026-11-21T12:00:00Z")
    return Facts([*ESTATE, *rows], about)


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


def key(compartment: str) -> Key:
    """Return a key whose users only policies can tell."""
    return Key(
        id="key",
        name="key",
        provider="oci",
        operator="Oracle",
        account=TENANCY,
        compartment=compartment,
        region="us-ashburn-1",
        country="US",
        enabled=True,
        custody="hsm",
        replica_regions=(),
        replica_countries=(),
        principal_accounts=UNJOINED,
        rotates=True,
    )


FAR = "ocid1.tenancy.oc1..far"


@pytest.mark.parametrize(
    ("statement", "let_in"),
    [
        ("Allow any-user to manage keys in tenancy", [TENANCY]),
        ("Allow service blockstorage to use keys in tenancy", [TENANCY]),
        ("Admit group A of tenancy far to use keys in tenancy", [FAR, TENANCY]),
        (
            "Admit group A of tenancy far to manage all-resources in compartment prod",
            [FAR, TENANCY],
        ),
        ("Admit group A of tenancy far to {KEY_DECRYPT} in tenancy", [FAR, TENANCY]),
        ("Admit any-user of any-tenancy to use keys in tenancy", ["*", TENANCY]),
        ("Admit group A of tenancy far to use keys in compartment logs", [TENANCY]),
        ("Admit group A of tenancy far to inspect keys in tenancy", [TENANCY]),
        ("Admit group A of tenancy far to manage buckets in tenancy", [TENANCY]),
        ("Deny admit group A of tenancy far to use keys in tenancy", [TENANCY]),
        ("Admit group A of tenancy who-knows to use keys in tenancy", None),
        ("Admit group A of tenancy far to use keys in compartment who:knows", None),
        ("Admit group A of tenancy far to use new-family in tenancy", None),
        ("Who knows", None),
    ],
)
def test_policies_tell_which_tenancies_may_use_a_key(
    statement: str, let_in: list[str] | None
) -> None:
    """The own tenancy always; another only if it is admitted; nobody knows of what is unread."""
    facts = derived(*policy(statement), key(DATA), unit(TENANCY))

    assert facts.one("keys", "principal_accounts") == (let_in,)


def test_a_key_of_no_known_compartment_may_be_anywhere() -> None:
    """An admission to some compartment may be one to the key."""
    admit = "Admit group A of tenancy far to use keys in"
    below = derived(*policy(f"{admit} compartment prod"), key(""), unit(TENANCY))
    whole = derived(*policy(f"{admit} tenancy"), key(""), unit(TENANCY))

    assert below.one("keys", "principal_accounts") == (None,)
    assert whole.one("keys", "principal_accounts") == ([FAR, TENANCY],)


@pytest.mark.parametrize("units", [(), (unit(TENANCY, is_open=True),)])
def test_policies_that_were_not_all_read_tell_nothing_of_keys(units: tuple[Row, ...]) -> None:
    """One that was not seen may let anybody in."""
    facts = derived(key(DATA), *units)

    assert facts.one("keys", "principal_accounts") == (None,)
    assert "not all" in facts.why("keys", "principal_accounts")["key"]


@pytest.mark.parametrize(
    ("place", "known"), [(TENANCY, False), (PROD, False), (DATA, False), (LOGS, True)]
)
def test_policies_of_another_place_say_nothing_of_a_key(place: str, known: bool) -> None:
    """What a policy gives is at and below where it is attached."""
    refused = derived(key(DATA), unit(TENANCY, "elsewhere"), unit(TENANCY, place, is_open=True))
    illegible = derived(key(DATA), unit(TENANCY), *policy("Who knows", place=place))

    expected = [TENANCY] if known else None
    assert refused.one("keys", "principal_accounts") == (expected,)
    assert illegible.one("keys", "principal_accounts") == (expected,)
