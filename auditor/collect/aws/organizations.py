"""AWS Organizations: the accounts of an organisation.

API: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.accounts import STAFF_NOT_SHOWN
from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.regions import AMAZON
from auditor.model import Unknown
from auditor.spec import Axis, Collector, Found, Listing
from auditor.tables import Account, Maybe

_ARN = re.compile(r"arn:[a-z-]+:organizations::(\d{12}):account/[^/]+/(\d{12})", re.ASCII)
# 'Status' is what State was called until 2026; the states between are neither open nor closed.
_STATES = {"ACTIVE": True, "SUSPENDED": False, "CLOSED": False}


def _rows(found: Found) -> Iterator[Account]:
    yield Account(
        id=text(found, "item.Id"),
        evidence=found.evidence,
        provider="aws",
        operator=AMAZON,
        name=maybe_text(found, "item.Name"),
        active=_is_active(found),
        management=_is_management(found),
        provider_access_recorded=STAFF_NOT_SHOWN,
    )


def _is_active(found: Found) -> Maybe[bool]:
    state = text(found, "item.State") or maybe_text(found, "item.Status")
    if isinstance(state, Unknown):
        return state
    return _STATES.get(state, Unknown(f"the account's state is {state}"))


def _is_management(found: Found) -> Maybe[bool]:
    """Read it from the ARN, whose account is the one that manages the organisation.

    Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
    """
    arn = maybe_text(found, "item.Arn")
    if isinstance(arn, Unknown):
        return arn
    match = _ARN.fullmatch(arn)
    return match[1] == match[2] if match else Unknown("the account's ARN names no manager")


def _account(found: Found) -> str | None:
    """Return the account unless it is known to be suspended or closed."""
    return None if _is_active(found) is False else text(found, "item.Id") or None


ACCOUNTS = Collector(
    kind="aws.organizations.account",
    service="organizations",
    title="accounts of the organisation",
    per=(),
    listing=Listing(
        operation="ListAccounts",
        permission="organizations:ListAccounts",
        items="Accounts",
    ),
    tables=(Account,),
    rows=_rows,
    axis=Axis(name="account", value=_account),
    option="organization_role",
    source="https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html",
)
