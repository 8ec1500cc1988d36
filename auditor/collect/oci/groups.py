"""Groups of the default domain, or of a tenancy without domains: people, and resources by rule.

API: https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918/Group/ListGroups
"""

from collections.abc import Iterator

from auditor.collect.oci.matching import attributes_of
from auditor.collect.oci.principal_rows import (
    DEFAULT,
    DYNAMIC_GROUP,
    GROUP,
    is_active,
    membership,
    names_of,
    principal,
    somebody_in,
)
from auditor.collect.oci.reading import entries, maybe_text, moment, tags_of, text
from auditor.collect.oci.service_rows import BARE, is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Membership, Principal

_SERVICE = "identity.IdentityClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918"


def _rows(found: Found) -> Iterator[Principal | Membership]:
    if is_gone(found):
        return
    group = _group(found, GROUP)
    yield group
    members = found.read("members")
    if isinstance(members, Unknown):
        yield from somebody_in(found, group.id, members)
    for each in entries(members):
        if each.get("lifecycleState") in (None, "ACTIVE"):
            yield membership(found, group.id, str(each.get("userId")))


def _dynamic_rows(found: Found) -> Iterator[Principal]:
    if not is_gone(found):
        rule = text(found, "item.matchingRule")
        yield _group(found, DYNAMIC_GROUP, attributes_of(rule))


def _group(found: Found, kind: str, attributes: dict[str, str] | None = None) -> Principal:
    name = text(found, "item.name")
    return principal(
        found,
        kind,
        id=text(found, "item.id"),
        name=maybe_text(found, "item.name"),
        known_as=names_of(name, f"{DEFAULT}/{name}"),
        enabled=is_active(found),
        created=moment(found.read("item.timeCreated")),
        # What a domain adds to a group of people is in the domain's own answer alone.
        attributes=Unknown("this list does not say it") if attributes is None else attributes,
        tags=tags_of(found, "item"),
    )


def _listing(operation: str, permission: str) -> Listing:
    return Listing(
        operation=operation,
        permission=permission,
        parameters={"limit": 1000},
        bind={"compartment_id": "place.account"},
        items=BARE,
    )


GROUPS = Collector(
    kind="oci.identity.group",
    service=_SERVICE,
    title="Groups of people, and who is in them",
    per=("account",),
    listing=_listing("list_groups", "inspect groups"),
    details=(
        Detail(
            name="members",
            operation="list_user_group_memberships",
            permission="inspect groups and inspect users",
            parameters={"limit": 1000},
            bind={"compartment_id": "place.account", "group_id": "item.id"},
            items=BARE,
        ),
    ),
    tables=(Principal, Membership),
    rows=_rows,
    source=f"{_API}/Group/ListGroups",
)

DYNAMIC_GROUPS = Collector(
    kind="oci.identity.dynamicgroup",
    service=_SERVICE,
    title="Groups of resources, and the rules by which they are members",
    per=("account",),
    listing=_listing("list_dynamic_groups", "inspect dynamic-groups"),
    tables=(Principal,),
    rows=_dynamic_rows,
    source=f"{_API}/DynamicGroup/ListDynamicGroups",
)
