"""AWS WAF and AWS Network Firewall: where they log the requests and packets that they see.

API: https://docs.aws.amazon.com/waf/latest/APIReference/API_ListLoggingConfigurations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.far_ends import EVERYWHERE, GLOBAL, member, to_arn, to_arns, to_bucket
from auditor.collect.aws.reading import entries, text, texts
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
    yield from to_arns(row, "stream", texts(destinations))


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


REGIONAL_ACLS = Collector(
    kind="aws.wafv2.logging",
    service="wafv2",
    title="logs of regional web ACLs",
    per=("account", "region"),
    listing=Listing(
        operation="ListLoggingConfigurations",
        permission="wafv2:ListLoggingConfigurations",
        parameters={"Scope": "REGIONAL", "Limit": 100},
        items="LoggingConfigurations",
    ),
    tables=(Processor, Flow),
    rows=_web_acl,
    source=_SOURCE,
)

EDGE_ACLS = Collector(
    kind="aws.wafv2.edgelogging",
    service="wafv2",
    title="logs of web ACLs of CloudFront",
    per=("account",),
    listing=Listing(
        operation="ListLoggingConfigurations",
        permission="wafv2:ListLoggingConfigurations",
        parameters={"Scope": "CLOUDFRONT", "Limit": 100},
        items="LoggingConfigurations",
        asked_in="us-east-1",
    ),
    tables=(Processor, Flow),
    rows=_web_acl,
    source=_SOURCE,
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
