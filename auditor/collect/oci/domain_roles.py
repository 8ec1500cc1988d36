"""Who has an administrator's role within an identity domain: a group of its own, by its members.

A role is held by people and groups of the domain. Some can be limited to the members of groups, for
each holder by itself: whoever is limited is the one member of a role of its own. Roles of the same
kind that administer an application are none of the domain, and are left out.

API: https://docs.oracle.com/en-us/iaas/api/#/en/identity-domains/v1/AppRole/ListAppRoles
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from auditor.collect.oci.directories import entries_of, id_in_domain, in_directory
from auditor.collect.oci.domain_groups import DYNAMIC_GROUPS, GROUPS
from auditor.collect.oci.domain_people import PEOPLE, limits_of
from auditor.collect.oci.principal_rows import (
    GROUP,
    USER,
    membership,
    principal,
    somebody_in,
    unseen,
)
from auditor.collect.oci.reading import entries, maybe_text, text
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import Membership, Principal

ROLES = in_directory(
    "roles",
    "list_app_roles",
    "read domains",
    filter="adminRole eq true",
    attributes="ocid,displayName,adminRole,limitedToOneOrMoreGroups,app,members",
)

_DOMAINS_OWN = "IDCSAppId"
_NOT_STATED = Unknown("the list of a domain's roles does not state it")
_NOT_LISTED = Unknown("the domain's own lists do not have who holds the role")


def roles_of(found: Found) -> Iterator[Principal | Membership]:
    """Yield the administrators' roles of a domain and who holds them.

    If they cannot be listed, it is one role that somebody has of whom nothing is known.
    """
    domain = text(found, "item.id")
    why = found.read(ROLES.name)
    if isinstance(why, Unknown):
        stranger = unseen(found, GROUP, f"{domain}/administrator role/?", why)
        yield replace(stranger, attributes={"administrator role": "?", "domain": domain})
        yield from somebody_in(found, stranger.id, why)
        return
    known = _ids(found)
    for each in entries_of(found, ROLES.name):
        if text(each, "item.app.value") in ("", _DOMAINS_OWN):
            yield from _role_rows(each, known)


def _ids(found: Found) -> dict[str, Found]:
    """Return the people and groups of a domain, by the names that its own records give them."""
    return {
        text(each, "item.id"): each
        for call in (PEOPLE, GROUPS, DYNAMIC_GROUPS)
        if not isinstance(found.read(call.name), Unknown)
        for each in entries_of(found, call.name)
    }


def _role_rows(found: Found, known: Mapping[str, Found]) -> Iterator[Principal | Membership]:
    role = _role(found, id_in_domain(found), "")
    yield role
    limitable = found.read("item.limitedToOneOrMoreGroups", absent=False) is not False
    for each in entries(found.read("item.members", absent=[])):
        value = str(each.get("value"))
        holder = known.get(value)
        id_ = id_in_domain(holder) if holder else f"{text(found, 'parent.id')}/{value}"
        if holder is None:
            yield unseen(found, USER, id_, _NOT_LISTED)
        limits = limits_of(holder, text(found, "item.id")) if holder else ("?",) * limitable
        if not limits:
            yield membership(found, role.id, id_)
            continue
        groups = [id_in_domain(known[one]) if one in known else "?" for one in limits]
        own = _role(found, f"{role.id}/limited/{id_}", " ".join(sorted(groups)))
        yield own
        yield membership(found, own.id, id_)


def _role(found: Found, id_: str, limits: str) -> Principal:
    attributes = {
        "administrator role": text(found, "item.displayName") or "?",
        "domain": text(found, "parent.id"),
    }
    return principal(
        found,
        GROUP,
        id=id_,
        name=maybe_text(found, "item.displayName"),
        created="",
        attributes=attributes | ({"limited to groups": limits} if limits else {}),
        tags=_NOT_STATED,
    )
