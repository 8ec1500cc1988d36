"""Takes members out of JSON by unknown makers: of the type that they must have, or an error."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeGuard

from auditor.errors import ProvenanceError
from auditor.model import Json

_LONGEST = 8192  # characters of an address, a name, a version
_DIGEST = re.compile(r"[0-9a-f]{32,256}")
_PREFERRED = ("sha256", "sha512", "sha384")
_FIRST_YEAR = 1970  # programs that know no time write year 1


def objects(value: Json, what: str) -> list[Mapping[str, Json]]:
    """Return a list of objects; an empty one for null or nothing.

    Raises:
        ProvenanceError: it is something else.
    """
    if value is None:
        return []
    if not _are_objects(value):
        raise ProvenanceError(f"its {what} is no list of objects")
    return value


def _are_objects(value: Json) -> TypeGuard[list[Mapping[str, Json]]]:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def member(value: Json, *path: str) -> Json:
    """Return what is at a path of member names; None as soon as one is missing.

    Raises:
        ProvenanceError: something on the way is no object.
    """
    for name in path:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise ProvenanceError(f"what should hold {name} is no object")
        value = value.get(name)
    return value


def text(value: Json, what: str) -> str:
    """Return a text; '' for null or nothing.

    Raises:
        ProvenanceError: it is no text, or a very long one.
    """
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ProvenanceError(f"its {what} is no text of at most {_LONGEST} characters")
    return value


def moment(value: Json, what: str) -> str:
    """Return a moment of RFC 3339 as UTC to the second, with a Z; '' for none.

    Raises:
        ProvenanceError: it is no moment, or has no offset from UTC.
    """
    stated = text(value, what)
    if not stated:
        return ""
    try:
        read = datetime.fromisoformat(stated)
        if read.tzinfo is None:
            raise ProvenanceError(f"its {what} has no offset from UTC")
        if read.year < _FIRST_YEAR:
            return ""
        return read.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError) as error:
        raise ProvenanceError(f"its {what} is no moment: {stated[:40]!a}") from error


def digests(value: Json, what: str) -> Mapping[str, str]:
    """Return digests by algorithm, in lower case, as the DigestSet of in-toto has them.

    Source: https://github.com/in-toto/attestation/blob/main/spec/v1/digest_set.md

    Raises:
        ProvenanceError: it is no object of texts.
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ProvenanceError(f"its {what} is no set of digests")
    return {name.lower(): text(each, what).lower() for name, each in value.items()}


def best_digest(found: Mapping[str, str]) -> str:
    """Return 'sha256:' and hex of a set of digests; of another algorithm if it lacks that one.

    '' if no member is hexadecimal.
    """
    known = {name: each for name, each in found.items() if _DIGEST.fullmatch(each)}
    names = [name for name in (*_PREFERRED, *sorted(known)) if name in known]
    return f"{names[0]}:{known[names[0]]}" if names else ""
