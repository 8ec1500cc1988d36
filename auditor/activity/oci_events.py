"""Brings the shapes that Oracle Cloud's logs come in to one.

Raw, as Connector Hub writes them to Object Storage (a CloudEvents envelope); as the Logging search
returns them, within 'logContent'; as the Audit API lists them, and its command line, with other
names; and as the Events service delivers them, which does not say who acted.
Source: https://docs.oracle.com/iaas/Content/Audit/Reference/logeventreference.htm
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from auditor.activity.cloudtrail_records import UNREADABLE, as_text, moment_of
from auditor.activity.inflating import Inflating
from auditor.activity.partial import Counting, Origin, Seen, Tally
from auditor.activity.records import Found, scan, unwrap
from auditor.model import Json

Object = Mapping[str, Json]

_decode_lines: Final = msgspec.json.Decoder().decode_lines
_WORDS: Final = re.compile(r"[-_]([a-z])")
_SHORT_REGIONS: Final = {"iad": "us-ashburn-1", "phx": "us-phoenix-1"}  # as OCIDs write them
_OCID: Final = re.compile(r"ocid1\.[a-z0-9_]+\.[a-z0-9]+\.([a-z0-9-]*)\.")
UNSAID: Final = "does not say when or what"


@dataclass(frozen=True, slots=True)
class Event:
    """An event in one shape.

    Attributes:
        type: such as 'com.oraclecloud.objectstorage.getobject'.
        tenancy: in whose log it stands; '' if it does not say.
        data: what it says, with names in Oracle's camel case.
    """

    moment: str
    id: str
    type: str
    tenancy: str
    data: Object

    @property
    def service(self) -> str:
        """The short name of the service, in lower case."""
        return ([*self.type.split("."), "", "", ""][2]).lower()


def count_events(inflating: Inflating, tally: Tally, see: Callable[[Event, Origin], Seen]) -> None:
    """Count every event of one file, as ``see`` understands it."""
    counting = Counting(tally)
    for event in read_events(inflating, tally):
        counting.add(see(event, tally.origin))
    counting.finish()


def read_events(inflating: Inflating, tally: Tally) -> Iterator[Event]:
    """Yield the events of one file; what is none is counted as malformed."""
    for found in _records(inflating):
        event = found.reason or _event(found.value)
        if isinstance(event, str):
            tally.refuse(f"record {found.number}", event)
        else:
            yield event


def _records(inflating: Inflating) -> Iterator[Found]:
    content = inflating.whole()
    try:
        values = None if content is None else _decode_lines(content)
    except UNREADABLE:
        values = None
    founds: Iterator[Found]
    if values is not None:
        founds = (Found(number, value) for number, value in enumerate(_opened(values), 1))
    else:
        founds = scan(inflating.pieces() if content is None else [content])
    for found in founds:
        yield from unwrap(found, _wrapped)


def _opened(values: list[Json]) -> Iterator[Json]:
    """Yield the items of the arrays among the lines, and the other lines themselves."""
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value


def _wrapped(value: dict[str, Json]) -> list[Json] | None:
    inner = value.get("logContent") or value.get("results") or value.get("data")
    if isinstance(inner, list):
        return inner
    if "logContent" in value or (
        isinstance(inner, dict) and {"logContent", "results"} & set(inner)
    ):
        return [inner]
    return None


def _event(record: Json) -> Event | str:
    if not isinstance(record, dict):
        return "is not an object"
    if "event-time" in record or "event_time" in record:
        record = _camel(record)
    data, log = obj(record, "data"), obj(record, "oracle")
    moment = moment_of(text(record, "time", "eventTime"))
    kind = text(record, "type", "eventType")
    if not moment or not kind:
        return UNSAID
    return Event(
        moment, text(record, "id", "eventId", "eventID"), kind, text(log, "tenantid"), data
    )


def _camel(value: Json) -> Json:
    if isinstance(value, dict):
        return {
            _WORDS.sub(lambda match: match[1].upper(), name): _camel(inner)
            for name, inner in value.items()
        }
    return [_camel(each) for each in value] if isinstance(value, list) else value


def obj(value: Object, name: str) -> Object:
    """Return an inner object, empty if there is none."""
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}


def text(value: Object, *names: str) -> str:
    """Return the first of these that is not empty, as text; '' without any."""
    return next(filter(None, (as_text(value.get(name)) for name in names)), "")


def region_of(ocid: str) -> str:
    """Return the region that an OCID names; '' if it names none."""
    found = _OCID.match(ocid)
    return _SHORT_REGIONS.get(found[1], found[1]) if found else ""


def has_failed(status: str) -> bool:
    """Whether an HTTP status is one of refusal or failure; unknown counts as neither."""
    return status[:1] in {"4", "5"}
