"""Amazon Managed Service for Apache Flink: applications, what they read and where they write.

API: https://docs.aws.amazon.com/managed-flink/latest/apiv2/API_DescribeApplication.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import at_arn, flow_from, to_arn
from auditor.collect.aws.reading import entries, maybe_text, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/managed-flink/latest/apiv2/API_"
_CONFIGURATION = "ApplicationDetail.ApplicationConfigurationDescription"
_SQL = f"application.{_CONFIGURATION}.SqlApplicationConfigurationDescription"
_IN_CODE = Unknown("where it writes is in its code; the permissions of its role bound that")
_OUTPUTS = (
    "KinesisStreamsOutputDescription",
    "KinesisFirehoseOutputDescription",
    "LambdaOutputDescription",
)
_INPUTS = ("KinesisStreamsInputDescription", "KinesisFirehoseInputDescription")


def _application(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.ApplicationARN"),
        name=text(found, "item.ApplicationName"),
        kind="application",
        public=False,  # it has no address of its own; its console is reached by signed links
        created=maybe_text(found, "application.ApplicationDetail.CreateTimestamp"),
    )
    yield row
    described = found.read("application.ApplicationDetail.ApplicationARN")
    if isinstance(described, Unknown):
        yield possible(row, "stream", described)
        return
    if not text(found, "item.RuntimeEnvironment").startswith("SQL-"):
        yield possible(row, "stream", _IN_CODE)
        return
    yield from _ends(found, row)


def _ends(found: Found, row: Processor) -> Iterator[Flow]:
    """Yield what an application in SQL reads and writes, which its configuration says."""
    for output in entries(found.read(f"{_SQL}.OutputDescriptions", absent=[])):
        for kind in _OUTPUTS:
            target = dig(output, f"{kind}.ResourceARN")
            if isinstance(target, str):
                yield to_arn(row, "stream", target)
    for given in entries(found.read(f"{_SQL}.InputDescriptions", absent=[])):
        for kind in _INPUTS:
            source = dig(given, f"{kind}.ResourceARN")
            if isinstance(source, str):
                yield flow_from(found, source, "stream", row.id, **at_arn(row.id))


APPLICATIONS = Collector(
    kind="aws.kinesisanalytics.application",
    service="kinesisanalyticsv2",
    title="Applications of Managed Service for Apache Flink",
    per=("account", "region"),
    listing=Listing(
        operation="ListApplications",
        permission="kinesisanalytics:ListApplications",
        parameters={"Limit": 50},
        items="ApplicationSummaries",
    ),
    details=(
        Detail(
            name="application",
            operation="DescribeApplication",
            permission="kinesisanalytics:DescribeApplication",
            bind={"ApplicationName": "item.ApplicationName"},
            secrets=(
                f"{_CONFIGURATION}.ApplicationCodeConfigurationDescription"
                ".CodeContentDescription.TextContent",
                f"{_CONFIGURATION}.EnvironmentPropertyDescriptions"
                ".PropertyGroupDescriptions.PropertyMap",
            ),
        ),
    ),
    tables=(Processor, Flow),
    rows=_application,
    types=("kinesisanalytics:application",),
    source=_REFERENCE + "ListApplications.html",
)
