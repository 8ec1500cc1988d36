"""``results.json``: the results as canonical JSON, and the schema that is published for it."""

import inspect
from pathlib import Path
from typing import Any

import msgspec

from auditor.envelope import canonical
from auditor.errors import BundleError
from auditor.results import Results


def write_results(results: Results, path: Path) -> None:
    """Write results so that equal results give equal bytes."""
    path.write_bytes(canonical(msgspec.to_builtins(results)) + b"\n")


def read_results(path: Path) -> Results:
    """Read what ``write_results`` wrote.

    Raises:
        BundleError: the file cannot be read, or is not of this shape.
    """
    if path.exists() and not path.is_file():
        raise BundleError(f"{path} is not a plain file.")
    try:
        return msgspec.json.decode(path.read_bytes(), type=Results)
    except OSError as error:
        raise BundleError(f"{path} cannot be read: {error.strerror}.") from error
    except msgspec.MsgspecError as error:
        raise BundleError(f"{path} does not hold results: {error}.") from error


def results_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``results.json``."""
    schema = msgspec.json.schema(Results)
    for shape in schema["$defs"].values():
        # Python 3.13 takes the indentation out of docstrings, earlier ones leave it in.
        shape["description"] = inspect.cleandoc(shape.get("description", ""))
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "results.json of an audit",
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(head | schema))
    return plain
