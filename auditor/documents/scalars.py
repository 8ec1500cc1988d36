"""Says what a plain (unquoted) YAML scalar means."""

import math
import re

# YAML 1.2.2 section 10.2.2 (JSON schema), with the core schema's spellings of null and booleans.
# Digits after a leading zero stay text, because account numbers begin with zeros.
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_REAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?(?:[eE][-+]?[0-9]{1,3})?")
_WORDS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


def resolve(text: str) -> bool | int | float | str | None:
    """Return the value of a plain scalar; what is no null, boolean or finite number is text."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _REAL.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text
