"""Reads the evidence segments of a bundle, and computes what seals them."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

from auditor.envelope.merkle import MASTER_BYTES, MerkleTree, leaf_hashes
from auditor.envelope.statement import EvidenceSeal, Segment
from auditor.errors import EvidenceError

EVIDENCE = "evidence"
SALT = "evidence/salt"
SEGMENT_NAME = re.compile(r"[0-9]{6}\.jsonl\.zst")
_HEX_SALT = re.compile(rb"[0-9a-f]{64}\n?")
_CHUNK = 4 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a segment may cost to read, in bytes; a writer keeps well below."""

    window: int = 8 * 2**20  # zstd levels up to 19
    record: int = 64 * 2**20
    segment: int = 16 * 2**30
    ratio: int = 2000  # uncompressed to compressed, once a segment is larger than a record may be


DEFAULT_LIMITS = Limits()


def segment_paths(bundle: Path) -> tuple[Path, ...]:
    """The bundle's evidence segments in the order of their records."""
    folder = bundle / EVIDENCE
    if not folder.is_dir():
        return ()
    return tuple(sorted(p for p in folder.iterdir() if SEGMENT_NAME.fullmatch(p.name)))


def read_master_salt(bundle: Path) -> bytes:
    """The 32 bytes from which the salts of all records are derived.

    Raises:
        EvidenceError: there is no such file, or it holds something else.
    """
    try:
        with (bundle / SALT).open("rb") as file:
            text = file.read(MASTER_BYTES * 2 + 2)
    except OSError as error:
        raise EvidenceError(f"{SALT} cannot be read: {error.strerror}") from error
    if not _HEX_SALT.fullmatch(text):
        raise EvidenceError(f"{SALT} does not hold 32 bytes in hexadecimal")
    return bytes.fromhex(text.decode("ascii"))


def read_records(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[list[bytes]]:
    """The canonical bytes of a segment's records, some thousands at a time.

    Raises:
        EvidenceError: the segment is damaged, is not lines, or exceeds a limit.
    """
    name = f"{EVIDENCE}/{path.name}"
    most = min(limits.segment, limits.record + limits.ratio * path.stat().st_size)
    rest, total, number = b"", 0, 0
    for chunk in _decompress(path, name, limits):
        total += len(chunk)
        if total > most:
            raise EvidenceError(f"{name} unpacks to more than {most} bytes: refused as a bomb")
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        if len(rest) > limits.record or max(map(len, lines), default=0) > limits.record:
            raise EvidenceError(
                f"{name}: a record after number {number} is longer than {limits.record} bytes"
            )
        if b"" in lines:
            raise EvidenceError(f"{name}: record {number + lines.index(b'')} is empty")
        number += len(lines)
        yield lines
    if rest:
        raise EvidenceError(f"{name}: record {number} is cut short")


def _decompress(path: Path, name: str, limits: Limits) -> Iterator[bytes]:
    decompressor = zstandard.ZstdDecompressor(max_window_size=limits.window)
    try:
        with (
            path.open("rb") as file,
            decompressor.stream_reader(file, read_across_frames=True) as reader,
        ):
            while chunk := reader.read(_CHUNK):
                yield chunk
    except zstandard.ZstdError as error:
        raise EvidenceError(f"{name} is damaged: {error}") from error


def _refuse_others(folder: Path) -> None:
    # A journal of a collection that was killed would be evidence that no root covers.
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_symlink() or not path.is_file():  # a pipe would be waited on for ever
            raise EvidenceError(f"{EVIDENCE}/{path.name!a} is not a plain file")
        if not SEGMENT_NAME.fullmatch(path.name) and path.name != Path(SALT).name:
            raise EvidenceError(
                f"{EVIDENCE}/{path.name!a} is neither a segment nor the salt: "
                "run the collection to its end, which settles what it left"
            )


def seal_evidence(bundle: Path, limits: Limits = DEFAULT_LIMITS) -> EvidenceSeal:
    """Compute the Merkle root over all records of a bundle, in one pass and constant memory.

    Raises:
        EvidenceError: a segment or the salt cannot be read, or there is something beside them.
    """
    _refuse_others(bundle / EVIDENCE)
    paths = segment_paths(bundle)
    master = read_master_salt(bundle) if paths else b""
    tree = MerkleTree()
    segments = []
    for path in paths:
        first = tree.size
        digest = hashlib.sha256()
        for records in read_records(path, limits):
            leaves = leaf_hashes(master, tree.size, records)
            digest.update(b"".join(leaves))
            tree.extend(leaves)
        segments.append(
            Segment(
                name=path.name,
                first=first,
                records=tree.size - first,
                leaves_sha256=digest.hexdigest(),
            )
        )
    return EvidenceSeal(records=tree.size, merkle_root=tree.root().hex(), segments=tuple(segments))
