"""The report keeps its bytes, gets one signature over all of them, and cannot be updated."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import typst
from pyhanko.pdf_utils.reader import PdfFileReader

from auditor.errors import SignatureError
from auditor.sign import SigningKey, seal_bundle, sign_pdf
from auditor.verify import unsigned_prefix, verify_bundle
from tests.fakes_bundle import (
    ORIGIN,
    blank_pdf,
    company_key,
    revocation_list,
    rsa_key,
    stranger_key,
    write_unsealed,
)
from tests.fakes_tsa import running_tsa

SOURCE = b"""
#set document(title: "Report", date: datetime(year: 2026, month: 1, day: 1))
#set text(lang: "en")
= Report
#link("https://example.com")[a link] #pagebreak() #lorem(200)
"""


@pytest.fixture(scope="module")
def rendered() -> bytes:
    """A report as the renderer makes them: PDF/A-3a and PDF/UA-1, with a link on page one."""
    return bytes(typst.compile(SOURCE, pdf_standards=["a-3a", "ua-1"]))


def with_revocation_lists() -> SigningKey:
    """The company's key with what a long-term signature embeds."""
    lists = (revocation_list("issuing"), revocation_list("root"))
    return replace(company_key(), revocation_lists=lists)


@pytest.mark.parametrize("key", [company_key, rsa_key, stranger_key, with_revocation_lists])
def test_a_rendered_report_is_signed_and_verified(
    rendered: bytes, tmp_path: Path, key: object
) -> None:
    """With every kind of key, on what the renderer really makes."""
    assert callable(key)
    bundle = write_unsealed(tmp_path / "bundle", pdf=rendered)
    seal_bundle(bundle, key(), ORIGIN)

    eighth = verify_bundle(bundle)[7]

    assert eighth.held, eighth.faults
    signed = (bundle / "report.pdf").read_bytes()
    assert unsigned_prefix(signed, len(rendered)) == rendered
    done = subprocess.run(
        ["pdfsig", "-nocert", bundle / "report.pdf"], capture_output=True, text=True, check=True
    )
    assert "Signature is Valid." in done.stdout
    assert "Total document signed" in done.stdout


def test_long_term_signature_embeds_what_a_later_reader_needs(rendered: bytes) -> None:
    """A timestamp, the chain and the revocation lists, in the same single revision."""
    with running_tsa() as tsa:
        signed = sign_pdf(rendered, with_revocation_lists(), tsa)

    reader = PdfFileReader(io.BytesIO(signed), strict=True)
    store = reader.root["/DSS"]
    assert len(store["/CRLs"]) == 2
    assert len(store["/Certs"]) >= 2
    assert reader.total_revisions == 2
    (signature,) = reader.embedded_signatures
    unsigned = [item["type"].native for item in signature.signer_info["unsigned_attrs"]]
    assert unsigned == ["signature_time_stamp_token"]


@pytest.mark.parametrize("pdf", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF", blank_pdf()[:-200]])
def test_what_is_no_pdf_is_refused(pdf: bytes) -> None:
    """With our error, which says that the report could not be signed."""
    with pytest.raises(SignatureError, match="report could not be signed"):
        sign_pdf(pdf, stranger_key())
