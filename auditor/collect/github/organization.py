"""The organisation: the account that everything on GitHub is looked for in.

API: https://docs.github.com/en/rest/orgs/orgs#get-an-organization
"""

from collections.abc import Iterator

from auditor.collect.github.reading import text
from auditor.model import Unknown
from auditor.spec import Axis, Collector, Found, Listing
from auditor.tables import Account

_STAFF_NOT_SHOWN = Unknown(
    "nothing that this version reads of GitHub shows when GitHub's own staff reaches code, nor "
    "from which country"
)


def _rows(found: Found) -> Iterator[Account]:
    login = found.read("item.login", absent="")
    stated = found.read("item.name", absent="")
    archived = found.read("item.archived_at", absent="")
    yield Account(
        id=str(login),
        evidence=found.evidence,
        provider="github",
        operator="GitHub",
        name=text(stated or login, "its name"),
        active=not archived,
        management=False,
        provider_access_recorded=_STAFF_NOT_SHOWN,
    )


def _account(found: Found) -> str | None:
    login = found.read("item.login", absent=None)
    return login if isinstance(login, str) and login else None


ORGANIZATION = Collector(
    kind="github.organizations.organization",
    service="rest",
    title="Organisation",
    per=("host",),
    listing=Listing(
        operation="GET /orgs/{org}",
        permission="metadata:read",
        items="",
    ),
    tables=(Account,),
    rows=_rows,
    axis=Axis(name="account", value=_account),
    source="https://docs.github.com/en/rest/orgs/orgs",
)
