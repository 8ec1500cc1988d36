"""What access points let out of the buckets behind them, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.s3_access_points import ACCESS_POINTS, MULTI_REGION_ACCESS_POINTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, ACCESS_POINTS, MULTI_REGION_ACCESS_POINTS)
STRANGER = "999999999999"
BUCKET = "arn:aws:s3:::box"
POINT = f"arn:aws:s3:{HOME}:{ACCOUNT}:accesspoint/door"

pytestmark = pytest.mark.usefixtures("cloud")


def policy_for(principal: object) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject"}
    return json.dumps({"Statement": statement})


def flows_of(*more: Rule, owner: str = ACCOUNT) -> list[Flow]:
    point = {
        "Name": "door",
        "NetworkOrigin": "Internet",
        "Bucket": "box",
        "AccessPointArn": POINT,
        "BucketAccountId": owner,
    }
    rule = Rule(operation="s3control.ListAccessPoints", answer={"AccessPointList": [point]})
    return gather(COLLECTORS, rules=[*more, rule]).flows


def test_a_policy_of_an_access_point_shares_the_bucket() -> None:
    allowed = policy_for({"AWS": f"arn:aws:iam::{STRANGER}:root"})
    status = {"PolicyStatus": {"IsPublic": False}}

    (flow,) = flows_of(
        Rule(operation="s3control.GetAccessPointPolicy", answer={"Policy": allowed}),
        Rule(operation="s3control.GetAccessPointPolicyStatus", answer=status),
    )

    assert (flow.id, flow.store_id) == (f"{POINT}/share/{STRANGER}", BUCKET)
    assert (flow.mechanism, flow.target_account) == ("share", STRANGER)


def test_a_refused_policy_may_share() -> None:
    flows = flows_of(
        Rule(operation="s3control.GetAccessPointPolicy"),
        Rule(operation="s3control.GetAccessPointPolicyStatus"),
    )

    assert {flow.mechanism for flow in flows} == {"share", "public"}
    assert all(isinstance(flow.active, Unknown) for flow in flows)


@pytest.mark.parametrize(("restricted", "mechanisms"), [(True, set()), (False, {"public"})])
def test_a_block_stops_a_policy_for_anybody(restricted: bool, mechanisms: set[str]) -> None:
    """Without one at the door, one of the bucket or the account may still stop it."""
    block = {"RestrictPublicBuckets": restricted}
    flows = flows_of(
        Rule(operation="s3control.GetAccessPointPolicy", answer={"Policy": policy_for("*")}),
        Rule(
            operation="s3control.GetAccessPointPolicyStatus",
            answer={"PolicyStatus": {"IsPublic": True}},
        ),
        Rule(
            operation="s3control.GetAccessPoint",
            answer={"Name": "door", "PublicAccessBlockConfiguration": block},
        ),
    )

    assert {flow.mechanism for flow in flows} == mechanisms
    assert all(isinstance(flow.active, Unknown) for flow in flows)


def test_a_bucket_of_a_stranger_behind_an_access_point_is_said() -> None:
    absent = [
        Rule(operation=f"s3control.{name}", status=404, code="NoSuchAccessPointPolicy")
        for name in ("GetAccessPointPolicy", "GetAccessPointPolicyStatus")
    ]

    (flow,) = flows_of(*absent, owner=STRANGER)

    assert isinstance(flow.active, Unknown)
    assert STRANGER in flow.active.reason


def test_requests_for_one_bucket_may_be_answered_by_another() -> None:
    """Traffic goes to the nearest bucket whose dial is open, whatever the country."""
    ends = [
        {"Bucket": "box", "Region": HOME, "BucketAccountId": ACCOUNT},
        {"Bucket": "box-eu", "Region": "eu-central-1", "BucketAccountId": ACCOUNT},
    ]
    point = {"Name": "doors", "Alias": "abc.mrap", "Regions": ends}
    routes = [{"Bucket": end["Bucket"], "TrafficDialPercentage": 100} for end in ends]
    established = {"Established": {"Policy": policy_for({"AWS": ACCOUNT})}}
    rules = [
        Rule(operation="s3control.ListAccessPoints", answer={}),
        Rule(operation="s3control.ListMultiRegionAccessPoints", answer={"AccessPoints": [point]}),
        Rule(operation="s3control.GetMultiRegionAccessPointRoutes", answer={"Routes": routes}),
        Rule(operation="s3control.GetMultiRegionAccessPointPolicy", answer={"Policy": established}),
    ]

    flows = gather(COLLECTORS, rules=rules).flows

    assert {(flow.store_id, flow.target_country, flow.active) for flow in flows} == {
        (BUCKET, "DE", True),
        (f"{BUCKET}-eu", "US", True),
    }
    assert {flow.mechanism for flow in flows} == {"edge"}
