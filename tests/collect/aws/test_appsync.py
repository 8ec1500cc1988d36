"""What we claim to know about GraphQL APIs, given what AWS answered."""

import pytest

from auditor.collect.aws.appsync import APIS, EVENT_APIS, MERGED_APIS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

API = {
    "apiId": "1",
    "name": "feed",
    "arn": f"arn:aws:appsync:{HOME}:{ACCOUNT}:apis/1",
    "authenticationType": "AWS_IAM",
    "visibility": "GLOBAL",
    "tags": {"a": "b"},
}

pytestmark = pytest.mark.usefixtures("cloud")


NO_CACHE = Rule(operation="appsync.GetApiCache", status=404, code="NotFoundException")


def collect(*sources: Json, deny: str = "", cache: Rule = NO_CACHE, **members: Json) -> Collected:
    apis = {"graphqlApis": [{**API, **members}]}
    rules = [
        cache,
        Rule(operation="appsync.ListGraphqlApis", words="apiType=GRAPHQL", answer=apis),
        Rule(operation="appsync.ListDataSources", answer={"dataSources": [*sources]}),
    ]
    return gather((IDENTITY, REGIONS, APIS), rules=rules, deny=[deny])


def to_source(**source: Json) -> Flow:
    (flow,) = collect({"name": "it", **source}).flows
    return flow


def test_a_table_is_named_with_its_own_region() -> None:
    table = {"tableName": "feed", "awsRegion": "eu-central-1"}
    flow = to_source(type="AMAZON_DYNAMODB", dynamodbConfig=table)

    assert flow.target_id == f"arn:aws:dynamodb:eu-central-1:{ACCOUNT}:table/feed"
    assert flow.target_country == "DE"


def test_a_search_domain_has_a_place_but_no_account() -> None:
    domain = {"endpoint": "https://search.example.com", "awsRegion": "eu-central-1"}
    flow = to_source(type="AMAZON_OPENSEARCH_SERVICE", openSearchServiceConfig=domain)

    assert flow.target_country == "DE"
    assert isinstance(flow.target_account, Unknown)


@pytest.mark.parametrize(
    "source",
    [{"type": "HTTP", "httpConfig": {"endpoint": "https://api.example.com"}}, {"type": "NEW"}],
)
def test_other_ends_are_unknown(source: dict[str, Json]) -> None:
    assert isinstance(to_source(**source).target_country, Unknown)


def test_an_api_without_a_source_moves_nothing() -> None:
    assert collect({"name": "local", "type": "NONE"}).flows == []


def test_whoever_holds_a_key_can_call_it() -> None:
    more = [{"authenticationType": "API_KEY"}]

    assert collect().processors["feed"].public is False
    assert isinstance(
        collect(additionalAuthenticationProviders=more).processors["feed"].public, Unknown
    )


def test_refused_sources_are_a_possible_way_out() -> None:
    (flow,) = collect(deny="ListDataSources").flows

    assert isinstance(flow.active, Unknown)


def test_a_merged_api_reads_others() -> None:
    theirs = "arn:aws:appsync:eu-central-1:999999999999:apis/2"
    association = {"associationId": "x", "sourceApiArn": theirs}
    rules = [
        Rule(
            operation="appsync.ListGraphqlApis",
            words="apiType=MERGED",
            answer={"graphqlApis": [API]},
        ),
        Rule(
            operation="appsync.ListSourceApiAssociations",
            answer={"sourceApiAssociationSummaries": [association]},
        ),
    ]

    (flow,) = gather((IDENTITY, REGIONS, MERGED_APIS), rules=rules).flows

    assert (flow.target_id, flow.target_account) == (theirs, "999999999999")


def test_a_resolver_names_the_model_so_that_it_may_answer_anywhere() -> None:
    flow = to_source(type="AMAZON_BEDROCK_RUNTIME")

    assert flow.mechanism == "inference"
    assert isinstance(flow.target_country, Unknown)


def test_a_cache_is_a_store() -> None:
    cached = Rule(
        operation="appsync.GetApiCache",
        answer={"apiCache": {"ttl": 60, "atRestEncryptionEnabled": False}},
    )

    assert collect().stores == {}
    assert collect(cache=cached).stores["cache of feed"].encrypted is False
    refused = collect(deny="GetApiCache").stores["cache of feed"]
    assert isinstance(refused.encrypted, Unknown)


def test_an_event_api_hands_events_to_its_data_sources() -> None:
    keys = {"authProviders": [{"authType": "API_KEY"}]}
    api = {"apiId": "3", "name": "chat", "apiArn": "arn:chat", "eventConfig": keys}
    function = "arn:aws:lambda:eu-central-1:999999999999:function:f"
    source = {
        "name": "it",
        "type": "AWS_LAMBDA",
        "lambdaConfig": {"lambdaFunctionArn": function},
    }
    rules = [
        Rule(operation="appsync.ListApis", answer={"apis": [api]}),
        Rule(operation="appsync.ListDataSources", answer={"dataSources": [source]}),
    ]

    collected = gather((IDENTITY, REGIONS, EVENT_APIS), rules=rules)

    assert isinstance(collected.processors["chat"].public, Unknown)
    assert [(flow.target_id, flow.target_country) for flow in collected.flows] == [(function, "DE")]
