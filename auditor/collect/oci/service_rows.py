"""Rows and listings that the services which keep, pass on and work on data share."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from auditor.collect.oci.reading import GONE, held_by, text
from auditor.collect.oci.regions import country_of, operator_of, region_in
from auditor.collect.oci.states import state_of
from auditor.model import Json, Unknown
from auditor.spec import Detail, Found, Listing
from auditor.tables import Maybe, Processor, Store

COLLECTED = "items"  # where an answer that is a collection has its list
BARE = "."  # where an answer that is a list has it
NO_SIZE = Unknown("the provider states no size")
PAGE = 100  # for the many operations whose largest page Oracle does not state
LONG_PAGE = 1000
_MEASURES: dict[str, Any] = {"encrypted": True, "key_id": "", "public": False, "locked": False}
# What failed to be changed or stopped may go on as before: that state tells nothing.
_RUNNING = frozenset({"ACTIVE", "UPDATING", "NEEDS_ATTENTION"})
_IDLE = frozenset({"CREATING", "INACTIVE", "DELETED", "TERMINATED"})


def is_gone(found: Found) -> bool:
    """Whether a resource is only listed because it was deleted not long ago."""
    return text(found, "item.lifecycleState").upper() in GONE


def runs(found: Found, path: str = "item.lifecycleState") -> Maybe[bool]:
    """Say by its lifecycle state whether a resource moves data now."""
    return state_of(found, path, _RUNNING, _IDLE)


def compartment_listing(
    operation: str,
    permission: str,
    *secrets: str,
    items: str = COLLECTED,
    limit: int = PAGE,
    **parameters: Json,
) -> Listing:
    """Return the listing of one compartment in one region.

    Args:
        limit: largest page that the operation allows.
    """
    return Listing(
        operation=operation,
        permission=permission,
        parameters={"limit": limit, **parameters},
        bind={"compartment_id": "place.compartment"},
        items=items,
        secrets=secrets,
    )


def get_detail(name: str, operation: str, permission: str, *secrets: str, when: str = "") -> Detail:
    """Return the call that gets one resource by its id; the parameter is named after it."""
    parameter = operation.removeprefix("get_") + "_id"
    return Detail(
        name=name,
        operation=operation,
        permission=permission,
        bind={parameter: "item.id"},
        secrets=secrets,
        when=when,
    )


def store_of(found: Found, service: str, kind: str, **columns: Any) -> Store:
    """Return a store; what is not stated is as Oracle Cloud has it for every resource.

    Oracle encrypts everything at rest with its own key unless a service lets its customer name
    another, and lets nobody in without credentials unless a service offers that:
    https://docs.oracle.com/en-us/iaas/Content/KeyManagement/Concepts/keyoverview.htm

    Args:
        columns: what differs; ``created_at`` is the path of the moment of creation, and
            ``tagged`` whether the listing states tags.
    """
    settled = {"backup": False, "size_bytes": NO_SIZE, **_MEASURES, **_held(found, columns)}
    return Store(service=service, kind=kind, **settled)


def processor_of(found: Found, service: str, kind: str, **columns: Any) -> Processor:
    """Return a processor; nobody can call it without credentials unless ``columns`` say so."""
    return Processor(service=service, kind=kind, **{"public": False, **_held(found, columns)})


def _held(found: Found, columns: dict[str, Any]) -> dict[str, Any]:
    """Return ``columns`` with what place, id and name add; only what is left to do is read."""
    created = columns.pop("created_at", "item.timeCreated")
    held = held_by(found, created=created, tagged=columns.pop("tagged", True))
    if "id" not in columns:
        held["id"] = text(found, "item.id")
    if "name" not in columns:
        held["name"] = text(found, "item.displayName")
    return {**held, **columns}


def stand_in(found: Found, id_: str, region: Maybe[str] | None = None) -> Processor:
    """Return what flows leave when their start is collected elsewhere: this one is not yielded.

    Args:
        region: where it is; left out, its OCID says so.
    """
    region = region_in(id_) if region is None else region
    return Processor(
        id=id_,
        evidence=found.evidence,
        name="",
        provider="oci",
        operator=operator_of(found.place["region"]),
        account=found.place["account"],
        region=region,
        country=country_of(region),
        service="",
        kind="",
        public=False,
        created="",
        tags={},
    )


def unseen_processor(found: Found, service: str, kind: str, why: Unknown) -> Processor:
    """Return the row that stands for processors that could not be listed."""
    unknown: dict[str, Any] = dict.fromkeys(("public", "created", "tags"), why)
    below = text(found, "item.id")
    return processor_of(found, service, kind, id=f"{below}/{kind}/?", name=f"{kind} ?", **unknown)


def member_of(found: Found, member: Mapping[str, Json]) -> Found:
    """Return what was found, with one entry of a list that was asked for as its item.

    The entry may lie in another compartment than what it was listed below.
    """
    stated = member.get("compartmentId")
    place = {**found.place, "compartment": stated} if isinstance(stated, str) else found.place
    return replace(found, item=member, place=place)


def host_of(address: str) -> str:
    """Return the host of an address, without what may be a secret in the rest of it."""
    try:
        return urlsplit(address).hostname or "an address without a host"
    except ValueError:
        return "an address that is none"
