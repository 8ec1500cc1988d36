"""Amazon S3: batch jobs that copy objects or hand them to a function.

API: https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_DescribeJob.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import to_arn, to_bucket
from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor

# What else a job can do changes objects where they are.
_MOVES = ("S3PutObjectCopy", "S3ReplicateObject", "LambdaInvoke")
# What a job has copied is still there; how far one came that did not end well is not stated.
_HALF = Unknown("a job that did not end well may have copied a part")
_DONE: Mapping[str, Maybe[bool]] = {"Complete": True, "Cancelled": _HALF, "Failed": _HALF}


def _rows(found: Found) -> Iterator[Processor | Flow]:
    operation = found.read("item.Operation")
    if not isinstance(operation, Unknown) and operation not in _MOVES:
        return
    region, account = found.place["region"], found.place["account"]
    job = processor_of(
        found,
        id=arn("s3", region, account, f"job/{text(found, 'item.JobId')}"),
        name=text(found, "item.JobId"),
        kind="batch job",
        public=False,  # only S3 runs it
        created=maybe_text(found, "item.CreationTime"),
    )
    yield job
    yield from _ends(found, job, _is_active(found))


def _is_active(found: Found) -> Maybe[bool]:
    status = maybe_text(found, "item.Status")
    return status if isinstance(status, Unknown) else _DONE.get(status, True)


def _ends(found: Found, job: Processor, active: Maybe[bool]) -> Iterator[Flow]:
    operation = found.read("job.Job.Operation")
    if isinstance(operation, Unknown):
        yield possible(job, "copy", operation)
        return
    if target := dig(operation, "S3PutObjectCopy.TargetResource"):
        yield to_bucket(job, "copy", target, active=active)
    if function := dig(operation, "LambdaInvoke.FunctionArn"):
        yield to_arn(job, "stream", function, active=active)
    if report := found.read("job.Job.Report.Bucket", absent=""):
        yield to_bucket(
            job, "export", report, id=f"{job.id}/export/report", active=_reports(found, active)
        )


def _reports(found: Found, active: Maybe[bool]) -> Maybe[bool]:
    return active if found.read("job.Job.Report.Enabled", absent=False) else False


JOBS = Collector(
    kind="aws.s3.batch-job",
    service="s3control",
    title="S3 batch jobs that copy objects or hand them to a function",
    per=("account", "region"),
    listing=Listing(
        operation="ListJobs",
        permission="s3:ListJobs",
        parameters={"MaxResults": 1000},
        bind={"AccountId": "place.account"},
        items="Jobs",
    ),
    details=(
        Detail(
            name="job",
            operation="DescribeJob",
            permission="s3:DescribeJob",
            bind={"AccountId": "place.account", "JobId": "item.JobId"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("s3:job",),
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListJobs.html",
)
