"""Reads in-toto statements out of their envelopes: about which artefacts, and what is said.

Sources: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md and, of version 0.1,
https://github.com/in-toto/attestation/blob/main/spec/v0.1.0/README.md
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from auditor.errors import ProvenanceError
from auditor.model import Json, Unknown
from auditor.provenance.envelopes import STATEMENTS, Envelope, read_envelope, split_lines
from auditor.provenance.inventories import CYCLONEDX, SPDX, read_inventory
from auditor.provenance.members import best_digest, digests, member, objects, text
from auditor.provenance.parts import Part
from auditor.provenance.slsa import PREFIX, Build, read_build
from auditor.provenance.strict_json import read_json
from auditor.tables import Maybe

REBUILD = "https://auditor.example/rebuild/v1"
_TYPES = ("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1")
_MOST_SUBJECTS = 10_000
_MOST_KEPT = 256 * 2**20  # characters: every subject's row keeps the whole envelope
_NO_DIGEST = Unknown("the statement names no digest of its subject")
_NO_AGREEMENT = Unknown("the record does not say whether the second build gave the same")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One artefact that a statement is about."""

    name: str
    digest: Maybe[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement; who signed it, ``verify`` tells.

    Attributes:
        kind: provenance, sbom, rebuild or other.
        build: what it says of a build; of a rebuild, ``builder`` is who built again.
        agrees: of a rebuild, whether the second build gave the same.
        parts: of an SBOM.
        envelope: JSON text that it was read from.
    """

    envelope: str
    predicate_type: str
    kind: str
    subjects: tuple[Subject, ...]
    build: Build = field(default_factory=Build)
    agrees: Maybe[bool] = True
    parts: tuple[Part, ...] = ()

    @property
    def columns(self) -> Mapping[str, Any]:
        """The columns of ``attestations`` that it tells for each of its subjects."""
        return {
            "predicate_type": self.predicate_type,
            "kind": self.kind,
            "agrees": self.agrees,
            "envelope": self.envelope,
            **{each.name: getattr(self.build, each.name) for each in fields(Build)},
        }


def statements_of(text: str) -> tuple[Statement, ...]:
    """Return the statements of an envelope, a Sigstore bundle, or JSON Lines of several.

    Raises:
        ProvenanceError: one of them is hostile, broken, or of a version that is not read.
    """
    return tuple(read_statement(read_envelope(each)) for each in split_lines(text))


def read_statement(envelope: Envelope) -> Statement:
    """Return what an envelope's payload says; nothing is verified here.

    Raises:
        ProvenanceError: it is no in-toto statement, or a member has a type that it cannot have.
    """
    if envelope.payload_type != STATEMENTS:
        raise ProvenanceError(
            f"its payload is no in-toto statement: {envelope.payload_type[:99]!a}"
        )
    statement = read_json(envelope.payload)
    stated = text(member(statement, "_type"), "_type")
    if stated not in _TYPES:
        raise ProvenanceError(f"it is no in-toto statement of version 0.1 or 1: {stated[:99]!a}")
    predicate_type = text(member(statement, "predicateType"), "predicateType")
    kind = _kind(predicate_type)
    subjects = _subjects(statement)
    if len(subjects) * len(envelope.text) > _MOST_KEPT:
        raise ProvenanceError("it is too long for the number of its subjects")
    predicate = member(statement, "predicate")
    if predicate is not None and not isinstance(predicate, dict):
        raise ProvenanceError("its predicate is no object")
    return Statement(
        envelope=envelope.text,
        predicate_type=predicate_type,
        kind=kind,
        subjects=subjects,
        **_READERS[kind](predicate_type, predicate),
    )


def _subjects(statement: Json) -> tuple[Subject, ...]:
    several = objects(member(statement, "subject"), "subject")
    if not several:
        raise ProvenanceError("it is about nothing: its subject is empty")
    if len(several) > _MOST_SUBJECTS:
        raise ProvenanceError(f"it is about more than {_MOST_SUBJECTS} artefacts")
    return tuple(
        Subject(
            name=text(each.get("name"), "name"),
            digest=best_digest(digests(each.get("digest"), "digest")) or _NO_DIGEST,
        )
        for each in several
    )


def _kind(predicate_type: str) -> str:
    if predicate_type.startswith(PREFIX):
        return "provenance"
    if predicate_type.startswith((CYCLONEDX, SPDX)):
        return "sbom"
    return "rebuild" if predicate_type == REBUILD else "other"


def _provenance(predicate_type: str, predicate: Json) -> dict[str, Any]:
    return {"build": read_build(predicate_type, predicate)}


def _sbom(_: str, predicate: Json) -> dict[str, Any]:
    # What its own digest says is of no weight: the statement's subject is what was signed for.
    return {"parts": read_inventory(predicate).parts}


def _rebuild(_: str, predicate: Json) -> dict[str, Any]:
    agrees = member(predicate, "agrees")
    if agrees is not None and not isinstance(agrees, bool):
        raise ProvenanceError("its member agrees is neither true nor false")
    builder = text(member(predicate, "builder", "id"), "builder.id")
    return {
        "build": Build(builder=builder),
        "agrees": _NO_AGREEMENT if agrees is None else agrees,
    }


def _other(_: str, _predicate: Json) -> dict[str, Any]:
    return {}


_READERS = {
    "provenance": _provenance,
    "sbom": _sbom,
    "rebuild": _rebuild,
    "other": _other,
}
