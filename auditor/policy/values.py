"""Whether a value from YAML fits a column or a parameter."""

from collections.abc import Mapping
from typing import Final

from auditor.model import Json
from auditor.policy.vocabulary import NUMBER, TEXT, TEXTS, YES_NO

PARAMETER_TYPES: Final[Mapping[str, str]] = {
    "list of text": TEXTS,
    "text": TEXT,
    "number": NUMBER,
    "yes or no": YES_NO,
}
_LARGEST = 2**63 - 1


def value_problem(value: Json, kind: str) -> str:
    """Say why a value cannot be a parameter of this type, '' if it can."""
    if value == []:
        return "is an empty list, which would decide every row"
    return "" if _fits(value, kind) else f"is not {_SPOKEN.get(kind, kind)}"


def cell_problem(value: Json, kind: str) -> str:
    """Say why a value cannot stand in a column of this type, '' if it can; null is unknown."""
    return "" if value is None or _fits(value, kind) else f"is not {_SPOKEN.get(kind, kind)}"


_SPOKEN = {TEXT: "text", NUMBER: "a whole number", YES_NO: "true or false", TEXTS: "a list of text"}


def _fits(value: Json, kind: str) -> bool:
    if kind == TEXTS:
        return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    if kind == NUMBER:
        return type(value) is int and abs(value) <= _LARGEST
    if kind == "BIGINT[]":
        return isinstance(value, list) and all(_fits(entry, NUMBER) for entry in value)
    return isinstance(value, {TEXT: str, YES_NO: bool}.get(kind, ()))
