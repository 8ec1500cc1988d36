"""What we claim to know about services of VPC Lattice, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.collect.aws.vpclattice import NETWORKS, RESOURCES, SERVICES
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, SERVICES, RESOURCES, NETWORKS)
ARN = f"arn:aws:vpc-lattice:{HOME}:{ACCOUNT}:service/svc-0123456789abcdef0"
POLICY = '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"*"}]}'

pytestmark = pytest.mark.usefixtures("cloud")


def answered(operation: str, **answer: Json) -> Rule:
    return Rule(operation=f"vpc-lattice.{operation}", answer=answer)


SERVICE = answered("ListServices", items=[{"arn": ARN, "name": "s"}])
NOT_SHARED = Rule(
    operation="vpc-lattice.GetResourcePolicy", status=404, code="ResourceNotFoundException"
)


def test_a_policy_shares_a_service() -> None:
    rules = [SERVICE, NOT_SHARED, answered("GetAuthPolicy", policy=POLICY, state="Active")]

    collected = gather(COLLECTORS, rules=rules)

    assert collected.processors["s"].country == "US"
    assert [flow.target_account for flow in collected.flows] == ["999999999999"]


def test_without_a_policy_nobody_else_is_let_in() -> None:
    rules = [SERVICE, NOT_SHARED, answered("GetAuthPolicy", state="Inactive")]

    assert gather(COLLECTORS, rules=rules).flows == []


@pytest.mark.parametrize("refused", ["GetAuthPolicy", "GetResourcePolicy"])
def test_a_refusal_is_a_possible_share(refused: str) -> None:
    rules = [SERVICE, NOT_SHARED, answered("GetAuthPolicy", state="Inactive")]

    flows = gather(COLLECTORS, rules=rules, deny=[refused]).flows

    assert flows
    assert all(isinstance(flow.active, Unknown) for flow in flows)


def test_a_resource_is_shared_by_its_policy() -> None:
    item: Json = {"arn": ARN.replace("service/svc", "resourceconfiguration/rcfg"), "name": "db"}
    rules = [
        answered("ListResourceConfigurations", items=[item]),
        answered("GetResourcePolicy", policy=POLICY),
    ]

    assert [flow.mechanism for flow in gather(COLLECTORS, rules=rules).flows] == ["share"]


def test_a_shared_network_lets_its_members_reach_services() -> None:
    network: Json = {"arn": ARN.replace("service/svc", "servicenetwork/sn"), "name": "n"}
    rules = [
        answered("ListServiceNetworks", items=[network]),
        answered("GetResourcePolicy", policy=POLICY),
    ]

    (flow,) = gather(COLLECTORS, rules=rules).flows

    assert (flow.store_id, flow.target_account) == (network["arn"], "999999999999")


def test_what_others_share_is_theirs() -> None:
    service = answered("ListServices", items=[{"arn": ARN.replace(ACCOUNT, "9" * 12), "name": "s"}])
    rules = [service, NOT_SHARED, answered("GetAuthPolicy", state="Inactive")]

    assert gather(COLLECTORS, rules=rules).processors["s"].account == "9" * 12
