"""AWS AppSync: GraphQL APIs, their data sources, and what merged APIs join.

A data source states its region, which need not be the API's.

API: https://docs.aws.amazon.com/appsync/latest/APIReference/API_ListDataSources.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.arns import host_of
from auditor.collect.aws.flow_ends import to_arn, to_outside
from auditor.collect.aws.reading import entries, is_absent, maybe_flag, maybe_text, text
from auditor.collect.aws.regions import arn, country_of, operator_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/appsync/latest/APIReference"
_BY_KEY = Unknown("whoever holds one of its API keys can call it")
_MODEL = Unknown("its resolvers name the model, which can answer in other regions")
_SEARCHES = ("elasticsearchConfig", "openSearchServiceConfig")


def _api(found: Found) -> Processor:
    tags: Json = found.read("item.tags", absent={})  # left out when there are none
    return processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="GraphQL API",
        public=_is_public(found),
        tags={str(key): str(tags[key]) for key in tags} if isinstance(tags, Mapping) else {},
    )


def _is_public(found: Found) -> Maybe[bool]:
    visibility = maybe_text(found, "item.visibility")
    if visibility == "PRIVATE":
        return False
    several = entries(found.read("item.additionalAuthenticationProviders", absent=[]))
    ways = [maybe_text(found, "item.authenticationType")]
    ways += [str(each.get("authenticationType")) for each in several]
    unknown = next((each for each in (visibility, *ways) if isinstance(each, Unknown)), None)
    if "API_KEY" in ways:
        return _BY_KEY
    return unknown or False  # every other way wants a signature or a token


def _single(found: Found) -> Iterator[Processor | Store | Flow]:
    api = _api(found)
    yield api
    if not is_absent(found, "cache"):
        yield _cache(found, api)
    yield from _sources(found, api)


def _sources(found: Found, api: Processor) -> Iterator[Flow]:
    sources = found.read("sources")
    if isinstance(sources, Unknown):
        yield possible(api, "stream", sources)
        return
    for source in entries(sources):
        yield from _to_source(api, source)


def _cache(found: Found, api: Processor) -> Store:
    """Return the cache of an API, which keeps answers for up to an hour."""
    return store_of(
        found,
        id=f"{api.id}/ApiCaches",
        name=f"cache of {api.name}",
        kind="cache",
        encrypted=maybe_flag(found, "cache.apiCache.atRestEncryptionEnabled"),
        key_id="",  # no key can be chosen
        public=False,  # read through the API only
        locked=False,
        tags=api.tags,
    )


def _to_source(api: Processor, source: Mapping[str, Json]) -> Iterator[Flow]:
    name, kind = str(source.get("name")), source.get("type")
    if kind == "NONE":
        return
    target = _arn_of(api, source)
    host = dig(source, "httpConfig.endpoint")
    region = next((dig(source, f"{each}.awsRegion") for each in _SEARCHES if source.get(each)), "")
    if target:
        yield to_arn(api, "stream", target, name)
    elif isinstance(host, str):
        why = f"it calls {host_of(host)}, and where that host is is not known"
        yield to_outside(api, "stream", name, why)
    elif isinstance(region, str) and region:
        yield flow(
            api,
            "stream",
            name,
            target_account=Unknown("the endpoint of a search domain names no account"),
            target_region=region,
            target_country=country_of(region),
            target_operator=operator_of(region),
        )
    elif kind == "AMAZON_BEDROCK_RUNTIME":
        yield possible(api, "inference", _MODEL, name)
    else:
        yield possible(api, "stream", Unknown(f"data source {name[:80]} names no place"), name)


def _arn_of(api: Processor, source: Mapping[str, Json]) -> str:
    """Return the ARN that a data source names, or whose parts it names; '' if it names none."""
    for path in ("lambdaConfig.lambdaFunctionArn", "eventBridgeConfig.eventBusArn"):
        named = dig(source, path)
        if isinstance(named, str):
            return named
    table = dig(source, "dynamodbConfig.tableName")
    if isinstance(table, str):
        region = str(dig(source, "dynamodbConfig.awsRegion"))
        return arn("dynamodb", region, api.account, f"table/{table}")
    path = "relationalDatabaseConfig.rdsHttpEndpointConfig"
    cluster = dig(source, f"{path}.dbClusterIdentifier")
    if isinstance(cluster, str):
        region = str(dig(source, f"{path}.awsRegion"))
        is_arn = cluster.startswith("arn:")
        return cluster if is_arn else arn("rds", region, api.account, f"cluster:{cluster}")
    return ""


def _events(found: Found) -> Iterator[Processor | Flow]:
    """Yield an API of channels; where its handlers send events, its data sources say."""
    modes = found.read("item.eventConfig.authProviders")
    kinds = [each.get("authType") for each in entries(modes)]
    tags: Json = found.read("item.tags", absent={})  # left out when there are none
    api = processor_of(
        found,
        id=text(found, "item.apiArn"),
        name=text(found, "item.name"),
        kind="Event API",
        public=modes if isinstance(modes, Unknown) else "API_KEY" in kinds and _BY_KEY,
        created=maybe_text(found, "item.created", absent=""),
        tags={str(key): str(tags[key]) for key in tags} if isinstance(tags, Mapping) else {},
    )
    yield api
    yield from _sources(found, api)


def _merged(found: Found) -> Iterator[Processor | Flow]:
    api = _api(found)
    yield api
    associations = found.read("associations")
    if isinstance(associations, Unknown):
        yield possible(api, "stream", associations)
        return
    for each in entries(associations):
        yield to_arn(api, "stream", str(each.get("sourceApiArn")), str(each.get("associationId")))


def _apis(kind: str) -> Listing:
    return Listing(
        operation="ListGraphqlApis",
        permission="appsync:ListGraphqlApis",
        parameters={"apiType": kind, "maxResults": 25},
        items="graphqlApis",
    )


def _below(name: str, operation: str, items: str) -> Detail:
    return Detail(
        name=name,
        operation=operation,
        permission=f"appsync:{operation}",
        parameters={"maxResults": 25},
        bind={"apiId": "item.apiId"},
        items=items,
    )


APIS = Collector(
    kind="aws.appsync.graphql-api",
    service="appsync",
    title="AppSync APIs, with their data sources",
    per=("account", "region"),
    listing=_apis("GRAPHQL"),
    details=(
        _below("sources", "ListDataSources", "dataSources"),
        Detail(
            name="cache",
            operation="GetApiCache",
            permission="appsync:GetApiCache",
            bind={"apiId": "item.apiId"},
            absent_on=("NotFoundException",),
        ),
    ),
    tables=(Processor, Store, Flow),
    rows=_single,
    types=("appsync:apis",),
    source=f"{_REFERENCE}/API_ListDataSources.html",
)

MERGED_APIS = Collector(
    kind="aws.appsync.merged-api",
    service="appsync",
    title="AppSync APIs that join others",
    per=("account", "region"),
    listing=_apis("MERGED"),
    details=(_below("associations", "ListSourceApiAssociations", "sourceApiAssociationSummaries"),),
    tables=(Processor, Flow),
    rows=_merged,
    types=("appsync:apis",),
    source=f"{_REFERENCE}/API_ListSourceApiAssociations.html",
)

EVENT_APIS = Collector(
    kind="aws.appsync.event-api",
    service="appsync",
    title="AppSync Event APIs, with their data sources",
    per=("account", "region"),
    listing=Listing(
        operation="ListApis",
        permission="appsync:ListApis",
        parameters={"maxResults": 25},
        items="apis",
    ),
    details=(_below("sources", "ListDataSources", "dataSources"),),
    tables=(Processor, Flow),
    rows=_events,
    types=("appsync:apis",),
    source=f"{_REFERENCE}/API_ListApis.html",
)
