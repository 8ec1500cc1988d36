"""Files of a folder of provenance: signed statements on builds, and inventories of parts.

A file that is refused has no rows, and leaves a gap that names it and the reason.
"""

from collections.abc import Iterable, Iterator

from auditor.errors import ProvenanceError
from auditor.model import Json, Unknown
from auditor.provenance import Statement, read_file
from auditor.provenance.parts import Part
from auditor.spec import Collector, Found, Listing
from auditor.tables import Attestation, Component, Maybe, Row

_NO_DIGEST = Unknown("the SBOM names no digest of what it is about, and neither does its file name")
_NOT_LOOKED = Unknown("nobody has looked for it in the artefact itself")


def _rows(found: Found) -> Iterator[Row]:
    name = str(found.read("item.file"))
    try:
        file = read_file(str(found.read("item.text")), name.rpartition("/")[2])
    except ProvenanceError as error:  # the door took it: only another version would not
        raise ValueError(str(error)) from error
    start = f"provenance/{found.place['target']}/{name}"
    for number, statement in enumerate(file.statements, start=1):
        yield from _statement(found, statement, f"{start}/{number}", name)
    if file.inventory is not None:
        digest = file.inventory.digest or _NO_DIGEST
        yield from _components(found, file.inventory.parts, start, digest)


def _statement(found: Found, statement: Statement, start: str, name: str) -> Iterator[Row]:
    for number, subject in enumerate(statement.subjects, start=1):
        row = f"{start}/{number}"
        yield Attestation(
            **_shared(found),
            id=row,
            name=subject.name or name,
            digest=subject.digest,
            **statement.columns,
        )
        yield from _components(found, statement.parts, row, subject.digest)


def _components(
    found: Found, parts: Iterable[Part], start: str, digest: Maybe[str]
) -> Iterator[Component]:
    for number, part in enumerate(parts, start=1):
        yield Component(
            **_shared(found),
            id=f"{start}/component/{number}",
            digest=digest,
            name=part.name,
            version=part.version,
            purl=part.purl,
            supplier=part.supplier,
            listed=True,
            present=_NOT_LOOKED,
            binary=part.binary,
        )


def _shared(found: Found) -> dict[str, Json]:
    return {"provider": "files", "account": found.place["target"], "evidence": found.evidence}


RECORDS = Collector(
    kind="provenance.records.file",
    service="records",
    title="statements on builds, and SBOMs",
    per=(),
    parent=Listing(operation="list_files", permission="", items="files"),
    listing=Listing(operation="read_file", permission="", bind={"file": "parent.file"}),
    tables=(Attestation, Component),
    rows=_rows,
    source="https://github.com/in-toto/attestation",
)
