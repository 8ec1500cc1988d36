"""Amazon CloudWatch Logs: deliveries of services' logs, scheduled queries, resource policies.

A delivery joins a source to a destination, and the destination names a bucket, a stream or a group.

API: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateDelivery.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.epochs import moment_of
from auditor.collect.aws.flow_ends import exits, to_arn, to_bucket
from auditor.collect.aws.flows import shares
from auditor.collect.aws.logs import HARMLESS
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Processor

_REFERENCE = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference"


def _source(found: Found) -> Iterator[Processor]:
    yield processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="delivery source",
        public=False,  # it sends, and cannot be called
        tags=_tags(found),
    )


def _tags(found: Found) -> Mapping[str, str]:
    tags: Json = found.read("item.tags", absent={})  # left out when there are none
    return {str(key): str(tags[key]) for key in tags} if isinstance(tags, Mapping) else {}


def _delivery(found: Found) -> Iterator[Flow]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.deliverySourceName")
    source = processor_of(
        found,
        id=arn("logs", region, account, f"delivery-source:{name}"),
        name=name,
        kind="delivery source",
        public=False,
    )
    target = maybe_text(found, "item.deliveryDestinationArn")
    if isinstance(target, Unknown):
        yield possible(source, "stream", target)
    else:
        yield to_arn(source, "stream", target)


def _destination(found: Found) -> Iterator[Processor | Flow]:
    destination = processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="delivery destination",
        public=False,  # its policy says who may send to it; nobody reads from it
        tags=_tags(found),
    )
    yield destination
    # Traces go to X-Ray of the same account, and need no destination to be named.
    if text(found, "item.deliveryDestinationType") == "XRAY":
        return
    target = maybe_text(found, "item.deliveryDestinationConfiguration.destinationResourceArn")
    if isinstance(target, Unknown):
        yield possible(destination, "stream", target)
    else:
        yield from exits(destination, "stream", [target.removesuffix(":*")])


def _lists(operation: str, items: str) -> Listing:
    return Listing(
        operation=operation,
        permission=f"logs:{operation}",
        parameters={"limit": 50},
        items=items,
    )


SOURCES = Collector(
    kind="aws.logs.delivery-source",
    service="logs",
    title="what sends logs of AWS services",
    per=("account", "region"),
    listing=_lists("DescribeDeliverySources", "deliverySources"),
    tables=(Processor,),
    rows=_source,
    types=("logs:delivery-source",),
    source=f"{_REFERENCE}/API_DescribeDeliverySources.html",
)

DELIVERIES = Collector(
    kind="aws.logs.delivery",
    service="logs",
    title="deliveries of logs of AWS services",
    per=("account", "region"),
    listing=_lists("DescribeDeliveries", "deliveries"),
    tables=(Flow,),
    rows=_delivery,
    types=("logs:delivery",),
    source=f"{_REFERENCE}/API_DescribeDeliveries.html",
)

DESTINATIONS = Collector(
    kind="aws.logs.delivery-destination",
    service="logs",
    title="where logs of AWS services are delivered",
    per=("account", "region"),
    listing=_lists("DescribeDeliveryDestinations", "deliveryDestinations"),
    tables=(Processor, Flow),
    rows=_destination,
    types=("logs:delivery-destination",),
    source=f"{_REFERENCE}/API_DescribeDeliveryDestinations.html",
)


def _query(found: Found) -> Iterator[Processor | Flow]:
    query = processor_of(
        found,
        id=text(found, "item.scheduledQueryArn"),
        name=text(found, "item.name"),
        kind="scheduled query",
        public=False,  # it runs by the clock, and cannot be called
        created=moment_of(found.read("item.creationTime"), unit=1000),
    )
    yield query
    bucket = found.read("item.destinationConfiguration.s3Configuration.destinationIdentifier")
    if found.read("item.destinationConfiguration", absent=None) is None:
        return  # its results stay in CloudWatch Logs
    if isinstance(bucket, str) and bucket:
        owner = found.read("item.destinationConfiguration.s3Configuration.ownerAccountId")
        known: dict[str, Maybe[str]] = {"target_account": owner} if isinstance(owner, str) else {}
        active = _is_on(maybe_text(found, "item.state"))
        yield to_bucket(query, "export", bucket, active=active, **known)
    elif found.read("item.destinationConfiguration.lookupTableConfiguration", absent=None) is None:
        yield possible(query, "export", Unknown("its destination is of a kind that is not known"))


def _is_on(state: Maybe[str]) -> Maybe[bool]:
    return state if isinstance(state, Unknown) else state != "DISABLED"


QUERIES = Collector(
    kind="aws.logs.scheduled-query",
    service="logs",
    title="scheduled queries over logs, with the buckets that get their results",
    per=("account", "region"),
    listing=Listing(
        operation="ListScheduledQueries",
        permission="logs:ListScheduledQueries",
        parameters={"maxResults": 1000},
        items="scheduledQueries",
    ),
    tables=(Processor, Flow),
    rows=_query,
    types=("logs:scheduled-query",),
    source=f"{_REFERENCE}/API_ListScheduledQueries.html",
)


def _policy(found: Found) -> Iterator[Flow | PolicyDocument]:
    region, account = found.place["region"], found.place["account"]
    groups = arn("logs", region, account, "log-group:*")
    name = text(found, "item.policyName")
    group = processor_of(
        found,
        id=text(found, "item.resourceArn").removesuffix(":*") or groups,
        name=name,
        kind="log group",
        public=False,
    )
    policy = maybe_text(found, "item.policyDocument")
    yield policy_of(group, policy, name)
    for share in shares(group, accounts_in_policy(policy, HARMLESS.__contains__)):
        yield flow(
            group,
            "share",
            f"{name}/{share.id.rpartition('/')[2]}",
            active=share.active,
            target_id=share.target_id,
            target_account=share.target_account,
            target_region=share.target_region,
            target_country=share.target_country,
            target_operator=share.target_operator,
        )


POLICIES = Collector(
    kind="aws.logs.resource-policy",
    service="logs",
    title="policies that let others work with logs",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeResourcePolicies",
        permission="logs:DescribeResourcePolicies",
        parameters={"limit": 50},
        items="resourcePolicies",
    ),
    tables=(Flow, PolicyDocument),
    rows=_policy,
    source=f"{_REFERENCE}/API_DescribeResourcePolicies.html",
)
