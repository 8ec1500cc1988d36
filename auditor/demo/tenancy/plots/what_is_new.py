"""One answer that is newer than this version: a retention rule with a member and a unit of its own.

It is no breach, and the bucket passes; the table ``novelties`` names both.
"""

import json

from auditor.demo.oci.faults import InjectedFault
from auditor.demo.tenancy.builder import HOME
from auditor.demo.tenancy.plots import Ground, Plot

OPERATION = "list_retention_rules"
NEW = {("member", "items.suspendedUntil", ""), ("value", "items.duration.timeUnit", "MONTHS")}
_RULE = {
    "id": "keep-some-months",
    "displayName": "keep some months",
    "duration": {"timeAmount": 6, "timeUnit": "MONTHS"},
    "suspendedUntil": "2026-12-01T00:00:00Z",
}


def _build(ground: Ground) -> None:
    """Add nothing: the estate refuses what the SDK does not know, so the answer is made up."""


PLOT = Plot(
    build=_build,
    faults=(
        InjectedFault(
            operation=f".*[.]{OPERATION}",
            region=HOME,
            resource="metrics",
            body=json.dumps({"items": [_RULE]}).encode(),
        ),
    ),
)
