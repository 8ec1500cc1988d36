"""OCI Managed Access: requests of Oracle's people to reach what a lockbox locks.

So far only Fusion Applications and their kin are locked so. It is the one service in which Oracle
states in which country the person is who asks.

Source: https://docs.oracle.com/en-us/iaas/Content/managed-access/home.htm
"""

import re
from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.people import asked_by, in_states
from auditor.collect.oci.reading import entries, maybe_text, moment
from auditor.collect.oci.regions import ORACLE
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Maybe, ProviderAccess

KIND = "lockbox"
_SERVICE = "lockbox.LockboxClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/lockbox/20220126"
_COUNTRY = re.compile("[A-Z]{2}", re.ASCII)
_GRANTED = ("APPROVED", "AUTO_APPROVED")
_REFUSED = ("PROCESSING", "WAITING_FOR_APPROVALS", "DENIED")


def _rows(found: Found) -> Iterator[ProviderAccess]:
    state = maybe_text(found, "request.lifecycleStateDetails")
    approvers = _approvers(found)
    yield ProviderAccess(
        **asked_by(
            found, KIND, maybe_text(found, "item.lockboxId"), maybe_text(found, "parent.resourceId")
        ),
        requester=maybe_text(found, "item.requestorId"),
        requester_country=_country(found),
        employer=ORACLE,
        reason=maybe_text(found, "item.description"),
        state=state,
        closes=moment(found.read("item.timeExpired")),
        granted=in_states(state, _GRANTED, _REFUSED),
        approved=_is_approved(state, approvers),
        automatic=_is_automatic(state, approvers),
        approver=approvers if isinstance(approvers, Unknown) else ", ".join(approvers),
        # "Full audit logging of all access activity", the guide to Managed Access says:
        # docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/cgsad/
        logged=True,
    )


def _country(found: Found) -> Maybe[str]:
    country = maybe_text(found, "item.requestorLocation")
    if isinstance(country, Unknown):
        country = maybe_text(found, "request.requestorLocation")
    if isinstance(country, Unknown):
        return country
    named = country.strip().upper()
    return named if _COUNTRY.fullmatch(named) else Unknown(f"{country!r} is not a country's code")


def _approvers(found: Found) -> Maybe[tuple[str, ...]]:
    """Return who said yes; at each of up to three levels somebody else must."""
    logs = found.read("request.activityLogs")
    if isinstance(logs, Unknown):
        return logs
    said = [each for each in entries(logs) if each.get("action") == "APPROVE"]
    return tuple(sorted({str(each.get("userId", "")) for each in said}))


def _is_approved(state: Maybe[str], approvers: Maybe[tuple[str, ...]]) -> Maybe[bool]:
    """Return it from the state; one that only says that access is over leaves it to the log."""
    told = in_states(state, _GRANTED, _REFUSED)
    if not isinstance(told, Unknown) or isinstance(approvers, Unknown):
        return told
    return True if approvers else told


def _is_automatic(state: Maybe[str], approvers: Maybe[tuple[str, ...]]) -> Maybe[bool]:
    told = in_states(state, ("AUTO_APPROVED",), ("APPROVED", *_REFUSED))
    if not isinstance(told, Unknown) or isinstance(approvers, Unknown):
        return told
    return False if approvers else told


REQUESTS = Collector(
    kind="oci.lockbox.request",
    service=_SERVICE,
    title="Requests of Oracle's people to open lockboxes",
    per=PER_COMPARTMENT,
    parent=Listing(
        operation="list_lockboxes",
        permission="inspect lockbox",
        parameters={"limit": 100},
        bind={"compartment_id": "place.compartment"},
        items="items",
    ),
    listing=Listing(
        operation="list_access_requests",
        permission="inspect access-requests",
        parameters={"limit": 100},
        bind={"lockbox_id": "parent.id"},
        items="items",
    ),
    details=(
        Detail(
            name="request",
            operation="get_access_request",
            permission="read access-requests",
            bind={"access_request_id": "item.id"},
        ),
    ),
    tables=(ProviderAccess,),
    rows=_rows,
    source=f"{_API}/AccessRequest/ListAccessRequests",
)
