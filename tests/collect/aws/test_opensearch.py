"""What we claim to know about search domains, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.opensearch import DOMAINS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, DOMAINS)
ARN = f"arn:aws:es:{HOME}:{ACCOUNT}:domain/search"
LISTED = Rule(
    operation="opensearch.ListDomainNames",
    answer={"DomainNames": [{"DomainName": "search", "EngineType": "OpenSearch"}]},
)
ANYBODY: Json = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "es:*"}
BY_ADDRESS: Json = {**ANYBODY, "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}}
IN_VPC: Json = {"VPCId": "vpc-1", "AvailabilityZones": [f"{HOME}a"]}

pytestmark = pytest.mark.usefixtures("cloud")


def domain_of(*statements: Json, rules: tuple[Rule, ...] = (), **members: Json) -> Collected:
    policy = {"AccessPolicies": json.dumps({"Statement": statements})} if statements else {}
    status = {
        "DomainId": f"{ACCOUNT}/search",
        "EncryptionAtRestOptions": {"Enabled": True, "KmsKeyId": "1"},
        **policy,
        **members,
    }
    rule = Rule(operation="opensearch.DescribeDomain", answer={"DomainStatus": status})
    return gather(COLLECTORS, rules=[LISTED, rule, *rules])


def test_reads_a_domain() -> None:
    store = domain_of(VPCOptions=IN_VPC).stores["search"]

    assert (store.id, store.country, store.public) == (ARN, "US", False)
    assert store.key_id == f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"


def test_a_policy_for_anybody_is_public_on_the_internet_only() -> None:
    passwords: Json = {"Enabled": True}

    assert domain_of(ANYBODY).stores["search"].public is True
    assert [flow.mechanism for flow in domain_of(ANYBODY).flows] == ["public"]
    assert domain_of(ANYBODY, VPCOptions=IN_VPC).flows == []
    assert domain_of(ANYBODY, AdvancedSecurityOptions=passwords).flows == []


def test_a_policy_for_some_addresses_may_be_public() -> None:
    assert isinstance(domain_of(BY_ADDRESS).stores["search"].public, Unknown)
    assert domain_of(BY_ADDRESS, ANYBODY).stores["search"].public is True


def test_endpoints_of_others_are_shares() -> None:
    principals = [
        {"PrincipalType": "AWS_ACCOUNT", "Principal": "999999999999"},
        {"PrincipalType": "AWS_SERVICE", "Principal": "application.opensearch.amazonaws.com"},
    ]
    answer = {"AuthorizedPrincipalList": principals, "NextToken": ""}
    rule = Rule(operation="opensearch.ListVpcEndpointAccess", answer=answer)

    (flow,) = domain_of(VPCOptions=IN_VPC, rules=(rule,)).flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


def test_logs_are_published() -> None:
    group = f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:audit"
    logs = {"AUDIT_LOGS": {"CloudWatchLogsLogGroupArn": group, "Enabled": True}}

    (flow,) = domain_of(LogPublishingOptions=logs).flows

    assert (flow.mechanism, flow.target_id) == ("stream", group)


def test_a_domain_that_is_not_described_may_be_open() -> None:
    collected = gather(COLLECTORS, rules=[LISTED], deny=["DescribeDomain"])
    store = collected.stores["search"]

    assert isinstance(store.public, Unknown)
    assert isinstance(store.encrypted, Unknown)
    assert {flow.mechanism for flow in collected.flows} == {"public", "share", "stream"}
