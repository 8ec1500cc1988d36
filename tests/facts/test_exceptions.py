"""What the register covers: accesses by day and bytes, flows by recipient and class."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.model import RegisterEntry, Unknown
from auditor.tables import Flow
from tests.facts.acting import access, bucket, derived
from tests.facts.identifying import OURS

ENTRY = RegisterEntry(
    id="R-1",
    kind="access",
    purpose="repair",
    approvers=("Jane",),
    valid_from="2026-01-01",
    valid_until="2026-01-01",
    principals=("*:user/jane",),
)
FLOW = replace(
    ENTRY, kind="flow", principals=(), recipients=("abroad", "DE"), valid_until="2026-01-31"
)


def excepted(*entries: RegisterEntry, **changes: Any) -> bool | None:
    """Return whether the register covers an access to bucket b."""
    (answer,) = derived(bucket("b"), access(**changes), register=entries).one(
        "accesses", "excepted"
    )
    assert answer is None or isinstance(answer, bool)
    return answer


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({}, True),
        ({"principals": ("*:user/john",)}, False),
        ({"valid_from": "2026-01-02", "valid_until": "2026-01-03"}, False),
        ({"valid_from": "2025-12-01", "valid_until": "2025-12-31"}, False),
        ({"stores": ("arn:aws:s3:::b",)}, True),
        ({"stores": ("arn:aws:s3:::c*",)}, False),
        ({"data_classes": ("us_user_data", "x")}, True),
        ({"data_classes": ("x",)}, False),
    ],
)
def test_an_entry_covers_an_access(entry: dict[str, Any], expected: bool) -> None:
    """By who, what, which classes and which days."""
    assert excepted(replace(ENTRY, **entry)) is expected


def test_all_days_of_an_access_must_be_covered() -> None:
    """By one entry; where two share its days, which events are of which is not known."""
    last = {"last": "2026-01-02T09:00:00Z"}
    other = replace(ENTRY, id="R-2", valid_from="2026-01-02", valid_until="2026-01-02")
    assert excepted(ENTRY, **last) is False
    assert excepted(ENTRY, other, **last) is None
    assert excepted(ENTRY, replace(ENTRY, id="R-3", valid_until="2026-01-02"), **last) is True


def test_without_a_register_nothing_is_excepted() -> None:
    """Known, not unknown."""
    assert excepted() is False


def test_the_start_of_a_chain_may_be_the_one_that_is_registered() -> None:
    """A person who acts as a role of the same repair."""
    assert excepted(ENTRY, principal_id=f"arn:aws:iam::{OURS}:role/r") is True


def test_who_is_unknown_may_be_the_one_that_is_registered() -> None:
    """Unknown, while an entry of those days speaks of somebody."""
    nobody = {"principal_id": Unknown("x"), "root_id": Unknown("x")}
    assert excepted(ENTRY, **nobody) is None
    assert excepted(replace(ENTRY, valid_until="2025-01-01"), **nobody) is False


@pytest.mark.parametrize(
    ("limit", "changes", "expected"),
    [
        (-1, {"country": "DE"}, True),
        (10, {"country": "DE"}, True),
        (9, {"country": "DE"}, False),
        (9, {"country": "DE", "bytes_out": Unknown("x")}, None),
        (-1, {"country": "DE", "bytes_out": Unknown("x")}, True),
        (-1, {"principal_account": "abroad"}, True),
        (-1, {"network": "abroad"}, True),
        (-1, {}, False),
        (-1, {"country": Unknown("x")}, None),
    ],
)
def test_what_a_recipient_took_is_within_the_limit(
    limit: int, changes: dict[str, Any], expected: bool | None
) -> None:
    """A flow's entry covers its recipients' accesses, while their bytes stay within its limit."""
    assert excepted(replace(FLOW, bytes_limit=limit), **changes) is expected


def test_bytes_of_all_accesses_count_together() -> None:
    """Two that are each within the limit are beyond it together."""
    entry = replace(FLOW, bytes_limit=15)
    both = access(country="DE"), access(id="b", country="DE")
    facts = derived(bucket("b"), *both, register=(entry,))
    assert facts.rows("accesses", "excepted") == [(False,), (False,)]
    entry = replace(entry, bytes_limit=20)
    facts = derived(bucket("b"), *both, register=(entry,))
    assert facts.rows("accesses", "excepted") == [(True,), (True,)]


@pytest.mark.parametrize(
    ("entry", "changes", "expected"),
    [
        ({}, {}, True),
        ({}, {"target_account": "stranger", "target_country": "FR"}, False),
        ({}, {"target_account": "stranger"}, True),
        ({"recipients": ("abroad",)}, {"target_account": Unknown("x")}, None),
        ({"kind": "access", "principals": ("*",), "recipients": ()}, {}, False),
        ({"valid_until": "2026-01-01"}, {}, False),
        ({"stores": ("arn:aws:s3:::c",)}, {}, False),
        ({"data_classes": ("us_user_data",)}, {}, True),
        ({"data_classes": ("x",)}, {}, False),
        ({"data_classes": ("x",)}, {"store_id": "elsewhere"}, None),
    ],
)
def test_an_entry_covers_a_flow(
    entry: dict[str, Any], changes: dict[str, Any], expected: bool | None
) -> None:
    """By recipient, store and class, on the audit's day."""
    default: dict[str, Any] = {
        "id": "f",
        "store_id": "arn:aws:s3:::b",
        "provider": "aws",
        "account": OURS,
        "region": "us-east-1",
        "mechanism": "copy",
        "active": True,
        "target_id": "",
        "target_account": "abroad",
        "target_country": "DE",
        "target_region": "",
        "target_operator": "Cloud Inc",
    }
    flow = Flow(**default | changes)
    facts = derived(bucket("b"), flow, register=(replace(FLOW, **entry),))
    assert facts.one("flows", "excepted") == (expected,)
