"""OpenSearch: domains for anybody, connections abroad, pipelines and access policies."""

import json
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, as_list
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open
from auditor.model import Json

_PUBLIC, _GIVEN, _KEPT = (
    arn_of("es", f"domain/northstar-{name}") for name in ("public", "given", "kept")
)
_ABROAD = arn_of("es", "domain/northstar-abroad", FRANKFURT)
_VECTORS = arn_of("aoss", "collection/1", FRANKFURT)
_COLLECTION = {"arn": _VECTORS, "name": "northstar-vectors", "kmsKeyArn": "auto"}
_CLICKS, _LIKES, _NOISE = (
    arn_of("osis", f"pipeline/northstar-{name}") for name in ("clicks", "likes", "noise")
)
_POLICY = arn_of("aoss", "access-policy/data/northstar-partners")


def _domain(arn: str, region: str = HOME, **item: Any) -> Any:
    name = arn.rpartition("/")[2]
    status = {
        "DomainId": f"{USER_DATA}/{name}",
        "DomainName": name,
        "ARN": arn,
        "ClusterConfig": {},
        "EncryptionAtRestOptions": {"Enabled": True, "KmsKeyId": "alias/aws/es"},
        **item,
    }
    return answered(
        "opensearch.DescribeDomain", {"DomainStatus": status}, region=region, words=name
    )


def _listed(*arns: str, region: str = HOME) -> Any:
    names = [{"DomainName": arn.rpartition("/")[2]} for arn in arns]
    return answered("opensearch.ListDomainNames", {"DomainNames": names}, region=region)


def _for(principal: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "es:*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _end(domain: str) -> Json:
    _, _, _, region, account, name = domain.split(":")
    return {
        "AWSDomainInformation": {
            "OwnerId": account,
            "Region": region,
            "DomainName": name.removeprefix("domain/"),
        }
    }


def _followed(number: int, by: str) -> dict[str, Any]:
    return {
        "ConnectionId": f"c-{number}",
        "LocalDomainInfo": _end(by),
        "RemoteDomainInfo": _end(_KEPT),
        "ConnectionStatus": {"StatusCode": "ACTIVE"},
    }


def _pipeline(arn: str, address: str, tags: dict[str, str]) -> dict[str, Any]:
    return {
        "PipelineArn": arn,
        "PipelineName": arn.rpartition("/")[2],
        "Destinations": [{"ServiceName": "OpenSearch", "Endpoint": address}],
        "Tags": as_list(tags),
    }


_VPC = {"VPCId": "vpc-1", "AvailabilityZones": [f"{HOME}a", f"{HOME}b"]}
_PARTNERS = {
    "accessPolicyDetail": {
        "name": "northstar-partners",
        "policy": [{"Rules": [], "Principal": [f"arn:aws:iam::{STRANGER}:role/reader"]}],
    }
}
_AT_HOME, _ELSEWHERE = (
    f"https://vpc-northstar-1.{region}.es.amazonaws.com" for region in (HOME, FRANKFURT)
)

PLOT = Plot(
    tags={
        **dict.fromkeys((_PUBLIC, _GIVEN, _KEPT, _ABROAD, _VECTORS), PROTECTED),
    },
    rules=(
        _listed(_PUBLIC, _GIVEN, _KEPT),
        _listed(_ABROAD, region=FRANKFURT),
        _domain(_PUBLIC, AccessPolicies=_for("*"), EncryptionAtRestOptions={"Enabled": False}),
        _domain(_GIVEN, AccessPolicies=_for(STRANGER)),
        _domain(_KEPT, AccessPolicies=_for("*"), VPCOptions=_VPC),
        _domain(_ABROAD, FRANKFURT),
        answered(
            "opensearch.ListVpcEndpointAccess",
            {
                "AuthorizedPrincipalList": [
                    {"PrincipalType": "AWS_ACCOUNT", "Principal": account}
                    for account in (STRANGER, LOGS)
                ],
                "NextToken": "",
            },
        ),
        answered(
            "opensearch.DescribeInboundConnections",
            {
                "Connections": [
                    _followed(1, arn_of("es", "domain/theirs", HOME, STRANGER)),
                    _followed(2, _ABROAD),
                    _followed(3, arn_of("es", "domain/northstar-west", WEST)),
                ]
            },
        ),
        answered(
            "opensearchserverless.ListCollections",
            {"collectionSummaries": [_COLLECTION]},
            region=FRANKFURT,
        ),
        answered(
            "opensearchserverless.ListAccessPolicies",
            {"accessPolicySummaries": [{"name": "northstar-partners", "type": "data"}]},
        ),
        Rule(
            operation="opensearchserverless.GetAccessPolicy",
            account=USER_DATA,
            region=HOME,
            body=json.dumps(_PARTNERS),
        ),
        answered(
            "osis.ListPipelines",
            {
                "Pipelines": [
                    _pipeline(_CLICKS, _ELSEWHERE, PROTECTED),
                    _pipeline(_LIKES, _AT_HOME, PROTECTED),
                    _pipeline(_NOISE, _ELSEWHERE, UNPROTECTED),
                ]
            },
        ),
    ),
    planted=(
        *fails("anybody can search a domain that is open", A_05b=f"{_PUBLIC}/public/*"),
        *fails("a domain is not encrypted", A_06=_PUBLIC, A_07b=_PUBLIC),
        *fails("a stranger can search a domain", A_05b=f"{_GIVEN}/share/{STRANGER}"),
        *fails("a stranger has an endpoint of a domain", A_05b=f"{_KEPT}/share/{STRANGER}"),
        *fails("a stranger's domain follows one", A_04=f"{_KEPT}/replication/inbound/c-1"),
        *fails("a domain in Frankfurt follows one", A_04=f"{_KEPT}/replication/inbound/c-2"),
        *fails("a domain is in Frankfurt", A_02=_ABROAD, A_07b=_ABROAD),
        *fails("a collection is in Frankfurt", A_02=_VECTORS, A_07b=_VECTORS),
        *fails("a pipeline delivers to Frankfurt", A_04=f"{_CLICKS}/stream/*"),
        *stays_open("nobody states whose domain a pipeline delivers to", A_04=f"{_LIKES}/stream/*"),
        *stays_open("which collections a policy opens is not known", A_05b=f"{_POLICY}/share/*"),
    ),
)
