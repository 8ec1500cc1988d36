"""How long an audit log is kept, and locked, where it lies."""

from typing import Any

import pytest

from auditor.model import Unknown
from auditor.tables import Maybe, Retention, Row, Trail
from tests.facts.acting import bucket, derived
from tests.facts.identifying import OURS
from tests.facts.test_log_keepers import trail


def rule(effect: str, days: Maybe[int], names: str = "", number: int = 1) -> Retention:
    """Return a rule on bucket b."""
    return Retention(
        id=f"b/{effect}/{number}",
        provider="aws",
        account=OURS,
        store_id="arn:aws:s3:::b",
        effect=effect,
        days=days,
        object_names=names,
    )


def log(**changes: Any) -> Trail:
    """Return a trail whose files in bucket b begin as they do without a prefix."""
    return trail(**{"file_names": "AWSLogs/", **changes})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((log(), bucket("b")), (0, 0)),
        ((log(), bucket("b"), rule("deletes", 90)), (90, 0)),
        ((log(), bucket("b"), rule("deletes", 90), rule("deletes", 30, "", 2)), (30, 0)),
        ((log(), bucket("b"), rule("deletes", 90, "AWSLogs/123/")), (90, 0)),
        ((log(), bucket("b"), rule("deletes", 90, "AWS")), (90, 0)),
        ((log(), bucket("b"), rule("deletes", 90, "scratch/")), (0, 0)),
        ((log(file_names="p/AWSLogs/"), bucket("b"), rule("deletes", 90, "AWSLogs/")), (0, 0)),
        ((log(file_names=Unknown("x")), bucket("b"), rule("deletes", 9, "AWSLogs/")), (9, 0)),
        ((log(), bucket("b"), rule("deletes", 90), rule("locks", 400)), (90, 400)),
        ((log(), bucket("b"), rule("deletes", 9), rule("deletes", Unknown("x"), "", 2)), (None, 0)),
        ((log(), bucket("b"), rule("locks", Unknown("x"))), (0, None)),
        ((log(), bucket("c"), rule("deletes", 90)), (None, None)),
        ((log(), bucket("b", service="other"), rule("deletes", 90)), (None, None)),
        ((log(destination_id="", retention_days=365),), (365, 365)),
        ((log(destination_id="", retention_days=Unknown("x")),), (None, None)),
        ((log(destination_id=Unknown("x")), bucket("b")), (None, None)),
    ],
    ids=[
        "no rule",
        "a rule",
        "the shortest counts",
        "a rule about some of its files",
        "a rule about more than its files",
        "a rule about other objects",
        "files under a prefix",
        "names that are not known",
        "locked as well",
        "a rule of unknown days",
        "a lock of unknown days",
        "a bucket that was not seen",
        "a store whose rules nobody asked for",
        "kept by the provider",
        "kept by the provider for an unknown period",
        "a destination that is not known",
    ],
)
def test_how_long_a_log_is_kept(
    rows: tuple[Row, ...], expected: tuple[int | None, int | None]
) -> None:
    assert derived(*rows).one("trails", "kept_days, locked_days") == expected
