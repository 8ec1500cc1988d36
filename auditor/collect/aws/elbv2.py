"""Elastic Load Balancing: load balancers, where they log, and targets outside their VPC.

API: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_bucket, to_outside
from auditor.collect.aws.reading import entries, maybe_text, member, text
from auditor.collect.aws.regions import country_of_zones
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Processor

_LOGS = ("access_logs.s3", "connection_logs.s3", "health_check_logs.s3")
_OUTSIDE = "all"  # zone of a target whose address is not in the VPC


def _balancer(found: Found) -> Iterator[Processor | Flow]:
    scheme = maybe_text(found, "item.Scheme", absent="internal")  # gateways have none
    row = processor_of(
        found,
        id=text(found, "item.LoadBalancerArn"),
        name=text(found, "item.LoadBalancerName"),
        kind="load balancer",
        country=_country(found),
        public=scheme if isinstance(scheme, Unknown) else scheme == "internet-facing",
        created=maybe_text(found, "item.CreatedTime", absent=""),
    )
    yield row
    attributes = found.read("attributes.Attributes")
    if isinstance(attributes, Unknown):
        yield possible(row, "export", attributes, "logs")
        return
    settings = {member(each, "Key"): member(each, "Value") for each in entries(attributes)}
    buckets = [
        settings.get(f"{log}.bucket", "")
        for log in _LOGS
        if settings.get(f"{log}.enabled") == "true"
    ]
    for bucket in dict.fromkeys(buckets):
        if bucket:
            yield to_bucket(row, "export", bucket)


def _country(found: Found) -> Maybe[str]:
    zones = found.read("item.AvailabilityZones")
    if isinstance(zones, Unknown):
        return zones
    outpost = next(filter(None, (member(each, "OutpostId") for each in entries(zones))), "")
    if outpost:
        return Unknown(f"it is on the Outpost {outpost}, whose place is not in the answer")
    names = [member(each, "ZoneName") for each in entries(zones)]
    return country_of_zones(names, found.place["region"])


def _group(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.TargetGroupArn"),
        name=text(found, "item.TargetGroupName"),
        kind="target group",
        public=False,  # reached through its load balancers
    )
    yield row
    targets = found.read("health")
    if isinstance(targets, Unknown):
        yield possible(row, "mount", targets)
        return
    for each in entries(targets):
        if member(each, "Target.AvailabilityZone") == _OUTSIDE:
            address = member(each, "Target.Id")
            why = f"its target {address[:100]} is an address outside its VPC"
            yield to_outside(row, "mount", address, why)


BALANCERS = Collector(
    kind="aws.elbv2.loadbalancer",
    service="elbv2",
    title="load balancers",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeLoadBalancers",
        permission="elasticloadbalancing:DescribeLoadBalancers",
        parameters={"PageSize": 400},
        items="LoadBalancers",
    ),
    details=(
        Detail(
            name="attributes",
            operation="DescribeLoadBalancerAttributes",
            permission="elasticloadbalancing:DescribeLoadBalancerAttributes",
            bind={"LoadBalancerArn": "item.LoadBalancerArn"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_balancer,
    types=("elasticloadbalancing:loadbalancer",),
    source=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/"
        "API_DescribeLoadBalancers.html"
    ),
)

GROUPS = Collector(
    kind="aws.elbv2.targetgroup",
    service="elbv2",
    title="target groups of load balancers",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeTargetGroups",
        permission="elasticloadbalancing:DescribeTargetGroups",
        parameters={"PageSize": 400},
        items="TargetGroups",
    ),
    details=(
        Detail(
            name="health",
            operation="DescribeTargetHealth",
            permission="elasticloadbalancing:DescribeTargetHealth",
            bind={"TargetGroupArn": "item.TargetGroupArn"},
            items="TargetHealthDescriptions",
        ),
    ),
    tables=(Processor, Flow),
    rows=_group,
    types=("elasticloadbalancing:targetgroup",),
    source=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/"
        "API_DescribeTargetHealth.html"
    ),
)
