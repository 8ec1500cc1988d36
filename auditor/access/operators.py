"""Condition operators: how one value of a request is held against one value of a policy.

Source:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache

from auditor.access.patterns import covers, literally, matches, overlaps, plain

Comparison = Callable[[str, str], bool]  # policy's value, request's value; ValueError if no such
_NUMBER = re.compile(r"[+-]?\d{1,40}(\.\d{1,40})?")
_EPOCH = re.compile(r"\d{5,13}(\.\d{1,9})?")
_ARN_PARTS = 6
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _equals(wanted: str, actual: str) -> bool:
    return plain(wanted) == actual


def _equals_ignoring_case(wanted: str, actual: str) -> bool:
    return plain(wanted).lower() == actual.lower()


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text[:40]!a} is not a number")
    return Decimal(text)


def _moment(text: str) -> datetime:
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(float(text), UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:40]!a} is not a moment") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bool(wanted: str, actual: str) -> bool:
    words = ("true", "false")
    for text in (wanted, actual):
        if text.lower() not in words:
            raise ValueError(f"{text[:40]!a} is neither true nor false")
    return wanted.lower() == actual.lower()


def _binary(wanted: str, actual: str) -> bool:
    try:
        return base64.b64decode(wanted, validate=True) == base64.b64decode(actual, validate=True)
    except binascii.Error:
        raise ValueError(f"{wanted[:40]!a} is not base64") from None


@lru_cache(maxsize=4096)
def _network(text: str) -> _Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"{text[:40]!a} is not an address or range of them") from None


def _within(wanted: str, actual: str) -> bool:
    range_, address = _network(plain(wanted)), _network(actual)
    if isinstance(range_, ipaddress.IPv4Network):
        return isinstance(address, ipaddress.IPv4Network) and address.subnet_of(range_)
    return isinstance(address, ipaddress.IPv6Network) and address.subnet_of(range_)


def _arn(wanted: str, actual: str) -> bool:
    """Hold ARNs against each other part by part: a star does not reach across a colon."""
    others = actual.split(":", _ARN_PARTS - 1)
    return len(others) == _ARN_PARTS and all(map(matches, _arn_parts(wanted), others))


def _arn_parts(pattern: str) -> list[str]:
    parts = pattern.split(":", _ARN_PARTS - 1)
    if len(parts) != _ARN_PARTS:
        raise ValueError(f"{plain(pattern)[:80]!a} is not an ARN")
    return parts


COMPARISONS: dict[str, Comparison] = {
    "stringequals": _equals,
    "stringequalsignorecase": _equals_ignoring_case,
    "stringlike": matches,
    "numericequals": lambda wanted, actual: _number(actual) == _number(wanted),
    "numericlessthan": lambda wanted, actual: _number(actual) < _number(wanted),
    "numericlessthanequals": lambda wanted, actual: _number(actual) <= _number(wanted),
    "numericgreaterthan": lambda wanted, actual: _number(actual) > _number(wanted),
    "numericgreaterthanequals": lambda wanted, actual: _number(actual) >= _number(wanted),
    "dateequals": lambda wanted, actual: _moment(actual) == _moment(wanted),
    "datelessthan": lambda wanted, actual: _moment(actual) < _moment(wanted),
    "datelessthanequals": lambda wanted, actual: _moment(actual) <= _moment(wanted),
    "dategreaterthan": lambda wanted, actual: _moment(actual) > _moment(wanted),
    "dategreaterthanequals": lambda wanted, actual: _moment(actual) >= _moment(wanted),
    "bool": _bool,
    "binaryequals": _binary,
    "ipaddress": _within,
    "arnequals": _arn,
    "arnlike": _arn,
}

NEGATED = {
    "stringnotequals": "stringequals",
    "stringnotequalsignorecase": "stringequalsignorecase",
    "stringnotlike": "stringlike",
    "numericnotequals": "numericequals",
    "datenotequals": "dateequals",
    "notipaddress": "ipaddress",
    "arnnotequals": "arnequals",
    "arnnotlike": "arnlike",
}


def compare_open(operator: str, wanted: str, like: str) -> bool | None:
    """Hold a value that is only known to match a pattern against one of a policy; None: depends.

    Raises:
        ValueError: the policy's value is of no such type.
    """
    if operator in ("arnequals", "arnlike"):
        parts = list(zip(_arn_parts(wanted), _arn_parts(like), strict=True))
    elif operator in ("stringequals", "stringlike"):
        pattern = wanted if operator == "stringlike" else literally(plain(wanted))
        parts = _alike(pattern, like)
    else:
        return None
    if not all(overlaps(pattern, scope) for pattern, scope in parts):
        return False
    return True if all(covers(pattern, scope) for pattern, scope in parts) else None


def _alike(pattern: str, like: str) -> list[tuple[str, str]]:
    """Part two ARNs, whose colons only ever part them; leave other texts whole."""
    ours, theirs = pattern.split(":"), like.split(":")
    if len(ours) == len(theirs) == _ARN_PARTS:
        return list(zip(ours, theirs, strict=True))
    return [(pattern, like)]
