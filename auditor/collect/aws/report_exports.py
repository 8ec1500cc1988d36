"""AWS Cost and Usage Reports, and Audit Manager: the buckets that get them.

A report of costs holds tags, which may name people.

API: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_cur_DescribeReportDefinitions.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_arn, to_bucket
from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.regions import arn, country_of, operator_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_HOME = "us-east-1"  # where the API of reports is


def _report(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.ReportName")
    report = processor_of(
        found,
        id=arn("cur", _HOME, found.place["account"], f"definition/{name}"),
        name=name,
        kind="cost and usage report",
        public=False,  # it writes, and cannot be called
        region=_HOME,
        country=country_of(_HOME),
    )
    yield report
    bucket, region = maybe_text(found, "item.S3Bucket"), maybe_text(found, "item.S3Region")
    if isinstance(bucket, Unknown):
        yield possible(report, "export", bucket)
        return
    yield to_bucket(
        report,
        "export",
        bucket,
        target_region=region,
        target_country=country_of(region),
        target_operator=region if isinstance(region, Unknown) else operator_of(region),
    )


REPORTS = Collector(
    kind="aws.cur.report",
    service="cur",
    title="reports of costs and usage, with the buckets that get them",
    per=("account",),
    listing=Listing(
        operation="DescribeReportDefinitions",
        permission="cur:DescribeReportDefinitions",
        parameters={"MaxResults": 5},
        items="ReportDefinitions",
    ),
    tables=(Processor, Flow),
    rows=_report,
    types=("cur:definition",),
    source=(
        "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/"
        "API_cur_DescribeReportDefinitions.html"
    ),
)


def _settings(found: Found) -> Iterator[Processor | Flow]:
    settings = processor_of(
        found,
        id=arn("auditmanager", found.place["region"], found.place["account"], "settings"),
        name="settings",
        kind="settings",
        public=False,  # its reports are in their buckets
    )
    flows = [*_exports(found, settings)]
    path = "item.settings.evidenceFinderEnablement.eventDataStoreArn"
    events = maybe_text(found, path, absent="")
    if isinstance(events, str) and events:
        flows.append(to_arn(settings, "copy", events))
    if flows:
        yield settings
        yield from flows


def _exports(found: Found, settings: Processor) -> Iterator[Flow]:
    for name in ("defaultAssessmentReportsDestination", "defaultExportDestination"):
        # Left out until somebody names a bucket.
        bucket = maybe_text(found, f"item.settings.{name}.destination", absent="")
        if isinstance(bucket, Unknown):
            yield possible(settings, "export", bucket, name)
        elif bucket:
            yield to_bucket(settings, "export", bucket, id=f"{settings.id}/export/{name}")


SETTINGS = Collector(
    kind="aws.auditmanager.settings",
    service="auditmanager",
    title="where Audit Manager writes reports and evidence",
    per=("account", "region"),
    listing=Listing(
        operation="GetSettings",
        permission="auditmanager:GetSettings",
        parameters={"attribute": "ALL"},
    ),
    tables=(Processor, Flow),
    rows=_settings,
    source="https://docs.aws.amazon.com/audit-manager/latest/APIReference/API_GetSettings.html",
)
