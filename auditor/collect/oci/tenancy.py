"""Oracle Cloud's places: the tenancy, the regions that it is subscribed to, its compartments.

Every compartment that exists is looked into, also one that is said to be inaccessible: then the
cloud's own refusals are on record, one for each kind of resource, instead of our assumption.
"""

from collections.abc import Iterator

from auditor.collect.oci.plain_rows import no_rows
from auditor.collect.oci.reading import maybe_flag, maybe_text, text
from auditor.collect.oci.regions import ORACLE, country_of, operator_of
from auditor.model import Unknown
from auditor.spec import Axis, Collector, Found, Listing
from auditor.tables import UNJOINED, Account, HierarchyNode, Maybe, Region

_SERVICE = "identity.IdentityClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918"
_NOT_SHOWN = Unknown(
    "for most of Oracle Cloud a tenancy is shown neither when Oracle's own staff reaches its "
    "systems nor from which country"
)


def _tenancy_rows(found: Found) -> Iterator[Account]:
    yield Account(
        id=text(found, "item.id"),
        evidence=found.evidence,
        provider="oci",
        operator=ORACLE,
        name=maybe_text(found, "item.name"),
        # A tenancy has no state: one that is closed lets nobody in who could ask.
        active=True,
        management=False,  # a tenancy's own guardrails bind the tenancy
        provider_access_recorded=_NOT_SHOWN,
    )


def _region_rows(found: Found) -> Iterator[Region]:
    name = text(found, "item.regionName")
    yield Region(
        id=f"{found.place['account']}/{name}",
        evidence=found.evidence,
        provider="oci",
        operator=operator_of(name),
        account=found.place["account"],
        region=name,
        country=country_of(name),
        enabled=_subscribed(found),
        home=maybe_flag(found, "item.isHomeRegion"),
        creation_denied=UNJOINED,
    )


def _subscribed(found: Found) -> Maybe[bool]:
    status = maybe_text(found, "item.status")
    return status if isinstance(status, Unknown) else status != "IN_PROGRESS"


def _region_name(found: Found) -> str | None:
    return text(found, "item.regionName") if _subscribed(found) is not False else None


def _existing(found: Found) -> str | None:
    """Return a compartment that can hold something; deleted ones are listed for a year."""
    gone = text(found, "item.lifecycleState") == "DELETED"
    return None if gone else text(found, "item.id") or None


def _is_closed(found: Found) -> bool:
    return found.read("item.isAccessible", absent=True) is not True


def _root_rows(found: Found) -> Iterator[HierarchyNode]:
    yield HierarchyNode(
        id=text(found, "item.id"),
        evidence=found.evidence,
        provider="oci",
        kind="tenancy",
        name=maybe_text(found, "item.name"),
        parent_id="",
    )


def _compartment_rows(found: Found) -> Iterator[HierarchyNode]:
    if _existing(found) is None:
        return
    yield HierarchyNode(
        id=text(found, "item.id"),
        evidence=found.evidence,
        provider="oci",
        kind="compartment",
        name=maybe_text(found, "item.name"),
        parent_id=maybe_text(found, "item.compartmentId"),
    )


TENANCY = Collector(
    kind="oci.identity.tenancy",
    service=_SERVICE,
    title="The tenancy",
    per=(),
    listing=Listing(operation="get_tenancy", permission="inspect tenancies"),
    tables=(Account,),
    rows=_tenancy_rows,
    axis=Axis(name="account", value=lambda found: text(found, "item.id") or None),
    source=f"{_API}/Tenancy/GetTenancy",
)

REGIONS = Collector(
    kind="oci.identity.region",
    service=_SERVICE,
    title="Regions that the tenancy is subscribed to",
    per=("account",),
    listing=Listing(
        operation="list_region_subscriptions",
        permission="inspect tenancies",
        bind={"tenancy_id": "place.account"},
        items=".",
    ),
    tables=(Region,),
    rows=_region_rows,
    axis=Axis(name="region", value=_region_name),
    source=f"{_API}/RegionSubscription/ListRegionSubscriptions",
)

ROOT_COMPARTMENT = Collector(
    kind="oci.identity.rootcompartment",
    service=_SERVICE,
    title="The root compartment, which the listing of compartments leaves out",
    per=("account",),
    listing=Listing(
        operation="get_compartment",
        permission="inspect compartments",
        bind={"compartment_id": "place.account"},
    ),
    tables=(HierarchyNode,),
    rows=_root_rows,
    axis=Axis(name="compartment", value=_existing, hides=_is_closed),
    source=f"{_API}/Compartment/GetCompartment",
)

COMPARTMENTS = Collector(
    kind="oci.identity.compartment",
    service=_SERVICE,
    title="Compartments, at every depth",
    per=("account",),
    listing=Listing(
        operation="list_compartments",
        permission="inspect compartments",
        parameters={"compartment_id_in_subtree": True, "access_level": "ANY", "limit": 1000},
        bind={"compartment_id": "place.account"},
        items=".",
    ),
    tables=(HierarchyNode,),
    rows=_compartment_rows,
    axis=Axis(name="compartment", value=_existing, hides=_is_closed),
    source=f"{_API}/Compartment/ListCompartments",
)

AVAILABILITY_DOMAINS = Collector(
    kind="oci.identity.availabilitydomain",
    service=_SERVICE,
    title="Availability domains of a region",
    per=("account", "region"),
    listing=Listing(
        operation="list_availability_domains",
        permission="inspect compartments",
        bind={"compartment_id": "place.account"},
        items=".",
    ),
    tables=(),
    rows=no_rows,
    axis=Axis(name="availability_domain", value=lambda found: text(found, "item.name") or None),
    source=f"{_API}/AvailabilityDomain/ListAvailabilityDomains",
)
