"""Whatever is done to a sealed bundle is found, and what was touched is named."""

import base64
import io
import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigSeedSubFilter

from auditor.envelope import digest, files
from auditor.sign import Origin, seal_bundle, sign_pdf
from auditor.sign.pdf import pdf_signer
from auditor.verify import Step, Trust, verify_bundle
from tests.fakes_bundle import (
    NOW,
    authority,
    blank_pdf,
    company_key,
    stranger_key,
    write_bundle,
    write_segment,
)

TRUST = Trust(roots=(authority("root")[1],))
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


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle that each test copies."""
    return write_bundle(tmp_path_factory.mktemp("sealed") / "bundle")


@pytest.fixture
def bundle(sealed: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(sealed, tmp_path / "copy"))


def verify(bundle: Path) -> dict[int, Step]:
    """Verify against the company's root, at a time at which its certificate is valid."""
    return {step.number: step for step in verify_bundle(bundle, TRUST, NOW)}


def failed(bundle: Path) -> set[int]:
    """The numbers of the steps that do not hold."""
    return {number for number, step in verify(bundle).items() if step.held is False}


def named(bundle: Path) -> str:
    """All faults of all steps."""
    return "\n".join(fault for step in verify(bundle).values() for fault in step.faults)


def recompute_sums(bundle: Path) -> None:
    """What somebody does who changed files but has no key."""
    present = files.list_files(bundle).files
    sums = {n: files.digest_file(p) for n, p in present.items() if n not in files.NOT_SUMMED}
    (bundle / "SHA256SUMS").write_bytes(files.format_sums(sums))


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


def update_pdf(pdf: bytes) -> bytes:
    """Append an update that changes what a reader shows."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Lang"] = generic.pdf_string("xx")
    writer.update_root()  # type: ignore[no-untyped-call]
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def sign_with_overlay(pdf: bytes) -> bytes:
    """Draw over the first page in the very revision that signs: only the signer can do that."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf + b"\n"))
    overlay = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 595 842 re f")
    writer.add_stream_to_page(0, writer.add_object(overlay))  # type: ignore[no-untyped-call]
    signature = PdfSignatureMetadata(field_name="S", certify=True, subfilter=SigSeedSubFilter.PADES)
    out = io.BytesIO()
    PdfSigner(signature, signer=pdf_signer(company_key())).sign_pdf(writer, output=out)
    return out.getvalue()


def flip_page(pdf: bytes) -> bytes:
    """Change one byte that is signed."""
    return pdf.replace(b"q Q", b"q q", 1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (update_pdf, "does not cover the entire file"),
        (lambda pdf: pdf + b"\n%junk\n", "does not cover the entire file"),
        (lambda _: blank_pdf(), "carries no signature"),
        (flip_page, "the signed bytes were changed"),
        (flip_page, "does not begin with the report that was signed"),
        (lambda _: sign_pdf(blank_pdf(), stranger_key()), "was signed by another signer"),
        (lambda _: sign_pdf(blank_pdf().replace(b"q Q", b"q q"), company_key()), "does not begin"),
        (lambda _: sign_pdf(update_pdf(blank_pdf()), company_key()), "has 3 revisions"),
        (lambda _: sign_with_overlay(blank_pdf()), "the signing revision also changed object"),
        (lambda pdf: pdf.replace(b"/P 1", b"/P 3", 1), "the signed bytes were changed"),
        (lambda _: b"", "is shorter than"),
        (lambda _: b"%PDF-1.7\n" + os.urandom(5000), "cannot be read"),
    ],
)
def test_a_changed_report_is_found_even_if_its_digest_is_adjusted(
    bundle: Path, change: Callable[[bytes], bytes], says: str
) -> None:
    """The PDF stands on its own, because it travels on its own."""
    path = bundle / "report.pdf"
    path.write_bytes(change(path.read_bytes()))
    recompute_sums(bundle)

    assert 8 in failed(bundle)
    assert says in "\n".join(verify(bundle)[8].faults)


@pytest.mark.parametrize(
    "name",
    [
        "Report.html",
        unicodedata.normalize("NFD", "é.txt"),
        "\u202etxt.exe",
        "report.html ",
        "report.html.",
        "re\nport.html",
        "\\report.html",
        "-rf",
        ".hidden",
        "NUL.txt",
        "\uff52eport.html",
        "a" * 250,
    ],
)
def test_tricks_with_names_are_found_even_if_listed(bundle: Path, name: str) -> None:
    """A name that some tool would read as another one is never accepted."""
    (bundle / name).write_bytes(b"x")
    with (bundle / "SHA256SUMS").open("ab") as sums:
        sums.write(f"{digest(b'x')}  {name}\n".encode())

    faults = verify(bundle)[1].faults

    assert faults
    assert all(fault.isascii() and fault.isprintable() for fault in faults if "…" not in fault)


def test_links_pipes_and_folders_in_place_of_files_are_found(bundle: Path, tmp_path: Path) -> None:
    """None of them is followed, read or waited for."""
    outside = tmp_path / "outside"
    shutil.copytree(bundle / "policies", outside)
    for name in ("report.html", "results.json", "audit.json"):
        (bundle / name).rename(tmp_path / name)
    (bundle / "report.html").symlink_to(tmp_path / "report.html")
    os.mkfifo(bundle / "results.json")
    (bundle / "audit.json").mkdir()
    shutil.rmtree(bundle / "policies")
    (bundle / "policies").symlink_to(outside)

    faults = "\n".join(verify(bundle)[1].faults)

    for name in ("report.html", "policies"):
        assert f"'{name}': is a symbolic link" in faults
    assert "'results.json': is a device, pipe or socket" in faults
    assert "'audit.json': missing" in faults


@pytest.mark.parametrize(
    "line",
    [
        b"\xff",
        b"zz  audit.json",
        b"0" * 64 + b" *audit.json",
        b"0" * 64 + b"  ../outside",
        b"0" * 64 + b"  /etc/passwd",
        b"0" * 64 + b"  audit.json",
        b"0" * 64 + b"  AUDIT.json",
        b"\\" + b"0" * 64 + b"  a\\nb",
        b"0" * 64 + b"  SHA256SUMS",
        b"",
    ],
)
def test_odd_lines_in_the_list_are_found(bundle: Path, line: bytes) -> None:
    """No two readers may disagree on what the list says."""
    with (bundle / "SHA256SUMS").open("ab") as sums:
        sums.write(line + b"\n")

    assert {1, 3} <= failed(bundle)
