"""What we claim to know about directories, given what AWS answered."""

import pytest

from auditor.collect.aws.directory_service import DIRECTORIES, TRUSTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_ZONES = {"VpcId": "v", "SubnetIds": ["s"], "AvailabilityZones": [f"{HOME}a"]}
_ID = f"arn:aws:ds:{HOME}:{ACCOUNT}:directory/d-1"


def collect(*shares: Json, code: str = "", **item: Json) -> Collected:
    directory = {
        "DirectoryId": "d-1",
        "Name": "corp",
        "Type": "MicrosoftAD",
        "VpcSettings": _ZONES,
        **item,
    }
    shared = Rule(
        operation="ds.DescribeSharedDirectories",
        answer=None if code else {"SharedDirectories": [*shares]},
        code=code,
        status=400,
    )
    listed = Rule(operation="ds.DescribeDirectories", answer={"DirectoryDescriptions": [directory]})
    return gather((IDENTITY, REGIONS, DIRECTORIES), rules=[listed, shared])


def test_a_directory_is_replicated_to_each_other_region() -> None:
    regions = {"PrimaryRegion": HOME, "AdditionalRegions": ["eu-central-1"]}

    (flow,) = collect(RegionsInfo=regions).flows

    assert flow.target_id == f"arn:aws:ds:eu-central-1:{ACCOUNT}:directory/d-1"
    assert flow.target_country == "DE"


def test_shares_are_told_apart_by_their_state() -> None:
    found = collect(
        {"SharedAccountId": "222222222222", "ShareStatus": "Shared"},
        {"SharedAccountId": "333333333333", "ShareStatus": "Rejected"},
    )

    states = {flow.target_account: flow.active for flow in found.flows}
    assert states == {"222222222222": True, "333333333333": False}


def test_what_cannot_be_shared_is_not_shared() -> None:
    assert not collect(code="UnsupportedOperationException", Type="SimpleAD").flows
    (flow,) = collect(code="AccessDeniedException").flows
    assert isinstance(flow.active, Unknown)


def test_a_connector_asks_somebody_else() -> None:
    settings = {**_ZONES, "ConnectIps": ["10.9.9.9"]}

    found = collect(Type="ADConnector", ConnectSettings=settings)

    (flow,) = found.flows
    assert isinstance(flow.target_country, Unknown)
    assert not found.stores


def test_a_directory_of_another_account_is_there() -> None:
    owner = {"AccountId": "222222222222", "DirectoryId": "d-9"}

    (flow,) = collect(Type="SharedMicrosoftAD", OwnerDirectoryDescription=owner).flows

    assert flow.target_id == f"arn:aws:ds:{HOME}:222222222222:directory/d-9"


@pytest.mark.parametrize(
    ("direction", "lets_in"), [("One-Way: Outgoing", True), ("One-Way: Incoming", False)]
)
def test_an_outgoing_trust_lets_people_of_the_other_domain_in(
    direction: str, *, lets_in: bool
) -> None:
    trust = {
        "DirectoryId": "d-1",
        "TrustId": "t-1",
        "RemoteDomainName": "parent.example.com",
        "TrustDirection": direction,
    }
    rules = [Rule(operation="ds.DescribeTrusts", answer={"Trusts": [trust]})]

    (flow,) = gather((IDENTITY, REGIONS, TRUSTS), rules=rules).flows

    assert (flow.store_id, flow.active) == (_ID, lets_in)
    assert isinstance(flow.target_account, Unknown)
    assert "parent.example.com" in flow.target_account.reason
