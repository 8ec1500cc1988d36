"""OCI Bastion: ways in for administrators, and who is connected through them now.

A session lasts three hours at most, so that those that are open are only a glimpse: those that
were are in the audit log.

API: https://docs.oracle.com/en-us/iaas/api/#/en/bastion/20210331/Bastion/
"""

from collections.abc import Iterator
from ipaddress import ip_network

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_outside
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, odd, text
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    get_detail,
    is_gone,
    processor_of,
)
from auditor.collect.oci.states import meaning
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Maybe, Processor

_SERVICE = "bastion.BastionClient"
_OPEN = frozenset({"ACTIVE", "DELETING"})
_SHUT = frozenset({"CREATING", "DELETED", "FAILED"})
_SOMEBODY = Unknown(
    "somebody is connected who holds the session's key, and where that is is not stated"
)


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    row = processor_of(
        found, "bastion", "bastion", name=text(found, "item.name"), public=_is_open(found)
    )
    yield row
    sessions = found.read("sessions")
    if isinstance(sessions, Unknown):
        yield possible(row, "mount", sessions)
        return
    for session in entries(sessions):
        active = meaning(session.get("lifecycleState"), _OPEN, _SHUT)
        if active is not False:
            yield to_outside(row, "mount", str(session.get("id")), _SOMEBODY, active)


def _is_open(found: Found) -> Maybe[bool]:
    """Say whether every address may connect; nothing in the list lets nobody in."""
    ranges = found.read("bastion.clientCidrBlockAllowList")
    if isinstance(ranges, Unknown):
        return ranges
    if not isinstance(ranges, list):
        return odd("bastion.clientCidrBlockAllowList", "a list")
    everything = [_is_everything(each) for each in ranges]
    if True in everything:
        return True
    unclear = next((each for each in everything if isinstance(each, Unknown)), None)
    return False if unclear is None else unclear


def _is_everything(text_: Json) -> Maybe[bool]:
    try:
        return ip_network(text_, strict=False).prefixlen == 0
    except (ValueError, TypeError):
        return Unknown("the answer has an address range that is none")


BASTIONS = Collector(
    kind="oci.bastion.bastion",
    service=_SERVICE,
    title="Bastions and the sessions that are open through them",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_bastions", "inspect bastion", items=BARE),
    details=(
        get_detail("bastion", "get_bastion", "read bastion"),
        Detail(
            name="sessions",
            operation="list_sessions",
            permission="inspect bastion-session",
            parameters={"limit": 1000},
            bind={"bastion_id": "item.id"},
            items=BARE,
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("Bastion",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/bastion/20210331/BastionSummary/ListBastions",
)
