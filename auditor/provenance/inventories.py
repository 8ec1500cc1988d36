"""Reads SBOMs: the parts of an artefact, by CycloneDX or SPDX in JSON.

Sources: https://cyclonedx.org/docs/1.6/json/ and https://spdx.github.io/spdx-spec/v2.3/
"""

from auditor.errors import ProvenanceError
from auditor.model import Json
from auditor.provenance.cyclonedx import read_cyclonedx
from auditor.provenance.parts import Inventory
from auditor.provenance.spdx import read_spdx

CYCLONEDX, SPDX = "https://cyclonedx.org/bom", "https://spdx.dev/Document"


def is_inventory(value: Json) -> bool:
    """Whether JSON says of itself that it is an SBOM of either kind."""
    return isinstance(value, dict) and bool({"bomFormat", "spdxVersion", "SPDXID"} & set(value))


def read_inventory(value: Json) -> Inventory:
    """Return the parts that an SBOM lists, and what it is about.

    Raises:
        ProvenanceError: it is none that is read, or a member has a type that it cannot have.
    """
    if not is_inventory(value):
        raise ProvenanceError("it is no SBOM of CycloneDX or SPDX 2 in JSON")
    return read_cyclonedx(value) if "bomFormat" in value else read_spdx(value)
