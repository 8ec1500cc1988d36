"""What a policy can name one resource by, from AWS's formats of ARNs.

A scope is a literal text, or one with '*' at its end that stands for every text that begins so.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.access.estate import Resource

_VARIABLE = re.compile(r"\$\{(\w+)\}")
_COMMON = ("Partition", "Region", "Account")
# Variables that can have one value only for what is collected.
_FIXED = {"StreamType": "stream"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a resource's id says of it.

    Attributes:
        type: resource type whose format the id has; '' for none.
        values: variable of that format -> value, with those of any ARN.
        service: in its ARN; '' if it is none.
    """

    type: str
    service: str
    values: Mapping[str, str]


def identity_of(resource: Resource, formats: Iterable[tuple[str, str]]) -> Identity:
    """Return what a resource's id says, by the first of these types whose format it has.

    Args:
        formats: resource types, each with the format of its ARNs.
    """
    parts = [*resource.id.split(":", 5), "", "", "", "", ""]
    service = parts[2] if parts[0] == "arn" else ""
    common = _common(resource, parts)
    for name, format_ in formats:
        match = _pattern(format_).fullmatch(resource.id)
        if match:
            named = {key: value for key, value in match.groupdict().items() if value}
            return Identity(type=name, service=service, values={**common, **_FIXED, **named})
    return Identity(type="", service=service, values={**common, **_FIXED})


def _common(resource: Resource, parts: Sequence[str]) -> dict[str, str]:
    is_arn = parts[0] == "arn"
    stated = {
        "Partition": parts[1] if is_arn else "aws",
        "Region": (parts[3] if is_arn else "") or resource.region,
        "Account": (parts[4] if is_arn else "") or resource.account,
    }
    return {name: value for name, value in stated.items() if value}


@lru_cache(maxsize=4096)
def _pattern(format_: str) -> re.Pattern[str]:
    pieces = tuple(_pieces(format_))
    last = sum(1 for _, variable in pieces if variable)
    found = []
    for number, (literal, variable) in enumerate(pieces, start=1):
        found.append(re.escape(literal).replace(r"\*", ".*"))
        if variable:
            found.append(f"(?P<{variable}>{'.+' if number == last else '[^:/]*'})")
    return re.compile("".join(found), re.DOTALL)


def names(format_: str, identity: Identity) -> bool:
    """Whether a format speaks of the resource, or of something within it."""
    return any(variable in identity.values for variable in _own_variables(format_))


@lru_cache(maxsize=4096)
def _own_variables(format_: str) -> tuple[str, ...]:
    return tuple(each for each in _VARIABLE.findall(format_) if each not in (*_COMMON, *_FIXED))


@lru_cache(maxsize=4096)
def shape_of(format_: str) -> str:
    """Return a format without the names of its variables, which each service chooses itself."""
    return _VARIABLE.sub("{}", format_)


def scope_in(format_: str, identity: Identity) -> str:
    """Return the scope that a format and what is known of a resource come to."""
    found = []
    for literal, variable in _pieces(format_):
        found.append(literal)
        if variable and variable not in identity.values:
            return "".join([*found, "*"])
        found.append(identity.values.get(variable, ""))
    return "".join(found)


@lru_cache(maxsize=4096)
def _pieces(format_: str) -> tuple[tuple[str, str], ...]:
    """Return the literals of a format, each with the variable that follows it, '' at the end."""
    parts = _VARIABLE.split(format_)
    return tuple(zip(parts[::2], [*parts[1::2], ""], strict=True))


def paths_above(arn: str) -> tuple[str, ...]:
    """Return the ARNs of the paths that a parameter is under, the nearest first.

    Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/
    API_GetParametersByPath.html
    """
    start, _, path = arn.partition(":parameter/")
    parts = path.split("/")[:-1]
    ends = ("/".join(parts[:count]) for count in range(len(parts), -1, -1))
    return tuple(f"{start}:parameter/{end}" for end in ends)
