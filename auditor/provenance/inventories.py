"""Reads SBOMs: the parts of an artefact, by CycloneDX or SPDX in JSON.

Sources: https://cyclonedx.org/docs/1.7/json/, https://spdx.github.io/spdx-spec/v2.3/ and
https://spdx.github.io/spdx-spec/v3.0.1/
"""

from auditor.errors import ProvenanceError
from auditor.model import Json
from auditor.provenance.cyclonedx import read_cyclonedx
from auditor.provenance.parts import Inventory
from auditor.provenance.spdx import read_spdx
from auditor.provenance.spdx_graphs import read_spdx_graph

CYCLONEDX, SPDX = "https://cyclonedx.org/bom", "https://spdx.dev/Document"
_GRAPH = "@context"
_SIGNS = {"bomFormat", "spdxVersion", "SPDXID", _GRAPH}


def is_inventory(value: Json) -> bool:
    """Whether JSON says of itself that it is an SBOM of either kind."""
    return isinstance(value, dict) and bool(_SIGNS & set(value))


def read_inventory(value: Json) -> Inventory:
    """Return the parts that an SBOM lists, and what it is about.

    Raises:
        ProvenanceError: it is none that is read, or a member has a type that it cannot have.
    """
    if not is_inventory(value):
        raise ProvenanceError("it is no SBOM of CycloneDX or SPDX in JSON")
    if "bomFormat" in value:
        return read_cyclonedx(value)
    return read_spdx_graph(value) if _GRAPH in value else read_spdx(value)
