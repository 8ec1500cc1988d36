"""What we claim to know about endpoints in VPCs, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.network_endpoints import CONNECTIONS, ENDPOINTS, OFFERS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow, Gateway, Guardrail
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, ENDPOINTS, OFFERS)
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def flow_of(**endpoint: Json) -> Flow:
    whole: Json = {"VpcEndpointId": "vpce-1", "State": "available", **endpoint}
    listed = Rule(operation="ec2.DescribeVpcEndpoints", answer={"VpcEndpoints": [whole]})
    (flow,) = gather(COLLECTORS, rules=[listed]).flows
    return flow


def test_an_endpoint_of_aws_is_used_for_the_own_account() -> None:
    flow = flow_of(ServiceName=f"com.amazonaws.{HOME}.s3")

    assert (flow.target_account, flow.target_country, flow.active) == (ACCOUNT, "US", True)


def test_an_endpoint_can_lead_to_another_region() -> None:
    """The name of its service may not tell; the region does."""
    flow = flow_of(ServiceName="com.amazonaws.eu-central-1.s3", ServiceRegion="eu-central-1")

    assert flow.target_country == "DE"


def test_a_service_of_others_is_of_an_unknown_account() -> None:
    flow = flow_of(ServiceName=f"com.amazonaws.vpce.{HOME}.vpce-svc-1")

    assert isinstance(flow.target_account, Unknown)


def test_a_shared_resource_names_its_account() -> None:
    flow = flow_of(
        ResourceConfigurationArn=f"arn:aws:vpc-lattice:{HOME}:{STRANGER}:resourceconfiguration/r"
    )

    assert flow.target_account == STRANGER


@pytest.mark.parametrize(
    ("principal", "condition", "limits"),
    [
        ("*", {}, ()),
        ({"AWS": ACCOUNT}, {}, ("outside principals",)),
        ("*", {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, None),
    ],
)
def test_a_policy_of_an_endpoint_is_a_guardrail(
    principal: Json, condition: Json, limits: tuple[str, ...] | None
) -> None:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "*", "Condition": condition}
    endpoint: Json = {
        "VpcEndpointId": "vpce-1",
        "State": "available",
        "PolicyDocument": json.dumps({"Statement": [statement]}),
    }

    listed = Rule(operation="ec2.DescribeVpcEndpoints", answer={"VpcEndpoints": [endpoint]})
    rows = gather(COLLECTORS, rules=[listed]).rows
    (guardrail,) = [row for row in rows if isinstance(row, Guardrail)]

    assert guardrail.target_id == f"arn:aws:ec2:{HOME}:{ACCOUNT}:vpc-endpoint/vpce-1"
    assert guardrail.limits == limits or isinstance(guardrail.limits, Unknown)


OFFER = Rule(
    operation="ec2.DescribeVpcEndpointServiceConfigurations",
    answer={
        "ServiceConfigurations": [
            {"ServiceId": "vpce-svc-1", "SupportedRegions": [{"Region": "eu-central-1"}]}
        ]
    },
)


def test_an_offer_is_shared_with_whom_it_permits() -> None:
    permitted: Json = {"AllowedPrincipals": [{"Principal": f"arn:aws:iam::{STRANGER}:root"}]}
    rules = [
        OFFER,
        Rule(operation="ec2.DescribeVpcEndpointServicePermissions", answer=permitted),
    ]

    flows = {flow.mechanism: flow for flow in gather(COLLECTORS, rules=rules).flows}

    assert flows["share"].target_account == STRANGER
    assert flows["mount"].target_country == "DE"


def test_refused_permissions_are_a_possible_share() -> None:
    deny = ["DescribeVpcEndpointServicePermissions"]
    flows = {flow.mechanism: flow for flow in gather(COLLECTORS, rules=[OFFER], deny=deny).flows}

    assert isinstance(flows["share"].active, Unknown)


@pytest.mark.parametrize(
    ("owner", "state", "active"), [(STRANGER, "available", True), (STRANGER, "rejected", False)]
)
def test_what_has_connected_is_a_way_out_whoever_is_permitted_now(
    owner: str, state: str, active: bool
) -> None:
    connection = {
        "ServiceId": "vpce-svc-1",
        "VpcEndpointId": "vpce-9",
        "VpcEndpointOwner": owner,
        "VpcEndpointState": state,
    }
    rule = Rule(
        operation="ec2.DescribeVpcEndpointConnections",
        answer={"VpcEndpointConnections": [connection]},
    )

    share, mount = gather((IDENTITY, REGIONS, CONNECTIONS), rules=[rule]).flows

    assert (share.mechanism, share.target_account, share.active) == ("share", owner, active)
    assert (mount.mechanism, mount.target_country) == ("mount", "US")
    assert share.store_id.endswith("vpc-endpoint-service/vpce-svc-1")


def test_endpoints_join_their_network_to_services_of_aws_or_to_others() -> None:
    """One for a service of AWS leads to what the own account holds there."""
    services = ("com.amazonaws.vpce.us-east-1.vpce-svc-1", "com.amazonaws.us-east-1.s3")
    endpoints: Json = [
        {"VpcEndpointId": f"vpce-{n}", "VpcId": "vpc-1", "ServiceName": name, "State": "available"}
        for n, name in enumerate(services)
    ]
    rule = Rule(operation="ec2.DescribeVpcEndpoints", answer={"VpcEndpoints": endpoints})

    rows = [row for row in gather(COLLECTORS, rules=[rule]).rows if isinstance(row, Gateway)]

    theirs, of_aws = sorted(rows, key=lambda row: row.id)
    assert (theirs.id, theirs.kind, theirs.network_id, theirs.active) == (
        "vpce-0",
        "private link",
        "vpc-1",
        True,
    )
    assert isinstance(theirs.peer_account, Unknown)
    assert (of_aws.kind, of_aws.network_id, of_aws.peer_id, of_aws.peer_account) == (
        "service gateway",
        "vpc-1",
        services[1],
        "",
    )
