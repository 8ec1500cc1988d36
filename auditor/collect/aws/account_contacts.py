"""AWS Account Management: who says to own an account, and in which country they are.

It is what the owner typed, and nobody has checked it.

API: https://docs.aws.amazon.com/accounts/latest/reference/API_GetContactInformation.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import maybe_text, optional_text
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Maybe, Principal

_CONTACT = "item.ContactInformation"


def _rows(found: Found) -> Iterator[Principal]:
    account = found.place["account"]
    company = optional_text(found, f"{_CONTACT}.CompanyName", f"{_CONTACT}.CountryCode")
    person = maybe_text(found, f"{_CONTACT}.FullName")
    yield Principal(
        id=account,
        evidence=found.evidence,
        provider="aws",
        account=account,
        kind="account",
        name=company or person,
        created="",
        last_used="",
        attributes=_attributes(found, company),
        tags={},
    )


def _attributes(found: Found, company: Maybe[str]) -> Maybe[Mapping[str, str]]:
    country = maybe_text(found, f"{_CONTACT}.CountryCode")
    for value in (country, company):
        if isinstance(value, Unknown):
            return value
    return {"country": str(country), "company": str(company)}


CONTACTS = Collector(
    kind="aws.account.contact",
    service="account",
    title="the company and country that own an account, as they say",
    per=("account",),
    listing=Listing(
        operation="GetContactInformation",
        permission="account:GetContactInformation",
        # No audit needs to ring them up.
        secrets=(
            "ContactInformation.PhoneNumber",
            "ContactInformation.AddressLine1",
            "ContactInformation.AddressLine2",
            "ContactInformation.AddressLine3",
        ),
    ),
    tables=(Principal,),
    rows=_rows,
    source="https://docs.aws.amazon.com/accounts/latest/reference/API_GetContactInformation.html",
)
