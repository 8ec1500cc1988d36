"""What we claim to know about core networks, given what AWS answered."""

import pytest

from auditor.collect.aws.networkmanager import ATTACHMENTS, CORE_NETWORKS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, Collected, gather

COLLECTORS = (IDENTITY, CORE_NETWORKS, ATTACHMENTS)
ARN = f"arn:aws:networkmanager::{ACCOUNT}:core-network/n"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(*regions: str, deny: tuple[str, ...] = ()) -> Collected:
    item: Json = {"CoreNetworkArn": ARN, "CoreNetworkId": "n", "OwnerAccountId": ACCOUNT}
    network = {"Edges": [{"EdgeLocation": region} for region in regions]}
    rules = [
        Rule(operation="networkmanager.ListCoreNetworks", answer={"CoreNetworks": [item]}),
        Rule(operation="networkmanager.GetCoreNetwork", answer={"CoreNetwork": network}),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_each_edge_is_a_way_out() -> None:
    collected = collect("us-east-1", "eu-central-1")

    assert [flow.target_country for flow in collected.flows] == ["US", "DE"]
    assert isinstance(collected.processors["n"].country, Unknown)
    assert collect("us-east-1", "us-west-2").processors["n"].country == "US"


def test_refused_edges_are_a_possible_way_out() -> None:
    (flow,) = collect("us-east-1", deny=("GetCoreNetwork",)).flows

    assert isinstance(flow.active, Unknown)


def test_a_core_network_of_another_account_is_not_ours() -> None:
    item: Json = {"CoreNetworkArn": ARN, "CoreNetworkId": "n", "OwnerAccountId": "999999999999"}
    rule = Rule(operation="networkmanager.ListCoreNetworks", answer={"CoreNetworks": [item]})

    assert gather(COLLECTORS, rules=[rule]).processors["n"].account == "999999999999"


@pytest.mark.parametrize("kind", ["SITE_TO_SITE_VPN", "CONNECT", "DIRECT_CONNECT_GATEWAY", ""])
def test_an_attachment_of_a_line_leads_outside(kind: str) -> None:
    item: Json = {
        "AttachmentId": "a",
        "EdgeLocation": "us-east-1",
        "OwnerAccountId": ACCOUNT,
        "State": "AVAILABLE",
        **({"AttachmentType": kind} if kind else {}),
    }
    listed = Rule(operation="networkmanager.ListAttachments", answer={"Attachments": [item]})

    (flow,) = gather(COLLECTORS, rules=[listed]).flows

    assert flow.active is True
    assert isinstance(flow.target_country, Unknown)
    assert isinstance(flow.target_account, Unknown)


def test_an_attachment_leads_to_the_account_of_what_is_attached() -> None:
    item: Json = {
        "AttachmentType": "VPC",
        "AttachmentId": "a",
        "EdgeLocation": "eu-central-1",
        "OwnerAccountId": "999999999999",
        "ResourceArn": "arn:aws:ec2:eu-central-1:999999999999:vpc/vpc-1",
        "State": "AVAILABLE",
    }
    listed = Rule(operation="networkmanager.ListAttachments", answer={"Attachments": [item]})

    (flow,) = gather(COLLECTORS, rules=[listed]).flows

    assert (flow.target_account, flow.target_country) == ("999999999999", "DE")
