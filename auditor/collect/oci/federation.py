"""Whose word a tenancy takes for who somebody is: identity providers, and the groups they fill.

Whoever an identity provider says is in one of its groups, is in the group that this maps to.

API: https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918/IdentityProvider/
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from auditor.collect.oci.principal_rows import (
    FEDERATION,
    is_active,
    membership,
    names_of,
    principal,
)
from auditor.collect.oci.reading import entries, maybe_text, moment, tags_of, text
from auditor.collect.oci.service_rows import BARE, is_gone
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Membership, Principal

_API = "https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918"


def _rows(found: Found) -> Iterator[Principal | Membership]:
    if is_gone(found):
        return
    id_, mappings = text(found, "item.id"), found.read("mappings")
    yield principal(
        found,
        FEDERATION,
        id=id_,
        name=maybe_text(found, "item.name"),
        known_as=names_of(text(found, "item.metadataUrl")),
        enabled=is_active(found),
        created=moment(found.read("item.timeCreated")),
        attributes=mappings if isinstance(mappings, Unknown) else {},
        tags=tags_of(found, "item"),
    )
    if isinstance(mappings, Unknown):
        # In some group, nobody knows which.
        some = f"{id_}/group/?"
        yield replace(membership(found, some, id_), id=some)
    groups = {str(each.get("groupId")) for each in entries(mappings) if _counts(each)}
    for group in sorted(groups):
        yield membership(found, group, id_)


def _counts(mapping: Mapping[str, Json]) -> bool:
    return mapping.get("lifecycleState") in (None, "ACTIVE")


IDENTITY_PROVIDERS = Collector(
    kind="oci.identity.identityprovider",
    service="identity.IdentityClient",
    title="Identity providers of other parties, and the groups that they fill",
    per=("account",),
    listing=Listing(
        operation="list_identity_providers",
        permission="inspect identity-providers",
        parameters={"limit": 1000, "protocol": "SAML2"},
        bind={"compartment_id": "place.account"},
        items=BARE,
    ),
    details=(
        Detail(
            name="mappings",
            operation="list_idp_group_mappings",
            permission="inspect identity-providers and inspect groups",
            parameters={"limit": 1000},
            bind={"identity_provider_id": "item.id"},
            items=BARE,
        ),
    ),
    tables=(Principal, Membership),
    rows=_rows,
    source=f"{_API}/IdentityProvider/ListIdentityProviders",
)
