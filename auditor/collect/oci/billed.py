"""What the Usage API calls a service, and the short names of the kinds that are charged under it.

A name that is not here is a charge that nobody can assign: it keeps gaps open.
"""

from collections.abc import Mapping

from auditor.model import Unknown
from auditor.tables import Maybe

BILLED: Mapping[str, tuple[str, ...]] = {
    "BLOCK_STORAGE": ("blockvolume", "bootvolume"),
    "OBJECT_STORAGE": ("objectstorage",),
    "DATABASE": ("database", "autonomousdatabase"),
    "KEY_MANAGEMENT": ("vault", "kms"),
}


def services_billed_as(name: str) -> Maybe[tuple[str, ...]]:
    """Return the short names of what is charged under a name, or why they are unknown."""
    if name in BILLED:
        return BILLED[name]
    return Unknown(f"this version does not know which service is billed as {name!a}")
