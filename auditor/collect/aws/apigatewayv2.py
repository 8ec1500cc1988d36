"""Amazon API Gateway, HTTP and WebSocket APIs: what they call, and where they log.

API: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
"""

from collections.abc import Iterator

from auditor.collect.aws.api_ends import integration
from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.reading import entries, maybe_text, member, tags_in, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor


def _rows(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=arn("apigateway", found.place["region"], "", f"/apis/{text(found, 'item.ApiId')}"),
        name=text(found, "item.Name"),
        kind=f"{text(found, 'item.ProtocolType')} API".strip(),
        public=True,  # there are no private ones; routes may still ask for a token
        created=maybe_text(found, "item.CreatedDate", absent=""),
        tags=tags_in(found.read("item.Tags", absent={})),
    )
    yield row
    integrations = found.read("integrations")
    if isinstance(integrations, Unknown):
        yield possible(row, "stream", integrations, "integrations")
    for each in entries(integrations):
        if member(each, "IntegrationUri"):
            yield integration(row, member(each, "IntegrationUri"), member(each, "ConnectionId"))
        elif member(each, "IntegrationSubtype"):
            why = Unknown(f"it calls {member(each, 'IntegrationSubtype')} with what requests name")
            yield possible(row, "stream", why, member(each, "IntegrationId"))
    stages = found.read("stages")
    if isinstance(stages, Unknown):
        yield possible(row, "stream", stages, "access logs")
    logs = [member(each, "AccessLogSettings.DestinationArn") for each in entries(stages)]
    yield from exits(row, "stream", logs)


APIS = Collector(
    kind="aws.apigatewayv2.api",
    service="apigatewayv2",
    title="HTTP and WebSocket APIs of API Gateway",
    per=("account", "region"),
    listing=Listing(operation="GetApis", permission="apigateway:GET", items="Items"),
    details=(
        Detail(
            name="integrations",
            operation="GetIntegrations",
            permission="apigateway:GET",
            bind={"ApiId": "item.ApiId"},
            items="Items",
            secrets=("Items.RequestParameters", "Items.RequestTemplates"),
        ),
        Detail(
            name="stages",
            operation="GetStages",
            permission="apigateway:GET",
            bind={"ApiId": "item.ApiId"},
            items="Items",
            secrets=("Items.StageVariables",),
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("apigateway:apis",),
    source="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html",
)
