"""What we claim to know about the logs of firewalls, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.firewall_logs import (
    EDGE_ACLS,
    EDGE_LAKE_ACLS,
    EDGE_RULE_ACLS,
    FIREWALLS,
    LAKE_ACLS,
    REGIONAL_ACLS,
    RULE_ACLS,
)
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.spec import Collector
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, REGIONAL_ACLS, EDGE_ACLS, FIREWALLS)
FIREWALL = f"arn:aws:network-firewall:{HOME}:{ACCOUNT}:firewall/f"

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.mark.parametrize(("scope", "country"), [("REGIONAL", "US"), ("CLOUDFRONT", "*")])
def test_requests_are_logged_where_a_web_acl_says(scope: str, country: str) -> None:
    name = f"arn:aws:wafv2:{HOME}:{ACCOUNT}:x/webacl/acl/1"
    log: Json = {"ResourceArn": name, "LogDestinationConfigs": ["arn:aws:s3:::aws-waf-logs-x"]}
    rule = Rule(
        operation="wafv2.ListLoggingConfigurations",
        words=scope,
        answer={"LoggingConfigurations": [log]},
    )

    collected = gather(COLLECTORS, rules=[rule])

    assert collected.processors["acl"].country == country
    assert [flow.target_id for flow in collected.flows] == ["arn:aws:s3:::aws-waf-logs-x"]


@pytest.mark.parametrize(
    ("destination", "target"),
    [
        ({"bucketName": "b", "prefix": "p"}, "arn:aws:s3:::b"),
        ({"logGroup": "g"}, f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:g"),
        ({"deliveryStream": "s"}, f"arn:aws:firehose:{HOME}:{ACCOUNT}:deliverystream/s"),
        ({"new": "x"}, None),
    ],
)
def test_packets_are_logged_where_a_firewall_says(
    destination: dict[str, str], target: str | None
) -> None:
    log: Json = {"LogType": "FLOW", "LogDestinationType": "S3", "LogDestination": destination}
    answer: Json = {
        "FirewallArn": FIREWALL,
        "LoggingConfiguration": {"LogDestinationConfigs": [log]},
    }
    listed: Json = {"Firewalls": [{"FirewallName": "f", "FirewallArn": FIREWALL}]}
    rules = [
        Rule(operation="network-firewall.ListFirewalls", answer=listed),
        Rule(operation="network-firewall.DescribeLoggingConfiguration", answer=answer),
    ]

    (flow,) = gather(COLLECTORS, rules=rules).flows
    refused = gather(COLLECTORS, rules=rules, deny=["DescribeLoggingConfiguration"]).flows

    assert flow.target_id == target if target else isinstance(flow.target_id, Unknown)
    assert [isinstance(each.active, Unknown) for each in refused] == [True]


@pytest.mark.parametrize(
    ("collector", "owner"),
    [
        (LAKE_ACLS, "SECURITY_LAKE"),
        (EDGE_LAKE_ACLS, "SECURITY_LAKE"),
        (RULE_ACLS, "CLOUDWATCH_TELEMETRY_RULE_MANAGED"),
        (EDGE_RULE_ACLS, "CLOUDWATCH_TELEMETRY_RULE_MANAGED"),
    ],
)
def test_logs_that_another_service_set_up_are_asked_for_apart(
    collector: Collector, owner: str
) -> None:
    """A listing tells of those of one owner, the customer's if none is named."""
    log: Json = {"ResourceArn": "x/webacl/acl/1", "LogDestinationConfigs": ["arn:aws:s3:::lake"]}
    rule = Rule(
        operation="wafv2.ListLoggingConfigurations",
        words=owner,
        answer={"LoggingConfigurations": [log]},
    )

    (flow,) = gather((IDENTITY, REGIONS, collector), rules=[rule]).flows

    assert flow.target_id == "arn:aws:s3:::lake"
