"""What we claim to know about identity pools, given what AWS answered."""

import pytest

from auditor.collect.aws.cognito_identity import POOLS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_POOL = {"IdentityPoolId": "us-east-1:1", "IdentityPoolName": "app"}


def collect(*, guests: bool, roles: dict[str, str], deny: str = "") -> Collected:
    about = {**_POOL, "AllowUnauthenticatedIdentities": guests}
    given = {"IdentityPoolId": "us-east-1:1", "Roles": roles}
    rules = [
        Rule(operation="cognito-identity.ListIdentityPools", answer={"IdentityPools": [_POOL]}),
        Rule(operation="cognito-identity.DescribeIdentityPool", answer=about),
        Rule(operation="cognito-identity.GetIdentityPoolRoles", answer=given),
    ]
    return gather((IDENTITY, REGIONS, POOLS), rules=rules, deny=[deny])


def test_guests_with_a_role_may_read_who_knows_what() -> None:
    (flow,) = collect(guests=True, roles={"unauthenticated": "arn:aws:iam::1:role/guest"}).flows

    assert flow.mechanism == "public"
    assert isinstance(flow.active, Unknown)
    assert "role/guest" in flow.active.reason


def test_guests_without_a_role_or_none_at_all_open_nothing() -> None:
    assert not collect(guests=True, roles={"authenticated": "arn:aws:iam::1:role/user"}).flows
    found = collect(guests=False, roles={})
    assert not found.flows
    assert "GetIdentityPoolRoles" not in [each.request.operation for each in found.records]


@pytest.mark.parametrize("operation", ["DescribeIdentityPool", "GetIdentityPoolRoles"])
def test_a_refusal_may_hide_guests(operation: str) -> None:
    (flow,) = collect(guests=True, roles={}, deny=operation).flows

    assert isinstance(flow.active, Unknown)
