"""Records of CloudTrail: the part of them that is read.

What differs from event to event stays raw until it is needed, since decoding it is most of the
work. Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/
cloudtrail-event-reference-record-contents.html
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct, field

from auditor.activity.cloudtrail_parameters import NO_PARAMETERS, Parameters
from auditor.model import Json

NOTHING: Final = Raw(b"null")
UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises on bytes that are not what they should be."""


class Additional(Struct, gc=False):
    """The part of additionalEventData that is read; values may be of any type."""

    bytes_out: Any = field(name="bytesTransferredOut", default=None)
    second_factor: Any = field(name="MFAUsed", default=None)


NO_ADDITIONAL: Final = Additional()


class Credentials(Struct, gc=False):
    """Credentials that were issued, their secrets left out by CloudTrail and by us."""

    key: Any = field(name="accessKeyId", default=None)


class Session(Struct, gc=False):
    """The session that they open."""

    arn: Any = None


class Response(Struct, gc=False):
    """The part of responseElements that is read."""

    sign_in: Any = field(name="ConsoleLogin", default=None)
    credentials: Credentials | str | list[Any] | None = None
    session: Session | str | list[Any] | None = field(name="assumedRoleUser", default=None)


NO_RESPONSE: Final = Response()


class Event(Struct, gc=False, kw_only=True):
    """One event. Fields are what CloudTrail says they are; anything else is mended first.

    They stand as CloudTrail writes them, since each is looked for after the last that was found.
    """

    identity: Raw = field(name="userIdentity", default=NOTHING)
    moment: str = field(name="eventTime")
    source: str = field(name="eventSource")
    operation: str = field(name="eventName")
    region: str = field(name="awsRegion", default="")
    address: str | None = field(name="sourceIPAddress", default=None)
    error: str | None = field(name="errorCode", default=None)
    parameters: Raw = field(name="requestParameters", default=NOTHING)
    response: Raw = field(name="responseElements", default=NOTHING)
    additional: Additional | str | list[Any] | None = field(
        name="additionalEventData", default=None
    )
    id: str = field(name="eventID", default="")
    read_only: bool | None = field(name="readOnly", default=None)
    resources: Raw = NOTHING
    management: bool | None = field(name="managementEvent", default=None)
    account: str | None = field(name="recipientAccountId", default=None)
    endpoint: str | None = field(name="vpcEndpointId", default=None)


class RawFile(Struct, gc=False):
    """A file as CloudTrail delivers it, with records that may be anything."""

    records: list[Raw] = field(name="Records")


decode_raw_file: Final = msgspec.json.Decoder(RawFile).decode
decode_events: Final = msgspec.json.Decoder(list[Event]).decode
decode_event: Final = msgspec.json.Decoder(Event).decode
_decode_object: Final = msgspec.json.Decoder().decode

_decode_parameters: Final = msgspec.json.Decoder(Parameters | str | None).decode
_decode_additional: Final = msgspec.json.Decoder(Additional).decode
_decode_response: Final = msgspec.json.Decoder(Response | str | None).decode

_TEXTS: Final = (
    *("eventTime", "eventSource", "eventName", "awsRegion", "eventID"),
    *("sourceIPAddress", "recipientAccountId", "errorCode", "vpcEndpointId"),
)
_ANYTHING: Final = ("userIdentity", "resources", "responseElements", "requestParameters")
_SWITCHES: Final = {"true": True, "false": False}
_PLAIN: Final = (str, int, float)


def as_object(raw: Raw) -> Mapping[str, Json]:
    """Return an object, empty where the record holds something else."""
    try:
        value = _decode_object(raw)
    except UNREADABLE:
        return {}
    if isinstance(value, str):  # exports from Lake hold some objects as text
        try:
            value = _decode_object(value)
        except UNREADABLE:
            return {}
    return value if isinstance(value, dict) else {}


def as_text(value: Json) -> str:
    """Return a text or number as text, and '' for anything else."""
    if type(value) is str:
        return value
    return str(value) if isinstance(value, _PLAIN) else ""


def parameters_of(event: Event) -> Any:
    """Return the parameters of a request, none where they are no object."""
    try:
        parameters = _decode_parameters(event.parameters)
        if isinstance(parameters, str):  # exports from Lake hold them as text
            parameters = _decode_parameters(parameters)
    except UNREADABLE:
        return NO_PARAMETERS
    return parameters if isinstance(parameters, Parameters) else NO_PARAMETERS


def named_of(decode: Callable[[Raw | str], Any] | None, event: Event) -> Any:
    """Return those parameters of a request that can name a store; None where they are no object.

    Args:
        decode: what decoder_of returns for the service.
    """
    if decode is None:
        return None
    try:
        named = decode(event.parameters)
        if isinstance(named, str):
            named = decode(named)
    except UNREADABLE:
        return None
    return None if isinstance(named, str) else named


def read_additional(additional: Additional | str | list[Any] | None) -> Additional:
    """Return the additional data of an event, none where it is no object."""
    if isinstance(additional, str):
        try:
            return _decode_additional(additional)
        except UNREADABLE:
            return NO_ADDITIONAL
    return additional if isinstance(additional, Additional) else NO_ADDITIONAL


def response_of(event: Event) -> Response:
    """Return what was answered, nothing where that is no object."""
    try:
        response = _decode_response(event.response)
        if isinstance(response, str):
            response = _decode_response(response)
    except UNREADABLE:
        return NO_RESPONSE
    return response if isinstance(response, Response) else NO_RESPONSE


def mend(record: Mapping[str, Json]) -> Event | None:
    """Return the event of a record whose fields are not all of the documented types.

    None where it does not say when, where and what: that is no event.
    """
    fields: dict[str, Json] = {name: as_text(record.get(name)) for name in _TEXTS}
    fields["eventTime"] = moment_of(fields["eventTime"])
    if not all(fields[name] for name in ("eventTime", "eventSource", "eventName")):
        return None
    fields["errorCode"] = fields["errorCode"] or None
    for name in ("readOnly", "managementEvent"):
        fields[name] = _SWITCHES.get(str(record.get(name)).lower())
    fields |= {name: record.get(name) for name in _ANYTHING}
    additional = record.get("additionalEventData")
    fields["additionalEventData"] = additional if isinstance(additional, dict | str) else None
    try:
        return decode_event(msgspec.json.encode(fields))
    except (ValueError, OverflowError, *UNREADABLE):
        return None


_WRITTEN: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
_USUAL: Final = re.compile(r"[0-9-]{10}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}Z")


def moment_of(text: str) -> str:
    """Return a moment as ISO 8601 with a Z, fractions kept; '' if it is none.

    A moment without offset is UTC: the providers' logs know no other.
    """
    if _USUAL.fullmatch(text) and _is_day(text[:10]):
        return text
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


@lru_cache(maxsize=256)
def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
