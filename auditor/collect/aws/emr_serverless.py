"""Amazon EMR Serverless: applications, and where their logs go.

API: https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_GetApplication.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits, to_outside
from auditor.collect.aws.reading import maybe_text, optional, optional_text, tags_in, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_"
_ID = "application.application.applicationId"
_MONITORING = "application.application.monitoringConfiguration"
_JOBS = Unknown("what its jobs write, and where, is not read")


def _application(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="application",
        public=False,  # jobs are submitted with credentials of AWS only
        created=maybe_text(found, "item.createdAt"),
        tags=tags_in(optional(found, "application.application.tags", _ID, {})),
    )
    yield row
    yield possible(row, "stream", _JOBS, "jobs")
    logs = optional_text(found, f"{_MONITORING}.s3MonitoringConfiguration.logUri", _ID)
    yield from exits(row, "export", [logs])
    url = optional_text(
        found, f"{_MONITORING}.prometheusMonitoringConfiguration.remoteWriteUrl", _ID
    )
    if isinstance(url, Unknown):
        yield possible(row, "stream", url, "metrics")
    elif url:
        yield to_outside(row, "stream", url)


APPLICATIONS = Collector(
    kind="aws.emr-serverless.application",
    service="emr-serverless",
    title="applications of EMR Serverless",
    per=("account", "region"),
    listing=Listing(
        operation="ListApplications",
        permission="emr-serverless:ListApplications",
        parameters={"maxResults": 50},
        items="applications",
    ),
    details=(
        Detail(
            name="application",
            operation="GetApplication",
            permission="emr-serverless:GetApplication",
            bind={"applicationId": "item.id"},
            secrets=("application.runtimeConfiguration",),
        ),
    ),
    tables=(Processor, Flow),
    rows=_application,
    types=("emr-serverless:applications",),
    source=_REFERENCE + "ListApplications.html",
)
