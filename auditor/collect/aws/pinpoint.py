"""Amazon Pinpoint: projects with their endpoints, event streams and exports.

API: https://docs.aws.amazon.com/pinpoint/latest/apireference/apps.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.reading import entries, is_absent, maybe_text, tags_in, text
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Store


def _rows(found: Found) -> Iterator[Store | Flow]:
    project = store_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="app",
        encrypted=True,  # always, with a key of AWS's
        key_id="",
        public=False,  # read with credentials of AWS only
        created=maybe_text(found, "item.CreationDate"),
        tags=tags_in(found.read("item.tags", absent={})),
    )
    yield project
    if not is_absent(found, "stream"):
        yield from exits(project, "stream", [found.read("stream.EventStream.DestinationStreamArn")])
    jobs = found.read("exports")
    if isinstance(jobs, Unknown):
        yield possible(project, "export", jobs)
    yield from exits(
        project, "export", [dig(job, "Definition.S3UrlPrefix") for job in entries(jobs)]
    )


APPS = Collector(
    kind="aws.mobiletargeting.app",
    service="pinpoint",
    title="Pinpoint projects",
    per=("account", "region"),
    listing=Listing(
        operation="GetApps",
        permission="mobiletargeting:GetApps",
        items="ApplicationsResponse.Item",
    ),
    details=(
        Detail(
            name="stream",
            operation="GetEventStream",
            permission="mobiletargeting:GetEventStream",
            bind={"ApplicationId": "item.Id"},
            absent_on=("NotFoundException",),
        ),
        Detail(
            name="exports",
            operation="GetExportJobs",
            permission="mobiletargeting:GetExportJobs",
            bind={"ApplicationId": "item.Id"},
            items="ExportJobsResponse.Item",
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("mobiletargeting:apps",),
    source="https://docs.aws.amazon.com/pinpoint/latest/apireference/apps.html",
)
