"""The organisation: the account that everything on GitHub is looked for in.

API: https://docs.github.com/en/rest/orgs/orgs#get-an-organization
"""

from collections.abc import Iterator

from auditor.collect.github.reading import flag, text
from auditor.model import Unknown
from auditor.spec import Axis, Collector, Found, Listing
from auditor.tables import Account

_STAFF_NOT_SHOWN = Unknown(
    "nothing that this version reads of GitHub shows when GitHub's own staff reaches code, nor "
    "from which country"
)


def _rows(found: Found) -> Iterator[Account]:
    archived = found.read("item.archived_at", absent="")
    yield Account(
        id=str(found.read("item.login", absent="")),
        evidence=found.evidence,
        provider="github",
        operator="GitHub",
        name=text(found.read("item.name", absent=found.item.get("login")), "its name"),
        active=not archived,
        management=False,
        provider_access_recorded=_STAFF_NOT_SHOWN,
    )


def second_factor_required(found: Found) -> bool | Unknown:
    """Return whether the organisation lets in members with a second factor only."""
    value = found.read("parent.two_factor_requirement_enabled", absent=None)
    return flag(value, "whether a second factor is required", "organization_administration:read")


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
    axis=Axis(name="account", value=lambda found: found.read("item.login", absent=None)),
    source="https://docs.github.com/en/rest/orgs/orgs",
)
