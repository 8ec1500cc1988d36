"""People and groups of Identity Center."""

from typing import Any

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.identity_center import INSTANCES
from auditor.collect.aws.identity_store import GROUPS, PEOPLE
from auditor.collect.aws.sts import IDENTITY
from auditor.collect.settlement import DIGEST_PREFIX
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Membership, Principal
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, INSTANCES, PEOPLE, GROUPS)
STORE = "d-1111111111"
INSTANCE = {
    "InstanceArn": "arn:aws:sso:::instance/ssoins-1111111111111111",
    "IdentityStoreId": STORE,
    "OwnerAccountId": ACCOUNT,
}
ADA = {
    "UserId": "u-1",
    "UserName": "ada@northstar.example",
    "IdentityStoreId": STORE,
    "DisplayName": "Ada Example",
    "Emails": [{"Value": "ada.example@northstar.example", "Primary": True}],
    "ExternalIds": [{"Issuer": "https://login.example", "Id": "00u1"}],
    "Addresses": [
        {"Country": "DE"},
        {"Country": "US", "Primary": True, "StreetAddress": "1 Example Street"},
    ],
    "PhoneNumbers": [{"Value": "+15125550100"}],
    "Title": "Engineer",
    "UserStatus": "ENABLED",
}
TEAM = {"GroupId": "g-1", "DisplayName": "engineers", "IdentityStoreId": STORE}
PERSON, GROUP = f"identitystore/{STORE}/user/u-1", f"identitystore/{STORE}/group/g-1"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(user: Any = None, deny: tuple[str, ...] = ()) -> Collected:
    member = {"MemberId": {"UserId": "u-1"}, "GroupId": "g-1"}
    rules = (
        Rule(operation="sso-admin.ListInstances", answer={"Instances": [INSTANCE]}),
        Rule(operation="identitystore.ListUsers", answer={"Users": [user or ADA]}),
        Rule(operation="identitystore.ListGroups", answer={"Groups": [TEAM]}),
        Rule(
            operation="identitystore.ListGroupMemberships",
            answer={"GroupMemberships": [member]},
        ),
    )
    return gather(COLLECTORS, rules=rules, deny=deny)


def person(user: Any = None) -> Principal:
    rows = collect(user).rows
    (found,) = (row for row in rows if isinstance(row, Principal) and row.kind == "person")
    return found


def memberships(*deny: str) -> set[tuple[str, str]]:
    rows = collect(deny=deny).rows
    return {(row.group_id, row.member_id) for row in rows if isinstance(row, Membership)}


def test_reads_a_person() -> None:
    found = person()

    assert (found.id, found.name, found.enabled) == (PERSON, "Ada Example", True)
    assert found.known_as == (
        "ada@northstar.example",
        "u-1",
        "ada.example@northstar.example",
        "00u1",
    )
    assert found.attributes == {"title": "Engineer", "country": "US"}
    assert isinstance(found.second_factor, Unknown)


def test_somebody_disabled_cannot_act() -> None:
    assert person({**ADA, "UserStatus": "DISABLED"}).enabled is False


def test_reads_what_the_directory_says_of_work() -> None:
    """It stands in an extension, which has to be asked for."""
    work = {"organization": "Farshore Holdings", "department": "Platform", "manager": {"id": "u"}}
    found = person({**ADA, "Extensions": {"aws:identitystore:enterprise": work}})

    assert isinstance(found.attributes, dict)
    assert found.attributes["organization"] == "Farshore Holdings"
    assert found.attributes["department"] == "Platform"
    assert "manager" not in found.attributes


def test_reads_who_is_in_a_group() -> None:
    assert memberships() == {(GROUP, PERSON)}


def test_refused_members_could_be_anybody() -> None:
    assert memberships("ListGroupMemberships") == {(GROUP, "?")}


def test_how_to_ring_them_up_is_not_kept() -> None:
    records = collect().records
    (record,) = (each for each in records if each.request.operation == "ListUsers")

    (user,) = record.answer.body["Users"]
    assert user["PhoneNumbers"][0]["Value"].startswith(DIGEST_PREFIX)
    assert user["Addresses"][1]["StreetAddress"].startswith(DIGEST_PREFIX)
    assert user["Addresses"][1]["Country"] == "US"


def test_asks_moto_as_it_would_ask_aws() -> None:
    """What rules answer is what we made up; moto checks the parameters."""
    store = boto3.client("sso-admin", HOME).list_instances()["Instances"][0]["IdentityStoreId"]
    people = boto3.client("identitystore", HOME)
    user = people.create_user(
        IdentityStoreId=store,
        UserName="ada",
        DisplayName="Ada",
        Name={"GivenName": "Ada", "FamilyName": "Example"},
    )["UserId"]
    group = people.create_group(IdentityStoreId=store, DisplayName="engineers")["GroupId"]
    people.create_group_membership(IdentityStoreId=store, GroupId=group, MemberId={"UserId": user})

    collected = gather(COLLECTORS)

    assert collected.refusals == []
    (membership,) = (row for row in collected.rows if isinstance(row, Membership))
    assert membership.group_id == f"identitystore/{store}/group/{group}"
    assert membership.member_id == f"identitystore/{store}/user/{user}"
