"""What we claim to know about log groups, given what AWS answered."""

import json

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.logs import ACCOUNT_POLICIES, DESTINATIONS, EXPORTS, GROUPS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.spec import Collector
from auditor.tables import Flow, Retention
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

GROUP = f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:/orders"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
STREAM = "arn:aws:kinesis:eu-central-1:999999999999:stream/theirs"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(collector: Collector, operation: str = "", **answer: object) -> Collected:
    rules = [Rule(operation=f"logs.{operation}", answer=answer)] if operation else []
    return gather((IDENTITY, REGIONS, collector), rules=rules)


def test_reads_a_log_group_by_its_own_arn() -> None:
    """AWS gives it two: one of them ends with a star that stands for its streams."""
    logs = boto3.client("logs", HOME)
    logs.create_log_group(logGroupName="/orders", kmsKeyId=KEY)
    logs.create_log_group(logGroupName="/plain")

    stores = collect(GROUPS).stores

    assert (stores["/orders"].id, stores["/orders"].key_id) == (GROUP, KEY)
    assert (stores["/plain"].encrypted, stores["/plain"].key_id) == (True, "")
    assert str(stores["/plain"].created).endswith("Z")


def test_a_period_after_which_events_expire_is_a_rule() -> None:
    """A group without one keeps its events, and has no rule."""
    logs = boto3.client("logs", HOME)
    logs.create_log_group(logGroupName="/orders")
    logs.put_retention_policy(logGroupName="/orders", retentionInDays=30)
    logs.create_log_group(logGroupName="/plain")

    rules = [each for each in collect(GROUPS).rows if isinstance(each, Retention)]

    assert [(each.store_id, each.effect, each.days) for each in rules] == [(GROUP, "deletes", 30)]


def test_a_subscription_filter_is_a_flow() -> None:
    listed = [
        {
            "logGroupName": "/orders",
            "logGroupArn": GROUP,
            "creationTime": 1_600_000_000_000,
            "storedBytes": 7,
        }
    ]
    filters = [{"filterName": "all", "destinationArn": STREAM}]
    rules = [
        Rule(operation="logs.DescribeLogGroups", answer={"logGroups": listed}),
        Rule(operation="logs.DescribeSubscriptionFilters", answer={"subscriptionFilters": filters}),
    ]

    collected = gather((IDENTITY, REGIONS, GROUPS), rules=rules)
    (flow,) = collected.flows

    assert (flow.store_id, flow.target_id) == (GROUP, STREAM)
    assert (flow.target_account, flow.target_country) == ("999999999999", "DE")
    assert collected.stores["/orders"].created == "2020-09-13T12:26:40Z"


def test_refused_filters_are_a_possible_way_out() -> None:
    boto3.client("logs", HOME).create_log_group(logGroupName="/orders")

    (flow,) = gather((IDENTITY, REGIONS, GROUPS), deny=["DescribeSubscriptionFilters"]).flows

    assert isinstance(flow.active, Unknown)


@pytest.mark.parametrize("document", ["no json", "{}", json.dumps({"DestinationArn": STREAM})])
def test_a_filter_over_the_whole_account_is_a_flow(document: str) -> None:
    """No log group shows it."""
    policy = {"policyName": "all", "policyDocument": document}

    (flow,) = collect(ACCOUNT_POLICIES, "DescribeAccountPolicies", accountPolicies=[policy]).flows

    if STREAM in document:
        assert (flow.target_id, flow.active) == (STREAM, True)
    else:
        assert isinstance(flow.target_id, Unknown)


def test_a_destination_hands_on() -> None:
    destination = {"destinationName": "d", "arn": f"{GROUP}:d", "targetArn": STREAM}

    (flow,) = collect(DESTINATIONS, "DescribeDestinations", destinations=[destination]).flows

    assert (flow.store_id, flow.target_country) == (f"{GROUP}:d", "DE")


def export(code: str) -> Flow:
    task = {
        "taskId": "1",
        "logGroupName": "/orders",
        "destination": "archive",
        "status": {"code": code},
    }
    (flow,) = collect(EXPORTS, "DescribeExportTasks", exportTasks=[task]).flows
    return flow


def test_a_finished_export_left_a_copy() -> None:
    flow = export("COMPLETED")

    assert (flow.id, flow.store_id) == (f"{GROUP}/export/1", GROUP)
    assert (flow.target_id, flow.active) == ("arn:aws:s3:::archive", True)


def test_a_cancelled_export_may_have_copied_a_part() -> None:
    assert isinstance(export("CANCELLED").active, Unknown)


def policy(actions: str, **condition: object) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::999999999999:root"},
        "Action": actions,
        "Resource": f"{GROUP}:*",
        **condition,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.mark.parametrize(
    ("actions", "reached"), [("logs:GetLogEvents", ["999999999999"]), ("logs:PutLogEvents", [])]
)
def test_a_policy_on_one_group_can_share_it(actions: str, reached: list[str]) -> None:
    """Policies of the account are listed apart; those on a single group only with its ARN."""
    boto3.client("logs", HOME).create_log_group(logGroupName="/orders")
    answer = {"resourcePolicies": [{"policyName": "p", "policyDocument": policy(actions)}]}

    collected = collect(GROUPS, "DescribeResourcePolicies", **answer)

    assert [flow.target_account for flow in collected.flows] == reached
    assert collected.stores["/orders"].public is False


def test_a_group_that_anybody_may_read_is_public() -> None:
    boto3.client("logs", HOME).create_log_group(logGroupName="/orders")
    document = policy("logs:GetLogEvents", Principal="*")
    answer = {"resourcePolicies": [{"policyName": "p", "policyDocument": document}]}

    assert collect(GROUPS, "DescribeResourcePolicies", **answer).stores["/orders"].public is True


def test_refused_policies_of_a_group_are_a_possible_share() -> None:
    boto3.client("logs", HOME).create_log_group(logGroupName="/orders")

    collected = gather((IDENTITY, REGIONS, GROUPS), deny=["DescribeResourcePolicies"])

    assert isinstance(collected.stores["/orders"].public, Unknown)
    assert {flow.mechanism for flow in collected.flows} == {"public", "share"}
