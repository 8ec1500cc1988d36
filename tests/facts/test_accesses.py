"""What logs name is found again among what was collected, or becomes a row of its own."""

import pytest

from auditor.model import Unknown
from auditor.tables import Key
from tests.facts.acting import CLASSES, access, bucket, derived, unit
from tests.facts.identifying import OURS, THEIRS, role, user

KEY = f"arn:aws:kms:us-east-1:{OURS}:key/1"


def key() -> Key:
    """Return a key of the company's."""
    return Key(
        id=KEY,
        name="",
        provider="aws",
        operator="Cloud Inc",
        account=OURS,
        region="us-east-1",
        country="US",
        enabled=True,
        custody="hsm",
        replica_regions=(),
        replica_countries=(),
        principal_accounts=(OURS,),
        rotates=True,
    )


@pytest.mark.parametrize(
    ("logged", "store"),
    [
        ("arn:aws:s3:::b", "arn:aws:s3:::b"),
        ("arn:aws:s3:::b/users/1.json", "arn:aws:s3:::b"),
        (
            f"arn:aws:dynamodb:us-east-1:{OURS}:table/t/index/i",
            f"arn:aws:dynamodb:us-east-1:{OURS}:table/t",
        ),
        (
            f"arn:aws:dynamodb:us-east-1:{OURS}:table/t/stream/2026-01-01T00:00:00.000",
            f"arn:aws:dynamodb:us-east-1:{OURS}:table/t",
        ),
        (
            f"arn:aws:logs:us-east-1:{OURS}:log-group:/a/b:log-stream:s",
            f"arn:aws:logs:us-east-1:{OURS}:log-group:/a/b:*",
        ),
        (
            f"arn:aws:secretsmanager:us-east-1:{OURS}:secret:s",
            f"arn:aws:secretsmanager:us-east-1:{OURS}:secret:s-AbCd12",
        ),
        (f"arn:aws:ec2:us-east-1:{OURS}:snapshot/snap-1", "arn:aws:ec2:us-east-1::snapshot/snap-1"),
    ],
)
def test_a_part_of_a_store_is_that_store(logged: str, store: str) -> None:
    """Objects, indexes, streams and short names are found; what it holds is known."""
    facts = derived(access(store_id=logged), bucket("other", id=store))
    assert facts.one("accesses", "store_id, data_classes") == (store, [*CLASSES])


def test_a_backup_of_a_table_is_a_store_of_its_own() -> None:
    """What has a row is found before what it is a part of."""
    table = f"arn:aws:dynamodb:us-east-1:{OURS}:table/t"
    rows = bucket("t", id=table), bucket("c", id=f"{table}/backup/1", data_classes=())
    facts = derived(access(store_id=f"{table}/backup/1"), *rows)
    assert facts.one("accesses", "store_id") == (f"{table}/backup/1",)


def test_the_use_of_a_key_is_about_what_it_encrypts() -> None:
    """All classes of its stores; unknown where one of them is."""
    encrypted = bucket("b", key_id=KEY), bucket("c", key_id=KEY, data_classes=("other",))
    used = access(access="decrypt", service="kms", store_id=KEY)
    facts = derived(used, key(), *encrypted)
    assert facts.one("accesses", "data_classes") == (["other", "us_user_data"],)
    unclassified = bucket("d", key_id=KEY, data_classes=Unknown("none"), classified_by="")
    facts = derived(used, key(), *encrypted, unclassified)
    assert facts.one("accesses", "data_classes") == (None,)
    assert derived(used, key()).one("accesses", "data_classes") == ([],)


def test_a_store_that_was_not_collected_may_hold_anything() -> None:
    """What is about no store holds nothing; the rest is unknown, and says why."""
    rows = access(), access(id="b", store_id=""), access(id="c", access="sign-in", store_id="x")
    facts = derived(*rows, access(id="d", store_id=Unknown("which of two")))
    assert facts.rows("accesses", "data_classes") == [(None,), ([],), ([],), (None,)]
    assert "no store that was collected" in facts.why("accesses", "data_classes")["a"]


@pytest.mark.parametrize(
    ("logged", "found"),
    [
        (f"arn:aws:sts::{OURS}:assumed-role/reader/session", role("team/reader").id),
        (f"arn:aws:sts::{THEIRS}:assumed-role/reader/s", f"arn:aws:iam::{THEIRS}:role/reader"),
        ("ANONYMOUS_PRINCIPAL", "anybody"),
        (role("team/reader").id, role("team/reader").id),
    ],
)
def test_a_session_is_its_roles(logged: str, found: str) -> None:
    """By the role's name where a log has no more, and anonymous callers are anybody."""
    facts = derived(access(principal_id=logged, root_id=logged), role("team/reader"))
    assert facts.one("accesses", "principal_id, root_id") == (found, found)


def test_who_is_not_named_stays_unknown() -> None:
    """An empty name is no principal."""
    facts = derived(access(principal_id="", root_id=Unknown("lost")))
    assert facts.one("accesses", "principal_id, root_id") == (None, None)
    assert facts.rows("principals", "name") == [("jane",)]


@pytest.mark.parametrize(
    ("logged", "kind", "account", "enabled"),
    [
        (f"arn:aws:iam::{THEIRS}:user/x", "user", THEIRS, None),
        (f"arn:aws:iam::{OURS}:user/gone", "user", OURS, False),
        (f"arn:aws:iam::{THEIRS}:role/p/x", "role", THEIRS, None),
        (f"arn:aws:iam::{THEIRS}:root", "root", THEIRS, None),
        (f"arn:aws:iam::{OURS}:saml-provider/okta", "federation", OURS, None),
        ("service:x.amazonaws.com", "service", "", True),
        ("ANONYMOUS_PRINCIPAL", "anybody", "*", True),
        (THEIRS, "account", THEIRS, None),
        ("ocid1.tenancy.oc1..a", "account", "ocid1.tenancy.oc1..a", None),
        ("ocid1.user.oc1..a", "user", None, None),
        ("ocid1.instance.oc1..a", "resource", None, None),
        ("AIDAEXAMPLE", "user", None, None),
        ("79a59df900b949e5", "user", None, None),
    ],
)
def test_whom_only_logs_know_has_a_row(
    logged: str, kind: str, account: str | None, enabled: bool | None
) -> None:
    """With what its name says; one that is not listed in an audited account is gone."""
    acted = access(principal_id=logged, root_id=logged, principal_account=Unknown("none"))
    facts = derived(acted, unit("principals"))
    (row,) = [
        each
        for each in facts.rows("principals", "kind, account, enabled, name")
        if each[3] != "jane"
    ]
    assert row[:3] == (kind, account, enabled)
    assert facts.one("accesses", "principal_id") != (None,)
    assert set(facts.why("principals", "created").values()) == {"only logs name it"}


def test_an_account_that_was_not_wholly_listed_may_still_have_it() -> None:
    """Then whether it is enabled is unknown."""
    acted = access(principal_id=user("gone").id, root_id=user("gone").id)
    assert derived(acted, unit("principals", is_open=True)).rows("principals", "enabled") == [
        (None,),
        (True,),
    ]
