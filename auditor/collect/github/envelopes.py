"""What an attestation's bundle says, before anybody has held its signature against a root."""

import json
from collections.abc import Iterator
from typing import Any

from auditor.collect.github.reading import held_by
from auditor.errors import ProvenanceError
from auditor.model import Json, Unknown
from auditor.provenance import Statement, statements_of
from auditor.spec import Found
from auditor.tables import Attestation, Component, Maybe

_TOLD = (
    *("predicate_type", "kind", "builder", "build_type", "source", "commit", "made"),
    *("inputs_pinned", "agrees"),
)
_NOT_LOOKED = Unknown("nobody has looked for it in the artefact itself")


def attested(
    found: Found, bundle: Json, start: str, *, name: str, digest: str
) -> Iterator[Attestation | Component]:
    """Yield what a bundle says of each artefact that it is about itself.

    Args:
        start: begins the ids of the rows.
        name: names the artefact where the bundle does not.
        digest: what the host was asked about; it counts only where nothing can be read.
    """
    envelope = json.dumps(bundle, sort_keys=True, separators=(",", ":"))
    try:
        statements = statements_of(envelope)
    except ProvenanceError as error:
        columns: dict[str, Any] = dict.fromkeys(
            _TOLD, Unknown(f"the attestation cannot be read: {error}")
        )
        yield Attestation(
            id=start, **held_by(found), name=name, digest=digest, envelope=envelope, **columns
        )
        return
    for statement in statements:
        for number, subject in enumerate(statement.subjects, start=1):
            row = f"{start}/{number}"
            yield Attestation(
                id=row,
                **held_by(found),
                name=subject.name or name,
                digest=subject.digest,
                **statement.columns,
            )
            yield from _components(found, statement, row, subject.digest)


def _components(
    found: Found, statement: Statement, start: str, digest: Maybe[str]
) -> Iterator[Component]:
    for number, part in enumerate(statement.parts, start=1):
        yield Component(
            id=f"{start}/component/{number}",
            **held_by(found),
            digest=digest,
            name=part.name,
            version=part.version,
            purl=part.purl,
            supplier=part.supplier,
            listed=True,
            present=_NOT_LOOKED,
            binary=part.binary,
        )
