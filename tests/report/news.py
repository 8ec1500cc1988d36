"""Rows of the table ``novelties``."""

from auditor.model import Json


def novelty(what: str, path: str, value: str = "", times: int = 1) -> dict[str, Json]:
    """A row of the table."""
    return {
        "id": f"oci/{what}/{path}/{value}",
        "evidence": [1],
        "provider": "oci",
        "service": "core.BlockstorageClient",
        "operation": "list_volumes",
        "what": what,
        "path": path,
        "value": value,
        "times": times,
    }
