"""Amazon Route 53: zones, the regions that their records lead to, and where queries are logged.

API: https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.flow_ends import EVERYWHERE, GLOBAL, to_arn, to_place
from auditor.collect.aws.reading import entries, maybe_flag, member, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor

# The region in an address of AWS's own, such as x.elb.eu-central-1.amazonaws.com.
_REGION = re.compile(
    r".*[.-](?P<region>[a-z]{2}(-[a-z]+)+-\d+)\..*amazonaws\.com(\.cn)?\.?", re.ASCII
)
_WHOSE = Unknown("the record does not name the account of what it leads to")


def _zone(found: Found) -> Iterator[Processor | Flow]:
    private = maybe_flag(found, "item.Config.PrivateZone", absent=False)
    row = processor_of(
        found,
        id=_arn(text(found, "item.Id")),
        name=text(found, "item.Name"),
        kind="hosted zone",
        region=GLOBAL,
        country=_country(private),
        public=private if isinstance(private, Unknown) else not private,
    )
    yield row
    records = found.read("records")
    if isinstance(records, Unknown):
        yield possible(row, "edge", records)
        return
    for region in dict.fromkeys(_regions(records)):
        yield to_place(row, "edge", region, _WHOSE, region)


def _country(private: bool | Unknown) -> str | Unknown:
    if private is False:
        return EVERYWHERE  # name servers answer from every edge
    return Unknown("it answers in the VPCs that it is associated with, which the answer leaves out")


def _regions(records: Json) -> Iterator[str]:
    for each in entries(records):
        named = member(each, "Region") or member(each, "GeoProximityLocation.AWSRegion")
        values = [member(value, "Value") for value in entries(each.get("ResourceRecords"))]
        for address in (member(each, "AliasTarget.DNSName"), *values):
            match = _REGION.fullmatch(address.lower())
            if match:
                yield match["region"]
        if named:
            yield named


def _query_log(found: Found) -> Iterator[Flow]:
    zone = processor_of(
        found,
        id=_arn(text(found, "item.HostedZoneId")),
        name="",
        kind="",
        region=GLOBAL,
        public=False,
    )
    yield to_arn(zone, "stream", text(found, "item.CloudWatchLogsLogGroupArn"))


def _arn(zone: str) -> str:
    return f"arn:aws:route53:::hostedzone/{zone.rpartition('/')[2]}"


ZONES = Collector(
    kind="aws.route53.hostedzone",
    service="route53",
    title="hosted zones of Route 53",
    per=("account",),
    listing=Listing(
        operation="ListHostedZones", permission="route53:ListHostedZones", items="HostedZones"
    ),
    details=(
        Detail(
            name="records",
            operation="ListResourceRecordSets",
            permission="route53:ListResourceRecordSets",
            bind={"HostedZoneId": "item.Id"},
            items="ResourceRecordSets",
        ),
    ),
    tables=(Processor, Flow),
    rows=_zone,
    types=("route53:hostedzone",),
    source="https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html",
)

QUERY_LOGS = Collector(
    kind="aws.route53.querylog",
    service="route53",
    title="query logs of hosted zones",
    per=("account",),
    listing=Listing(
        operation="ListQueryLoggingConfigs",
        permission="route53:ListQueryLoggingConfigs",
        items="QueryLoggingConfigs",
    ),
    tables=(Flow,),
    rows=_query_log,
    source=(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListQueryLoggingConfigs.html"
    ),
)
