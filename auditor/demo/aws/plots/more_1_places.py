"""What is easily set up in the wrong place: collectors of settings, snapshots, pools, addresses."""

from collections.abc import Mapping
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails

_PLACES = (FRANKFURT, WEST)
_ALL_SETTINGS, _SETTINGS = (
    arn_of("config", f"config-aggregator/config-aggregator-{region}", region) for region in _PLACES
)
_COMMENTS, _REPLIES = (
    arn_of("docdb-elastic", f"cluster-snapshot/{region}", region) for region in _PLACES
)
_VISITORS, _VIEWERS = (
    arn_of("cognito-identity", f"identitypool/{region}:feed0011", region) for region in _PLACES
)
_WORLD, _LOCAL = (
    f"arn:aws:apigateway:{WEST}::/domainnames/{name}.northstar.example"
    for name in ("world", "local")
)
_CHAT, _CALLS = (arn_of("appsync", f"apis/northstar-{name}", WEST) for name in ("chat", "calls"))


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def _aggregators(arn: str, region: str) -> Rule:
    aggregator = {
        "ConfigurationAggregatorName": f"northstar-{region}",
        "ConfigurationAggregatorArn": arn,
        "AccountAggregationSources": [{"AccountIds": [USER_DATA], "AllAwsRegions": True}],
    }
    answer = {"ConfigurationAggregators": [aggregator]}
    return answered("config.DescribeConfigurationAggregators", answer, region=region)


def _snapshots(arn: str, region: str) -> tuple[Rule, Rule]:
    snapshot = {
        "clusterArn": arn_of("docdb-elastic", "cluster/feed-0011", region),
        "snapshotArn": arn,
        "snapshotName": f"northstar-{region}",
        "snapshotCreationTime": "2020-09-20T00:00:00Z",
        "status": "ACTIVE",
    }
    whole = {
        **snapshot,
        "adminUserName": "administrator",
        "clusterCreationTime": "2020-09-20T00:00:00Z",
        "kmsKeyId": arn_of("kms", "alias/aws/rds", region),
        "subnetIds": [],
        "vpcSecurityGroupIds": [],
    }
    return (
        answered("docdb-elastic.ListClusterSnapshots", {"snapshots": [snapshot]}, region=region),
        answered("docdb-elastic.GetClusterSnapshot", {"snapshot": whole}, region=region),
    )


def _pools(arn: str, region: str) -> tuple[Rule, Rule]:
    pool = {"IdentityPoolId": _name(arn), "IdentityPoolName": f"northstar-{region}"}
    whole = {**pool, "AllowUnauthenticatedIdentities": False, "IdentityPoolTags": PROTECTED}
    return (
        answered("cognito-identity.ListIdentityPools", {"IdentityPools": [pool]}, region=region),
        answered("cognito-identity.DescribeIdentityPool", whole, region=region),
    )


def _domain(arn: str, kind: str) -> Mapping[str, Any]:
    return {
        "domainName": _name(arn),
        "endpointConfiguration": {"types": [kind]},
        "domainNameStatus": "AVAILABLE",
        "tags": PROTECTED,
    }


def _channels(arn: str) -> Mapping[str, Any]:
    modes = [{"authType": "AWS_IAM"}]
    settings = {
        "authProviders": modes,
        "connectionAuthModes": modes,
        "defaultPublishAuthModes": modes,
        "defaultSubscribeAuthModes": modes,
    }
    name = _name(arn)
    return {
        "apiId": name,
        "name": name,
        "apiArn": arn,
        "eventConfig": settings,
        "tags": PROTECTED,
    }


def _written_to(arn: str, region: str) -> Rule:
    table = {"tableName": "northstar-messages", "awsRegion": region}
    source = {"name": "messages", "type": "AMAZON_DYNAMODB", "dynamodbConfig": table}
    return answered(
        "appsync.ListDataSources", {"dataSources": [source]}, region=WEST, words=_name(arn)
    )


PLOT = Plot(
    tags=dict.fromkeys((_ALL_SETTINGS, _SETTINGS, _COMMENTS, _REPLIES), PROTECTED),
    rules=(
        _aggregators(_ALL_SETTINGS, FRANKFURT),
        _aggregators(_SETTINGS, WEST),
        *_snapshots(_COMMENTS, FRANKFURT),
        *_snapshots(_REPLIES, WEST),
        *_pools(_VISITORS, FRANKFURT),
        *_pools(_VIEWERS, WEST),
        answered(
            "apigateway.GetDomainNames",
            {"items": [_domain(_WORLD, "EDGE"), _domain(_LOCAL, "REGIONAL")]},
            region=WEST,
        ),
        answered("appsync.ListApis", {"apis": [_channels(_CHAT), _channels(_CALLS)]}, region=WEST),
        _written_to(_CHAT, FRANKFURT),
        _written_to(_CALLS, WEST),
    ),
    planted=(
        *fails("settings of all regions are collected in Frankfurt", A_10=_ALL_SETTINGS),
        *fails(
            "a snapshot of a DocumentDB elastic cluster is in Frankfurt",
            A_02=_COMMENTS,
            A_05=_COMMENTS,
            A_07b=_COMMENTS,
        ),
        *fails("an identity pool is in Frankfurt", A_02=_VISITORS, A_07b=_VISITORS),
        *fails(
            "a domain name takes requests through every edge of the world",
            A_10b=f"{_WORLD}/edge/edge-optimized domain name",
        ),
        *fails(
            "an Event API writes what is said to a table in Frankfurt",
            A_04=f"{_CHAT}/stream/messages",
        ),
    ),
)
