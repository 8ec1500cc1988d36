"""Policy variables: ``${key}`` and ``${key, 'default'}`` in resources and conditions.

``${*}``, ``${?}`` and ``${$}`` stand for the sign itself. Variables of documents of the version
of 2008 are literal text; ``documents`` writes theirs so that they stay that.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

import re
from dataclasses import dataclass
from typing import Final, Protocol

from auditor.access.patterns import literally
from auditor.model import Unknown


@dataclass(frozen=True, slots=True)
class Open:
    """Stands for the value of a key that the request decides.

    Attributes:
        like: pattern that every value it can have matches.
    """

    like: str = "*"


OPEN: Final = Open()
_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_DEFAULT = re.compile(r"\s*([^,\s]+)\s*,\s*'([^']*)'\s*")


class Given(Protocol):
    """What is known of a request without seeing it."""

    def value(self, key: str) -> tuple[str, ...] | Unknown | Open | None:
        """Give the values of one key, named in lower case.

        Returns:
            None if the request is known to lack it, OPEN if the request decides, Unknown if it
            could not be read.
        """
        ...


def replaced(text: str, given: Given) -> str | tuple[str, ...] | Unknown | None:
    """Write a pattern with its variables replaced; their values match literally.

    Returns:
        None if a variable has no value: such a text equals and resembles nothing. Unknown if one
        could not be read. The keys, as a tuple, if the request decides them.
    """
    if "${" not in text:
        return text
    opens: list[str] = []
    parts: list[str] = []
    missing: Unknown | None = None
    at = 0
    for found in _VARIABLE.finditer(text):
        parts.append(text[at : found.start()])
        at = found.end()
        value = _value(found[1], given)
        if value is None:
            return None
        if isinstance(value, Unknown):
            missing = value
        elif isinstance(value, Open):
            opens.append(_name(found[1]))
        else:
            parts.append(value)
    if missing:
        return missing
    return tuple(opens) if opens else "".join([*parts, text[at:]])


def _name(inside: str) -> str:
    return inside.partition(",")[0].strip().lower()


def _value(inside: str, given: Given) -> str | Unknown | Open | None:
    if inside in ("*", "?", "$"):
        return literally(inside)
    default = _DEFAULT.fullmatch(inside)
    value = given.value(_name(inside))
    if not value:  # no key, or a key without values
        return literally(default[2]) if default else None
    if isinstance(value, Unknown | Open):
        return value
    if len(value) > 1:
        return Unknown(f"{_name(inside)} has several values and is used as a variable")
    return literally(value[0])
