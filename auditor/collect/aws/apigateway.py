"""Amazon API Gateway, REST APIs: at which edges they answer, what they call, and their caches.

API: https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.api_ends import integration
from auditor.collect.aws.flow_ends import everywhere, to_arn
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy, lets_in_anybody
from auditor.collect.aws.reading import entries, maybe_text, member, tags_in, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, PolicyDocument, Processor, Store

_INTEGRATION = "items.resourceMethods.*.methodIntegration"


def _rows(found: Found) -> Iterator[Processor | Store | Flow | PolicyDocument]:
    types = found.read("item.endpointConfiguration.types")
    policy = _policy(found)
    row = processor_of(
        found,
        id=_arn(found, ""),
        name=text(found, "item.name"),
        kind="REST API",
        public=_is_public(types, policy),
        created=maybe_text(found, "item.createdDate", absent=""),
        tags=tags_in(found.read("item.tags", absent={})),
    )
    yield row
    yield policy_of(row, policy)
    if isinstance(types, Unknown):
        yield possible(row, "edge", types)
    elif "EDGE" in texts(types):
        yield everywhere(row, "edge-optimized endpoint")
    if policy:
        yield from shares(row, accounts_in_policy(policy))
    yield from _integrations(found, row)
    yield from _stages(found, row)


def _policy(found: Found) -> str:
    """Return the policy's text, '' for none; the API hands it out with its quotes escaped."""
    return text(found, "item.policy").replace('\\"', '"')


def _is_public(types: Json, policy: str) -> Maybe[bool]:
    """Return whether anybody can call it; methods may still ask for a token."""
    if isinstance(types, Unknown):
        return types
    if texts(types) == ["PRIVATE"]:
        return False
    return lets_in_anybody(policy) if policy else True


def _integrations(found: Found, row: Processor) -> Iterator[Flow]:
    resources = found.read("resources")
    if isinstance(resources, Unknown):
        yield possible(row, "stream", resources, "integrations")
        return
    called = {}
    for each in entries(resources):
        methods = each.get("resourceMethods")
        for method in methods.values() if isinstance(methods, Mapping) else ():
            target = dig(method, "methodIntegration")
            called[member(target, "uri")] = member(target, "connectionId")
    for uri, link in called.items():
        if uri:
            yield integration(row, uri, link)


def _stages(found: Found, row: Processor) -> Iterator[Store | Flow]:
    stages = found.read("stages")
    if isinstance(stages, Unknown):
        yield possible(row, "stream", stages, "access logs")
        return
    for stage in entries(stages):
        log = member(stage, "accessLogSettings.destinationArn")
        if log:
            yield to_arn(row, "stream", log)
        if stage.get("cacheClusterEnabled") is not False:
            yield _cache(found, row, stage)


def _cache(found: Found, row: Processor, stage: Mapping[str, Json]) -> Store:
    """Return the cache of a stage, which keeps answers for a while."""
    name = member(stage, "stageName")
    return store_of(
        found,
        id=_arn(found, f"/stages/{name}"),
        name=f"{row.name}/{name}",
        kind="cache",
        encrypted=_is_sealed(stage.get("methodSettings")),
        key_id="",
        public=False,  # read through the API only
        tags=tags_in(stage.get("tags") or {}),
    )


def _is_sealed(settings: Json) -> Maybe[bool]:
    """Return whether the methods of a stage that are cached are encrypted in the cache."""
    methods = entries(list(settings.values())) if isinstance(settings, Mapping) else []
    sealed = [each.get("cacheDataEncrypted") for each in methods if each.get("cachingEnabled")]
    if any(each is False for each in sealed):
        return False
    if sealed and all(each is True for each in sealed):
        return True
    return Unknown("the stage does not state that all that it caches is encrypted")


def _arn(found: Found, rest: str) -> str:
    region = found.place["region"]
    return arn("apigateway", region, "", f"/restapis/{text(found, 'item.id')}{rest}")


REST_APIS = Collector(
    kind="aws.apigateway.restapi",
    service="apigateway",
    title="REST APIs of API Gateway",
    per=("account", "region"),
    listing=Listing(
        operation="GetRestApis",
        permission="apigateway:GET",
        parameters={"limit": 500},
        items="items",
    ),
    details=(
        Detail(
            name="resources",
            operation="GetResources",
            permission="apigateway:GET",
            parameters={"embed": ["methods"], "limit": 500},
            bind={"restApiId": "item.id"},
            items="items",
            # Headers that an integration sends may be credentials.
            secrets=(f"{_INTEGRATION}.requestParameters", f"{_INTEGRATION}.requestTemplates"),
        ),
        Detail(
            name="stages",
            operation="GetStages",
            permission="apigateway:GET",
            bind={"restApiId": "item.id"},
            items="item",
            secrets=("item.variables", "item.canarySettings.stageVariableOverrides"),
        ),
    ),
    tables=(Processor, Store, Flow, PolicyDocument),
    rows=_rows,
    types=("apigateway:restapis",),
    source="https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html",
)


def _domain(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    """Yield a name of one's own: one at the edge takes requests through every edge, to any API."""
    region, name = found.place["region"], text(found, "item.domainName")
    types = found.read("item.endpointConfiguration.types")
    row = processor_of(
        found,
        id=arn("apigateway", region, "", f"/domainnames/{name}"),
        name=name,
        kind="domain name",
        public=types if isinstance(types, Unknown) else texts(types) != ["PRIVATE"],
        tags=tags_in(found.read("item.tags", absent={})),
    )
    yield row
    yield policy_of(row, _policy(found))
    if isinstance(types, Unknown):
        yield possible(row, "edge", types)
    elif "EDGE" in texts(types):
        yield everywhere(row, "edge-optimized domain name")


DOMAIN_NAMES = Collector(
    kind="aws.apigateway.domain",
    service="apigateway",
    title="domain names of API Gateway",
    per=("account", "region"),
    listing=Listing(
        operation="GetDomainNames",
        permission="apigateway:GET",
        parameters={"limit": 500},
        items="items",
    ),
    tables=(Processor, Flow, PolicyDocument),
    rows=_domain,
    types=("apigateway:domainnames",),
    source="https://docs.aws.amazon.com/apigateway/latest/api/API_GetDomainNames.html",
)
