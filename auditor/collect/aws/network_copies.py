"""Amazon VPC: traffic that is mirrored elsewhere, and where flow logs go.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/OperationList-query-vpc.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import account_in
from auditor.collect.aws.flow_ends import to_arn, to_place
from auditor.collect.aws.reading import entries, maybe_text, member, state_of, tags_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Maybe, Processor

_ACTIVE = frozenset({"ACTIVE"})
_INACTIVE: frozenset[str] = frozenset()
_WHOSE = Unknown("its target is shared by an account that the answer does not name")
_API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API"


def _session(found: Found) -> Iterator[Processor | Flow]:
    row = _row(found, "traffic-mirror-session", "item.TrafficMirrorSessionId")
    yield row
    target = text(found, "item.TrafficMirrorTargetId")
    region = found.place["region"]
    owner = _owner(found, target)
    end: Maybe[str] = owner
    if isinstance(owner, str):
        end = arn("ec2", region, owner, f"traffic-mirror-target/{target}")
    yield to_place(row, "stream", target, owner, region, target=end)


def _owner(found: Found, target: str) -> Maybe[str]:
    """Return the account of a mirror's target, from the listing of the targets."""
    for each in entries(found.read("parent.TrafficMirrorTargets", absent=[])):
        if member(each, "TrafficMirrorTargetId") == target:
            return (
                member(each, "OwnerId") or account_in(each.get("NetworkLoadBalancerArn")) or _WHOSE
            )
    return _WHOSE


def _flow_log(found: Found) -> Iterator[Processor | Flow]:
    row = _row(found, "vpc-flow-log", "item.FlowLogId")
    yield row
    active = state_of(found.read("item.FlowLogStatus"), _ACTIVE, _INACTIVE)
    destination = text(found, "item.LogDestination")
    group = text(found, "item.LogGroupName")
    region, account = found.place["region"], found.place["account"]
    if destination:
        yield to_arn(row, "stream", destination, active=active)
    elif group:
        owner = account_in(found.read("item.DeliverCrossAccountRole", absent="")) or account
        name = arn("logs", region, owner, f"log-group:{group}")
        yield to_arn(row, "stream", name, active=active)
    else:
        yield possible(row, "stream", Unknown("the answer names no destination"))


def _row(found: Found, kind: str, path: str) -> Processor:
    name = text(found, path)
    region, account = found.place["region"], found.place["account"]
    return processor_of(
        found,
        id=arn("ec2", region, account, f"{kind}/{name}"),
        name=name,
        kind=kind.replace("-", " "),
        public=False,
        created=maybe_text(found, "item.CreationTime", absent="") if "log" in kind else "",
        tags=tags_of(found.read("item.Tags", absent=[])),
    )


MIRRORS = Collector(
    kind="aws.ec2.traffic-mirror-session",
    service="ec2",
    title="traffic mirror sessions",
    per=("account", "region"),
    # One answer, which every session finds its target's owner in.
    parent=Listing(
        operation="DescribeTrafficMirrorTargets",
        permission="ec2:DescribeTrafficMirrorTargets",
        parameters={"MaxResults": 1000},
    ),
    listing=Listing(
        operation="DescribeTrafficMirrorSessions",
        permission="ec2:DescribeTrafficMirrorSessions",
        parameters={"MaxResults": 1000},
        items="TrafficMirrorSessions",
    ),
    tables=(Processor, Flow),
    rows=_session,
    types=("ec2:traffic-mirror-session",),
    source=f"{_API}_DescribeTrafficMirrorSessions.html",
)

FLOW_LOGS = Collector(
    kind="aws.ec2.vpc-flow-log",
    service="ec2",
    title="flow logs",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeFlowLogs",
        permission="ec2:DescribeFlowLogs",
        parameters={"MaxResults": 1000},
        items="FlowLogs",
    ),
    tables=(Processor, Flow),
    rows=_flow_log,
    types=("ec2:vpc-flow-log",),
    source=f"{_API}_DescribeFlowLogs.html",
)
