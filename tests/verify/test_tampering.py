"""Whatever is done to a sealed bundle is found, and what was touched is named."""

import base64
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.sign import Origin, seal_bundle
from tests.fakes_bundle import (
    blank_pdf,
    company_key,
    stranger_key,
    write_bundle,
    write_segment,
)
from tests.verify.steps import failed, named, recompute_sums, verify

NAMES = (
    "SHA256SUMS",
    "SHA256SUMS.p7s",
    "VERIFY.txt",
    "audit.json",
    "evidence/000002.jsonl.zst",
    "evidence/salt",
    "facts/stores.parquet",
    "policies/ttp-2020/pack.yaml",
    "report.html",
    "report.pdf",
    "results.json",
    "signer.pem",
    "statement.dsse.json",
)


def test_an_untouched_bundle_holds(bundle: Path) -> None:
    """All steps hold; only the timestamp, which nobody asked for, stays open."""
    steps = verify(bundle)

    assert [step.number for step in steps.values()] == list(range(1, 9))
    assert {n for n, step in steps.items() if step.held} == {1, 2, 3, 4, 5, 7, 8}
    assert steps[6].held is None


@pytest.mark.parametrize("name", ["SHA256SUMS.p7s", "signer.pem", "statement.dsse.json"])
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_changed_bit_behind_the_armour_of_a_seal_is_found(
    bundle: Path, sealed: Path, name: str, place: float, bit: int
) -> None:
    """In what Base64 carries, so that it still is Base64: also where no signature covers it."""
    text = (sealed / name).read_text()
    carried = max(text.replace("\n", "").replace("-----", '"').split('"'), key=len)
    content = bytearray(base64.b64decode(carried))
    content[int(place * len(content))] ^= 1 << bit
    armoured = base64.b64encode(content).decode()
    if name.endswith("json"):
        changed = text.replace(carried, armoured)
    else:
        lines = [armoured[start : start + 64] for start in range(0, len(armoured), 64)]
        before, after = text.splitlines()[0], text.splitlines()[len(lines) + 1 :]
        changed = "\n".join([before, *lines, *after, ""])
    (bundle / name).write_text(changed)
    steps = {"SHA256SUMS.p7s": {3}, "signer.pem": {2, 3}, "statement.dsse.json": {2, 4}}

    assert len(changed) == len(text)
    assert steps[name] <= failed(bundle)
    assert name in named(bundle)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255))
def test_a_changed_byte_is_found_wherever_it_is(
    bundle: Path, sealed: Path, name: str, place: float, bits: int
) -> None:
    """In each file, at any place, by any amount."""
    content = bytearray((sealed / name).read_bytes())
    content[int(place * len(content))] ^= bits
    (bundle / name).write_bytes(content)

    assert failed(bundle)
    assert name in named(bundle) or name == "SHA256SUMS"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("keep", [0, 0.5, -1])
def test_a_truncated_file_is_found(bundle: Path, name: str, keep: float) -> None:
    """Empty, half, and all but the last byte."""
    content = (bundle / name).read_bytes()
    (bundle / name).write_bytes(content[: int(keep * len(content)) if keep >= 0 else -1])

    assert failed(bundle)
    assert name in named(bundle)


@pytest.mark.parametrize("name", NAMES)
def test_a_removed_file_is_found(bundle: Path, name: str) -> None:
    """Also each file that seals the others."""
    (bundle / name).unlink()

    assert 1 in failed(bundle)
    assert f"'{name}': missing" in named(bundle)


@pytest.mark.parametrize(
    "name",
    ["extra.txt", "evidence/000004.jsonl.zst", "timestamps/statement.dsse.json.tsr", "a/b/c"],
)
def test_an_added_file_is_found(bundle: Path, name: str) -> None:
    """At the top, among the evidence, and where a timestamp would be."""
    (bundle / name).parent.mkdir(parents=True, exist_ok=True)
    (bundle / name).write_bytes(b"")

    assert 1 in failed(bundle)
    assert f"'{name}': in the bundle but not in SHA256SUMS" in named(bundle)


def test_a_renamed_file_is_found(bundle: Path) -> None:
    """Both names are given."""
    (bundle / "report.html").rename(bundle / "report2.html")

    assert "'report.html': missing" in named(bundle)
    assert "'report2.html': in the bundle but not" in named(bundle)


def swap_records(bundle: Path) -> None:
    """Exchange two records of one segment."""
    path = bundle / "evidence" / "000002.jsonl.zst"
    lines = zstandard.decompress(path.read_bytes()).splitlines()
    write_segment(path, [lines[1], lines[0], *lines[2:]])


def swap_segments(bundle: Path) -> None:
    """Exchange two segments."""
    first, second = (bundle / "evidence" / f"00000{n}.jsonl.zst" for n in (1, 2))
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)


def drop_record(bundle: Path) -> None:
    """Leave out the last record of a segment."""
    path = bundle / "evidence" / "000002.jsonl.zst"
    write_segment(path, zstandard.decompress(path.read_bytes()).splitlines()[:-1])


@pytest.mark.parametrize("change", [swap_records, swap_segments, drop_record])
def test_changed_evidence_is_named_by_segment_and_records(
    bundle: Path, change: Callable[[Path], None]
) -> None:
    """Even if the digests of the files were adjusted, the Merkle root is not."""
    change(bundle)
    recompute_sums(bundle)

    assert {3, 4, 7} <= failed(bundle)
    assert "evidence/000002.jsonl.zst: changed: holds records 5 to" in named(bundle)
    assert "sealed were records 5 to 9" in named(bundle)


def test_another_salt_is_found(bundle: Path) -> None:
    """The salt is part of what the root commits to."""
    (bundle / "evidence" / "salt").write_text("0" * 64)
    recompute_sums(bundle)

    assert 7 in failed(bundle)


def test_edited_results_with_recomputed_checksums_are_found(bundle: Path) -> None:
    """The list of digests is consistent again, but nobody signed it."""
    path = bundle / "results.json"
    path.write_bytes(path.read_bytes().replace(b"fail", b"pass"))
    recompute_sums(bundle)

    assert failed(bundle) == {3, 4}
    assert "SHA256SUMS.p7s: the signature over SHA256SUMS does not hold" in named(bundle)
    assert "'results.json': is not the file that the statement names" in named(bundle)


def test_everything_signed_again_by_another_is_found(tmp_path: Path) -> None:
    """It holds in itself; the signer is not the one who is trusted."""
    bundle = write_bundle(tmp_path / "bundle", stranger_key())

    assert failed(bundle) == {5}
    assert "signer unknown" in named(bundle)


@pytest.mark.parametrize("name", ["SHA256SUMS.p7s", "statement.dsse.json", "report.pdf"])
def test_one_seal_by_another_signer_is_found(tmp_path: Path, bundle: Path, name: str) -> None:
    """Each signature must be the same signer's."""
    other = write_bundle(tmp_path / "other", stranger_key())
    shutil.copy(other / name, bundle / name)
    recompute_sums(bundle)

    assert {"SHA256SUMS.p7s": 3, "statement.dsse.json": 4, "report.pdf": 8}[name] in failed(bundle)
    assert name in named(bundle)


def test_the_statement_of_another_bundle_is_found(tmp_path: Path, bundle: Path) -> None:
    """It is signed by the right key, but speaks of other files."""
    other = tmp_path / "other"
    shutil.copytree(bundle, other, ignore=shutil.ignore_patterns("SHA*", "st*", "*.pem", "VER*"))
    (other / "audit.json").write_bytes(b"{}")
    (other / "report.pdf").write_bytes(blank_pdf())
    seal_bundle(other, company_key(), Origin(tool="auditor 0.1.0", collections=()))
    shutil.copy(other / "statement.dsse.json", bundle / "statement.dsse.json")

    assert {2, 4} <= failed(bundle)
    assert "'audit.json': is not the file that the statement names" in named(bundle)
