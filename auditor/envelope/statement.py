"""The in-toto statement about a bundle: its files, and what cannot be read off a file.

Source: github.com/in-toto/attestation, ``spec/v1/statement.md``.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import msgspec

from auditor.envelope.encoding import canonical
from auditor.errors import SignatureError

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://auditor.example/bundle/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One evidence file: the index of its first record, how many it holds, and their leaves."""

    name: str
    first: int
    records: int
    leaves_sha256: str  # over the leaf hashes, one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSeal:
    """What fixes the evidence records and their order."""

    records: int
    merkle_root: str  # RFC 9162, SHA-256, in hexadecimal
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsignedReport:
    """The report as rendered: the first ``length`` bytes of the signed PDF."""

    length: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """What the signer states about a bundle beyond the digests of its files."""

    tool: str
    collections: tuple[str, ...]
    evidence: EvidenceSeal
    report: UnsignedReport | None  # nothing: the bundle has no PDF
    results_sha256: str | None  # nothing: the bundle has no results
    timestamped: bool
    ephemeral_key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Digests by file name, and the predicate."""

    subjects: Mapping[str, str]
    predicate: Predicate


def encode_statement(statement: Statement) -> bytes:
    """The statement's canonical bytes, subjects sorted by name."""
    subjects = [
        {"name": name, "digest": {"sha256": sha256}}
        for name, sha256 in sorted(statement.subjects.items())
    ]
    return canonical(
        {
            "_type": STATEMENT_TYPE,
            "subject": subjects,
            "predicateType": PREDICATE_TYPE,
            "predicate": asdict(statement.predicate),
        }
    )


def decode_statement(payload: bytes) -> Statement:
    """Read what ``encode_statement`` wrote.

    Raises:
        SignatureError: anything else, be it another type, an unknown field or another order.
    """
    try:
        read = msgspec.json.decode(payload)
        statement = Statement(
            subjects={item["name"]: item["digest"]["sha256"] for item in read["subject"]},
            predicate=msgspec.convert(read["predicate"], Predicate),
        )
        same = encode_statement(statement) == payload
    except (msgspec.MsgspecError, ValueError, TypeError, LookupError, RecursionError) as error:
        raise SignatureError(f"the statement cannot be read: {error}") from error
    if not same:
        raise SignatureError(f"the statement is not a {PREDICATE_TYPE} in canonical form")
    return statement
