"""Reads that several services share. A value of another type than the API's is unknown, too.

Oracle Cloud leaves out members that have no value. ``absent=`` is given only where the API
reference says what that means; everywhere else a missing member is unknown.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from auditor.collect.oci.regions import country_of, operator_of
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Maybe

GIBIBYTE = 2**30  # what the Block Volume and Database APIs call a GB
MEBIBYTE = 2**20
_LARGEST = 2**63  # what the fact tables can hold
GONE = ("TERMINATED", "DELETED")  # still listed for a while, without any data
_NO_TAGS = Unknown("the listing states no tags")
NEVER_PUBLIC = False  # the service has no way to let anybody in without credentials


def text(found: Found, path: str) -> str:
    """Return a value that names the resource; a missing one is '', so that no row is lost."""
    value = found.read(path, absent="")
    return value if isinstance(value, str) else ""


def maybe_text(found: Found, path: str, **default: str) -> Maybe[str]:
    """Return a string, or why there is none."""
    value = found.read(path, **default)
    return value if isinstance(value, str | Unknown) else odd(path, "text")


def maybe_flag(found: Found, path: str, **default: bool) -> Maybe[bool]:
    """Return a truth value, or why there is none."""
    value = found.read(path, **default)
    return value if isinstance(value, bool | Unknown) else odd(path, "true or false")


def size_of(found: Found, path: str, unit: int = 1) -> Maybe[int]:
    """Return a size in bytes, or why there is none.

    Args:
        unit: bytes per unit in which the provider counts.
    """
    value = found.read(path)
    if isinstance(value, Unknown):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return odd(path, "a number")
    if not 0 <= value * unit < _LARGEST:
        return odd(path, "a size")
    return round(value * unit)


def entries(value: Json) -> list[Mapping[str, Json]]:
    """Return the objects in a list; anything else that stands there is left out."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def moment(value: Json) -> Maybe[str]:
    """Return a moment as the fact tables write it, from RFC 3339."""
    if isinstance(value, Unknown):
        return value
    try:
        parsed = datetime.fromisoformat(value)
        aware = (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return Unknown(f"{value!r} is not a moment")
    return aware.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def tags_of(found: Found, root: str) -> Maybe[Mapping[str, str]]:
    """Return freeform tags by key and defined tags by 'namespace.key'; left out means none."""
    freeform = found.read(f"{root}.freeformTags", absent={})
    defined = found.read(f"{root}.definedTags", absent={})
    for value in (freeform, defined):
        if isinstance(value, Unknown):
            return value
    tags = {str(key): str(value) for key, value in _members(freeform)}
    for namespace, inner in _members(defined):
        tags |= {f"{namespace}.{key}": str(value) for key, value in _members(inner)}
    return tags


def held_by(
    found: Found, *, created: str = "item.timeCreated", tagged: bool = True
) -> dict[str, Any]:
    """Return the columns of a store or processor that its place decides, with its tags and age.

    A listing of a whole subtree is at no compartment: then each item names its own.

    Args:
        created: path of the moment of creation.
        tagged: whether the listing states tags at all.
    """
    region = found.place["region"]
    return {
        "evidence": found.evidence,
        "provider": "oci",
        "operator": operator_of(region),
        "account": found.place["account"],
        "compartment": found.place.get("compartment") or text(found, "item.compartmentId"),
        "region": region,
        "country": country_of(region),
        "tags": tags_of(found, "item") if tagged else _NO_TAGS,
        "created": moment(found.read(created)),
    }


def odd(path: str, expected: str) -> Unknown:
    """Say that the provider's answer is not of the type that its API states."""
    return Unknown(f"the provider's answer has a {path} that is not {expected}")


def _members(value: Json) -> list[tuple[str, Json]]:
    return list(value.items()) if isinstance(value, Mapping) else []
