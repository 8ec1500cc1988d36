"""AWS Security Token Service: whose credentials these are.

API: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
"""

from collections.abc import Iterator

from auditor.collect.aws.accounts import STAFF_NOT_SHOWN
from auditor.collect.aws.reading import text
from auditor.collect.aws.regions import AMAZON
from auditor.model import Unknown
from auditor.spec import Axis, Collector, Found, Listing
from auditor.tables import Account

_UNNAMED = Unknown("an account's name is told by AWS Organizations only, to its management account")


def _rows(found: Found) -> Iterator[Account]:
    yield Account(
        id=text(found, "item.Account"),
        evidence=found.evidence,
        provider="aws",
        operator=AMAZON,
        name=_UNNAMED,
        active=True,  # a suspended account can make no calls
        provider_access_recorded=STAFF_NOT_SHOWN,
    )


IDENTITY = Collector(
    kind="aws.sts.identity",
    service="sts",
    title="the account that the credentials belong to",
    per=(),
    listing=Listing(
        operation="GetCallerIdentity",
        permission="",  # cannot be denied, the reference says
    ),
    tables=(Account,),
    rows=_rows,
    axis=Axis(name="account", value=lambda found: text(found, "item.Account") or None),
    source="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
)
