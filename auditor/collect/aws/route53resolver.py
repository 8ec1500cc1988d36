"""Amazon Route 53 Resolver: rules that forward queries, and where queries are logged.

API: https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53_Resolver.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_arn, to_outside
from auditor.collect.aws.reading import entries, maybe_text, member, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_FORWARDING = frozenset({"FORWARD", "DELEGATE"})
_SHARED = "SHARED_BY_ME"
_WITH_WHOM = Unknown("it is shared through Resource Access Manager, which says with whom")


def _rule(found: Found) -> Iterator[Processor | Flow]:
    kind = maybe_text(found, "item.RuleType")
    if isinstance(kind, str) and kind not in _FORWARDING:
        return  # the system's own rules leave queries to AWS's resolver
    row = _row(found, "resolver rule")
    yield row
    targets = entries(found.read("item.TargetIps", absent=[]))
    for address in [member(each, "Ip") or member(each, "Ipv6") for each in targets]:
        why = f"names are asked of the server at {address[:100]}, wherever that is"
        yield to_outside(row, "stream", address, why)
    yield from _share(found, row)


def _query_log(found: Found) -> Iterator[Processor | Flow]:
    row = _row(found, "query log")
    yield row
    yield to_arn(row, "stream", text(found, "item.DestinationArn"))
    yield from _share(found, row)


def _row(found: Found, kind: str) -> Processor:
    return processor_of(
        found,
        id=text(found, "item.Arn"),
        account=text(found, "item.OwnerId") or found.place["account"],  # others share theirs
        name=text(found, "item.Name"),
        kind=kind,
        public=False,  # used by the VPCs that it is associated with
        created=maybe_text(found, "item.CreationTime", absent=""),
    )


def _share(found: Found, row: Processor) -> Iterator[Flow]:
    if text(found, "item.ShareStatus") == _SHARED:
        yield possible(row, "share", _WITH_WHOM)


RULES = Collector(
    kind="aws.route53resolver.rule",
    service="route53resolver",
    title="rules that forward DNS queries",
    per=("account", "region"),
    listing=Listing(
        operation="ListResolverRules",
        permission="route53resolver:ListResolverRules",
        parameters={"MaxResults": 100},
        items="ResolverRules",
    ),
    tables=(Processor, Flow),
    rows=_rule,
    types=("route53resolver:resolver-rule",),
    source=(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/"
        "API_route53resolver_ListResolverRules.html"
    ),
)

QUERY_LOGS = Collector(
    kind="aws.route53resolver.querylog",
    service="route53resolver",
    title="logs of DNS queries in VPCs",
    per=("account", "region"),
    listing=Listing(
        operation="ListResolverQueryLogConfigs",
        permission="route53resolver:ListResolverQueryLogConfigs",
        parameters={"MaxResults": 100},
        items="ResolverQueryLogConfigs",
    ),
    tables=(Processor, Flow),
    rows=_query_log,
    types=("route53resolver:resolver-query-log-config",),
    source=(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/"
        "API_route53resolver_ListResolverQueryLogConfigs.html"
    ),
)
