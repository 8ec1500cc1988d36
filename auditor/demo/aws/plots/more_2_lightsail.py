"""Lightsail's instances, databases and copies of both: a set in order, and one in Frankfurt."""

from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_KEPT = {
    "instances": "Instance/shop",
    "relationalDatabases": "RelationalDatabase/orders",
    "relationalDatabaseSnapshots": "RelationalDatabaseSnapshot/orders",
    "diskSnapshots": "DiskSnapshot/uploads",
    "instanceSnapshots": "InstanceSnapshot/shop",
}
_HOME = {kind: arn_of("lightsail", resource) for kind, resource in _KEPT.items()}
_ABROAD = {kind: arn_of("lightsail", resource, FRANKFURT) for kind, resource in _KEPT.items()}
_CACHE, _PRESS = (arn_of("lightsail", f"Distribution/{name}") for name in ("profiles", "press"))


def _item(arn: str, **members: Any) -> dict[str, Any]:
    region, tags = arn.split(":")[3], UNPROTECTED if arn == _PRESS else PROTECTED
    return {
        "name": arn.rpartition("/")[2],
        "arn": arn,
        "location": {"availabilityZone": "all", "regionName": region},
        "tags": [{"key": key, "value": value} for key, value in tags.items()],
        **members,
    }


def _set_in(region: str, arns: dict[str, str]) -> tuple[Rule, ...]:
    """Return what a region keeps, and that the copy of a disk was exported there to EC2."""
    zone = {"availabilityZone": f"{region}a", "regionName": region}
    disk = arn_of("lightsail", "Disk/uploads", region)
    sources: dict[str, dict[str, Any]] = {
        "instances": {"location": zone},
        "relationalDatabases": {"location": zone, "hardware": {"diskSizeInGb": 40}},
        "relationalDatabaseSnapshots": {
            "fromRelationalDatabaseArn": arns["relationalDatabases"],
            "sizeInGb": 40,
        },
        "diskSnapshots": {"fromDiskArn": disk, "sizeInGb": 8},
        "instanceSnapshots": {"fromInstanceArn": arns["instances"], "sizeInGb": 20},
    }
    if region == HOME:  # where another plot has one already
        del sources["instanceSnapshots"]
    record = {
        "arn": arn_of("lightsail", "ExportSnapshotRecord/uploads", region),
        "state": "Started",
        "sourceInfo": {"arn": arns["diskSnapshots"], "name": "uploads"},
        "destinationInfo": {"id": "snap-0feed0009", "service": "Aws::EC2::Snapshot"},
    }
    return (
        *(
            answered(
                f"lightsail.Get{kind[0].upper()}{kind[1:]}",
                {kind: [_item(arns[kind], **members)]},
                region=region,
            )
            for kind, members in sources.items()
        ),
        answered(
            "lightsail.GetExportSnapshotRecords", {"exportSnapshotRecords": [record]}, region=region
        ),
    )


_DISTRIBUTIONS = answered(
    "lightsail.GetDistributions",
    {"distributions": [_item(arn, isEnabled=True) for arn in (_CACHE, _PRESS)]},
)
_UNSTATED = (
    *(
        arns[kind]
        for arns in (_HOME, _ABROAD)
        for kind in ("instances", "relationalDatabases", "relationalDatabaseSnapshots")
    ),
    _ABROAD["instanceSnapshots"],
)

PLOT = Plot(
    rules=(*_set_in(HOME, _HOME), *_set_in(FRANKFURT, _ABROAD), _DISTRIBUTIONS),
    planted=(
        *(
            each
            for arn in _ABROAD.values()
            for each in fails("a server, a database or a copy is in Frankfurt", A_02=arn)
        ),
        *(
            each
            for kind in ("relationalDatabaseSnapshots", "diskSnapshots", "instanceSnapshots")
            for each in fails("a backup is in Frankfurt", A_05=_ABROAD[kind])
        ),
        *fails("the key of a disk's copy is in Frankfurt", A_07b=_ABROAD["diskSnapshots"]),
        *fails(
            "the copy of a disk was given to EC2 in Frankfurt",
            A_04=arn_of("lightsail", "ExportSnapshotRecord/uploads/export/*", FRANKFURT),
        ),
        *(
            each
            for arn in _UNSTATED
            for each in stays_open(
                "whether Lightsail encrypts it is not stated", A_06=arn, A_07b=arn
            )
        ),
        *fails(
            "a distribution keeps user data at every edge", A_10=_CACHE, A_10b=f"{_CACHE}/edge/*"
        ),
    ),
)
