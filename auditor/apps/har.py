"""Reads recordings of an app's traffic (HAR 1.2): who was asked, and which fields were sent.

Recordings hold what people typed. Only names leave here: of hosts, and of the fields in queries,
forms and JSON; never a value, a path or a header. Names that are no plain words, and so may
themselves be somebody's data, are left out and counted.

Source: http://www.softwareishard.com/blog/har-12-spec/
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from auditor.apps.hosts import is_local, normal_host
from auditor.errors import PackageError
from auditor.model import Json

MOST_BYTES = 512 * 2**20
_MOST_ENTRIES = 200_000
_MOST_FIELDS = 500  # of one host
_DEEPEST = 20
_NAMED = re.compile(r"(.+?)@(.+?)(?:[ _+].*)?\.har", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z_$@][A-Za-z0-9_.$@:\[\]-]{0,63}")
_HIDDEN = re.compile(r"[0-9a-fA-F]{12,}|\d{5,}|@.*\.")
_CLEAR = ("http", "ws")


@dataclass(slots=True)
class _Seen:
    """What was seen of one host."""

    addresses: set[str] = field(default_factory=set)
    clear: bool = False
    fields: set[str] = field(default_factory=set)
    bytes: int | None = 0
    left_out: int = 0


def read_recording(path: Path) -> dict[str, Json]:
    """Return the hosts of a recording, and which app it says that it is of.

    Raises:
        PackageError: it is no recording, or too large.
        OSError: it cannot be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise PackageError(f"it is larger than {MOST_BYTES} bytes")
    try:
        log = json.loads(path.read_bytes())["log"]
        entries = log["entries"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise PackageError(f"it is no HAR recording: {type(error).__name__}") from error
    if not isinstance(entries, list) or len(entries) > _MOST_ENTRIES:
        raise PackageError("it has no list of entries, or one that is too long")
    hosts: dict[str, _Seen] = {}
    unread = sum(not _take(entry, hosts) for entry in entries)
    application, version = _app_of(path.name, log)
    return {
        "application": application,
        "version": version,
        "entries": len(entries),
        "unread": unread,
        "hosts": [_row(host, hosts[host]) for host in sorted(hosts)],
    }


def _row(host: str, seen: _Seen) -> dict[str, Json]:
    return {
        "host": host,
        "addresses": sorted(seen.addresses),
        "clear": seen.clear,
        "fields": sorted(seen.fields),
        "fields_left_out": seen.left_out,
        "bytes": seen.bytes,
    }


def _app_of(name: str, log: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return application and version: from the file's name, else from the recording's comment."""
    comment = log.get("comment")
    for text in (name, f"{comment}.har" if isinstance(comment, str) else ""):
        if match := _NAMED.fullmatch(text):
            return match[1], match[2]
    return None, None


def _take(entry: Any, hosts: dict[str, _Seen]) -> bool:
    """Take one request; False if it cannot be read."""
    request = entry.get("request") if isinstance(entry, Mapping) else None
    if not isinstance(request, Mapping) or not isinstance(request.get("url"), str):
        return False
    try:
        address = urlsplit(request["url"])
        host = normal_host(address.hostname or "") or (address.hostname or "").lower()
    except ValueError:
        return False
    if not host:
        return False
    if is_local(host):
        return True
    seen = hosts.setdefault(host, _Seen())
    seen.clear = seen.clear or address.scheme.lower() in _CLEAR
    if isinstance(ip := entry.get("serverIPAddress"), str) and (known := normal_host(ip)):
        seen.addresses.add(known)
    seen.bytes = _added(seen.bytes, request)
    for name in _fields(request, address.query):
        _keep(seen, name)
    return True


def _added(so_far: int | None, request: Mapping[str, Any]) -> int | None:
    """Return bytes sent with those of a request; HAR writes -1 for what it does not know."""
    sizes = (request.get("headersSize", -1), request.get("bodySize", -1))
    if so_far is None or any(type(each) is not int or each < 0 for each in sizes):
        return None
    return int(so_far + sum(sizes))


def _keep(seen: _Seen, name: str) -> None:
    if not _WORD.fullmatch(name) or _HIDDEN.search(name) or len(seen.fields) >= _MOST_FIELDS:
        seen.left_out += name not in seen.fields
    else:
        seen.fields.add(name)


def _fields(request: Mapping[str, Any], query: str) -> Iterator[str]:
    """Yield the names of what a request sends."""
    yield from (name for name, _ in parse_qsl(query, keep_blank_values=True))
    yield from _names(request.get("queryString"))
    posted = request.get("postData")
    if not isinstance(posted, Mapping):
        return
    yield from _names(posted.get("params"))
    text = posted.get("text")
    if not isinstance(text, str) or not text:
        return
    kind = str(posted.get("mimeType", "")).lower()
    if "json" in kind or text[:1] in "{[":
        try:
            yield from _keys(json.loads(text), 0)
        except (ValueError, RecursionError):
            return
    elif "form-urlencoded" in kind:
        yield from (name for name, _ in parse_qsl(text, keep_blank_values=True))


def _names(several: Any) -> Iterator[str]:
    for each in several if isinstance(several, list) else ():
        if isinstance(each, Mapping) and isinstance(each.get("name"), str):
            yield each["name"]


def _keys(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from _keys(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _keys(each, depth + 1)
