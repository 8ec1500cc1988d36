"""Evidence segments are read within bounds, and what seals them depends on every record."""

import os
import random
from pathlib import Path

import pytest
import zstandard

from auditor.envelope import (
    MerkleTree,
    leaf_hashes,
    read_master_salt,
    read_records,
    seal_evidence,
    segment_paths,
)
from auditor.envelope.segments import Limits
from auditor.errors import EvidenceError
from tests.fakes_bundle import MASTER, records, write_segment, write_unsealed

SMALL = Limits(record=1000, segment=10_000, ratio=10)


def test_the_root_is_over_all_records_in_the_order_of_the_segments(tmp_path: Path) -> None:
    """One running index over all segments."""
    bundle = write_unsealed(tmp_path / "bundle", segments=3)
    tree = MerkleTree()
    tree.extend(leaf_hashes(bytes.fromhex(MASTER), 0, records(15)))

    seal = seal_evidence(bundle)

    assert seal.merkle_root == tree.root().hex()
    assert [(s.name, s.first, s.records) for s in seal.segments] == [
        ("000001.jsonl.zst", 0, 5),
        ("000002.jsonl.zst", 5, 5),
        ("000003.jsonl.zst", 10, 5),
    ]
    assert [path.name for path in segment_paths(bundle)] == [s.name for s in seal.segments]


def test_a_bundle_without_evidence_has_the_empty_root(tmp_path: Path) -> None:
    """Nothing was collected; that can be stated too."""
    seal = seal_evidence(tmp_path)

    assert seal.records == 0
    assert seal.merkle_root.startswith("e3b0c442")


def test_segments_of_several_frames_are_read_to_the_end(tmp_path: Path) -> None:
    """A collection that was resumed appends."""
    path = tmp_path / "000001.jsonl.zst"
    path.write_bytes(zstandard.compress(b"1\n2") + zstandard.compress(b"2\n3\n"))

    assert [line for lines in read_records(path) for line in lines] == [b"1", b"22", b"3"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"junk", "000001.jsonl.zst is damaged"),
        (zstandard.compress(b"1\n2\n") + b"junk", "is damaged"),
        (zstandard.compress(b"1\n2"), "record 1 is cut short"),
        (zstandard.compress(b"1\n2\n")[:-3], "is damaged|cut short"),
        (zstandard.compress(b"1\n\n2\n"), "record 1 is empty"),
        (
            zstandard.compress(random.Random(1).randbytes(2000).replace(b"\n", b"") + b"\n"),
            "longer than 1000 bytes",
        ),
        (zstandard.compress(b"x\n" * 100_000), "refused as a bomb"),
    ],
)
def test_damaged_segments_and_bombs_are_named(tmp_path: Path, content: bytes, says: str) -> None:
    """With the segment and, where there is one, the record."""
    path = tmp_path / "000001.jsonl.zst"
    path.write_bytes(content)

    with pytest.raises(EvidenceError, match=says):
        list(read_records(path, SMALL))


def test_a_large_window_is_refused(tmp_path: Path) -> None:
    """Its size is what the reader would have to allocate."""
    parameters = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    path = tmp_path / "000001.jsonl.zst"
    path.write_bytes(compressor.compress(b"x\n" * 1000) + compressor.flush())

    with pytest.raises(EvidenceError, match="is damaged"):
        list(read_records(path))


@pytest.mark.parametrize("content", [b"", b"00" * 31, b"zz" * 32, b"00" * 33, b"AA" * 32])
def test_a_salt_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    """Short, long, or not hexadecimal as it is written."""
    write_segment(tmp_path / "evidence" / "000001.jsonl.zst", [b"{}"])
    (tmp_path / "evidence" / "salt").write_bytes(content)

    with pytest.raises(EvidenceError, match="evidence/salt"):
        read_master_salt(tmp_path)
    with pytest.raises(EvidenceError, match="evidence/salt"):
        seal_evidence(tmp_path)


@pytest.mark.parametrize("name", ["000002.jsonl", "notes.txt", "000001.jsonl.zst.partial", "7"])
def test_nothing_else_may_lie_beside_the_segments(tmp_path: Path, name: str) -> None:
    """What a killed collection left would be evidence that the root does not cover."""
    bundle = write_unsealed(tmp_path / "bundle")
    (bundle / "evidence" / name).write_bytes(b"{}\n")

    with pytest.raises(EvidenceError, match="neither a segment nor the salt"):
        seal_evidence(bundle)


@pytest.mark.parametrize("name", ["000001.jsonl.zst", "salt"])
def test_a_pipe_among_the_evidence_is_not_waited_on(tmp_path: Path, name: str) -> None:
    """An unpacked archive may hold pipes; nobody ever writes into them."""
    bundle = write_unsealed(tmp_path / "bundle")
    (bundle / "evidence" / name).unlink()
    os.mkfifo(bundle / "evidence" / name)

    with pytest.raises(EvidenceError, match="not a plain file"):
        seal_evidence(bundle)
