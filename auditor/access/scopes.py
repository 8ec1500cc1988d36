"""What a policy can name one resource by, from AWS's formats of ARNs.

A scope is a literal text, or one with '*' at its end that stands for every text that begins so.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

import re
from collections.abc import Iterator, Mapping
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
    """

    type: str
    values: Mapping[str, str]


def identity_of(resource: Resource, formats: Mapping[str, str]) -> Identity:
    """Return what a resource's id says, by the first of these formats that it has."""
    common = _common(resource)
    for name, format_ in formats.items():
        match = _pattern(format_).fullmatch(resource.id)
        if match:
            named = {key: value for key, value in match.groupdict().items() if value}
            return Identity(type=name, values={**common, **_FIXED, **named})
    return Identity(type="", values={**common, **_FIXED})


def _common(resource: Resource) -> dict[str, str]:
    parts = [*resource.id.split(":", 5), "", "", "", "", ""]
    is_arn = parts[0] == "arn"
    stated = {
        "Partition": parts[1] if is_arn else "aws",
        "Region": (parts[3] if is_arn else "") or resource.region,
        "Account": (parts[4] if is_arn else "") or resource.account,
    }
    return {name: value for name, value in stated.items() if value}


@lru_cache(maxsize=4096)
def _pattern(format_: str) -> re.Pattern[str]:
    *_, last = [None, *_VARIABLE.finditer(format_)]
    found, end = [], 0
    for match in _VARIABLE.finditer(format_):
        inner = ".+" if last and match.start() == last.start() else "[^:/]*"
        found += [re.escape(format_[end : match.start()]), f"(?P<{match[1]}>{inner})"]
        end = match.end()
    return re.compile("".join([*found, re.escape(format_[end:])]), re.DOTALL)


def names(format_: str, identity: Identity) -> bool:
    """Whether a format speaks of the resource, or of something within it."""
    own = identity.values.keys() - {*_COMMON, *_FIXED}
    return bool(own & set(_VARIABLE.findall(format_)))


def scope_in(format_: str, identity: Identity) -> str:
    """Return the scope that a format and what is known of a resource come to."""
    found = []
    for literal, variable in _pieces(format_):
        found.append(literal)
        if variable and variable not in identity.values:
            return "".join([*found, "*"])
        found.append(identity.values.get(variable, ""))
    return "".join(found)


def _pieces(format_: str) -> Iterator[tuple[str, str]]:
    end = 0
    for match in _VARIABLE.finditer(format_):
        yield format_[end : match.start()], match[1]
        end = match.end()
    yield format_[end:], ""


def paths_above(arn: str) -> tuple[str, ...]:
    """Return the ARNs of the paths that a parameter is under, the nearest first.

    Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/
    API_GetParametersByPath.html
    """
    start, _, path = arn.partition(":parameter/")
    parts = path.split("/")[:-1]
    ends = ("/".join(parts[:count]) for count in range(len(parts), -1, -1))
    return tuple(f"{start}:parameter/{end}" for end in ends)
