"""Amazon EventBridge: rules and where they send events, API destinations, archives, endpoints.

A rule stands for the bus that it reads: an event bus keeps nothing, and hands on what its rules
match.

API: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import host_of
from auditor.collect.aws.flow_ends import exits, to_arn, to_outside
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import entries, key_arn, maybe_text, size_in_bytes, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, PolicyDocument, Processor, Store

# What sends to a bus or only tells about it; whoever may put rules on it gets its events.
_HARMLESS = frozenset(
    {
        "events:putevents",
        "events:describerule",
        "events:listrules",
        "events:listtargetsbyrule",
        "events:listtagsforresource",
        "events:deleterule",
        "events:disablerule",
        "events:removetargets",
        "events:tagresource",
        "events:untagresource",
    }
)
_BUSES = Listing(
    operation="ListEventBuses",
    permission="events:ListEventBuses",
    parameters={"Limit": 100},
    items="EventBuses",
)


def _rule(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    rule = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="rule",
        public=False,  # whom the policy of its bus lets in is a share
    )
    yield rule
    policy = found.read("parent.Policy", absent="")  # a bus without a policy lets nobody in
    yield policy_of(rule, policy)
    yield from shares(rule, accounts_in_policy(policy, _HARMLESS.__contains__) if policy else ())
    active = _is_on(maybe_text(found, "item.State"), "DISABLED")
    targets = found.read("targets")
    if isinstance(targets, Unknown):
        yield possible(rule, "stream", targets)
        return
    several = entries(targets)
    ends = [each.get("Arn") for each in several]
    undelivered = [dig(each, "DeadLetterConfig.Arn") for each in several]
    archiver = arn("events", found.place["region"], "", ":")
    if archiver in ends:
        yield _to_archive(rule, active)
    others = [each for each in ends if each != archiver]
    yield from exits(rule, "stream", [*others, *undelivered], active=active)


def _to_archive(rule: Processor, active: Maybe[bool]) -> Flow:
    """Return the flow of a rule that AWS keeps for an archive, whose target names no archive."""
    return flow(
        rule,
        "stream",
        "archive",
        active=active,
        target_account=rule.account,
        target_region=rule.region,
        target_country=rule.country,
        target_operator=rule.operator,
    )


def _is_on(state: Maybe[str], off: str) -> Maybe[bool]:
    return state if isinstance(state, Unknown) else state != off


RULES = Collector(
    kind="aws.events.rule",
    service="events",
    title="EventBridge rules, with their targets and who may put rules on their bus",
    per=("account", "region"),
    parent=_BUSES,
    listing=Listing(
        operation="ListRules",
        permission="events:ListRules",
        parameters={"Limit": 100},
        bind={"EventBusName": "parent.Arn"},
        items="Rules",
    ),
    details=(
        Detail(
            name="targets",
            operation="ListTargetsByRule",
            permission="events:ListTargetsByRule",
            parameters={"Limit": 100},
            bind={"Rule": "item.Name", "EventBusName": "parent.Arn"},
            items="Targets",
            secrets=(
                "Targets.Input",
                "Targets.InputTransformer.InputTemplate",
                "Targets.HttpParameters",
                "Targets.AppSyncParameters.GraphQLOperation",
                "Targets.RedshiftDataParameters.Sql",
                "Targets.RedshiftDataParameters.Sqls",
            ),
        ),
    ),
    tables=(Processor, Flow, PolicyDocument),
    rows=_rule,
    types=("events:rule", "events:event-bus"),
    source="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html",
)


def _destination(found: Found) -> Iterator[Processor | Flow]:
    destination = processor_of(
        found,
        id=text(found, "item.ApiDestinationArn"),
        name=text(found, "item.Name"),
        kind="API destination",
        public=False,  # it sends, and cannot be called
        created=maybe_text(found, "item.CreationTime"),
    )
    yield destination
    address = maybe_text(found, "item.InvocationEndpoint")
    if isinstance(address, Unknown):
        yield possible(destination, "stream", address)
        return
    host = host_of(address)
    why = f"it sends to {host}, and where that host is is not known"
    active = _is_on(maybe_text(found, "item.ApiDestinationState"), "INACTIVE")
    yield to_outside(destination, "stream", host, why, active=active)


API_DESTINATIONS = Collector(
    kind="aws.events.api-destination",
    service="events",
    title="EventBridge API destinations",
    per=("account", "region"),
    listing=Listing(
        operation="ListApiDestinations",
        permission="events:ListApiDestinations",
        parameters={"Limit": 100},
        items="ApiDestinations",
    ),
    tables=(Processor, Flow),
    rows=_destination,
    types=("events:api-destination",),
    source=(
        "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListApiDestinations.html"
    ),
)


def _archive(found: Found) -> Iterator[Store]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.ArchiveName")
    known = found.read("archive.ArchiveArn")
    key = maybe_text(found, "archive.KmsKeyIdentifier", absent="")  # left out for AWS's own key
    yield store_of(
        found,
        id=arn("events", region, account, f"archive/{name}"),
        name=name,
        kind="archive",
        encrypted=True,  # archives cannot be unencrypted
        key_id=known if isinstance(known, Unknown) else key_arn(key, region, account),
        public=False,  # there is no policy of an archive
        locked=False,
        size_bytes=size_in_bytes(found, "item.SizeBytes"),
        created=maybe_text(found, "item.CreationTime"),
    )


ARCHIVES = Collector(
    kind="aws.events.archive",
    service="events",
    title="EventBridge archives",
    per=("account", "region"),
    listing=Listing(
        operation="ListArchives",
        permission="events:ListArchives",
        parameters={"Limit": 100},
        items="Archives",
    ),
    details=(
        Detail(
            name="archive",
            operation="DescribeArchive",
            permission="events:DescribeArchive",
            bind={"ArchiveName": "item.ArchiveName"},
        ),
    ),
    tables=(Store,),
    rows=_archive,
    types=("events:archive",),
    source="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListArchives.html",
)


def _endpoint(found: Found) -> Iterator[Processor | Flow]:
    endpoint = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="global endpoint",
        public=False,  # callers sign their requests
        created=maybe_text(found, "item.CreationTime"),
    )
    yield endpoint
    # With replication, both buses get every event; without it, the second does after a failover.
    buses = [each.get("EventBusArn") for each in entries(found.read("item.EventBuses"))]
    listed = texts(buses)
    for bus in dict.fromkeys(listed):
        yield to_arn(endpoint, "replication", bus)
    if not listed:
        why = Unknown("the answer names no event bus of the endpoint")
        yield possible(endpoint, "replication", why)


ENDPOINTS = Collector(
    kind="aws.events.endpoint",
    service="events",
    title="EventBridge global endpoints, with the buses of both regions",
    per=("account", "region"),
    listing=Listing(
        operation="ListEndpoints",
        permission="events:ListEndpoints",
        parameters={"MaxResults": 100},
        items="Endpoints",
    ),
    tables=(Processor, Flow),
    rows=_endpoint,
    types=("events:endpoint",),
    source="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEndpoints.html",
)
