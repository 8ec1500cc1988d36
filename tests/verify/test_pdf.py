"""A report that was touched is found out by its own signature, whatever lies beside it."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigSeedSubFilter

from auditor.errors import SignatureError
from auditor.sign import sign_pdf
from auditor.sign.pdf import pdf_signer
from auditor.verify import sealed_predicate, unsigned_prefix
from tests.fakes_bundle import (
    blank_pdf,
    company_key,
    stranger_key,
)
from tests.verify.steps import failed, recompute_sums, verify


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


def test_a_replay_gets_the_report_as_it_was_rendered(bundle: Path) -> None:
    """The signed file begins with it, and the statement says how long it is."""
    report = sealed_predicate(bundle).report
    signed = (bundle / "report.pdf").read_bytes()

    assert report is not None
    assert unsigned_prefix(signed, report.length) == blank_pdf()
    with pytest.raises(SignatureError, match="shorter"):
        unsigned_prefix(signed, len(signed) + 1)
