"""Member names joined by dots, followed into JSON."""

from functools import lru_cache

from auditor.model.answers import Json


def dig(value: Json, path: str) -> Json:
    """Follow member names joined by dots; None as soon as one is missing or is no object."""
    for name in _names(path):
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


# Paths stand in collectors and are few; each is followed once for every resource.
@lru_cache(maxsize=16_384)
def _names(path: str) -> tuple[str, ...]:
    return tuple(path.split(".")) if path else ()


@lru_cache(maxsize=16_384)
def parted(path: str) -> tuple[str, str]:
    """Return what a path starts with, and the rest of it."""
    root, _, rest = path.partition(".")
    return root, rest
