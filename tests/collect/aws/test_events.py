"""What we claim to know about EventBridge, given what AWS answered."""

import json

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.events import API_DESTINATIONS, ARCHIVES, ENDPOINTS, RULES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ABROAD = "arn:aws:events:eu-central-1:999999999999:event-bus/theirs"
BUS = f"arn:aws:events:{HOME}:{ACCOUNT}:event-bus/orders"

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def rule() -> str:
    events = boto3.client("events", HOME)
    events.create_event_bus(Name="orders")
    pattern = json.dumps({"source": ["orders"]})
    made = events.put_rule(Name="all", EventBusName="orders", EventPattern=pattern)
    events.put_targets(Rule="all", EventBusName="orders", Targets=[{"Id": "1", "Arn": ABROAD}])
    return str(made["RuleArn"])


def test_a_rule_of_another_bus_than_the_default_is_seen(rule: str) -> None:
    collected = gather((IDENTITY, REGIONS, RULES))
    (flow,) = collected.flows

    assert flow.store_id == rule == collected.processors["all"].id
    assert (flow.target_account, flow.target_country) == ("999999999999", "DE")
    assert flow.active is True


def test_a_disabled_rule_moves_nothing(rule: str) -> None:
    boto3.client("events", HOME).disable_rule(Name="all", EventBusName="orders")

    assert [flow.active for flow in gather((IDENTITY, REGIONS, RULES)).flows] == [False]


@pytest.mark.parametrize(("action", "shared"), [("PutEvents", False), ("PutRule", True)])
def test_who_may_put_rules_on_a_bus_gets_its_events(rule: str, action: str, shared: bool) -> None:
    allow = {
        "Effect": "Allow",
        "Principal": {"AWS": "999999999999"},
        "Action": f"events:{action}",
        "Resource": "*",
    }
    policy = json.dumps({"Statement": [{"Sid": "1", **allow}]})
    boto3.client("events", HOME).put_permission(EventBusName="orders", Policy=policy)

    mechanisms = {flow.mechanism for flow in gather((IDENTITY, REGIONS, RULES)).flows}

    assert ("share" in mechanisms) is shared


def test_refused_targets_are_a_possible_way_out(rule: str) -> None:
    (flow,) = gather((IDENTITY, REGIONS, RULES), deny=["ListTargetsByRule"]).flows

    assert isinstance(flow.active, Unknown)


def test_an_api_destination_names_its_host() -> None:
    """Where an arbitrary address is cannot be told."""
    address = "https://collect.example.com/in?token=1"
    destination = {
        "ApiDestinationArn": f"arn:aws:events:{HOME}:{ACCOUNT}:api-destination/out/1",
        "Name": "out",
        "ApiDestinationState": "ACTIVE",
        "InvocationEndpoint": address,
    }
    listed = Rule(operation="events.ListApiDestinations", answer={"ApiDestinations": [destination]})

    (flow,) = gather((IDENTITY, REGIONS, API_DESTINATIONS), rules=[listed]).flows

    assert isinstance(flow.target_country, Unknown)
    assert "collect.example.com" in flow.target_country.reason
    assert "token" not in flow.target_country.reason


def test_an_archive_is_a_store() -> None:
    events = boto3.client("events", HOME)
    bus = f"arn:aws:events:{HOME}:{ACCOUNT}:event-bus/default"
    events.create_archive(ArchiveName="kept", EventSourceArn=bus)

    store = gather((IDENTITY, REGIONS, ARCHIVES)).stores["kept"]
    refused = gather((IDENTITY, REGIONS, ARCHIVES), deny=["DescribeArchive"]).stores["kept"]

    (flow,) = gather((IDENTITY, REGIONS, RULES)).flows  # of the rule that AWS adds

    assert (flow.target_account, flow.target_country) == (ACCOUNT, "US")
    assert store.id == f"arn:aws:events:{HOME}:{ACCOUNT}:archive/kept"
    assert (store.encrypted, store.key_id) == (True, "")
    assert isinstance(refused.key_id, Unknown)


def test_a_global_endpoint_sends_to_both_regions() -> None:
    endpoint = {
        "Name": "both",
        "Arn": f"arn:aws:events:{HOME}:{ACCOUNT}:endpoint/both",
        "EventBuses": [{"EventBusArn": BUS}, {"EventBusArn": ABROAD}],
    }
    listed = Rule(operation="events.ListEndpoints", answer={"Endpoints": [endpoint]})

    flows = gather((IDENTITY, REGIONS, ENDPOINTS), rules=[listed]).flows

    assert [(flow.mechanism, flow.target_country) for flow in flows] == [
        ("replication", "US"),
        ("replication", "DE"),
    ]
