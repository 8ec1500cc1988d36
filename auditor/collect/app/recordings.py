"""Recordings of test traffic: which hosts an app was seen to talk to, and what it sent there."""

from collections.abc import Iterator

from auditor.collect.app.reading import shared
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import AppDestination

_NO_APP = Unknown("neither the recording's name nor its comment says of which app it is")
_NO_SIZE = Unknown("the recording does not say how much was sent")
_HIDDEN_NAMES = Unknown("some names of fields are no plain words, and were not kept")
_UNREAD = Unknown("some requests of the recording could not be read")


def _rows(found: Found) -> Iterator[AppDestination]:
    file = found.parent["file"]
    application = found.item["application"] or _NO_APP
    for each in found.item["hosts"]:
        for address in each["addresses"] or [""]:
            yield AppDestination(
                **shared(found),
                id=f"app/traffic/{file}/{each['host']}/{address}",
                app_id="",
                application=application,
                host=each["host"],
                seen="traffic",
                where=file,
                address=address,
                clear=each["clear"],
                sent_fields=_fields(found, each),
                sent_bytes=_NO_SIZE if each["bytes"] is None else each["bytes"],
            )


def _fields(found: Found, host: Json) -> tuple[str, ...] | Unknown:
    if found.item["unread"]:
        return _UNREAD
    return _HIDDEN_NAMES if host["fields_left_out"] else tuple(host["fields"])


RECORDINGS = Collector(
    kind="app.recordings.recording",
    service="recordings",
    title="recordings of apps' traffic",
    per=(),
    parent=Listing(
        operation="list_files",
        permission="",
        parameters={"of": "recordings"},
        items="files",
    ),
    listing=Listing(
        operation="read_recording",
        permission="",
        bind={"file": "parent.file", "digest": "parent.digest"},
    ),
    tables=(AppDestination,),
    rows=_rows,
    source="http://www.softwareishard.com/blog/har-12-spec/",
)
