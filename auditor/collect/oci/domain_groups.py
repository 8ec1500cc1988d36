"""Groups of identity domains, and the identity providers that fill them.

Policies name a group of the default domain by its name, and any other as 'Domain/name'. Groups and
people have an OCID, and a name within the domain by which its own records point at them: facts
joins those.

API: https://docs.oracle.com/en-us/iaas/api/#/en/identity-domains/v1/Group/ListGroups
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.oci.directories import entries_of, id_in_domain, in_directory
from auditor.collect.oci.matching import attributes_of
from auditor.collect.oci.principal_rows import (
    DEFAULT,
    DYNAMIC_GROUP,
    FEDERATION,
    GROUP,
    membership,
    names_of,
    principal,
    somebody_in,
    unseen,
)
from auditor.collect.oci.reading import entries, maybe_flag, maybe_text, moment, text
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import Membership, Principal

_NO_TAGS = Unknown("the list of a domain does not state tags")
_WITH_MEMBERS = "ocid,displayName,meta.created,members"


def _group_rows(found: Found) -> Iterator[Principal | Membership]:
    where = {"id in its domain": text(found, "item.id"), "domain": text(found, "parent.id")}
    group = _group(found, GROUP, where)
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


GROUPS = in_directory("groups", "list_groups", "inspect groups", attributes=_WITH_MEMBERS)
DYNAMIC_GROUPS = in_directory(
    "dynamic_groups", "list_dynamic_resource_groups", "inspect dynamic-groups"
)
PROVIDERS = in_directory("providers", "list_identity_providers", "inspect identity-providers")


def groups_of(found: Found) -> Iterator[Principal | Membership]:
    """Yield the groups of a domain with their members, and the providers that fill them.

    What cannot be listed is one group or provider of which nothing is known.
    """
    domain = text(found, "item.id")
    for call, kind, read in (
        (GROUPS, GROUP, _group_rows),
        (DYNAMIC_GROUPS, DYNAMIC_GROUP, _dynamic_rows),
        (PROVIDERS, FEDERATION, _provider_rows),
    ):
        why = found.read(call.name)
        if not isinstance(why, Unknown):
            for each in entries_of(found, call.name):
                yield from read(each)
            continue
        stranger = unseen(found, kind, f"{domain}/{kind}/?", why)
        yield stranger
        if kind == GROUP:
            yield from somebody_in(found, stranger.id, why)
        if kind == FEDERATION:
            some = f"{domain}/filled group/?"
            yield replace(membership(found, some, stranger.id), id=some)
