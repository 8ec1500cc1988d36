"""Zones outside their region's country: one that is open, and others that are closed or at home."""

from typing import Any

from auditor.demo.aws.accounts import HOME, USER_DATA
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails

_LIMA, _BUENOS_AIRES, _BOSTON = "us-east-1-lim-1a", "us-east-1-bue-1a", "us-east-1-bos-1a"


def _zone(name: str, status: str, kind: str = "local-zone") -> dict[str, Any]:
    return {
        "ZoneName": name,
        "ZoneType": kind,
        "OptInStatus": status,
        "RegionName": HOME,
        "GroupName": name[:-1],
        "State": "available",
    }


PLOT = Plot(
    rules=(
        Rule(
            operation="ec2.DescribeAvailabilityZones",
            account=USER_DATA,
            region=HOME,
            answer={
                "AvailabilityZones": [
                    _zone("us-east-1a", "opt-in-not-required", "availability-zone"),
                    _zone(_LIMA, "opted-in"),
                    _zone(_BUENOS_AIRES, "not-opted-in"),
                    _zone(_BOSTON, "opted-in"),
                ]
            },
        ),
    ),
    planted=tuple(fails("a Local Zone in Lima can be used", A_03=f"{USER_DATA}/{_LIMA}")),
)
