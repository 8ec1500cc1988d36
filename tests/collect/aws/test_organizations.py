"""Accounts of an organisation: which exist, and which are looked into."""

import boto3
import pytest

from auditor.collect.aws.organizations import ACCOUNTS
from auditor.collect.aws.s3 import BUCKETS
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Target
from auditor.tables import Account
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, ACCOUNTS, BUCKETS)
TARGET = Target(
    name="here",
    provider="aws",
    options={"organization_role": "reader", "external_id": "42"},
)

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def members() -> dict[str, str]:
    """An organisation with an open and a closed account: name -> account."""
    organizations = boto3.client("organizations", HOME)
    organizations.create_organization(FeatureSet="ALL")
    made = {}
    for name in ("open", "closed"):
        answer = organizations.create_account(AccountName=name, Email=f"{name}@example.com")
        made[name] = answer["CreateAccountStatus"]["AccountId"]
    organizations.close_account(AccountId=made["closed"])
    return made


def test_lists_accounts_with_their_state(members: dict[str, str]) -> None:
    """A closed account is a fact, too."""
    rows = [row for row in gather(COLLECTORS, TARGET).rows if isinstance(row, Account)]

    assert {row.id: row.active for row in rows} == {
        ACCOUNT: True,
        members["open"]: True,
        members["closed"]: False,
    }


def test_looks_into_open_accounts_with_the_role(members: dict[str, str]) -> None:
    """Each answer is filed under the account whose credentials asked."""
    asked = [
        record.request.place["account"]
        for record in gather(COLLECTORS, TARGET).records
        if record.request.operation == "ListBuckets"
    ]

    assert sorted(asked) == sorted([ACCOUNT, members["open"]])


def test_is_not_asked_without_the_option(members: dict[str, str]) -> None:
    """A target of one account needs no permission on the organisation."""
    records = gather(COLLECTORS, Target(name="here", provider="aws")).records

    assert "ListAccounts" not in {record.request.operation for record in records}
