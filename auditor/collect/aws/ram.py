"""AWS Resource Access Manager: what is shared, and with which accounts.

API: https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import flow_from
from auditor.collect.aws.flows import to_account, to_organization
from auditor.collect.aws.principals import account_of
from auditor.collect.aws.reading import entries, maybe_text, member, state_of, tags_in, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/ram/latest/APIReference/API_"
_GONE = ("DELETED",)
_ON = ("ASSOCIATED", "ASSOCIATING", "SUSPENDING", "RESTORING")
_OFF = ("FAILED", "DISASSOCIATED", "DISASSOCIATING", "SUSPENDED")


def _share(found: Found) -> Iterator[Processor | Flow]:
    """Yield a share, the flows into it from what it shares, and those out of it to accounts."""
    if text(found, "item.status") in _GONE:
        return
    row = processor_of(
        found,
        id=text(found, "item.resourceShareArn"),
        name=text(found, "item.name"),
        kind="resource share",
        public=False,  # shared with principals that are named
        created=maybe_text(found, "item.creationTime", absent=""),
        tags=tags_in(found.read("item.tags", absent=[])),
    )
    yield row
    yield from _principals(found, row)
    yield from _resources(found, row)


def _principals(found: Found, row: Processor) -> Iterator[Flow]:
    several = found.read("principals")
    if isinstance(several, Unknown):
        yield possible(row, "share", several)
        return
    for each in entries(several):
        name = member(each, "associatedEntity")
        made = _to_principal(row, name, each)
        if made is not None:
            yield made


def _to_principal(row: Processor, name: str, association: Mapping[str, Json]) -> Flow | None:
    active = state_of(association.get("status"), _ON, _OFF)
    if active is False:
        return None
    if isinstance(active, Unknown):
        return possible(row, "share", active, name or "?")
    if ":organizations:" in name:
        return to_organization(row, name)
    account = account_of(name)
    if isinstance(account, Unknown):
        return possible(row, "share", account, name or "?")
    return to_account(row, account) if account != row.account else None


def _resources(found: Found, row: Processor) -> Iterator[Flow]:
    """Yield a step from each resource to the share: where it goes on to is the share's to say."""
    several = found.read("resources")
    if isinstance(several, Unknown):
        yield possible(row, "share", several, "resources")
        return
    for each in entries(several):
        name = member(each, "associatedEntity")
        if name and state_of(each.get("status"), _ON, _OFF) is not False:
            yield flow_from(
                found,
                name,
                "share",
                row.id,
                target_id=row.id,
                target_account=row.account,
                target_region=row.region,
                target_country=row.country,
                target_operator=row.operator,
            )


def _associations(name: str, kind: str) -> Detail:
    return Detail(
        name=name,
        operation="GetResourceShareAssociations",
        permission="ram:GetResourceShareAssociations",
        parameters={"associationType": kind, "maxResults": 500},
        compose={"resourceShareArns": lambda found: [text(found, "item.resourceShareArn")]},
        items="resourceShareAssociations",
    )


SHARES = Collector(
    kind="aws.ram.share",
    service="ram",
    title="resource shares of the account",
    per=("account", "region"),
    listing=Listing(
        operation="GetResourceShares",
        permission="ram:GetResourceShares",
        parameters={"resourceOwner": "SELF", "maxResults": 500},
        items="resourceShares",
    ),
    details=(_associations("principals", "PRINCIPAL"), _associations("resources", "RESOURCE")),
    tables=(Processor, Flow),
    rows=_share,
    types=("ram:resource-share",),
    source=_REFERENCE + "GetResourceShares.html",
)
