"""The evidence of one collection: rotated segments and the journal that is being written.

A record is written to the journal, uncompressed, before anything else happens with it: a
collection that is killed has lost at most the calls in flight. A full journal becomes a
segment, compressed. A segment's name orders it; a record's index is its running line number.
"""

import os
import secrets
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
import zstandard

from auditor.envelope import canonical, read_records, segment_paths
from auditor.errors import EvidenceError
from auditor.model import Record

SEGMENT_BYTES = 32 * 2**20
_LEVEL = 6
_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)
_DECODER = msgspec.json.Decoder(Record)


class EvidenceStore:
    """The ``evidence`` folder of a bundle, open for adding records."""

    def __init__(self, bundle: Path, segment_bytes: int = SEGMENT_BYTES) -> None:
        """Open or begin the evidence of a bundle; a torn last line is cut off."""
        self._bundle = bundle
        self._folder = bundle / "evidence"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._segment_bytes = segment_bytes
        self._secret = secrets.token_bytes(32)
        self._salt()
        self._settle_journals()
        self._size = sum(1 for _ in self.kept())
        self._journal: BinaryIO | None = None
        self._written = 0

    @property
    def secret(self) -> bytes:
        """Key for the digests that stand for secret values.

        It is written nowhere: whoever holds the bundle must not be able to try out guesses.
        """
        return self._secret

    def kept(self) -> Iterator[tuple[int, Record]]:
        """Yield the records kept so far, with their indexes."""
        return read_evidence(self._bundle)

    def add(self, record: Record) -> int:
        """Write one record and return its index. It survives a kill of this process."""
        if self._journal is None:
            # Unbuffered: one write per record hands it to the operating system at once.
            self._journal = self._next_path().open("wb", buffering=0)
        line = _encode(record) + b"\n"
        self._journal.write(line)
        self._written += len(line)
        if self._written >= self._segment_bytes:
            self.close()
        self._size += 1
        return self._size - 1

    def close(self) -> None:
        """Turn the journal into a segment."""
        if self._journal is not None:
            path = Path(self._journal.name)
            self._journal.close()
            self._journal, self._written = None, 0
            _compress(path)

    def _salt(self) -> None:
        path = self._folder / "salt"
        if not path.exists():
            _write(path, secrets.token_hex(32).encode() + b"\n")

    def _settle_journals(self) -> None:
        for leftover in self._folder.glob("*.tmp"):
            leftover.unlink()
        for path in sorted(self._folder.glob("[0-9]*.jsonl")):
            if path.with_name(f"{path.name}.zst").exists():
                path.unlink()  # compressed, but killed before the journal was removed
                continue
            content = path.read_bytes()
            whole = content[: content.rfind(b"\n") + 1]
            if whole:
                _write(path, whole)
                _compress(path)
            else:
                path.unlink()

    def _next_path(self) -> Path:
        return self._folder / f"{len(segment_paths(self._bundle)) + 1:06}.jsonl"


def read_evidence(bundle: Path) -> Iterator[tuple[int, Record]]:
    """Yield every record of a bundle with its index, in order, some thousands at a time.

    Raises:
        EvidenceError: a segment is damaged, or a line is not a record.
    """
    index = 0
    for path in segment_paths(bundle):
        for lines in read_records(path):
            for line in lines:
                yield index, _decode(line, index)
                index += 1


def count_outcomes(bundle: Path) -> Counter[str]:
    """Count the records of a bundle by how their calls ended.

    Raises:
        EvidenceError: a segment is damaged, or a line is not a record.
    """
    counts: Counter[str] = Counter()
    for path in segment_paths(bundle):
        for lines in read_records(path):
            for line in lines:
                try:
                    counts[_OUTCOMES.decode(line).answer.outcome] += 1
                except _UNREADABLE as error:
                    raise EvidenceError(f"{path.name} holds a line that is no record") from error
    return counts


class _Ended(msgspec.Struct):
    outcome: str


class _Line(msgspec.Struct):
    """A record as far as counting needs it; decoding the rest would cost ten times as much."""

    answer: _Ended


_OUTCOMES = msgspec.json.Decoder(_Line)


def _encode(record: Record) -> bytes:
    return canonical(msgspec.to_builtins(record))


def _decode(line: bytes, index: int) -> Record:
    try:
        return _DECODER.decode(line)
    except _UNREADABLE as error:
        raise EvidenceError(f"record {index} is not a record: {error}") from error


def _compress(journal: Path) -> None:
    content = zstandard.ZstdCompressor(level=_LEVEL).compress(journal.read_bytes())
    _write(journal.with_name(f"{journal.name}.zst"), content)
    journal.unlink()


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_name(f"{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
