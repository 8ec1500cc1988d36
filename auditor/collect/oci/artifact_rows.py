"""Rows of ``artifacts``, built alike for every service of Oracle Cloud."""

from typing import Any

from auditor.collect.oci.reading import moment, text
from auditor.collect.oci.service_rows import NO_SIZE
from auditor.spec import Found
from auditor.tables import Artifact, Maybe


def artifact_of(found: Found, *, kind: str, digest: Maybe[str], **columns: Any) -> Artifact:
    """Return something that was built and is kept where the listing was asked.

    Args:
        columns: any other column of the table, in place of the default: its id, name and moment
            are those of the item, its size is unknown, no tag points to it, nothing signed it.
    """
    settled: dict[str, Any] = {"size_bytes": NO_SIZE, **columns}
    if "id" not in settled:
        settled["id"] = text(found, "item.id")
    if "name" not in settled:
        settled["name"] = text(found, "item.displayName")
    if "made" not in settled:
        settled["made"] = moment(found.read("item.timeCreated"))
    return Artifact(
        evidence=found.evidence,
        provider="oci",
        account=found.place["account"],
        region=found.place["region"],
        kind=kind,
        digest=digest,
        **settled,
    )
