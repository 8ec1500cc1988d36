"""Records of CloudTrail: the part of them that is read.

What differs from event to event stays raw until it is needed, since decoding it is most of the
work. Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/
cloudtrail-event-reference-record-contents.html
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import msgspec
from msgspec import Raw, Struct, field

from auditor.model import Json

NOTHING: Final = Raw(b"null")


class Event(Struct, gc=False):
    """One event. Fields are what CloudTrail says they are; anything else is mended first."""

    moment: str = field(name="eventTime")
    source: str = field(name="eventSource")
    operation: str = field(name="eventName")
    region: str = field(name="awsRegion", default="")
    id: str = field(name="eventID", default="")
    identity: Raw = field(name="userIdentity", default=NOTHING)
    address: str | None = field(name="sourceIPAddress", default=None)
    account: str | None = field(name="recipientAccountId", default=None)
    error: str | None = field(name="errorCode", default=None)
    read_only: bool | None = field(name="readOnly", default=None)
    management: bool | None = field(name="managementEvent", default=None)
    endpoint: str | None = field(name="vpcEndpointId", default=None)
    resources: Raw = NOTHING
    parameters: Raw = field(name="requestParameters", default=NOTHING)
    response: Raw = field(name="responseElements", default=NOTHING)
    additional: Raw = field(name="additionalEventData", default=NOTHING)


class File(Struct, gc=False):
    """A file as CloudTrail delivers it."""

    records: list[Event] = field(name="Records")


class RawFile(Struct, gc=False):
    """The same, with records that may be anything."""

    records: list[Raw] = field(name="Records")


decode_file: Final = msgspec.json.Decoder(File).decode
decode_raw_file: Final = msgspec.json.Decoder(RawFile).decode
decode_event: Final = msgspec.json.Decoder(Event).decode
_decode_object: Final = msgspec.json.Decoder().decode

_RAW: Final = (
    "userIdentity",
    "resources",
    "requestParameters",
    "responseElements",
    "additionalEventData",
)
_TEXTS: Final = (
    *("eventTime", "eventSource", "eventName", "awsRegion", "eventID"),
    *("sourceIPAddress", "recipientAccountId", "errorCode", "vpcEndpointId"),
)
_SWITCHES: Final = {"true": True, "false": False}


def as_object(raw: Raw) -> Mapping[str, Json]:
    """Return an object, empty where the record holds something else."""
    try:
        value = _decode_object(raw)
    except (msgspec.DecodeError, RecursionError):
        return {}
    if isinstance(value, str):  # exports from Lake hold some objects as text
        try:
            value = _decode_object(value)
        except (msgspec.DecodeError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


def as_text(value: Json) -> str:
    """Return a text or number as text, and '' for anything else."""
    return str(value) if isinstance(value, str | int | float) else ""


def mend(record: Mapping[str, Json]) -> Event | None:
    """Return the event of a record whose fields are not all of the documented types.

    None where it does not say when, where and what: that is no event.
    """
    texts = {name: as_text(record.get(name)) for name in _TEXTS}
    texts["eventTime"] = moment_of(texts["eventTime"])
    if not (texts["eventTime"] and texts["eventSource"] and texts["eventName"]):
        return None
    return Event(
        moment=texts["eventTime"],
        source=texts["eventSource"],
        operation=texts["eventName"],
        region=texts["awsRegion"],
        id=texts["eventID"],
        address=texts["sourceIPAddress"],
        account=texts["recipientAccountId"],
        error=texts["errorCode"] or None,
        endpoint=texts["vpcEndpointId"],
        read_only=_SWITCHES.get(str(record.get("readOnly")).lower()),
        management=_SWITCHES.get(str(record.get("managementEvent")).lower()),
        identity=_raw(record, "userIdentity"),
        resources=_raw(record, "resources"),
        parameters=_raw(record, "requestParameters"),
        response=_raw(record, "responseElements"),
        additional=_raw(record, "additionalEventData"),
    )


def _raw(record: Mapping[str, Json], name: str) -> Raw:
    try:
        return Raw(msgspec.json.encode(record.get(name)))
    except (ValueError, RecursionError, OverflowError):  # lone surrogates, too deep, too large
        return NOTHING


_WRITTEN: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")


def moment_of(text: str) -> str:
    """Return a moment as ISO 8601 with a Z, fractions kept; '' if it is none.

    A moment without offset is UTC: the providers' logs know no other.
    """
    if not _WRITTEN.match(text):
        return ""
    try:
        moment = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        return ""
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    try:
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return ""
