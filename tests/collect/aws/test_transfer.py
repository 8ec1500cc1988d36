"""Whom Transfer Family lets fetch files, and where it sends them, given what AWS answered."""

from typing import Any

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.collect.aws.transfer import CONNECTORS, SERVERS, WORKFLOWS
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ROOT = f"arn:aws:transfer:{HOME}:{ACCOUNT}"
SERVER = f"{ROOT}:server/s-0123456789abcdef0"

pytestmark = pytest.mark.usefixtures("cloud")


def flows_of(*rules: Rule) -> list[Flow]:
    return gather((IDENTITY, REGIONS, SERVERS, CONNECTORS, WORKFLOWS), rules=rules).flows


def server(users: Rule, provider: str = "SERVICE_MANAGED") -> list[Flow]:
    item = {
        "Arn": SERVER,
        "ServerId": "s-0123456789abcdef0",
        "Domain": "S3",
        "IdentityProviderType": provider,
    }
    return flows_of(users, Rule(operation="transfer.ListServers", answer={"Servers": [item]}))


def users(*homes: str) -> Rule:
    listed: list[dict[str, Any]] = [{"Arn": f"{SERVER}/{home}"} for home in homes]
    for user, home in zip(listed, homes, strict=True):
        if home:
            user["HomeDirectory"] = home
    answer = {"ServerId": "s-0123456789abcdef0", "Users": listed}
    return Rule(operation="transfer.ListUsers", answer=answer)


def test_users_share_the_buckets_of_their_home_directories() -> None:
    """Two users of one bucket are one way out of it; whose they are, AWS does not know."""
    (flow,) = server(users("/box/a", "/box/b"))

    assert (flow.store_id, flow.mechanism) == ("arn:aws:s3:::box", "share")
    assert isinstance(flow.target_account, Unknown)


def test_a_server_without_users_lets_nobody_in() -> None:
    assert server(users()) == []


def test_folders_and_directories_that_are_not_read_are_unknown() -> None:
    assert [flow.store_id for flow in server(users(""))] == [SERVER]
    assert [flow.store_id for flow in server(users(), "AWS_LAMBDA")] == [SERVER]


def test_refused_users_may_be_there() -> None:
    (flow,) = server(Rule(operation="transfer.ListUsers"))

    assert isinstance(flow.active, Unknown)


def test_a_connector_sends_to_its_address() -> None:
    item = {"Arn": f"{ROOT}:connector/c-1", "ConnectorId": "c-1", "Url": "sftp://example.org"}

    (flow,) = flows_of(Rule(operation="transfer.ListConnectors", answer={"Connectors": [item]}))

    assert (flow.mechanism, flow.target_id) == ("export", "")
    assert isinstance(flow.target_country, Unknown)


def test_a_workflow_copies_and_calls() -> None:
    arn = f"{ROOT}:workflow/w-0123456789abcdef0"
    function = "arn:aws:lambda:eu-west-1:999999999999:function:scan"
    place = {"S3FileLocation": {"Bucket": "inbox"}}
    steps = [
        {"Type": "COPY", "CopyStepDetails": {"DestinationFileLocation": place}},
        {"Type": "CUSTOM", "CustomStepDetails": {"Target": function}},
    ]
    item = {"Arn": arn, "WorkflowId": "w-0123456789abcdef0"}

    flows = flows_of(
        Rule(operation="transfer.ListWorkflows", answer={"Workflows": [item]}),
        Rule(operation="transfer.DescribeWorkflow", answer={"Workflow": {**item, "Steps": steps}}),
    )

    assert {(flow.mechanism, flow.target_id) for flow in flows} == {
        ("copy", "arn:aws:s3:::inbox"),
        ("stream", function),
    }
