"""What we claim to know about virtual private networks, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.network_vpns import CLIENT_ENDPOINTS, CONNECTIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, CONNECTIONS, CLIENT_ENDPOINTS)

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_connection_leads_outside_and_its_secrets_stay_there() -> None:
    connection: Json = {
        "VpnConnectionId": "vpn-1",
        "CustomerGatewayId": "cgw-1",
        "State": "available",
        "CustomerGatewayConfiguration": "<pre_shared_key>hidden</pre_shared_key>",
        "Options": {"TunnelOptions": [{"PreSharedKey": "hidden"}]},
    }
    gateways: Json = {
        "CustomerGateways": [{"CustomerGatewayId": "cgw-1", "IpAddress": "203.0.113.9"}]
    }
    rules = [
        Rule(operation="ec2.DescribeCustomerGateways", answer=gateways),
        Rule(operation="ec2.DescribeVpnConnections", answer={"VpnConnections": [connection]}),
    ]

    collected = gather(COLLECTORS, rules=rules)
    (flow,) = collected.flows

    assert (flow.mechanism, flow.active) == ("mount", True)
    assert isinstance(flow.target_country, Unknown)
    assert "203.0.113.9" in flow.target_country.reason
    assert "hidden" not in repr(collected.records)


def test_devices_connect_from_anywhere_and_are_logged() -> None:
    endpoint: Json = {
        "ClientVpnEndpointId": "cvpn-1",
        "Status": {"Code": "available"},
        "ConnectionLogOptions": {"Enabled": True, "CloudwatchLogGroup": "g"},
    }
    answer: Json = {"ClientVpnEndpoints": [endpoint]}

    listed = Rule(operation="ec2.DescribeClientVpnEndpoints", answer=answer)
    flows = {flow.mechanism: flow for flow in gather(COLLECTORS, rules=[listed]).flows}

    assert isinstance(flows["mount"].target_country, Unknown)
    assert flows["stream"].target_id == f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:g"
