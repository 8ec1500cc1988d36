"""AWS DataSync: tasks that copy between buckets, file systems, and servers elsewhere.

A task names its two ends by the ARNs of locations, which say nothing; their addresses do.

API: https://docs.aws.amazon.com/datasync/latest/userguide/API_DescribeTask.html
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import in_region, out_of, to_arn, to_bucket, to_outside
from auditor.collect.aws.reading import entries, maybe_text, text
from auditor.collect.aws.regions import REGIONS, arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Processor

_ADDRESS = re.compile(r"([a-z0-9-]+)://(.+?)/?", re.ASCII | re.DOTALL)
_SERVICES = {"s3": "s3", "efs": "elasticfilesystem"}
_SERVICES |= dict.fromkeys(("fsxw", "fsxl", "fsxn", "fsxn-nfs", "fsxn-smb", "fsxz"), "fsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """One end of a task: a resource of AWS with its region, or only an address."""

    address: str
    target: str = ""
    region: str = ""


def _rows(found: Found) -> Iterator[Processor | Flow]:
    task = processor_of(
        found,
        id=text(found, "item.TaskArn"),
        name=text(found, "item.Name"),
        kind="task",
        public=False,  # only who may start it in the account can
        created=maybe_text(found, "task.CreationTime"),
    )
    yield task
    yield _transfer(found, task)
    report = found.read("task.TaskReportConfig", absent=None)
    bucket = dig(report, "Destination.S3.S3BucketArn")
    if isinstance(report, Unknown):
        yield possible(task, "export", report)
    elif bucket:
        yield to_bucket(task, "export", bucket)
    group = found.read("task.CloudWatchLogGroupArn", absent="")
    if group and not isinstance(group, Unknown):
        yield to_arn(task, "export", group)


def _transfer(found: Found, task: Processor) -> Flow:
    addresses = found.read("locations")
    destination = found.read("task.DestinationLocationArn")
    for value in (destination, addresses):
        if isinstance(value, Unknown):
            return possible(task, "sync", value)
    known = {str(each.get("LocationArn")): each.get("LocationUri") for each in entries(addresses)}
    made = _to_end(task, _end(found, known, destination))
    source = _end(found, known, found.read("task.SourceLocationArn", absent=""))
    return out_of(source.target, found, made) if source.target else made


def _to_end(task: Processor, end: _End) -> Flow:
    if not end.target:
        why = "" if end.address else "its location was not listed"
        return to_outside(task, "sync", end.address, why)
    if ":s3:::" not in end.target:
        return to_arn(task, "sync", end.target)
    known = in_region(end.region) if end.region else {}
    return to_bucket(task, "sync", end.target, **known)


def _end(found: Found, known: Mapping[str, Json], location: Json) -> _End:
    """Return what a location's address says, such as ``s3://us-west-2.bucket/prefix``."""
    address = str(known.get(str(location)) or "")
    match = _ADDRESS.fullmatch(address)
    if match is None or match[1] not in _SERVICES:
        return _End(address=address)
    if match[2].startswith("arn:"):
        return _End(address=address, target=match[2])
    host = match[2].partition("/")[0]
    region, _, rest = host.partition(".")
    if region not in REGIONS or not rest:
        region, rest = "", host
    service = _SERVICES[match[1]]
    if service == "s3":
        return _End(address=address, target=bucket_arn(rest, region), region=region)
    home = region or found.place["region"]
    target = arn(service, home, found.place["account"], f"file-system/{rest}")
    return _End(address=address, target=target, region=home)


TASKS = Collector(
    kind="aws.datasync.task",
    service="datasync",
    title="DataSync tasks",
    per=("account", "region"),
    listing=Listing(
        operation="ListTasks",
        permission="datasync:ListTasks",
        parameters={"MaxResults": 100},
        items="Tasks",
    ),
    details=(
        Detail(
            name="task",
            operation="DescribeTask",
            permission="datasync:DescribeTask",
            bind={"TaskArn": "item.TaskArn"},
        ),
        Detail(
            name="locations",
            operation="ListLocations",
            permission="datasync:ListLocations",
            parameters={"MaxResults": 100},
            items="Locations",
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("datasync:task", "datasync:location"),
    source="https://docs.aws.amazon.com/datasync/latest/userguide/API_ListTasks.html",
)
