"""What an SBOM says, whoever's form it has."""

from dataclasses import dataclass

from auditor.errors import ProvenanceError
from auditor.model import Unknown
from auditor.tables import Maybe

MOST_PARTS = 200_000
UNSAID = Unknown("the SBOM does not say where its source is")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part; '' for what the SBOM does not state.

    Attributes:
        binary: it comes without source; unknown unless the SBOM names its source.
    """

    name: str
    version: str
    purl: str
    supplier: str
    binary: Maybe[bool] = UNSAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Parts of one artefact; ``digest`` is 'sha256:' and hex of what it is about, or ''."""

    digest: str
    parts: tuple[Part, ...]


def only(digests: set[str]) -> str:
    """Return the one digest that an SBOM states of its artefact; '' if it states none.

    Raises:
        ProvenanceError: it states several: nobody can tell of which it lists the parts.
    """
    stated = digests - {""}
    if len(stated) > 1:
        raise ProvenanceError("its SBOM is about several artefacts")
    return stated.pop() if stated else ""


def limited(count: int) -> None:
    """Refuse an SBOM with more parts than anything has.

    Raises:
        ProvenanceError: it has.
    """
    if count > MOST_PARTS:
        raise ProvenanceError(f"its SBOM has more than {MOST_PARTS} parts")
