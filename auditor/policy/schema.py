"""The JSON Schemas of a pack's files, for editors."""

from typing import Any

from auditor.policy.entries import ControlsFile, PackEntry


def pack_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a file in ``controls/``."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | (
        ControlsFile.model_json_schema()
    )


def manifest_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``pack.yaml``."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | (
        PackEntry.model_json_schema()
    )
