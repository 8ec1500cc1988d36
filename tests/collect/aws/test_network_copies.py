"""What we claim to know about mirrored traffic and flow logs, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.network_copies import FLOW_LOGS, MIRRORS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, MIRRORS, FLOW_LOGS)
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.mark.parametrize("targets", [[], [{"TrafficMirrorTargetId": "tmt-1", "OwnerId": STRANGER}]])
def test_packets_go_to_the_owner_of_the_target(targets: list[Json]) -> None:
    session: Json = {"TrafficMirrorSessionId": "tms-1", "TrafficMirrorTargetId": "tmt-1"}
    sessions: Json = {"TrafficMirrorSessions": [session]}
    rules = [
        Rule(
            operation="ec2.DescribeTrafficMirrorTargets", answer={"TrafficMirrorTargets": targets}
        ),
        Rule(operation="ec2.DescribeTrafficMirrorSessions", answer=sessions),
    ]

    (flow,) = gather(COLLECTORS, rules=rules).flows

    assert (flow.mechanism, flow.target_country) == ("stream", "US")
    if targets:
        assert flow.target_account == STRANGER
        assert flow.target_id == f"arn:aws:ec2:{HOME}:{STRANGER}:traffic-mirror-target/tmt-1"
    else:
        assert isinstance(flow.target_account, Unknown)


def flow_of(**log: Json) -> Flow:
    whole: Json = {"FlowLogId": "fl-1", "FlowLogStatus": "ACTIVE", **log}
    listed = Rule(operation="ec2.DescribeFlowLogs", answer={"FlowLogs": [whole]})
    (flow,) = gather(COLLECTORS, rules=[listed]).flows
    return flow


def test_flow_logs_go_to_a_bucket_whatever_their_prefix() -> None:
    flow = flow_of(LogDestinationType="s3", LogDestination="arn:aws:s3:::logs/vpc/")

    assert (flow.target_id, flow.active) == ("arn:aws:s3:::logs", True)


def test_flow_logs_can_go_to_a_group_of_another_account() -> None:
    """Then only the role that delivers them tells whose it is."""
    flow = flow_of(LogGroupName="g", DeliverCrossAccountRole=f"arn:aws:iam::{STRANGER}:role/r")
    own = flow_of(LogGroupName="g")

    assert (flow.target_account, own.target_account) == (STRANGER, ACCOUNT)


def test_flow_logs_without_a_destination_go_somewhere_unknown() -> None:
    assert isinstance(flow_of().target_id, Unknown)
