"""How data moves between OpenSearch domains, into them, and whom collections let in.

A connection lets the local domain of the side that asked search or follow the remote one: the
data goes from the remote domain to the local one.

API: https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_Operations.html
and https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/Welcome.html
"""

import json
from collections.abc import Callable, Iterator

from auditor.collect.aws.flow_ends import at_address, at_arn, flow_from, in_place, nowhere
from auditor.collect.aws.principals import account_of
from auditor.collect.aws.reading import entries, key_arn, maybe_text, state_of, tags_of, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_"
_SERVERLESS = "https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_"
_SOMEWHERE = Unknown("the answer names no end of the pipeline, which writes to one at least")
_OPEN = ("ACTIVE", "APPROVED", "PROVISIONING", "DELETING")
_SHUT = (
    "VALIDATING",
    "VALIDATION_FAILED",
    "PENDING_ACCEPTANCE",
    "REJECTING",
    "REJECTED",
    "DELETED",
)


def _connection(side: str) -> Callable[[Found], Iterator[Flow]]:
    def rows(found: Found) -> Iterator[Flow]:
        source, target = _domain(found, "Remote"), _domain(found, "Local")
        owner = text(found, "item.RemoteDomainInfo.AWSDomainInformation.OwnerId")
        if side == "outbound" and owner == found.place["account"]:
            return  # listed as inbound where the data comes from
        status = maybe_text(found, "item.ConnectionStatus.StatusCode")
        end = {**at_arn(target), "active": state_of(status, _OPEN, _SHUT)}
        name = f"{side}/{text(found, 'item.ConnectionId')}"
        yield flow_from(found, source, "replication", name, **end)

    return rows


def _domain(found: Found, which: str) -> str:
    """Return the ARN of one end; the answer leaves out what is the same as where it was asked."""
    path = f"item.{which}DomainInfo.AWSDomainInformation"
    region = text(found, f"{path}.Region") or found.place["region"]
    account = text(found, f"{path}.OwnerId") or found.place["account"]
    return arn("es", region, account, f"domain/{text(found, f'{path}.DomainName')}")


def _collection(found: Found) -> Iterator[Store]:
    key = maybe_text(found, "item.kmsKeyArn")
    yield store_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="collection",
        encrypted=True,  # the guide: always
        key_id="" if key == "auto" else key_arn(key, found.place["region"], ""),
        public=False,  # every request is signed, whatever the network policy says
        locked=False,
    )


def _access_policy(found: Found) -> Iterator[Flow]:
    """Yield a share with each account; a policy names collections by patterns."""
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.name")
    source = arn("aoss", region, account, f"access-policy/data/{name}")
    document = _parsed(found.read("policy.accessPolicyDetail.policy"))
    if isinstance(document, Unknown):
        end = {**nowhere(document), "active": document}
        yield flow_from(found, source, "share", "?", **end)
        return
    principals = {one for rule in entries(document) for one in texts(rule.get("Principal"))}
    parties = {_party(principal) for principal in principals} - {account}
    for party in sorted(parties, key=str):
        named = "?" if isinstance(party, Unknown) else party
        yield flow_from(found, source, "share", named, **in_place(party, region))


def _parsed(policy: Json) -> Maybe[list[Json]]:
    if isinstance(policy, str):
        try:
            policy = json.loads(policy)
        except (ValueError, RecursionError):
            return Unknown("the policy is no JSON text")
    if isinstance(policy, list | Unknown):
        return policy
    return Unknown("the policy is no list of rules")


def _party(principal: str) -> Maybe[str]:
    parts = principal.split("/")
    if parts[0] in ("saml", "iamidentitycenter") and len(parts) > 1 and parts[1].isdecimal():
        return parts[1]
    return account_of(principal)


def _pipeline(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.PipelineArn"),
        name=text(found, "item.PipelineName"),
        kind="pipeline",
        public=False,  # every request is signed
        created=maybe_text(found, "item.CreatedAt"),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield row
    destinations = entries(found.read("item.Destinations", absent=[]))
    if not destinations:
        yield possible(row, "stream", _SOMEWHERE)
    for each in destinations:
        address = str(each.get("Endpoint") or each.get("ServiceName") or "")
        yield flow(row, "stream", address, **at_address(address))


def _connections(side: str, title: str, call: str) -> Collector:
    return Collector(
        kind=f"aws.es.{side}-connection",
        service="opensearch",
        title=title,
        per=("account", "region"),
        listing=Listing(
            operation=call,
            permission=f"es:{call}",
            parameters={"MaxResults": 100},
            items="Connections",
        ),
        tables=(Flow,),
        rows=_connection(side),
        source=f"{_REFERENCE}{call}.html",
    )


INBOUND = _connections(
    "inbound", "Domains elsewhere that search or follow domains", "DescribeInboundConnections"
)
OUTBOUND = _connections(
    "outbound", "Domains elsewhere that domains search or follow", "DescribeOutboundConnections"
)

COLLECTIONS = Collector(
    kind="aws.aoss.collection",
    service="opensearchserverless",
    title="OpenSearch Serverless collections",
    per=("account", "region"),
    listing=Listing(
        operation="ListCollections",
        permission="aoss:ListCollections",
        parameters={"maxResults": 100},
        items="collectionSummaries",
    ),
    tables=(Store,),
    rows=_collection,
    types=("aoss:collection",),
    source=_SERVERLESS + "ListCollections.html",
)

ACCESS_POLICIES = Collector(
    kind="aws.aoss.access-policy",
    service="opensearchserverless",
    title="Data access policies of OpenSearch Serverless",
    per=("account", "region"),
    listing=Listing(
        operation="ListAccessPolicies",
        permission="aoss:ListAccessPolicies",
        parameters={"type": "data", "maxResults": 100},
        items="accessPolicySummaries",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetAccessPolicy",
            permission="aoss:GetAccessPolicy",
            parameters={"type": "data"},
            bind={"name": "item.name"},
        ),
    ),
    tables=(Flow,),
    rows=_access_policy,
    source=_SERVERLESS + "ListAccessPolicies.html",
)

PIPELINES = Collector(
    kind="aws.osis.pipeline",
    service="osis",
    title="OpenSearch Ingestion pipelines",
    per=("account", "region"),
    listing=Listing(
        operation="ListPipelines",
        permission="osis:ListPipelines",
        parameters={"MaxResults": 100},
        items="Pipelines",
    ),
    tables=(Processor, Flow),
    rows=_pipeline,
    types=("osis:pipeline",),
    source=_REFERENCE + "osis_ListPipelines.html",
)
