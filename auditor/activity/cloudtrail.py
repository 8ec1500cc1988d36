"""Summarises files of CloudTrail, in whatever wrapping they were delivered."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from auditor.activity.cloudtrail_adding import Adding
from auditor.activity.cloudtrail_records import (
    UNREADABLE,
    Event,
    decode_event,
    decode_events,
    decode_raw_file,
    mend,
)
from auditor.activity.inflating import Inflating
from auditor.activity.partial import Tally
from auditor.activity.records import scan, unwrap
from auditor.model import Json

_START: Final = b'{"Records":['
_END: Final = b"]}"
_BETWEEN: Final = b'},{"eventVersion"'
_BRACKETS: Final = b"[]"
_PIECE: Final = 64 << 10
UNSAID: Final = "does not say when, where and what"


def summarise_cloudtrail(inflating: Inflating, tally: Tally) -> None:
    """Count every event of one file, in whatever wrapping it was delivered."""
    content = inflating.whole()
    if content is None:
        _add_anything(inflating.pieces(), tally)
    elif not (_add_file(content, tally, inflating) or _add_odd_file(content, tally)):
        _add_anything([content], tally)


def _add_file(content: bytes | bytearray, tally: Tally, inflating: Inflating) -> bool:
    """Count a file as CloudTrail delivers it; False if it is no such."""
    end = content.rfind(_END)
    if not content.startswith(_START) or content[end + len(_END) :].strip():
        return False
    adding = Adding(tally)
    try:
        changing = content if isinstance(content, bytearray) else bytearray(content)
        for number, events in _decode(changing, end, inflating.hash_up_to):
            adding.add_all(events, number)
    except UNREADABLE:
        tally.start_over()
        return False
    adding.finish()
    return True


def _decode(
    content: bytearray, end: int, hash_up_to: Callable[[int], None]
) -> Iterator[tuple[int, list[Event]]]:
    """Yield events a piece at a time, and the number of the first: they stay in the CPU's cache.

    A file is cut where a record ends and the next begins. In a string those bytes would have
    backslashes, and cut within a record neither part would be JSON: no cut is wrong unnoticed.
    The commas at its ends are brackets while a piece is decoded: copying it would cost more.
    """
    view, start, number = memoryview(content), len(_START), 1
    while start < end:
        cut = content.find(_BETWEEN, start + _PIECE, end)
        stop = cut + 1 if cut >= 0 else end
        hash_up_to(stop + 1)
        before, after = content[start - 1], content[stop]
        content[start - 1], content[stop] = _BRACKETS
        try:
            events = decode_events(view[start - 1 : stop + 1])
        finally:
            content[start - 1], content[stop] = before, after
        yield number, events
        number += len(events)
        start = stop + 1


def _add_odd_file(content: bytes | bytearray, tally: Tally) -> bool:
    """Count a file of the same layout, record by record; False if it is no such."""
    try:
        records = decode_raw_file(content).records
    except UNREADABLE:
        return False
    adding = Adding(tally)
    for number, raw in enumerate(records, 1):
        try:
            adding.add_all([decode_event(raw)], number)
        except UNREADABLE:
            _add_value(_value(raw), number, adding)
    adding.finish()
    return True


def _value(raw: msgspec.Raw) -> Json:
    try:
        return msgspec.json.decode(raw)
    except UNREADABLE:
        return next((found.value for found in scan([bytes(raw)])), None)


def _add_anything(pieces: Iterable[bytes | bytearray], tally: Tally) -> None:
    adding = Adding(tally)
    for value in scan(pieces):
        for found in unwrap(value, _wrapped):
            if found.reason:
                tally.refuse(f"record {found.number}", found.reason)
            else:
                _add_value(found.value, found.number, adding)
    adding.finish()


def _add_value(value: Json, number: int, adding: Adding) -> None:
    event: Event | None = mend(value) if isinstance(value, dict) else None
    if event is None:
        adding.tally.refuse(f"record {number}", UNSAID)
    else:
        adding.add_all([event], number)


# EventBridge, Lake, LookupEvents, CloudWatch Logs' subscriptions and exports, in that order.
_WRAPPERS: Final = ("detail", "eventData", "CloudTrailEvent", "Events", "Records", "logEvents")


def _wrapped(value: dict[str, Json]) -> list[Json] | None:
    if "eventName" in value and "eventSource" in value and "CloudTrailEvent" not in value:
        return None
    for name in (*_WRAPPERS, "message"):
        inner = value.get(name)
        if isinstance(inner, list):
            return inner
        if isinstance(inner, dict | str):
            return [inner]
    return None
