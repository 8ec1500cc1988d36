"""What the simulator answered, and what the Audit service says of it.

Source: https://docs.oracle.com/en-us/iaas/Content/Audit/Reference/logeventreference.htm
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from auditor.demo.oci.estate import GLOBAL
from auditor.demo.oci.lookup import Query, compartment_of
from auditor.demo.oci.paging import cut_page
from auditor.demo.oci.wire import Success, invalid_parameter, list_of, not_found
from auditor.model import Json

_LONGEST_RANGE = dt.timedelta(days=14)  # of one request


@dataclass(frozen=True, slots=True)
class Entry:
    """One request that was answered.

    Attributes:
        operation: ``module.Client.operation``, or '?'.
        status: of the answer; 0 when the connection was broken.
        at: seconds since 1970, UTC.
        key_id: 'tenancy/user/fingerprint', '' if the signature was no good.
        query: what was asked, None if it fits no operation.
    """

    method: str
    host: str
    target: str
    operation: str
    status: int
    at: float = 0.0
    key_id: str = ""
    request_id: str = ""
    query: Query | None = field(default=None, repr=False, compare=False)


def list_events(query: Query, page_size: int) -> Success:
    """Answer with the events of one compartment, region and time, oldest first.

    Raises:
        ServiceError: 400 for times that are not of whole minutes, 404 for a compartment that is
            not there.
    """
    compartment = query.query.get("compartmentId", [""])[0]
    start, end = (_minute(query, name) for name in ("startTime", "endTime"))
    if not start < end or end - start > _LONGEST_RANGE:
        raise invalid_parameter("startTime and endTime are no range of at most 14 days")
    if not query.tenancy.has_compartment(compartment):
        raise not_found()
    events = [*_stated(query, compartment), *_recorded(query, compartment)]
    found = sorted(
        (event for event in events if start <= _moment(event["eventTime"]) < end),
        key=lambda event: str(event["eventTime"]),
    )
    page = cut_page(found, query.query, f"{query.route.name} {query.host}", page_size)
    return list_of("", (json.dumps(event).encode() for event in page.items), page.next_token)


def _minute(query: Query, name: str) -> dt.datetime:
    text = query.query.get(name, [""])[0]
    try:
        moment = _moment(text)
    except ValueError:
        raise invalid_parameter(f"{name} is not a moment of RFC 3339") from None
    if moment.second or moment.microsecond:
        raise invalid_parameter(f"the seconds of {name} must be 0")
    return moment


def _moment(text: Json) -> dt.datetime:
    """Return a moment.

    Raises:
        ValueError: it is none, or states no zone.
    """
    moment = dt.datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(dt.UTC)


def _stated(query: Query, compartment: str) -> Iterator[Mapping[str, Json]]:
    """Yield the events that the estate states."""
    for group in query.tenancy.groups(query.region, "audit", "AuditEvent"):
        for resource in group.resources:
            data = resource.fields.get("data") or {}
            if data.get("compartmentId") == compartment and resource.fields.get("eventTime"):
                yield resource.fields


def _recorded(query: Query, compartment: str) -> Iterator[Mapping[str, Json]]:
    """Yield the calls that were answered, refused ones included."""
    for entry in tuple(query.journal):
        asked = entry.query
        if (
            asked is not None
            and entry.status
            and asked.tenancy is query.tenancy
            and asked.region in (query.region, GLOBAL)
            and compartment_of(asked) == compartment
        ):
            yield _event(entry, compartment)


def _event(entry: Entry, compartment: str) -> Mapping[str, Json]:
    module, client, operation = entry.operation.split(".")
    name = operation.title().replace("_", "")
    tenancy, user, _ = entry.key_id.split("/")
    at = dt.datetime.fromtimestamp(entry.at, dt.UTC).isoformat(timespec="milliseconds")
    moment = at.replace("+00:00", "Z")
    path, _, _ = entry.target.partition("?")
    return {
        "eventType": f"com.oraclecloud.{module.replace('_', '')}.{name}",
        "cloudEventsVersion": "0.1",
        "eventTypeVersion": "2.0",
        "source": client.removesuffix("Client"),
        "eventId": entry.request_id,
        "eventTime": moment,
        "contentType": "application/json",
        "data": {
            "eventGroupingId": entry.request_id,
            "eventName": name,
            "compartmentId": compartment,
            "identity": {
                "principalId": user,
                "authType": "natv",
                "tenantId": tenancy,
                "credentials": entry.key_id,
            },
            "request": {"id": entry.request_id, "path": path, "action": entry.method},
            "response": {"status": str(entry.status), "responseTime": moment},
        },
    }
