"""What we claim to know about the forwarding of DNS queries, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.route53resolver import QUERY_LOGS, RULES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import gather

COLLECTORS = (IDENTITY, REGIONS, RULES, QUERY_LOGS)
ARN = "arn:aws:route53resolver:us-east-1:123456789012:x/1"

pytestmark = pytest.mark.usefixtures("cloud")


def rules(kind: str = "FORWARD", status: str = "NOT_SHARED") -> list[Rule]:
    rule: Json = {
        "Arn": ARN,
        "Name": "r",
        "RuleType": kind,
        "TargetIps": [{"Ip": "203.0.113.9"}],
        "ShareStatus": status,
    }
    return [Rule(operation="route53resolver.ListResolverRules", answer={"ResolverRules": [rule]})]


def test_queries_are_forwarded_to_servers_anywhere() -> None:
    (flow,) = gather(COLLECTORS, rules=rules()).flows

    assert (flow.mechanism, flow.active) == ("stream", True)
    assert isinstance(flow.target_country, Unknown)
    assert "203.0.113.9" in flow.target_country.reason


def test_rules_of_the_system_forward_nothing() -> None:
    """Every account has them."""
    assert gather(COLLECTORS, rules=rules("RECURSIVE")).rows == gather(COLLECTORS).rows


def test_a_shared_rule_is_shared_with_somebody() -> None:
    flows = {
        flow.mechanism: flow
        for flow in gather(COLLECTORS, rules=rules(status="SHARED_BY_ME")).flows
    }

    assert isinstance(flows["share"].target_account, Unknown)


def test_queries_are_logged() -> None:
    log: Json = {"Arn": ARN, "Name": "l", "DestinationArn": "arn:aws:s3:::dns"}
    answer: Json = {"ResolverQueryLogConfigs": [log]}

    listed = Rule(operation="route53resolver.ListResolverQueryLogConfigs", answer=answer)
    flows = gather(COLLECTORS, rules=[listed]).flows

    assert [flow.target_id for flow in flows] == ["arn:aws:s3:::dns"]
