"""AWS Interconnect: private connections to other clouds and to carriers' last miles.

API: https://docs.aws.amazon.com/interconnect/latest/api/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_outside
from auditor.collect.aws.reading import member, state_of, text
from auditor.collect.aws.resources import processor_of
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_UP = frozenset({"available", "updating", "down"})  # one that is down may come up again
_NOT_UP = frozenset({"requested", "pending", "deleting", "deleted", "failed"})


def _rows(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.id"),
        kind="interconnect connection",
        public=False,  # a private line
    )
    yield row
    provider = found.read("item.provider", absent={})
    cloud = member(provider, "cloudServiceProvider") or member(provider, "lastMileProvider")
    location = text(found, "item.location")
    why = f"it leads to {cloud[:100] or 'somebody'} at {location[:100] or 'a place'} outside AWS"
    active = state_of(found.read("item.state"), _UP, _NOT_UP)
    yield to_outside(row, "mount", cloud, why, active=active)


CONNECTIONS = Collector(
    kind="aws.interconnect.connection",
    service="interconnect",
    title="Interconnect connections to other clouds",
    per=("account", "region"),
    listing=Listing(
        operation="ListConnections",
        permission="interconnect:ListConnections",
        parameters={"maxResults": 100},
        items="connections",
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("interconnect:connection",),
    source="https://docs.aws.amazon.com/interconnect/latest/api/API_ListConnections.html",
)
