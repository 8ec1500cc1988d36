"""AWS Organizations: the accounts of an organisation.

API: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.regions import AMAZON
from auditor.model import Unknown
from auditor.spec import Axis, Collector, Found, Listing
from auditor.tables import Account, Maybe

_ACTIVE = "ACTIVE"


def _rows(found: Found) -> Iterator[Account]:
    yield Account(
        id=text(found, "item.Id"),
        evidence=found.evidence,
        provider="aws",
        operator=AMAZON,
        name=maybe_text(found, "item.Name"),
        active=_is_active(found),
    )


def _is_active(found: Found) -> Maybe[bool]:
    status = maybe_text(found, "item.Status")
    return status if isinstance(status, Unknown) else status == _ACTIVE


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
