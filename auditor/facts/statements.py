"""Reads the signed statements of a bundle: who said what, until when, and whether it holds."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from auditor.envelope.attestation import open_attestation
from auditor.envelope.dsse import unwrap
from auditor.errors import SignatureError
from auditor.model import Audit, Signer
from auditor.tables import Statement

_NOBODY = ""


def read_statements(folder: Path, audit: Audit) -> Iterator[Statement]:
    """Yield one row for each file in a folder of statements, in the order of their names."""
    signers = {signer.fingerprint.lower(): signer for signer in audit.signers}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        if path.is_file():
            yield _row(path, signers)


def _row(path: Path, signers: Mapping[str, Signer]) -> Statement:
    envelope = path.read_bytes()
    try:
        attestation, fingerprint = open_attestation(envelope)
    except SignatureError:
        return _forged(path.stem, envelope)
    signer = signers.get(fingerprint)
    return Statement(
        id=path.stem,
        subject=attestation.subject,
        text=attestation.text,
        signer=signer.name if signer else _NOBODY,
        role=signer.role if signer else _NOBODY,
        employer=signer.employer if signer else _NOBODY,
        valid_from=attestation.valid_from,
        valid_until=attestation.valid_until,
        signature_holds=signer is not None and attestation.subject in signer.subjects,
    )


def _forged(name: str, envelope: bytes) -> Statement:
    """A statement whose signature does not hold is shown, and nobody said it."""
    said: dict[str, object] = {}
    with contextlib.suppress(SignatureError, msgspec.MsgspecError, ValueError):
        said = msgspec.json.decode(unwrap(envelope)[0], type=dict[str, object])
    return Statement(
        id=name,
        subject=str(said.get("subject", "")),
        text=str(said.get("text", "")),
        signer=_NOBODY,
        role=_NOBODY,
        employer=_NOBODY,
        valid_from=str(said.get("valid_from", "")),
        valid_until=str(said.get("valid_until", "")),
        signature_holds=False,
    )
