"""Reads that several services share. A value of another type than the API's is unknown, too."""

from collections.abc import Collection, Iterable, Mapping

from auditor.collect.aws.regions import arn
from auditor.model import Json, Outcome, Unknown
from auditor.spec import Found, dig
from auditor.tables import Maybe


def text(found: Found, path: str) -> str:
    """Return a value that names the resource; a missing one is '', so that no row is lost."""
    value = found.read(path, absent="")
    return value if isinstance(value, str) else ""


def maybe_text(found: Found, path: str, **default: str) -> Maybe[str]:
    """Return a string, or why there is none."""
    value = found.read(path, **default)
    return value if isinstance(value, str | Unknown) else _odd(path, "text")


def maybe_flag(found: Found, path: str, **default: bool) -> Maybe[bool]:
    """Return a truth value, or why there is none."""
    value = found.read(path, **default)
    return value if isinstance(value, bool | Unknown) else _odd(path, "true or false")


def size_in_bytes(found: Found, path: str, unit: int = 1) -> Maybe[int]:
    """Return a size in bytes, or why there is none.

    Args:
        unit: bytes per unit in which the provider counts.
    """
    value = found.read(path)
    if isinstance(value, bool) or not isinstance(value, int | Unknown):
        return _odd(path, "a whole number")
    return value if isinstance(value, Unknown) else value * unit


def entries(value: Json) -> list[Mapping[str, Json]]:
    """Return the objects in a list; anything else that stands there is left out."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def texts(value: Json) -> list[str]:
    """Return the strings in a list; anything else that stands there is left out."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def tags_of(value: Json) -> Maybe[Mapping[str, str]]:
    """Return tags from AWS's list of keys and values."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Mapping):
        value = value.get("TagSet")
    return {str(tag.get("Key", "")): str(tag.get("Value", "")) for tag in entries(value)}


def refused(found: Found, names: Iterable[str]) -> Unknown | None:
    """Return why the first of these details that was refused tells us nothing."""
    for name in names:
        pages = found.answers.get(name, ())
        if any(not page.outcome.known for page in pages):
            value = found.read(name)
            if isinstance(value, Unknown):
                return value
    return None


def is_absent(found: Found, name: str) -> bool:
    """Whether the provider said that what a detail asks about is not configured."""
    return any(page.outcome is Outcome.ABSENT for page in found.answers.get(name, ()))


def key_arn(name: Maybe[str], region: Maybe[str], account: str) -> Maybe[str]:
    """Return the ARN of a key that AWS names by ARN, id or alias; '' for one of AWS's own.

    Source: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
    """
    if isinstance(name, Unknown) or not name:
        return name
    alias = name.rpartition(":")[2]
    if alias.startswith("alias/aws/"):  # only AWS can name a key so
        return ""
    if alias.startswith("alias/"):
        return Unknown(f"the key is named by its alias, {name}, which can be moved")
    if name.startswith("arn:"):
        return name
    return region if isinstance(region, Unknown) else arn("kms", region, account, f"key/{name}")


def encryption_key(encrypted: Maybe[bool], found: Found, path: str) -> Maybe[str]:
    """Return the ARN of the key of something encrypted; '' if it is known not to be."""
    if encrypted is False:
        return ""
    name = maybe_text(found, path)
    return key_arn(name, found.place["region"], found.place["account"])


def member(value: Json, path: str) -> str:
    """Return the string at a path of an object in an answer; '' for anything else."""
    found = dig(value, path)
    return found if isinstance(found, str) else ""


def state_of(value: Json, on: Collection[str], off: Collection[str]) -> Maybe[bool]:
    """Return whether a state means that something works or moves data, or has moved it.

    Args:
        on: states in which it does or did; what a finished task has copied is at the other end.
        off: states in which it neither does nor did; another state is unknown.
    """
    if isinstance(value, Unknown):
        return value
    if isinstance(value, str) and (value in on or value in off):
        return value in on
    return Unknown(f"this version does not know what the state {str(value)[:100]} means")


def tags_in(value: Json) -> Maybe[Mapping[str, str]]:
    """Return tags from an object of keys and values, or a list of pairs in lower case."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Mapping):
        return {str(name): str(inner) for name, inner in value.items()}
    if isinstance(value, list) and all(isinstance(pair, Mapping) for pair in value):
        return {str(pair.get("key", "")): str(pair.get("value", "")) for pair in value}
    return Unknown("the provider's answer has tags in a form that this version does not know")


def optional(found: Found, path: str, beside: str, absent: Json) -> Json:
    """Return a member that an answer may leave out, and its meaning if it does.

    Args:
        beside: path of a member that the same answer always has: if that is missing, too, the
            answer says nothing, and what it leaves out is unknown.
    """
    stated = found.read(beside)
    return stated if isinstance(stated, Unknown) else found.read(path, absent=absent)


def optional_text(found: Found, path: str, beside: str) -> Maybe[str]:
    """Return a string that an answer may leave out, '' then."""
    value = optional(found, path, beside, "")
    return value if isinstance(value, str | Unknown) else _odd(path, "text")


def optional_key(found: Found, path: str, beside: str) -> Maybe[str]:
    """Return the ARN of a key that an answer leaves out if it is the provider's, '' then."""
    name = optional_text(found, path, beside)
    return key_arn(name, found.place["region"], found.place["account"])


def _odd(path: str, expected: str) -> Unknown:
    return Unknown(f"the provider's answer has a {path} that is not {expected}")
