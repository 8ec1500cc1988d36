"""What we claim to know about resource shares, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ram import SHARES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_STRANGER = "222222222222"
_SHARE = f"arn:aws:ram:{HOME}:{ACCOUNT}:resource-share/1"
_DATABASE = f"arn:aws:glue:{HOME}:{ACCOUNT}:database/d"


def associated(kind: str, *entities: str, status: str = "ASSOCIATED") -> Rule:
    several = [
        {"resourceShareArn": _SHARE, "associatedEntity": each, "status": status}
        for each in entities
    ]
    return Rule(
        operation="ram.GetResourceShareAssociations",
        words=kind,
        answer={"resourceShareAssociations": several},
    )


def collect(*principals: str, status: str = "ASSOCIATED", deny: str = "") -> Collected:
    share = {
        "resourceShareArn": _SHARE,
        "name": "lake",
        "status": "ACTIVE",
        "tags": [{"key": "team", "value": "data"}],
    }
    rules = [
        Rule(operation="ram.GetResourceShares", answer={"resourceShares": [share]}),
        associated("PRINCIPAL", *principals, status=status),
        associated("RESOURCE", _DATABASE),
    ]
    return gather((IDENTITY, REGIONS, SHARES), rules=rules, deny=[deny])


def test_what_is_shared_goes_over_the_share_to_each_other_account() -> None:
    found = collect(_STRANGER, ACCOUNT, f"arn:aws:iam::{_STRANGER}:role/r")

    ends = {flow.store_id: flow.target_account for flow in found.flows}
    assert ends == {_DATABASE: ACCOUNT, _SHARE: _STRANGER}
    assert found.processors["lake"].tags == {"team": "data"}


def test_an_organisation_is_not_its_management_account() -> None:
    flow, _ = collect(f"arn:aws:organizations::{_STRANGER}:organization/o-1").flows

    assert isinstance(flow.target_account, Unknown)


def test_who_no_longer_has_it_has_it_not() -> None:
    (flow,) = collect(_STRANGER, status="DISASSOCIATED").flows

    assert flow.store_id == _DATABASE


def test_a_refusal_leaves_open_who_has_what() -> None:
    flows = collect(deny="GetResourceShareAssociations").flows

    assert len(flows) == 2
    assert all(isinstance(flow.active, Unknown) for flow in flows)
