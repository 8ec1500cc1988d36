"""Which tenancies may use a key, and who may open what it encrypts, by the tenancy's policies."""

from dataclasses import replace

import pytest

from auditor.tables import Row
from tests.facts.granting import (
    DATA,
    LOGS,
    PROD,
    TENANCY,
    derived,
    key,
    policy,
    reached,
    store,
    unit,
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


ENCRYPTED = replace(store("sealed", DATA, "blockvolume", "volume", []), key_id="key")


@pytest.mark.parametrize(
    ("what", "opens"),
    [
        ("use keys in compartment logs", {"sealed"}),
        ("manage keys in tenancy", {"sealed"}),
        ("use key-delegate in compartment logs", {"sealed"}),
        ("{KEY_DECRYPT} in compartment logs", {"sealed"}),
        ("{KEY_ENCRYPT, KEY_DECRYPT} in compartment logs", {"sealed"}),
        ("manage all-resources in compartment logs", {"sealed"}),
        ("manage policies in compartment logs", {"sealed"}),
        ("{KEY_ENCRYPT, KEY_VERIFY} in compartment logs", set()),
        ("read keys in compartment logs", set()),
        ("manage vaults in compartment logs", set()),
        ("use keys in compartment prod", set()),
        ("manage volumes in tenancy", set()),
    ],
)
def test_who_may_use_the_key_may_decrypt(what: str, opens: set[str]) -> None:
    """By the place of the key, wherever what it encrypts is."""
    facts = derived(*policy(f"Allow group A to {what}"), key(LOGS), ENCRYPTED)

    assert reached(facts, "access").get(("decrypt",), set()) == opens


def test_a_key_gives_nothing_over_what_it_does_not_encrypt() -> None:
    """Whoever may read a volume reads it without a right to its key: the service has that."""
    said = ("Allow group A to use keys in tenancy", "Allow group B to use volumes in tenancy")
    facts = derived(*policy(*said), key(LOGS), ENCRYPTED)

    assert reached(facts, "principal_id", "access") == {
        (f"{TENANCY}/group/a", "decrypt"): {"sealed"},
        (f"{TENANCY}/group/b", "read"): {"sealed", "volume-of-data"},
        (f"{TENANCY}/group/b", "write"): {"sealed", "volume-of-data"},
    }
