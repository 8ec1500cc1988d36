"""Who may change the store that an audit log is written to."""

from typing import Any

import pytest

from auditor.model import Unknown
from auditor.tables import Row, Trail
from tests.facts.acting import JANE, bucket, derived, grant, run, unit
from tests.facts.identifying import OURS, user

KNOWN = unit("principals", "stores", "policy_documents", "attachments", "memberships")
GAP = unit("principals", is_open=True)
SERVICE = user("", "", id="service:cloudtrail.amazonaws.com", kind="service")
GROUP = user("g", kind="group")


def trail(destination: str = "arn:aws:s3:::b", **changes: Any) -> Trail:
    """Return a trail that writes to bucket b."""
    default: dict[str, Any] = {
        "id": "t",
        "name": "t",
        "provider": "aws",
        "account": OURS,
        "region": "us-east-1",
        "logging": True,
        "all_regions": True,
        "organization": False,
        "management_events": True,
        "integrity": True,
        "retention_days": 0,
        "destination_id": destination,
    }
    return Trail(**default | changes)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((trail(), grant(access="administer"), run("a", "c", 1), KNOWN), [JANE.id]),
        ((trail(), grant(access="write"), run("a", "c", 1), KNOWN), [JANE.id]),
        ((trail(), grant(access="read"), run("a", "c", 1), KNOWN), []),
        ((trail(), grant(access="administer"), run("c", "d", 1), KNOWN), []),
        ((trail(), SERVICE, grant(SERVICE.id, access="write"), run("b", "b", 1), KNOWN), []),
        ((trail(), GROUP, grant(GROUP.id, access="write"), run("b", "b", 1), KNOWN), []),
        ((trail(), grant(access="write", given=Unknown("x")), run("b", "b", 1), KNOWN), None),
        (
            (trail(), grant(access="write"), run("b", "b", 1), unit("principals", is_open=True)),
            None,
        ),
        ((trail(""), grant(access="write"), run("b", "b", 1), KNOWN), []),
        ((trail("elsewhere"), KNOWN), None),
    ],
)
def test_who_keeps_a_log(rows: tuple[Row, ...], expected: list[str] | None) -> None:
    """People and roles with a right to change it; unknown while a right may not have been seen."""
    assert derived(bucket("b"), *rows).one("trails", "administrators") == (expected,)
