"""AWS WAF and AWS Network Firewall: where they log the requests and packets that they see.

API: https://docs.aws.amazon.com/waf/latest/APIReference/API_ListLoggingConfigurations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import EVERYWHERE, GLOBAL, exits, to_arn, to_bucket
from auditor.collect.aws.reading import entries, member, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor

_SOURCE = "https://docs.aws.amazon.com/waf/latest/APIReference/API_ListLoggingConfigurations.html"


def _web_acl(found: Found) -> Iterator[Processor | Flow]:
    is_regional = "region" in found.place
    name = text(found, "item.ResourceArn")
    where = {} if is_regional else {"region": GLOBAL, "country": EVERYWHERE}
    row = processor_of(
        found,
        id=name,
        name=name.partition("/webacl/")[2].partition("/")[0],
        kind="web ACL",
        public=False,  # it filters what others offer
        **where,
    )
    yield row
    destinations = found.read("item.LogDestinationConfigs")
    if isinstance(destinations, Unknown):
        yield possible(row, "stream", destinations)
    yield from exits(row, "stream", texts(destinations))


def _firewall(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.FirewallArn"),
        name=text(found, "item.FirewallName"),
        kind="firewall",
        public=False,
    )
    yield row
    known = found.read("logging.FirewallArn")
    if isinstance(known, Unknown):
        yield possible(row, "stream", known)
        return
    logs = found.read("logging.LoggingConfiguration.LogDestinationConfigs", absent=[])
    flows = [_log(row, found.place["region"], each) for each in entries(logs)]
    yield from {each.id: each for each in flows}.values()


def _log(row: Processor, region: str, log: Json) -> Flow:
    # The keys of this map: API_LogDestinationConfig of the Network Firewall reference.
    if member(log, "LogDestination.bucketName"):
        return to_bucket(row, "stream", member(log, "LogDestination.bucketName"))
    if member(log, "LogDestination.logGroup"):
        group = member(log, "LogDestination.logGroup")
        return to_arn(row, "stream", arn("logs", region, row.account, f"log-group:{group}"))
    if member(log, "LogDestination.deliveryStream"):
        stream = member(log, "LogDestination.deliveryStream")
        name = arn("firehose", region, row.account, f"deliverystream/{stream}")
        return to_arn(row, "stream", name)
    return possible(row, "stream", Unknown("its log goes to a kind of place that is not known"))


def _acls(kind: str, title: str, owner: str, *, at_edge: bool) -> Collector:
    """Return the collector of the logs that one owner set up; a listing tells of one only."""
    scope = "CLOUDFRONT" if at_edge else "REGIONAL"
    return Collector(
        kind=f"aws.wafv2.{kind}",
        service="wafv2",
        title=title,
        per=("account",) if at_edge else ("account", "region"),
        listing=Listing(
            operation="ListLoggingConfigurations",
            permission="wafv2:ListLoggingConfigurations",
            parameters={"Scope": scope, "LogScope": owner, "Limit": 100},
            items="LoggingConfigurations",
            asked_in="us-east-1" if at_edge else "",
        ),
        tables=(Processor, Flow),
        rows=_web_acl,
        source=_SOURCE,
    )


_LAKE, _RULE = "SECURITY_LAKE", "CLOUDWATCH_TELEMETRY_RULE_MANAGED"
REGIONAL_ACLS = _acls("logging", "logs of regional web ACLs", "CUSTOMER", at_edge=False)
EDGE_ACLS = _acls("edgelogging", "logs of web ACLs of CloudFront", "CUSTOMER", at_edge=True)
LAKE_ACLS = _acls(
    "lakelogging", "logs of regional web ACLs for Security Lake", _LAKE, at_edge=False
)
EDGE_LAKE_ACLS = _acls(
    "edgelakelogging", "logs of web ACLs of CloudFront for Security Lake", _LAKE, at_edge=True
)
RULE_ACLS = _acls(
    "rulelogging", "logs of regional web ACLs by rules of CloudWatch", _RULE, at_edge=False
)
EDGE_RULE_ACLS = _acls(
    "edgerulelogging", "logs of web ACLs of CloudFront by rules of CloudWatch", _RULE, at_edge=True
)

FIREWALLS = Collector(
    kind="aws.network-firewall.firewall",
    service="network-firewall",
    title="firewalls of Network Firewall",
    per=("account", "region"),
    listing=Listing(
        operation="ListFirewalls",
        permission="network-firewall:ListFirewalls",
        parameters={"MaxResults": 100},
        items="Firewalls",
    ),
    details=(
        Detail(
            name="logging",
            operation="DescribeLoggingConfiguration",
            permission="network-firewall:DescribeLoggingConfiguration",
            bind={"FirewallArn": "item.FirewallArn"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_firewall,
    types=("network-firewall:firewall",),
    source=(
        "https://docs.aws.amazon.com/network-firewall/latest/APIReference/"
        "API_DescribeLoggingConfiguration.html"
    ),
)
