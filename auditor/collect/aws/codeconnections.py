"""AWS CodeConnections: connections to where code is kept, outside AWS.

API: https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_ListConnections.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import host_of
from auditor.collect.aws.flow_ends import to_outside
from auditor.collect.aws.reading import maybe_text, state_of, text
from auditor.collect.aws.resources import processor_of
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_"


def _connection(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.ConnectionArn"),
        name=text(found, "item.ConnectionName"),
        kind="connection",
        public=False,  # used with credentials of AWS only
    )
    yield row
    provider = text(found, "item.ProviderType")
    active = state_of(maybe_text(found, "item.ConnectionStatus"), ("AVAILABLE",), ("PENDING",))
    why = f"it leads to {provider or 'a provider that is not named'}, wherever that keeps code"
    yield to_outside(row, "link", provider or "?", why, active=active)


def _host(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.HostArn"),
        name=text(found, "item.Name"),
        kind="host",
        public=False,  # it stands for a server that is elsewhere
    )
    yield row
    address = host_of(text(found, "item.ProviderEndpoint"))
    yield to_outside(row, "link", address or "?")


CONNECTIONS = Collector(
    kind="aws.codeconnections.connection",
    service="codeconnections",
    title="connections to where code is kept",
    per=("account", "region"),
    listing=Listing(
        operation="ListConnections",
        permission="codeconnections:ListConnections",
        parameters={"MaxResults": 100},
        items="Connections",
    ),
    tables=(Processor, Flow),
    rows=_connection,
    types=("codeconnections:connection",),
    source=_REFERENCE + "ListConnections.html",
)

HOSTS = Collector(
    kind="aws.codeconnections.host",
    service="codeconnections",
    title="servers of the customer's that keep code",
    per=("account", "region"),
    listing=Listing(
        operation="ListHosts",
        permission="codeconnections:ListHosts",
        parameters={"MaxResults": 100},
        items="Hosts",
    ),
    tables=(Processor, Flow),
    rows=_host,
    types=("codeconnections:host",),
    source=_REFERENCE + "ListHosts.html",
)
