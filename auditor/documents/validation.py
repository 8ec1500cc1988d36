"""Holds a document against a pydantic model and says in plain words what does not fit."""

import json
from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from auditor.documents.document import Document, Location, contains
from auditor.documents.hints import quoted, suggest
from auditor.documents.schema import allowed_keys, allowed_values
from auditor.errors import ConfigError, Fault
from auditor.model import Json

M = TypeVar("M", bound=BaseModel)

_SHAPES = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "set_type": "must be a list",
    "frozen_set_type": "must be a list",
    "dict_type": "must be 'name: value' lines",
    "model_type": "must be 'name: value' lines",
    "model_attributes_type": "must be 'name: value' lines",
    **dict.fromkeys(
        ("datetime_type", "datetime_parsing", "datetime_from_date_parsing", "timezone_aware"),
        "must be a moment with a time zone, such as 2026-01-31T23:59:59Z",
    ),
    "date_type": "must be a day such as 2026-01-31",
    "date_parsing": "must be a day such as 2026-01-31",
    "date_from_datetime_parsing": "must be a day such as 2026-01-31",
    "date_from_datetime_inexact": "must be a day such as 2026-01-31",
}
_HINTS = {
    "string_type": "put it in quotes",
    "list_type": "write '- item' lines, or [item, item]",
    "tuple_type": "write '- item' lines, or [item, item]",
}


def validate(document: Document, model: type[M]) -> M:
    """Return the document as an instance of ``model``.

    Raises:
        ConfigError: one fault for each thing that does not fit, in the order of the file.
    """
    try:
        # JSON mode: with strict models, lists become tuples and text becomes dates or enums.
        return model.model_validate_json(json.dumps(document.value))
    except ValidationError as error:
        faults = {
            _fault(document, model, detail)
            for detail in error.errors(include_url=False)
            if not _echo(detail)
        }
        raise ConfigError(sorted(faults)) from None


def _echo(detail: ErrorDetails) -> bool:
    """Whether a list is only called too short because its entries did not fit."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _fault(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Fault:
    location, missing = _locate(document.value, detail["loc"])
    kind = detail["type"]
    name = str(location[-1]) if location else "the file"
    hint = ""
    place = document.place(location)
    if kind == "extra_forbidden":
        place = document.key_place(location)
        known = allowed_keys(model, location[:-1])
        message = f"there is no setting {quoted(name)} here"
        hint = suggest(name, known) or _list("settings here are", known)
    elif kind == "missing":
        message = f"{quoted(missing)} is missing"
    elif kind in ("literal_error", "enum"):
        known = allowed_values(model, location)
        given = detail["input"]
        message = f"{quoted(given)} is not one of the values allowed here"
        hint = suggest(str(given), known) or _list("write one of", known)
    elif kind == "too_short":
        message = f"needs at least {detail['ctx']['min_length']} entry"
    elif kind == "string_pattern_mismatch":
        message = f"{quoted(detail['input'])} does not have the form {detail['ctx']['pattern']}"
    elif kind in _SHAPES:
        message = f"{_SHAPES[kind]}, not {_describe(detail['input'])}"
        hint = _HINTS.get(kind, "") if not isinstance(detail["input"], dict | list) else ""
    else:
        message = detail["msg"].removeprefix("Value error, ")
    line, column = place
    return Fault(path=str(document.path), line=line, column=column, message=message, hint=hint)


def _locate(value: Json, steps: Sequence[str | int]) -> tuple[Location, str]:
    """Return the location that exists in the document, and the step that it ends before.

    Steps that name a branch of a union, not a part of the document, are left out.
    """
    location: list[str | int] = []
    rest = ""
    for step in steps:
        inside = contains(value, step)
        rest = "" if inside else str(step)
        if inside:
            value = value[step]
            location.append(step)
    return tuple(location), rest


def _describe(value: Json) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"'{str(value).lower()}'"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return quoted(value)
    return "a list" if isinstance(value, list) else "'name: value' lines"


def _list(lead: str, words: Sequence[str]) -> str:
    return f"{lead} {', '.join(words)}" if words else ""
