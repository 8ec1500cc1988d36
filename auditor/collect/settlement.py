"""What happens to an answer between the provider and the evidence."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from auditor.model import Answer, Json, Outcome
from auditor.spec import Call

DIGEST_PREFIX = "secret:hmac-sha256:"
_EVERY = "*"  # each member of an object whose members have names of its owner's choice
_ADDRESS = "@"  # what of an address is not its scheme and host; other values stay


def settle(call: Call, answer: Answer, key: bytes) -> Answer:
    """Read "not configured" from the provider's error code; replace secrets, and what is hashed.

    Args:
        key: makes digests of secrets comparable within one collection and unguessable
            without it.
    """
    if answer.code in call.absent_on:
        return replace(answer, outcome=Outcome.ABSENT, body=None)
    body = answer.body
    for path in call.secrets:
        body = _replace(body, path.split("."), lambda value: _digest(value, key))
    for path in call.hashed:
        body = _replace(body, path.split("."), _hash)
    return answer if body is answer.body else replace(answer, body=body)


def _replace(value: Json, path: list[str], by: Callable[[Json], Json]) -> Json:
    """Return a copy in which what the path leads to, through any lists, is replaced."""
    if isinstance(value, list):
        return [_replace(item, path, by) for item in value]
    if path in ([], [_ADDRESS]):
        return _shorten(value, by) if path else by(value)
    if not isinstance(value, Mapping):
        return value
    if path[0] == _EVERY:
        return {name: _replace(inner, path[1:], by) for name, inner in value.items()}
    if value.get(path[0]) is None:
        return value
    return {**value, path[0]: _replace(value[path[0]], path[1:], by)}


def _hash(value: Json) -> Json:
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogatepass")
    return f"sha256:{hashlib.sha256(value).hexdigest()}" if isinstance(value, bytes) else None


def _digest(value: Json, key: bytes) -> Json:
    if isinstance(value, Mapping):
        return {name: _digest(inner, key) for name, inner in value.items()}
    return DIGEST_PREFIX + hmac.new(key, str(value).encode(), hashlib.sha256).hexdigest()


def _shorten(value: Json, by: Callable[[Json], Json]) -> Json:
    """Return an address without what lets in whoever has it: its user, path and query."""
    if not isinstance(value, str) or "://" not in value:
        return value
    try:
        parts = urlsplit(value)
    except ValueError:
        return by(value)
    return f"{parts.scheme}://{parts.hostname or ''}/{by(value)}"
