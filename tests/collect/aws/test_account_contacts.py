"""Who says to own an account."""

from typing import Any

import pytest

from auditor.collect.aws.account_contacts import CONTACTS
from auditor.collect.aws.sts import IDENTITY
from auditor.collect.settlement import DIGEST_PREFIX
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Principal
from tests.collect.aws.walking import ACCOUNT, Collected, gather

CONTACT = {
    "FullName": "Cloud Desk",
    "CompanyName": "Northstar Video, Inc.",
    "AddressLine1": "1 Example Street",
    "City": "Austin",
    "PostalCode": "78701",
    "CountryCode": "US",
    "PhoneNumber": "+15125550100",
}

pytestmark = pytest.mark.usefixtures("cloud")


def collected(**contact: Any) -> Collected:
    rule = Rule(operation="account.GetContactInformation", answer={"ContactInformation": contact})
    return gather((IDENTITY, CONTACTS), rules=[rule])


def owner(**contact: Any) -> Principal:
    (found,) = (row for row in collected(**contact).rows if isinstance(row, Principal))
    return found


def test_says_where_the_owner_is() -> None:
    found = owner(**CONTACT)

    assert (found.id, found.kind, found.name) == (ACCOUNT, "account", "Northstar Video, Inc.")
    assert found.attributes == {"country": "US", "company": "Northstar Video, Inc."}


def test_a_person_may_own_an_account() -> None:
    found = owner(**{name: value for name, value in CONTACT.items() if name != "CompanyName"})

    assert found.name == "Cloud Desk"
    assert found.attributes == {"country": "US", "company": ""}


def test_an_empty_answer_says_nothing() -> None:
    assert isinstance(owner().attributes, Unknown)


def test_how_to_ring_them_up_is_not_kept() -> None:
    (record,) = (
        each
        for each in collected(**CONTACT).records
        if each.request.operation == "GetContactInformation"
    )

    kept = record.answer.body["ContactInformation"]
    assert kept["PhoneNumber"].startswith(DIGEST_PREFIX)
    assert kept["AddressLine1"].startswith(DIGEST_PREFIX)
    assert kept["City"] == "Austin"
