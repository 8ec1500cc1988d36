"""Groups of identity domains, and the identity providers that fill them.

Policies name a group of the default domain by its name, and any other as 'Domain/name'. Groups and
people have an OCID, and a name within the domain by which its own records point at them: facts
joins those.

API: https://docs.oracle.com/en-us/iaas/api/#/en/identity-domains/v1/Group/ListGroups
"""

from collections.abc import Iterator

from auditor.collect.oci.domain_people import DOMAINS, IN_DOMAIN, id_in_domain
from auditor.collect.oci.matching import attributes_of
from auditor.collect.oci.principal_rows import (
    DEFAULT,
    DYNAMIC_GROUP,
    FEDERATION,
    GROUP,
    membership,
    names_of,
    principal,
)
from auditor.collect.oci.reading import entries, maybe_flag, maybe_text, moment, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Membership, Principal

_API = "https://docs.oracle.com/en-us/iaas/api/#/en/identity-domains/v1"
_NO_TAGS = Unknown("the list of a domain does not state tags")
_WITH_MEMBERS = "ocid,displayName,meta.created,members"


def _group_rows(found: Found) -> Iterator[Principal | Membership]:
    group = _group(found, GROUP, {"id in its domain": text(found, "item.id")})
    yield group
    for each in entries(found.read("item.members", absent=[])):
        yield membership(found, group.id, str(each.get("ocid") or each.get("value")))


def _dynamic_rows(found: Found) -> Iterator[Principal]:
    yield _group(found, DYNAMIC_GROUP, attributes_of(text(found, "item.matchingRule")))


def _group(found: Found, kind: str, attributes: dict[str, str]) -> Principal:
    name, domain = text(found, "item.displayName"), text(found, "parent.displayName")
    alone = (name, f"{DEFAULT}/{name}") if text(found, "parent.type") == "DEFAULT" else ()
    return principal(
        found,
        kind,
        id=id_in_domain(found),
        name=maybe_text(found, "item.displayName"),
        known_as=names_of(*alone, f"{domain}/{name}"),
        created=moment(found.read("item.meta.created")),
        attributes=attributes,
        tags=_NO_TAGS,
    )


def _provider_rows(found: Found) -> Iterator[Principal | Membership]:
    if found.read("item.type", absent="") == "LOCAL":
        return  # the domain itself
    id_ = id_in_domain(found)
    yield principal(
        found,
        FEDERATION,
        id=id_,
        name=maybe_text(found, "item.partnerName"),
        known_as=names_of(text(found, "item.partnerProviderId")),
        enabled=maybe_flag(found, "item.enabled"),
        created=moment(found.read("item.meta.created")),
        tags=_NO_TAGS,
    )
    filled = ("jitUserProvAssignedGroups", "jitUserProvGroupMappings")
    listed = [entries(found.read(f"item.{each}", absent=[])) for each in filled]
    for group in sorted({str(each.get("value")) for several in listed for each in several}):
        yield membership(found, group, id_)


def _listing(operation: str, permission: str, **parameters: Json) -> Listing:
    return Listing(
        operation=operation,
        permission=permission,
        parameters={"count": 1000, **parameters},
        endpoint="parent.url",
        items="Resources",
    )


GROUPS_OF_DOMAINS = Collector(
    kind="oci.identity.domaingroup",
    service=IN_DOMAIN,
    title="Groups of identity domains, and who is in them",
    per=("account", "compartment"),
    parent=DOMAINS,
    listing=_listing("list_groups", "inspect groups", attributes=_WITH_MEMBERS),
    tables=(Principal, Membership),
    rows=_group_rows,
    source=f"{_API}/Group/ListGroups",
)

DYNAMIC_GROUPS_OF_DOMAINS = Collector(
    kind="oci.identity.domaindynamicgroup",
    service=IN_DOMAIN,
    title="Groups of resources in identity domains",
    per=("account", "compartment"),
    parent=DOMAINS,
    listing=_listing("list_dynamic_resource_groups", "inspect dynamic-groups"),
    tables=(Principal,),
    rows=_dynamic_rows,
    source=f"{_API}/DynamicResourceGroup/ListDynamicResourceGroups",
)

PROVIDERS_OF_DOMAINS = Collector(
    kind="oci.identity.domainidentityprovider",
    service=IN_DOMAIN,
    title="Identity providers of identity domains, and the groups that they fill",
    per=("account", "compartment"),
    parent=DOMAINS,
    listing=_listing("list_identity_providers", "inspect identity-providers"),
    tables=(Principal, Membership),
    rows=_provider_rows,
    source=f"{_API}/IdentityProvider/ListIdentityProviders",
)
