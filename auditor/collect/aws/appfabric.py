"""AWS AppFabric: audit logs of other companies' services that are taken in.

API: https://docs.aws.amazon.com/appfabric/latest/api/API_ListIngestionDestinations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import entries, maybe_text, member, state_of, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/appfabric/latest/api/API_"
_NOT_READ = Unknown("its bucket or stream is not read by this version")


def _ingestion(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.app"),
        kind="ingestion",
        public=False,  # it takes in, and cannot be called
    )
    yield row
    destinations = found.read("destinations")
    if isinstance(destinations, Unknown):
        yield possible(row, "stream", destinations)
        return
    active = state_of(maybe_text(found, "item.state"), ("enabled",), ("disabled",))
    if active is False:
        return
    for each in entries(destinations):
        yield possible(row, "stream", _NOT_READ, member(each, "arn") or "?")


INGESTIONS = Collector(
    kind="aws.appfabric.ingestion",
    service="appfabric",
    title="audit logs of other companies' services that are taken in",
    per=("account", "region"),
    parent=Listing(
        operation="ListAppBundles",
        permission="appfabric:ListAppBundles",
        parameters={"maxResults": 100},
        items="appBundleSummaryList",
    ),
    listing=Listing(
        operation="ListIngestions",
        permission="appfabric:ListIngestions",
        parameters={"maxResults": 100},
        bind={"appBundleIdentifier": "parent.arn"},
        items="ingestions",
    ),
    details=(
        Detail(
            name="destinations",
            operation="ListIngestionDestinations",
            permission="appfabric:ListIngestionDestinations",
            parameters={"maxResults": 100},
            bind={"appBundleIdentifier": "parent.arn", "ingestionIdentifier": "item.arn"},
            items="ingestionDestinations",
        ),
    ),
    tables=(Processor, Flow),
    rows=_ingestion,
    types=("appfabric:appbundle",),
    source=_REFERENCE + "ListIngestions.html",
)
