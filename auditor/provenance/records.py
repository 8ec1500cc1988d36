"""Reads a file of a folder of provenance: signed statements, or an SBOM that stands alone."""

import re
from dataclasses import dataclass

from auditor.errors import ProvenanceError
from auditor.provenance.envelopes import envelope_of, is_envelope, split_lines
from auditor.provenance.inventories import is_inventory, read_inventory
from auditor.provenance.parts import Inventory
from auditor.provenance.statements import Statement, read_statement
from auditor.provenance.strict_json import read_json

_SUFFIXES = (".json", ".jsonl", ".sigstore", ".dsse", ".att")
_OTHER_FORMS = (".cdx.xml", "bom.xml", ".spdx", ".spdx.xml", ".spdx.rdf", ".spdx.yaml", ".spdx.yml")
_IN_NAME = re.compile(r"(?:sha256[-_:])?([0-9a-f]{64})\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceFile:
    """What one file holds: statements in order, or one SBOM."""

    statements: tuple[Statement, ...] = ()
    inventory: Inventory | None = None


def says_it_vouches(name: str) -> bool:
    """Whether a file's name says that it holds statements or an SBOM, in whatever form."""
    return name.lower().endswith((*_SUFFIXES, *_OTHER_FORMS))


def read_file(text: str, name: str) -> ProvenanceFile:
    """Return what a file says.

    Args:
        name: of the file: an SBOM that names no artefact is about the digest in its file's name.

    Raises:
        ProvenanceError: it is hostile, broken, or nothing that is read.
    """
    _refuse_other_forms(text)
    lines = split_lines(text)
    if len(lines) == 1:
        value = read_json(text)
        if is_inventory(value):
            return ProvenanceFile(inventory=_named(read_inventory(value), name))
        return ProvenanceFile(statements=(_statement(value, text),))
    return ProvenanceFile(statements=tuple(_statement(read_json(each), each) for each in lines))


def _refuse_other_forms(text: str) -> None:
    start = text[:4096].lstrip("\ufeff \t\r\n")
    form = "XML" if start.startswith("<") else "tags and values"
    if form == "XML" or start.startswith("SPDXVersion:"):
        raise ProvenanceError(f"it is written in {form}: convert the SBOM to JSON")


def _statement(value: object, text: str) -> Statement:
    if isinstance(value, dict) and "predicateType" in value and not is_envelope(value):
        raise ProvenanceError("it is a statement without an envelope: nobody has signed it")
    return read_statement(envelope_of(value, text))


def _named(inventory: Inventory, name: str) -> Inventory:
    found = _IN_NAME.fullmatch(name.lower()[: name.find(".") + 1])
    if found is None:
        return inventory
    digest = f"sha256:{found[1]}"
    if inventory.digest not in ("", digest):
        raise ProvenanceError("its SBOM is about another artefact than its name says")
    return Inventory(digest=digest, parts=inventory.parts)
