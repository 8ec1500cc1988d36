"""One value, one sequence of bytes: RFC 8785, within the values that evidence holds.

Two rules go beyond the RFC, because evidence must neither be rounded nor refused over a name
that somebody chose with malice:

- integers are written with all their digits, also beyond 2**53 - 1, where RFC 8785 would
  round them to an IEEE 754 double;
- half of a surrogate pair, which UTF-8 cannot carry, is written as the six characters of its
  escape, such as ``\\ud800``.
"""

import math
from collections.abc import Mapping
from decimal import Decimal

import msgspec

from auditor.errors import EvidenceError
from auditor.model import Json

_SORTED = msgspec.json.Encoder(order="sorted")
_AS_GIVEN = msgspec.json.Encoder()
_MOST_DIGITS_WITHOUT_EXPONENT = 21
_MOST_ZEROS_AFTER_POINT = 6


def canonical(value: Json) -> bytes:
    """The canonical bytes of a JSON value; they never contain a line feed.

    Source: RFC 8785, with the two rules at the top of this module.

    Raises:
        EvidenceError: not a JSON value, not a number, nested too deep to write, or two keys
            that only differ in what UTF-8 cannot carry.
    """
    try:
        if _is_plain(value):
            return _SORTED.encode(value)
    except UnicodeEncodeError:
        pass
    except RecursionError as error:
        raise EvidenceError("a value is nested too deep to write down") from error
    try:
        return _AS_GIVEN.encode(_prepared(value))
    except RecursionError as error:
        raise EvidenceError("a value is nested too deep to write down") from error


def _is_plain(value: Json) -> bool:
    """Whether msgspec's sorted encoding of the value is already the canonical one."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return True
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii() or not _is_plain(item):
                return False
        return True
    if kind is list or kind is tuple:
        return all(map(_is_plain, value))
    return False


def _prepared(value: Json) -> Json:
    """The value with sorted keys, and with numbers and strings that any encoder gets right."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return msgspec.Raw(_number(value))
    if isinstance(value, Mapping):
        return _prepared_object(value)
    if isinstance(value, list | tuple):
        return [_prepared(item) for item in value]
    raise EvidenceError(f"a value of type {type(value).__name__} is not JSON")


def _prepared_object(value: Mapping[Json, Json]) -> dict[str, Json]:
    for key in value:
        if not isinstance(key, str):
            raise EvidenceError(f"an object has a key of type {type(key).__name__}, not a string")
    texts = {_text(key): item for key, item in value.items()}
    if len(texts) != len(value):
        raise EvidenceError("an object has two keys that UTF-8 cannot tell apart")
    # RFC 8785 3.2.3 sorts by UTF-16 code units, which differs from code points beyond the BMP.
    ordered = sorted(texts.items(), key=lambda pair: pair[0].encode("utf-16-be"))
    return {key: _prepared(item) for key, item in ordered}


def _text(value: str) -> str:
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def _number(value: float) -> bytes:
    """A number as ECMAScript's Number::toString writes it (RFC 8785 3.2.2.3)."""
    if not math.isfinite(value):
        raise EvidenceError(f"{value} is not a number that JSON can hold")
    if value == 0:
        return b"0"
    sign, numerals, exponent = Decimal(repr(value)).normalize().as_tuple()
    digits = "".join(map(str, numerals))
    point = len(digits) + int(exponent)
    if len(digits) <= point <= _MOST_DIGITS_WITHOUT_EXPONENT:
        text = digits.ljust(point, "0")
    elif 0 < point <= _MOST_DIGITS_WITHOUT_EXPONENT:
        text = f"{digits[:point]}.{digits[point:]}"
    elif -_MOST_ZEROS_AFTER_POINT < point <= 0:
        text = f"0.{'0' * -point}{digits}"
    else:
        fraction = f".{digits[1:]}" if len(digits) > 1 else ""
        text = f"{digits[0]}{fraction}e{point - 1:+d}"
    return f"{'-' if sign else ''}{text}".encode()
