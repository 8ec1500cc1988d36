"""Organisations of tenancies: which others belong to the same owner's, and which is above this one.

Those are places in the hierarchy; they are looked into only where the audit names them as targets.

API: https://docs.oracle.com/en-us/iaas/api/#/en/organizations/20230401/Organization/
"""

from collections.abc import Iterator

from auditor.collect.oci.reading import maybe_text, text
from auditor.collect.oci.service_rows import COLLECTED
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import HierarchyNode

_PACKAGE = "tenant_manager_control_plane"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/organizations/20230401"
_GONE = ("DELETED", "TERMINATED", "FAILED")
_NO_NAME = Unknown("the link does not state the tenancy's name")
_ABOVE = Unknown("whether anything is above that tenancy is not stated")


def _tenancy(found: Found) -> Iterator[HierarchyNode]:
    """Yield a tenancy below its organisation; the own one is the root of its compartments."""
    organization, tenancy = text(found, "parent.id"), text(found, "item.tenancyId")
    yield HierarchyNode(
        id=organization,
        evidence=found.evidence,
        provider="oci",
        kind="organisation",
        name=maybe_text(found, "parent.displayName"),
        parent_id="",
    )
    if tenancy in ("", found.place["account"]) or text(found, "item.lifecycleState") in _GONE:
        return
    yield HierarchyNode(
        id=tenancy,
        evidence=found.evidence,
        provider="oci",
        kind="tenancy",
        name=maybe_text(found, "item.name"),
        parent_id=organization,
    )


def _link(found: Found) -> Iterator[HierarchyNode]:
    parent = text(found, "item.parentTenancyId")
    own = found.place["account"]
    if parent in ("", own) or text(found, "item.lifecycleState") in _GONE:
        return
    yield HierarchyNode(
        id=parent,
        evidence=found.evidence,
        provider="oci",
        kind="tenancy",
        name=_NO_NAME,
        parent_id=_ABOVE,
    )


TENANCIES = Collector(
    kind="oci.organizations.tenancy",
    service=f"{_PACKAGE}.OrganizationClient",
    title="Other tenancies of the organisation",
    per=("account",),
    parent=Listing(
        operation="list_organizations",
        permission="inspect organizations-entity",
        parameters={"limit": 100},
        bind={"compartment_id": "place.account"},
        items=COLLECTED,
    ),
    listing=Listing(
        operation="list_organization_tenancies",
        permission="inspect organizations-tenancy",
        parameters={"limit": 100},
        bind={"organization_id": "parent.id"},
        items=COLLECTED,
    ),
    tables=(HierarchyNode,),
    rows=_tenancy,
    source=f"{_API}/OrganizationTenancyCollection/ListOrganizationTenancies",
)

LINKS = Collector(
    kind="oci.organizations.link",
    service=f"{_PACKAGE}.LinkClient",
    title="The tenancy that this one was linked to as a child",
    per=("account",),
    listing=Listing(
        operation="list_links",
        permission="inspect organizations-link",
        parameters={"limit": 100},
        bind={"child_tenancy_id": "place.account"},
        items=COLLECTED,
    ),
    tables=(HierarchyNode,),
    rows=_link,
    source=f"{_API}/LinkCollection/ListLinks",
)
