"""What we claim to know about Q Business, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.qbusiness import APPLICATIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, APPLICATIONS)
NAME = "12345678-1234-1234-1234-123456789012"
ARN = f"arn:aws:qbusiness:{HOME}:{ACCOUNT}:application/{NAME}"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_application(
    *plugins: dict[str, str], identity: str = "AWS_IAM_IDC", deny: tuple[str, ...] = ()
) -> Collected:
    summary = {"applicationId": NAME, "displayName": "help", "identityType": identity}
    rules = [
        Rule(operation="qbusiness.ListApplications", answer={"applications": [summary]}),
        Rule(operation="qbusiness.GetApplication", answer={"applicationId": NAME}),
        Rule(
            operation="qbusiness.ListIndices",
            answer={"indices": [{"indexId": "i", "displayName": "docs"}]},
        ),
        Rule(operation="qbusiness.ListPlugins", answer={"plugins": [*plugins]}),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_conversations_and_documents_are_kept() -> None:
    collected = gather_application()

    assert collected.stores["help"].id == ARN
    assert collected.stores["docs"].id == f"{ARN}/index/i"
    assert (collected.stores["docs"].key_id, collected.stores["docs"].public) == ("", False)
    assert collected.flows == []


def test_plugins_write_into_software_of_others() -> None:
    address = "https://northstar.example.com"
    collected = gather_application(
        {"pluginId": "p", "type": "JIRA", "serverUrl": address, "state": "ENABLED"},
        {"pluginId": "q", "type": "ASANA", "state": "DISABLED"},
    )

    assert [(flow.mechanism, flow.active) for flow in collected.flows] == [
        ("export", True),
        ("export", False),
    ]
    assert all(isinstance(flow.target_country, Unknown) for flow in collected.flows)


def test_who_may_ask_without_signing_in_is_unknown() -> None:
    collected = gather_application(identity="ANONYMOUS")

    assert isinstance(collected.stores["help"].public, Unknown)
    (flow,) = collected.flows
    assert (flow.mechanism, isinstance(flow.active, Unknown)) == ("public", True)


def test_refusals_leave_the_key_and_the_ways_out_unknown() -> None:
    collected = gather_application(deny=("GetApplication", "ListIndices", "ListPlugins"))

    assert isinstance(collected.stores["help"].key_id, Unknown)
    assert {flow.mechanism for flow in collected.flows} == {"sync", "export"}
    assert all(isinstance(flow.active, Unknown) for flow in collected.flows)
